"""Words sent after a sign-in had ended wait, sealed, until the same clinician has signed in."""

import datetime as dt

import pytest
import time_machine
from bs4 import Tag

from clinic.services import browsers, cases, formulation
from tests.browser import Browser, Page
from tests.cast import PASSWORD, enter_as

WORDS = "Since the move they hardly talk.\nFour weeks of silence."


@pytest.fixture
def late_page(app, ines, browser):
    """A form that was open when the sign-in ended, sent half an hour too late."""
    url = f"/cases/{ines.case_ref}/issue/explanations/new"
    page = browser.open(url)
    fields = {
        "kind": "H2",
        "statement": WORDS,
        "confidence": "low",
        "would_change_my_mind": "They talk and it stays as it is.",
    }
    with time_machine.travel(dt.datetime.now(dt.UTC) + browsers.IDLE, tick=True):
        yield browser.send(url, page, fields)


def sign_in_on(browser: Browser, page: Page, email: str, password: str = PASSWORD) -> Page:
    return browser.send("/sign-in", page, {"email": email, "password": password})


def stored(store, ines) -> list[str]:
    with store.session(writes=False) as db:
        enter_as(db, store, ines.id)
        case = cases.find_case(db, ines.case_ref)
        return [row.statement for row in formulation.list_explanations(db, case)]


def test_the_words_are_saved_after_signing_in_again(late_page, browser, ines, store) -> None:
    assert "Your words are still here" in late_page.text
    again = sign_in_on(browser, late_page, ines.email)
    assert again.title.startswith("Your words are still here")
    saved = browser.send("/", again, {})
    assert (saved.status, stored(store, ines).count(WORDS)) == (200, 1)


def test_nothing_is_saved_and_nothing_readable_before_that(late_page, ines, store) -> None:
    assert WORDS not in stored(store, ines)
    assert "silence" not in late_page.response.get_data(as_text=True)


def test_a_wrong_password_loses_nothing(late_page, browser, ines) -> None:
    refused = sign_in_on(browser, late_page, ines.email, "not the password at all")
    assert refused.status == 422
    again = sign_in_on(browser, refused, ines.email)
    assert again.title.startswith("Your words are still here")


def test_another_clinician_on_the_same_device_never_sees_them(late_page, browser, cast) -> None:
    page = sign_in_on(browser, late_page, cast["tomas"].email)
    assert page.title.startswith("Caseload")
    assert "silence" not in page.response.get_data(as_text=True)


def test_words_without_the_page_they_came_from_are_not_held(app, ines, stranger) -> None:
    answer = stranger.client.post(f"/cases/{ines.case_ref}/details", data={"label": "forged"})
    assert answer.status_code == 302
    held = stranger.client.post("/sign-in/words?path=/", data={"label": "forged"})
    assert held.status_code == 400


def test_words_changed_on_the_way_do_not_open(late_page, browser, ines) -> None:
    field = late_page.html.select_one("input[name=held]")
    assert isinstance(field, Tag)
    changed = str(field["value"])[:-8] + "AAAAAAA="
    page = browser.send(
        "/sign-in", late_page, {"email": ines.email, "password": PASSWORD, "held": changed}
    )
    assert page.title.startswith("Caseload")


def test_passwords_are_never_held(browser) -> None:
    page = browser.open("/password")
    secret = "a password nobody may see again"
    with time_machine.travel(dt.datetime.now(dt.UTC) + browsers.IDLE, tick=True):
        late = browser.send("/password", page, {"old": PASSWORD, "password": secret})
    assert late.html.select_one("input[name=held]")["value"] == ""
    assert "still here" not in late.text
