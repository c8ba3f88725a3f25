"""Installations in which nobody has set anything up yet."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic.models.store import Store
from clinic.services import upkeep
from tests.conftest import settle
from tests.postgres import fresh_database


@pytest.fixture
def new_place(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> upkeep.Place:
    """Where an installation could be: nothing is there yet but, on a server, an empty database."""
    data = tmp_path / "new" / "data"
    url = f"sqlite:///{data / 'undercurrent.db'}"
    if engine_name == "postgresql":
        url = fresh_database(request.getfixturevalue("postgres"))
    return upkeep.Place(data, tmp_path / "new" / "keys" / "master.key", url)


@pytest.fixture(scope="session")
def blanks(
    tmp_path_factory: pytest.TempPathFactory, key_file: Path, request: pytest.FixtureRequest
) -> dict[str, str]:
    """The URL of a prepared and empty database on each engine."""
    made = {
        "sqlite": f"sqlite:///{tmp_path_factory.mktemp('blank') / 'blank.db'}",
        "postgresql": fresh_database(request.getfixturevalue("postgres")),
    }
    for url in made.values():
        place = upkeep.Place(tmp_path_factory.mktemp("data"), key_file, url)
        settle(upkeep.prepare_records(place))
    return made


@pytest.fixture
def blank(
    engine_name: str,
    blanks: dict[str, str],
    key_file: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Store]:
    """A prepared installation without a practice."""
    url = blanks[engine_name]
    if engine_name == "postgresql":
        url = fresh_database(request.getfixturevalue("postgres"), url)
    else:
        copy = shutil.copy(url.removeprefix("sqlite:///"), tmp_path / "blank.db")
        url = f"sqlite:///{copy}"
    store = upkeep.open_records(upkeep.Place(tmp_path, key_file, url))
    yield store
    store.engine.dispose()
