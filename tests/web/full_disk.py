"""Saves and reads in an app whose disk is full, then has room again: `full_disk.py FOLDER`.

Run by the tests within a small disk of their own. Prints what a person would see.
"""

import os
import sys
from pathlib import Path

from clinic.models.store import Store
from clinic.services.audit import first_broken_line
from clinic.services.upkeep import Place, prepare_records
from clinic.web.app import create_app
from clinic.web.database import open_records
from config import Settings
from tests.browser import Browser, Page
from tests.cast import PASSWORD, Person, bring_in_the_cast
from tests.factories import at_work
from tests.services.state import whole_state
from tests.web.filling import answered


def say(what: str, value: str) -> None:
    print(f"{what}: {value}")  # noqa: T201 - read by the test


def shown(page: Page) -> str:
    return f"{page.status} {page.html.select_one('h1').get_text(strip=True)}"


def fill(folder: Path) -> None:
    """Leave no byte on the disk."""
    with (folder / "filler").open("wb", buffering=0) as filler:
        try:
            while filler.write(b"x" * os.statvfs(folder).f_bsize):
                pass
        except OSError:
            return


def rows(store: Store, person: Person) -> list[tuple[object, ...]]:
    with at_work(store, person, writes=False) as db:
        return whole_state(db)


def main(folder: Path) -> None:
    settings = Settings(folder, folder / "master.key", f"sqlite:///{folder / 'undercurrent.db'}")
    store = prepare_records(Place(folder, settings.key_file, settings.database_url))
    ines = bring_in_the_cast(store)["ines"]
    app = create_app(settings)
    open_records(app)
    browser = Browser(app).sign_in(ines.email, PASSWORD)
    case = f"/cases/{ines.case_ref}"
    opened = browser.open(f"{case}/behaviours/new")
    before = rows(store, ines)
    fill(folder)
    data = answered(opened) | {"own_words": "many words " * 300}
    refused = Page(browser.client.post(f"{case}/behaviours/new", data=data))
    say("saving", shown(refused))
    say("reading", shown(browser.get(case)))
    say("headers", refused.response.headers["Cache-Control"])
    say("rows", "unchanged" if rows(store, ines) == before else "changed")
    (folder / "filler").unlink()
    saved = browser.client.post(f"{case}/behaviours/new", data=data, follow_redirects=True)
    say("with room again", shown(Page(saved)))
    with store.session(writes=False) as db:
        say("chain", "whole" if first_broken_line(db) is None else "broken")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
