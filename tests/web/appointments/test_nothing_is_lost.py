"""What was typed or chosen on an appointment's page outlasts the end of a sign-in, every time."""

import datetime as dt

import pytest
import time_machine
from flask import Flask
from lxml import etree

from clinic.models.accounts import Clinician
from clinic.services import browsers
from clinic.web.database import open_records
from tests.browser import Browser, Page
from tests.cast import PASSWORD, Person
from tests.markup import form_values

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
#: Of each form at a pause. Of each form that was sent too late a third, as the password is tested.
ROUNDS, LATE_ROUNDS = 100, 34


def form_of(page: Page, action: str) -> etree._Element:
    """Find one form of a page by where it is posted to; on its own page it says nothing."""
    form = page.tree.find(f'.//main//form[@action="{action}"]')
    return page.fields() if form is None else form


def keep(browser: Browser, page: Page, action: str, typed: dict[str, str]) -> None:
    """Keep what stands in one form of a page, as its script does at a pause."""
    form = form_of(page, action)
    data = {**dict(form_values(form)), **typed}
    mark = form.find(".//input[@data-draft]")
    assert mark is not None, action
    headers = {"X-CSRFToken": data.pop("csrf_token")}
    sent = browser.client.post(
        mark.attrib["data-draft"], query_string={"path": action}, data=data, headers=headers
    )
    assert sent.status_code == 200


def sign_in_again(app: Flask, browser: Browser, ines: Person) -> None:
    """Sign in without the work of testing a password."""
    with open_records(app).session(writes=True) as db:
        with db.as_system():
            clinician = db.get_one(Clinician, ines.id)
        browser.client.set_cookie("undercurrent", browsers.start(db, clinician))


@pytest.fixture(params=["note", "attendance", "ratings"])
def form(request: pytest.FixtureRequest, full, url):
    """Give a form's own address, the page on which it is typed into, and what each round types."""
    rated = f"{url}/ratings/{full['rater_ref']}"
    return {
        "note": (f"{url}/note", url, lambda turn: {"words-plan": f"a walk, {turn}"}),
        "attendance": (
            f"{url}/details",
            f"{url}/details",
            lambda turn: {"place_0": f"room {turn}", "joined_by_0": "video"},
        ),
        "ratings": (rated, url, lambda turn: {"goal_0-own": str(turn % 11)}),
    }[request.param]


def test_what_was_kept_at_a_pause_is_there_after_every_idle_sign_out(app, browser, ines, form):
    action, shown_on, typing = form
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=True) as clock:
        for turn in range(ROUNDS):
            typed = typing(turn)
            keep(browser, browser.open(shown_on), action, typed)
            clock.shift(browsers.IDLE)
            assert browser.open(shown_on).title.startswith("Sign in")
            sign_in_again(app, browser, ines)
            found = dict(form_values(form_of(browser.open(shown_on), action)))
            assert {name: found[name] for name in typed} == typed, turn


def test_what_was_sent_too_late_is_there_after_signing_in(app, browser, ines, form):
    """As when a person comes back after half an hour and presses Save."""
    action, shown_on, typing = form
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=True) as clock:
        for turn in range(LATE_ROUNDS):
            typed = typing(turn)
            page = browser.open(shown_on)
            sent = {**dict(form_values(form_of(page, action))), **typed}
            clock.shift(browsers.IDLE)
            late = Page(browser.client.post(action, data=sent, follow_redirects=True))
            assert "Your words are still here" in late.text
            access = {"email": ines.email, "password": PASSWORD}
            again = browser.send("/sign-in", late, access)
            assert again.title.startswith("Your words are still here"), turn
            held = dict(form_values(again.fields()))
            assert {name: held[name] for name in typed} == typed, turn
