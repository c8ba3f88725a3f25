"""The way in: a link alone opens nothing, looking changes nothing, guessing ends (T1 to T6)."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from clinic.models.outbox import OutboxMail
from clinic.models.store import Store
from tests.browser import Browser, Page
from tests.cast import PASSWORD, Person
from tests.factories import at_work
from tests.intake.people import PIN, case_of, come_in, invite, path_of, save, sign_all, stored
from tests.services.state import whole_state

WRONG = "871346"
#: Where the database plays no part, one is enough.
ONE_ENGINE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def everything(store: Store) -> list[tuple[object, ...]]:
    with store.session(writes=False) as db:
        return whole_state(db)


def test_a_scanner_that_opens_the_link_a_hundred_times_changes_nothing(
    app: Flask, browser: Browser, ines: Person, store: Store
) -> None:
    link = invite(browser, ines)
    before = everything(store)
    for _ in range(50):
        for method in ("GET", "HEAD"):
            with Browser(app).client.open(link, method=method) as answer:
                assert answer.status_code == HTTPStatus.OK
    assert everything(store) == before


@ONE_ENGINE
def test_the_first_page_names_nobody(app: Flask, browser: Browser, ines: Person) -> None:
    page = Browser(app).open(invite(browser, ines))
    assert not [name for name in ("Mara", "Jonas", "Ines", "Harbour") if name in page.html.text]
    assert not page.response.headers.getlist("Set-Cookie") or "form" not in str(
        page.response.headers.getlist("Set-Cookie")
    )


def test_links_that_never_were_or_have_ended_are_the_same_404(
    app: Flask, browser: Browser, ines: Person, stranger: Browser
) -> None:
    replaced, ended = invite(browser, ines), invite(browser, ines)
    overview = browser.open(case_of(ines))
    end = next(f for f in overview.html.select("form") if str(f.get("action")).endswith("/revoke"))
    browser.press(case_of(ines), str(end["action"]))
    old = invite(browser, ines)
    never = f"/f/{'x' * 43}"
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=15), tick=False):
        answers = [stranger.client.get(link) for link in (never, replaced, ended, old)]
    assert {answer.status_code for answer in answers} == {HTTPStatus.NOT_FOUND}
    assert len({answer.get_data() for answer in answers}) == 1
    assert len({str(sorted(answer.headers)) for answer in answers}) == 1


def guess(app: Flask, link: str, pin: str) -> Page:
    browser = Browser(app)
    page = browser.send(link, browser.open(link), {})
    return browser.send(link, page, {"pin": pin})


def test_five_wrong_pins_lock_until_the_therapist_resets(
    app: Flask, browser: Browser, ines: Person
) -> None:
    link = invite(browser, ines)
    open_one = come_in(app, link)
    for _ in range(5):
        assert guess(app, link, WRONG).status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "locked" in guess(app, link, PIN).title
    assert path_of(open_one.open("/form")) == "/locked", "open browsers lock as well"
    overview = browser.open(case_of(ines))
    reset = next(f for f in overview.html("form") if str(f.get("action")).endswith("/new-pin"))
    browser.press(case_of(ines), str(reset["action"]))
    assert path_of(come_in(app, link, "260417").open("/form")).startswith("/form/page")


def test_guesses_at_the_same_moment_are_counted_too(
    app: Flask, browser: Browser, ines: Person
) -> None:
    link = invite(browser, ines)
    come_in(app, link)
    with ThreadPoolExecutor(8) as hands:
        answers = list(hands.map(lambda _: guess(app, link, WRONG), range(12)))
    tested = [each for each in answers if each.status == HTTPStatus.UNPROCESSABLE_ENTITY]
    assert len(tested) == 5
    assert "locked" in guess(app, link, PIN).title


@ONE_ENGINE
def test_the_right_pin_takes_the_count_back(app: Flask, browser: Browser, ines: Person) -> None:
    link = invite(browser, ines)
    come_in(app, link)
    for _ in range(2):
        for _ in range(4):
            guess(app, link, WRONG)
        come_in(app, link)


@ONE_ENGINE
def test_a_pin_that_others_try_first_is_refused(app: Flask, browser: Browser, ines: Person) -> None:
    link, partner = invite(browser, ines), Browser(app)
    page = partner.send(link, partner.send(link, partner.open(link), {}), {})
    for pin in ("12345", "111111", "123456", "987654", "12ab56", "1" * 13):
        page = partner.send(link, page, {"pin": pin, "again": pin})
        assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY, pin
        assert page.errors(), pin


@ONE_ENGINE
def test_the_code_told_in_the_room_is_needed_once(
    app: Flask, browser: Browser, ines: Person
) -> None:
    link = invite(browser, ines, start_code="blue heron")
    partner = Browser(app)
    page = partner.send(link, partner.send(link, partner.open(link), {}), {})
    wrong = {"pin": PIN, "again": PIN, "start_code": "grey heron"}
    assert partner.send(link, page, wrong).status == HTTPStatus.UNPROCESSABLE_ENTITY
    come_in(app, link, start_code="blue heron")
    come_in(app, link)


def test_a_new_link_ends_the_old_one_and_its_browsers(
    app: Flask, browser: Browser, ines: Person
) -> None:
    old = come_in(app, invite(browser, ines))
    sign_all(old, "Mara")
    save(old, "brings", "the move", "op")
    new = invite(browser, ines)
    assert path_of(old.open("/form")) == "/locked"
    again = come_in(app, new)
    assert stored(again, "reasons", "brings") == "the move"


@ONE_ENGINE
def test_a_handed_over_tablet_shows_the_form_and_nothing_else_until_the_password(
    app: Flask, browser: Browser, ines: Person, cast: dict[str, Person]
) -> None:
    elsewhere = invite(Browser(app).sign_in(cast["noa"].email, PASSWORD), cast["noa"])
    browser.submit(f"{case_of(ines)}/{ines.partner_refs[0]}/invite", {"handing": "tablet"})
    for path in ("/", "/sign-in", "/set-up", elsewhere, case_of(ines), "/password", "/nowhere"):
        assert path_of(browser.open(path)) == "/form/page/welcome", path
    assert browser.submit("/take-back", {"password": "not this one"}).errors()
    assert path_of(browser.open("/")) == "/form/page/welcome"
    assert path_of(browser.submit("/take-back", {"password": PASSWORD})) == "/"
    assert path_of(browser.open("/form")) == "/locked"


@ONE_ENGINE
def test_the_therapist_is_warned_when_two_partners_share_an_address(
    browser: Browser, ines: Person
) -> None:
    warning = "Two partners have the same address or number"
    assert warning not in browser.open(case_of(ines)).text
    details = f"/cases/{ines.case_ref}/details"
    browser.submit(details, {"partners-0-contact_details": "us@example.org"})
    browser.submit(details, {"partners-1-contact_details": "US@example.org "})
    assert warning in browser.open(case_of(ines)).text


@ONE_ENGINE
def test_a_mail_says_nothing_about_therapy_and_names_nobody(
    app: Flask, browser: Browser, ines: Person, store: Store
) -> None:
    app.config["MAIL_FROM"] = "Harbour <office@example.org>"
    where = f"{case_of(ines)}/{ines.partner_refs[0]}/invite"
    page = browser.submit(where, {"handing": "e-mail", "address": "m@example.org"})
    remind = next(f for f in page.html("form") if str(f.get("action")).endswith("/remind"))
    for _ in range(2):
        page = browser.press(case_of(ines), str(remind["action"]))
    assert "within the last day" in page.html.text
    with at_work(store, ines, writes=False) as db:
        mails = [(mail.subject, mail.body) for mail in db.scalars(select(OutboxMail))]
    assert len(mails) == 2, "the second reminder of a day is refused"
    words = ("mara", "jonas", "ines", "therap", "couple", "partner", "relation", "harbour")
    for mail in mails:
        assert not [word for word in words if word in " ".join(mail).lower()]


@ONE_ENGINE
def test_leaving_ends_the_session_and_leads_where_the_practice_chose(
    app: Flask, browser: Browser, ines: Person
) -> None:
    app.config["LEAVE_TO"] = "https://example.org/weather"
    partner = come_in(app, invite(browser, ines))
    left = partner.get("/leave").response
    assert left.location == "https://example.org/weather"
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert path_of(partner.open("/form")) == "/locked"
