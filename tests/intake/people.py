"""What the tests of the intake do: invite a partner, come in, sign, answer, send."""

import re
from collections.abc import Mapping

from bs4 import Tag
from flask import Flask

from clinic.domain.answers import Given
from tests.browser import Browser, Page
from tests.cast import Person

PIN = "593826"
LINK = re.compile(r"http://[^\s<]+(/f/[A-Za-z0-9_-]+)")


def case_of(person: Person) -> str:
    """Give the address of the partners' part of a person's case."""
    return f"/cases/{person.case_ref}/intake"


def invite(browser: Browser, person: Person, place: int = 0, **answers: str) -> str:
    """Invite a partner of the cast's case and give the path of the link."""
    return invite_one(browser, case_of(person), person.partner_refs[place], **answers)


def invite_one(browser: Browser, intake: str, partner: str, **answers: str) -> str:
    page = browser.submit(f"{intake}/{partner}/invite", {"handing": "link", **answers})
    assert page.status == 200, page.errors()
    found = LINK.search(page.text)
    assert found, page.text
    return found[1]


def come_in(app: Flask, link: str, pin: str = PIN, start_code: str = "") -> Browser:
    """Open a link in a browser of one's own, and choose the PIN or give it again."""
    browser = Browser(app)
    page = browser.open(link)
    while page.html.select_one("[name=pin]") is None:
        page = browser.send(link, page, {})
    values = {"pin": pin} | ({"again": pin} if page.html.select("[name=again]") else {})
    page = browser.send(link, page, values | ({"start_code": start_code} if start_code else {}))
    assert page.status == 200, page.errors()
    assert page.response.request.path.startswith("/form/"), page.text
    return browser


def sign_all(browser: Browser, name: str) -> Page:
    """Sign the three texts, and give the first page that asks."""
    page = browser.open("/form")
    while page.html.select("[name=typed_name]"):
        page = browser.send(path_of(page), page, {"typed_name": name})
    return page


def walk_through(browser: Browser, answers: Mapping[str, Given]) -> list[Page]:
    """Fill in every page with its button, and give every page that was seen, the review last."""
    page, seen = browser.open("/form"), []
    while path_of(page) != "/form/review":
        seen.append(page)
        page = browser.send(path_of(page), page, asked_here(page, answers))
        assert page.status == 200, page.errors()
    return [*seen, page]


def asked_here(page: Page, answers: Mapping[str, Given]) -> dict[str, object]:
    """Give those answers that the open page asks for, as its form sends them."""
    asked = {str(field["name"]) for field in page.form().select("[name]")}
    return {item: list(each.values) for item, each in answers.items() if item in asked}


def send_off(browser: Browser) -> Page:
    """Hand the answers over."""
    return browser.press("/form/review", "/form/send")


def path_of(page: Page) -> str:
    return page.response.request.path


def save(
    browser: Browser, item: str, value: str, operation: str, turn: int = 0, **more: str
) -> Page:
    """Save one item as the script of the page does."""
    data = {"item": item, "value": value, "operation": operation, "turn": str(turn), **more}
    return Page(browser.client.post("/form/save", data=data | {"csrf_token": token(browser)}))


def token(browser: Browser) -> str:
    """Read the form's token on a page of the form."""
    field = browser.open("/form").html.select_one("[name=csrf_token]")
    assert isinstance(field, Tag)
    return str(field["value"])


def stored(browser: Browser, page: str, item: str) -> str:
    """Read what a page shows as the answer to a written item."""
    field = browser.open(f"/form/page/{page}").html.select_one(f'[name="{item}"]')
    assert isinstance(field, Tag)
    return str(field.get("value", "")) or field.get_text().removeprefix("\n")
