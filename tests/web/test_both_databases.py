"""The same rows in both databases: every page reads the same, byte for byte.

That is why what the pages of a feature say is asked on one of them (`conftest.py`).
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, text

from clinic.models.tables import all_tables
from clinic.services import upkeep
from clinic.web.database import open_records
from config import Settings
from tests.apps import app_of
from tests.browser import Browser
from tests.cast import PASSWORD, Cast
from tests.conftest import Template
from tests.intake import people
from tests.intake.looks import without_chance
from tests.postgres import drop_database, fresh_database
from tests.web.addresses import pages

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
NEXT_ID = """SELECT setval(pg_get_serial_sequence('"{0}"', '{1}'), max({1})) FROM "{0}" """
OF_PARTNERS = ("/form/received", "/form/release", "/form/review", "/form")


def move(old: Engine, new: Engine) -> None:
    """Put every row of one database into another, with the same ids."""
    tables = all_tables().tables.values()
    with old.connect() as source, new.begin() as target:
        # Rows that name each other can be put in no order.
        target.execute(text("SET session_replication_role = replica"))
        names = ", ".join(f'"{table.name}"' for table in tables)
        target.execute(text(f"TRUNCATE {names}"))
        for table in tables:
            if rows := source.execute(table.select()).mappings().all():
                target.execute(table.insert(), [dict(row) for row in rows])
            if (column := table.autoincrement_column) is not None:
                target.execute(text(NEXT_ID.format(table.name, column.name)))


@pytest.fixture
def there(
    postgres: str, templates: Mapping[str, Template], key_file: Path, tmp_path: Path
) -> Iterator[Flask]:
    """The app over a PostgreSQL database that is about to be given the rows of another."""
    url = fresh_database(postgres, templates["postgresql"].database_url)
    other = app_of(Settings(tmp_path, key_file, url))
    yield other
    open_records(other).engine.dispose()
    drop_database(postgres, url)


def over(app: Flask, browser: Browser) -> Browser:
    """Give the same browser in front of another app."""
    other = Browser(app)
    for name in ("undercurrent", "undercurrent-form", "undercurrent-page"):
        if cookie := browser.client.get_cookie(name):
            other.client.set_cookie(name, cookie.value)
    return other


def differing(browser: Browser, other: Browser, urls: Iterator[str]) -> list[str]:
    """Open pages in both browsers, and tell which are not alike."""
    found = []
    for url in urls:
        first, second = browser.get(url), other.get(url)
        assert first.status in {200, 302, 404}, url
        if first.status != second.status or without_chance(first.body) != without_chance(
            second.body
        ):
            found.append(url)
    return found


def test_every_page_reads_the_same_on_both_databases(app, browser, full, cast: Cast, there: Flask):
    tomas = cast["tomas"]
    colleague = Browser(app).sign_in(tomas.email, PASSWORD)
    phone = people.come_in(app, f"/f/{full['token']}")
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False):
        engines = [upkeep.open_records(each.extensions["place"]).engine for each in (app, there)]
        move(*engines)
        for engine in engines:
            engine.dispose()
        asked = {
            browser: [url for _, url in pages(app, full)],
            colleague: [url for _, url in pages(app, {**full, "case_ref": tomas.case_ref})],
            phone: OF_PARTNERS,
        }
        for who, urls in asked.items():
            assert differing(who, over(there, who), urls) == []
