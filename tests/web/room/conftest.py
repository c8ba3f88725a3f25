"""A browser in which the room looks at Ines's full case."""

import pytest

from tests.browser import Browser, Page
from tests.web.addresses import Refs


def start(browser: Browser, case_ref: str) -> Page:
    """Press the button that every page of a case has."""
    return browser.press(f"/cases/{case_ref}/goals", f"/cases/{case_ref}/room/start")


@pytest.fixture
def url(full: Refs) -> str:
    return f"/cases/{full['case_ref']}/room"


@pytest.fixture
def room(browser: Browser, full: Refs) -> Browser:
    assert start(browser, full["case_ref"]).title.startswith("Together")
    return browser
