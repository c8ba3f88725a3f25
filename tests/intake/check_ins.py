"""What the tests of check-ins do in a browser: ask everybody, open one's own, answer, send."""

import re

from tests.browser import Browser, Page
from tests.cast import Person
from tests.check_in_factories import in_days
from tests.intake.people import LINK


def here(person: Person) -> str:
    """Give the address of the check-ins of a person's case."""
    return f"/cases/{person.case_ref}/check-ins"


def ask(browser: Browser, person: Person, days: int = 1, **values: object) -> Page:
    """Ask everybody, with links to hand over unless told otherwise."""
    wanted = {"due_on": in_days(days), "way-0": "link", "way-1": "link", "reminder": "none"}
    page = browser.submit(f"{here(person)}/ask", wanted | values)
    assert page.status == 200, page.errors()
    return page


def links(page: Page) -> list[str]:
    """Read the links that are shown once, in the partners' order."""
    return re.findall(LINK.pattern, page.text)


def ref_in(browser: Browser) -> str:
    """Give the check-in that a partner's browser is led to."""
    page = browser.open("/form")
    path = str(page.response.request.path)
    assert path.startswith("/form/check-in/"), path
    return path.rpartition("/")[2]


def save(browser: Browser, ref: str, item: str, value: str, operation: str = "page") -> Page:
    """Save one item as the script of the page does."""
    field = browser.open(f"/form/check-in/{ref}").html.select_one("[name=csrf_token]")
    data = {"item": item, "value": value, "operation": operation, "turn": "1"}
    data["csrf_token"] = str(field["value"]) if field else ""
    return Page(browser.client.post(f"/form/check-in/{ref}/save", data=data))
