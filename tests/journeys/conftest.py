"""An installation nobody has used yet, as it is after its first start."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from clinic.services import upkeep
from clinic.web.database import open_records
from config import Settings
from tests.apps import app_of
from tests.journeys import walk
from tests.journeys.hands import FormHands, Hands
from tests.postgres import fresh_database


def first_start(folder: Path, database_url: str) -> Flask:
    """Start for the first time: keys are made and tables created, nobody has an account."""
    settings = Settings(folder / "data", folder / "key" / "master.key", database_url)
    place = upkeep.Place(settings.data_folder, settings.key_file, settings.database_url)
    upkeep.prepare_records(place).engine.dispose()
    return app_of(settings)


@pytest.fixture
def empty_app(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    url = f"sqlite:///{tmp_path / 'data' / 'undercurrent.db'}"
    if engine_name == "postgresql":
        url = fresh_database(request.getfixturevalue("postgres"))
    app = first_start(tmp_path, url)
    store = open_records(app)
    yield app
    store.engine.dispose()


@pytest.fixture
def hands(empty_app: Flask) -> Hands:
    """Ines's hands, in a practice that she set up on an earlier day."""
    walk.set_up(FormHands(empty_app), walk.code_in_the_terminal(empty_app))
    another_day = FormHands(empty_app)
    walk.sign_in(another_day)
    return another_day
