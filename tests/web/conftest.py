"""A full case of Ines's in every copy of the installation, and what it is called in addresses."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from clinic.services import upkeep
from tests.conftest import Template
from tests.postgres import fresh_database
from tests.web.addresses import Refs, put_everything_in


@dataclass(frozen=True)
class FullTemplate(Template):
    """A prepared installation in which Ines's case holds everything."""

    refs: Refs


@pytest.fixture(scope="session")
def templates(
    templates: Mapping[str, Template],
    key_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> dict[str, FullTemplate]:
    """Copy each prepared installation once, and put everything into Ines's case there."""
    made: dict[str, FullTemplate] = {}
    for engine, template in templates.items():
        folder = tmp_path_factory.mktemp(f"full-{engine}")
        url = f"sqlite:///{folder / 'full.db'}"
        if engine == "postgresql":
            url = fresh_database(request.getfixturevalue("postgres"), template.database_url)
        else:
            shutil.copy(template.database_url.removeprefix("sqlite:///"), folder / "full.db")
        store = upkeep.open_records(upkeep.Place(folder, key_file, url))
        refs = put_everything_in(store, template.cast["ines"])
        store.engine.dispose()
        made[engine] = FullTemplate(url, template.cast, refs)
    return made


@pytest.fixture
def full(templates: Mapping[str, FullTemplate], engine_name: str) -> Refs:
    """Name everything in Ines's case."""
    return templates[engine_name].refs
