"""Printing a sheet as the page does: the choices are posted, and lead to the recorded PDF."""

from typing import Any

from werkzeug.test import TestResponse

from tests.browser import Browser

#: Fills in whatever a sheet may be filled with.
EVERYTHING = "all"


def token(browser: Browser) -> dict[str, str]:
    """Give what proves that a page of this browser sends a form."""
    found = browser.get("/password").html.select_one("[name=csrf_token]")
    assert found is not None
    return {"X-CSRFToken": str(found["value"])}


def post(browser: Browser, url: str, sheet: str, **choices: Any) -> TestResponse:
    """Post the choices for a sheet; `url` is that of a case's worksheets."""
    usual = {"paper": "A4", "filled": EVERYTHING}
    return browser.client.post(f"{url}/{sheet}", data={**usual, **choices}, headers=token(browser))


def print_out(browser: Browser, url: str, sheet: str, **choices: Any) -> TestResponse:
    """Print a sheet and open the PDF, or give what the page says instead."""
    answer = post(browser, url, sheet, **choices)
    return browser.client.get(answer.location) if answer.status_code == 302 else answer
