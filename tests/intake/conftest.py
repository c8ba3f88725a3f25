"""A real server with the cast in it, and a phone to open it with."""

import os
from collections.abc import Iterator

import pytest
from flask import Flask

from config import Settings
from tests.browser import Browser
from tests.cast import Person
from tests.intake.looks import House, open_house
from tests.live import serving

#: UNDERCURRENT_FULL=1 runs what takes minutes as well: 200 pairs, and every vignette.
FULL = bool(os.environ.get("UNDERCURRENT_FULL"))


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with serving(app) as found:
        yield found


@pytest.fixture
def house(app: Flask, settings: Settings, browser: Browser, ines: Person) -> House:
    """An installation in which Mara and Jonas have each come in and signed."""
    return open_house(app, settings, browser, ines)
