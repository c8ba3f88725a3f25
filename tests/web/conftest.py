"""A full case of Ines's in every copy of the installation, and what it is called in addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Grow, Template
from tests.web.addresses import Refs, put_everything_in

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask what the pages of a feature say on one database.

    The tests beside this file, of every page and every form, go on both; so do the services. And
    `test_both_databases.py` shows that with the same rows every page is the same on both.
    """
    is_feature = metafunc.definition.path.parent != HERE
    chosen = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if is_feature and "engine_name" in metafunc.fixturenames and "engine_name" not in chosen:
        one = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
        metafunc.definition.add_marker(one)


@dataclass(frozen=True)
class FullTemplate(Template):
    """A prepared installation in which Ines's case holds everything."""

    refs: Refs


@pytest.fixture(scope="session")
def templates(templates: Mapping[str, Template], grow: Grow) -> dict[str, FullTemplate]:
    """Copy each prepared installation once, and put everything into Ines's case there."""
    made: dict[str, FullTemplate] = {}
    for engine, template in templates.items():
        url, refs = grow(template, lambda store, cast: put_everything_in(store, cast["ines"]))
        made[engine] = FullTemplate(url, template.cast, refs)
    return made


@pytest.fixture
def full(templates: Mapping[str, FullTemplate], engine_name: str) -> Refs:
    """Name everything in Ines's case."""
    return templates[engine_name].refs
