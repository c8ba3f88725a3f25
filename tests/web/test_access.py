"""Who may open what: closed unless named public, and yours or not there."""

import datetime as dt
import secrets

import pytest
import time_machine
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from clinic.models.accounts import Clinician
from clinic.models.base import now
from clinic.models.store import Store
from clinic.services import accounts, browsers
from clinic.web.access import PUBLIC
from clinic.web.addresses import is_local
from clinic.web.partner_access import FORM
from tests import factories as made
from tests.browser import Browser
from tests.cast import PASSWORD, Cast, Person
from tests.intake import people
from tests.web.addresses import Refs, address, put_everything_in

#: Pages of whoever is signed in. Every other page belongs to one case.
OWN = {"accounts.sign_out", "accounts.change_password", "cases.caseload", "cases.open_case"} | {
    "room.state",
    "shortcuts.switch",
    "cases.list_waiting",
    "cases.find",
    "notes.find",
    "notes.list_unsigned",
    "packets.list_jobs",
    "packets.choose_cases",
    "packets.choose_blank",
}
#: Pages about the practice's own questionnaires and blank worksheets, for all who work there.
PRACTICE = {"packs.list_loaded", "packs.load", "packs.show", "packs.withdraw"} | {
    "worksheets.library",
    "worksheets.print_blank",
    "worksheets.picture",
}
#: An offer of a case, for the one who made it and the colleague who is asked.
OFFERS = {"cases.show_offer", "cases.take_over", "cases.decline", "cases.withdraw"}
#: Jobs that print packets, each its clinician's own.
JOBS = {"packets.show", "packets.start", "packets.stop", "packets.open_part"}
REFS = {"case_ref", "behaviour_ref", "explanation_ref", "evidence_ref", "goal_ref"} | {
    "appointment_ref",
    "partner_ref",
    "invitation_ref",
    "mail_ref",
    "disclosure_ref",
    "task_ref",
    "handout_ref",
    "print_ref",
}
MALFORMED = ("1", "9" * 30, "a" * 21, "a" * 23, "%00" * 22, "é" * 22)


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"OPTIONS"})


def of_cases(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if "case_ref" in rule.arguments]


def token(browser: Browser) -> dict[str, str]:
    page = browser.get("/password")
    return {"X-CSRFToken": str(page.html.select_one("[name=csrf_token]")["value"])}


def asked(browser: Browser, url: str, method: str, headers: dict[str, str]) -> TestResponse:
    return browser.client.open(url, method=method, headers=headers)


def of_partners(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(FORM)]


def test_every_rule_says_who_may_open_it(app):
    kinds = [
        PUBLIC,
        OWN,
        PRACTICE,
        OFFERS,
        JOBS,
        {rule.endpoint for rule in of_cases(app)},
        {rule.endpoint for rule in of_partners(app)},
    ]
    every = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert set().union(*kinds) == every
    assert sum(len(kind) for kind in kinds) == len(every), "each belongs to one kind"


def leads_to_sign_in(app: Flask, browser: Browser, refs: Refs) -> int:
    """Ask for every page that is not public, with every method; count what was asked."""
    count = 0
    for rule in app.url_map.iter_rules():
        is_shut = rule.endpoint not in PUBLIC and not rule.endpoint.startswith(FORM)
        for method in methods(rule) if is_shut else ():
            response = browser.client.open(address(rule, refs), method=method)
            # 307 sends what was typed on, to be held until somebody has signed in.
            assert response.status_code in {302, 307}, f"{method} {rule}"
            assert response.location.startswith("/sign-in"), f"{method} {rule}"
            # A redirect repeats the address that was asked for, and says nothing about it.
            assert "Mara" not in response.get_data(as_text=True), f"{method} {rule}"
            count += 1
    return count


def test_strangers_see_public_pages_only(app, stranger, full):
    assert leads_to_sign_in(app, stranger, full) > 40


def leads_to_locked(app: Flask, browser: Browser, refs: Refs, headers: dict[str, str]) -> None:
    """Ask for every page of the form, with every method: none is there, and none is left out."""
    for rule in of_partners(app):
        for method in methods(rule):
            response = asked(browser, address(rule, refs), method, headers)
            assert (response.status_code, response.location) == (302, "/locked"), f"{method} {rule}"
            assert "Mara" not in response.get_data(as_text=True), f"{method} {rule}"


