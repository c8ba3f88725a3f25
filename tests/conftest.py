"""What every test may ask for: an installation on each engine, the cast, and a browser."""

import gc
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from sqlalchemy import Connection, Engine, event

from clinic.keyring.master import new_master_key, write_master_key
from clinic.models.accounts import Clinician
from clinic.models.scope import ScopedSession
from clinic.models.store import Store
from clinic.services import browsers, upkeep
from clinic.web.database import open_records
from config import Settings
from tests import passwords
from tests.apps import app_of
from tests.browser import Browser
from tests.cast import Cast, Person, bring_in_the_cast, enter_as
from tests.live import chromium
from tests.postgres import drop_database, fresh_database, running_postgres

ENGINES = ("sqlite", "postgresql")
FIRST: dict[str, Engine] = {}


@event.listens_for(Engine, "engine_connect")
def compile_once(connection: Connection) -> None:
    """Let all engines of a kind share what was compiled: every test opens one of its own."""
    engine = connection.engine
    first = FIRST.setdefault(engine.dialect.name, engine)
    connection.dialect = first.dialect
    engine._compiled_cache = first._compiled_cache


@dataclass(frozen=True)
class Template:
    """A prepared installation with the cast in it, copied for every test."""

    database_url: str
    cast: Cast


Grow = Callable[[Template, Callable[[Store, Cast], Any]], tuple[str, Any]]

# What was imported stays; walking it again and again took a tenth of the run.
gc.freeze()
gc.set_threshold(50_000, 20, 50)
passwords.take(passwords.LEAST)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("key") / "master.key"
    write_master_key(path, new_master_key())
    return path


@pytest.fixture(scope="session")
def templates(
    tmp_path_factory: pytest.TempPathFactory, key_file: Path, request: pytest.FixtureRequest
) -> dict[str, Template]:
    made: dict[str, Template] = {}
    for engine in ENGINES:
        folder = tmp_path_factory.mktemp(engine)
        url = f"sqlite:///{folder / 'template.db'}"
        if engine == "postgresql":
            url = fresh_database(request.getfixturevalue("postgres"))
        store = upkeep.prepare_records(upkeep.Place(folder, key_file, url))
        made[engine] = Template(url, bring_in_the_cast(store))
        settle(store)
    return made


def settle(store: Store) -> None:
    """Close what will be copied, counted: else every copy counts all its tables when it opens."""
    store.engine.dispose()
    store.engine.connect().close()
    store.engine.dispose()


@pytest.fixture(scope="session")
def grow(
    tmp_path_factory: pytest.TempPathFactory, key_file: Path, request: pytest.FixtureRequest
) -> Grow:
    """Copy a prepared installation, put more into it, and give its URL and what was put in."""

    def grow(template: Template, put_in: Callable[[Store, Cast], Any]) -> tuple[str, Any]:
        folder = tmp_path_factory.mktemp("grown")
        if template.database_url.startswith("sqlite"):
            copy = shutil.copy(template.database_url.removeprefix("sqlite:///"), folder)
            url = f"sqlite:///{copy}"
        else:
            url = fresh_database(request.getfixturevalue("postgres"), template.database_url)
        store = upkeep.open_records(upkeep.Place(folder, key_file, url))
        what = put_in(store, template.cast)
        settle(store)
        return url, what

    return grow


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def settings(
    engine_name: str,
    templates: dict[str, Template],
    key_file: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Settings]:
    template = templates[engine_name].database_url
    if engine_name == "postgresql":
        server = request.getfixturevalue("postgres")
        url = fresh_database(server, template)
        yield Settings(data_folder=tmp_path, key_file=key_file, database_url=url)
        drop_database(server, url)
        return
    copy = tmp_path / "undercurrent.db"
    shutil.copy(template.removeprefix("sqlite:///"), copy)
    yield Settings(data_folder=tmp_path, key_file=key_file, database_url=f"sqlite:///{copy}")
    if copy.is_file():
        copy.unlink()


@pytest.fixture
def place(settings: Settings) -> upkeep.Place:
    return upkeep.Place(settings.data_folder, settings.key_file, settings.database_url)


@pytest.fixture
def store(place: upkeep.Place) -> Iterator[Store]:
    opened = upkeep.open_records(place)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def cast(templates: dict[str, Template], engine_name: str) -> Cast:
    return templates[engine_name].cast


@pytest.fixture
def ines(cast: Cast) -> Person:
    return cast["ines"]


@pytest.fixture
def db(store: Store, ines: Person) -> Iterator[ScopedSession]:
    """A session of Ines's, who treats Mara and Jonas."""
    with store.session(writes=True) as session:
        enter_as(session, store, ines.id)
        yield session


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, key_file: Path) -> Flask:
    """The app, put together once: its addresses and templates take longer than most tests."""
    folder = tmp_path_factory.mktemp("built")
    return app_of(Settings(folder, key_file, f"sqlite:///{folder / 'none.db'}"))


@pytest.fixture
def app(built: Flask, place: upkeep.Place) -> Iterator[Flask]:
    """The app over this test's own records; what a test sets in it is gone with the test."""
    config, extensions = dict(built.config), dict(built.extensions)
    built.extensions["place"] = place
    store = open_records(built)
    yield built
    store.engine.dispose()
    for kept, before in ((built.config, config), (built.extensions, extensions)):
        kept.clear()
        kept.update(before)


@pytest.fixture
def stranger(app: Flask) -> Browser:
    """A browser in which nobody has signed in."""
    return Browser(app)


@pytest.fixture
def browser(app: Flask, ines: Person) -> Browser:
    """Give a browser in which Ines is signed in, without the work of testing a password."""
    with open_records(app).session(writes=True) as db:
        with db.as_system():
            clinician = db.get_one(Clinician, ines.id)
        token = browsers.start(db, clinician)
    made = Browser(app)
    made.client.set_cookie("undercurrent", token)
    return made


@pytest.fixture(scope="session")
def screen() -> Iterator[Chromium]:
    """Chromium, once for all tests of a process: Playwright starts no second time in one."""
    with chromium() as browser:
        yield browser
