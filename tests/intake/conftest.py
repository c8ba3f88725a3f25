"""A real server with the cast in it, and a phone to open it with."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium

from tests.live import chromium, serving


@pytest.fixture(scope="session")
def screen() -> Iterator[Chromium]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with serving(app) as found:
        yield found