def test_nobody_opens_a_form_without_its_pin(app, browser, stranger, full):
    """Neither who has no link, nor the therapist, nor who made up what a PIN gives."""
    assert len(of_partners(app)) >= 7
    leads_to_locked(app, stranger, full, {})
    leads_to_locked(app, browser, full, token(browser))
    stranger.client.set_cookie("undercurrent-form", full["token"])
    leads_to_locked(app, stranger, full, {})


def test_a_partner_is_a_stranger_everywhere_else(app, full):
    phone = people.come_in(app, f"/f/{full['token']}")
    assert phone.get("/form").response.location == "/form/received"
    assert leads_to_sign_in(app, phone, full) > 40


def test_an_ended_link_is_the_page_of_one_that_never_was(app, browser, stranger, full):
    link, never = f"/f/{full['token']}", f"/f/{secrets.token_urlsafe(32)}"
    phone = people.come_in(app, link)
    assert stranger.get(link).status == 200
    end = f"/cases/{full['case_ref']}/intake/{full['invitation_ref']}/revoke"
    assert asked(browser, end, "POST", token(browser)).status_code == 302
    ended, unknown = stranger.client.get(link), stranger.client.get(never)
    assert ended.status_code == unknown.status_code == 404
    assert ended.data == unknown.data
    leads_to_locked(app, phone, full, {})


def test_a_slip_is_printed_for_a_living_link_of_this_case_alone(app, browser, full, store, cast):
    slip, headers = f"/cases/{full['case_ref']}/intake/slip", token(browser)
    foreign = put_everything_in(store, cast["tomas"])["token"]
    for wrong in (foreign, secrets.token_urlsafe(32), "", "a\x00"):
        answer = browser.client.post(slip, data={"token": wrong}, headers=headers)
        assert answer.status_code == 404, wrong
    answer = browser.client.post(slip, data={"token": full["token"]}, headers=headers)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")


def test_a_disabled_clinician_is_a_stranger(app, browser, full, store, ines):
    with store.session(writes=True) as db, db.as_system():
        db.get_one(Clinician, ines.id).disabled_at = now()
        db.commit()
    assert leads_to_sign_in(app, browser, full) > 40
    page = Browser(app).submit("/sign-in", {"email": ines.email, "password": PASSWORD})
    assert page.errors() == ["E-mail address or password is not right"]


@pytest.mark.parametrize(
    "away",
    [browsers.IDLE + dt.timedelta(seconds=1), browsers.ABSOLUTE + dt.timedelta(seconds=1)],
    ids=["idle", "absolute"],
)
def test_an_expired_sign_in_is_a_stranger(app, browser, full, away):
    with time_machine.travel(dt.datetime.now(dt.UTC) + away):
        assert leads_to_sign_in(app, browser, full) > 40


def test_a_stranger_learns_nothing_from_addresses(stranger, full):
    """What exists, what does not, and what cannot: all lead to the sign-in page."""
    for url in (f"/cases/{full['case_ref']}", f"/cases/{secrets.token_urlsafe(16)}", "/nowhere"):
        response = stranger.client.get(url)
        assert (response.status_code, response.location.split("?")[0]) == (302, "/sign-in")


@pytest.mark.parametrize("name", ["tomas", "noa"])
def test_nobody_else_s_case_exists(app, cast, full, name):
    person: Person = cast[name]
    browser = Browser(app).sign_in(person.email, PASSWORD)
    headers = token(browser)
    nothing = browser.client.get("/nowhere").data
    for rule in of_cases(app):
        for method in methods(rule):
            response = asked(browser, address(rule, full), method, headers)
            assert response.status_code == 404, f"{method} {rule}"
            assert response.data == (b"" if method == "HEAD" else nothing), f"{method} {rule}"


def test_unknown_malformed_and_foreign_ids_are_the_same_404(app, browser, full, store, cast):
    headers = token(browser)
    nothing = browser.client.get("/nowhere").data
    foreign = put_everything_in(store, cast["tomas"])
    for rule in of_cases(app):
        for name in rule.arguments & REFS:
            for wrong in (foreign[name], secrets.token_urlsafe(16), *MALFORMED):
                marked = address(rule, {**full, name: "M" * 22})
                url = marked.replace("M" * 22, wrong)
                for method in {"GET", "POST"} & set(methods(rule)):
                    response = asked(browser, url, method, headers)
                    assert response.status_code == 404, f"{method} {url}"
                    assert response.data == nothing, f"{method} {url}"


def test_a_thing_of_another_own_case_is_not_there(app, browser, full, store, ines):
    """The right clinician, the wrong case: no row is reached through a case it is not in."""
    with made.at_work(store, ines) as db:
        other = made.make_case(db).public_id
    headers = token(browser)
    inner = [rule for rule in of_cases(app) if (rule.arguments & REFS) - {"case_ref"}]
    assert len(inner) >= 8
    for rule in inner:
        for method in methods(rule):
            url = address(rule, {**full, "case_ref": other})
            assert asked(browser, url, method, headers).status_code == 404, f"{method} {url}"


def test_unknown_raters_layers_and_sheets_are_not_there(browser, full):
    case = f"/cases/{full['case_ref']}"
    appointment = f"{case}/appointments/{full['appointment_ref']}"
    for url in (
        f"{appointment}/ratings/{secrets.token_urlsafe(16)}",
        f"{appointment}/ratings/%00",
        f"{case}/goals?rater=nobody",
        f"{case}/goals/{full['goal_ref']}/beside/safety",
        f"{case}/measures/nothing",
        f"{case}/measures/%00",
        f"{case}/safety/decide/nothing",
        f"{case}/safety/decide/reveal",
        f"{case}/worksheets/w99",
        f"{case}/worksheets/w13.pdf",
        f"{case}/worksheets/w99/pages/1.png?paper=A4",
        f"{case}/worksheets/w13/pages/0.png?paper=A4",
        f"{case}/worksheets/w13/pages/99.png?paper=A4",
        f"{case}/worksheets/w13/pages/1.png?paper=A0",
        f"{case}/worksheets/printed/{secrets.token_urlsafe(16)}.pdf",
        f"{case}/worksheets/../../etc",
    ):
        assert browser.get(url).status == 404, url


AWAY = (
    "https://elsewhere.example",
    "//elsewhere.example",
    "///elsewhere.example",
    "/\\elsewhere.example",
    "/\t/elsewhere.example",
    "/\n/elsewhere.example",
    "/\r\nLocation: https://elsewhere.example",
    "\\\\elsewhere.example",
    "javascript:alert(1)",
    " //elsewhere.example",
    "/cases\x00",
    "",
)


@pytest.mark.parametrize("wanted", AWAY)
def test_an_address_that_leads_away_is_not_local(wanted):
    assert not is_local(wanted)


def test_signing_in_never_leads_off_this_site(app, ines):
    for wanted in AWAY[1:10:2]:
        stranger = Browser(app)
        page = stranger.get("/sign-in")
        data = {**page.values(), "email": ines.email, "password": PASSWORD}
        response = stranger.client.post("/sign-in", query_string={"next": wanted}, data=data)
        assert (response.status_code, response.location) == (303, "/"), repr(wanted)


def test_signing_in_leads_back_to_the_page_that_was_wanted(app, stranger, full, ines):
    url = f"/cases/{full['case_ref']}/goals"
    page = stranger.open(url)
    wanted = page.response.request.full_path
    there = stranger.send(wanted, page, {"email": ines.email, "password": PASSWORD})
    assert there.response.request.path == url


def test_the_set_up_page_is_gone_once_there_is_a_practice(stranger):
    assert stranger.get("/set-up").status == 404
    headers = {"X-CSRFToken": stranger.get("/sign-in").values()["csrf_token"]}
    assert stranger.client.post("/set-up", headers=headers).status_code == 404


def test_the_session_of_one_request_is_never_the_next_one_s(app, cast: Cast, store: Store):
    """Two clinicians in turns, over one app: each sees the own caseload only."""
    ines = Browser(app).sign_in(cast["ines"].email, PASSWORD)
    noa = Browser(app).sign_in(cast["noa"].email, PASSWORD)
    for _ in range(3):
        assert "Mara and Jonas" in ines.get("/").text
        assert "Mara" not in noa.get("/").text
    with store.session(writes=False) as db:
        assert not accounts.needs_setup(db)
