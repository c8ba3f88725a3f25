"""Turning joint-session mode on, what the room sees, and ending it with the password."""

import pytest

from clinic.services import readings
from tests import factories as made
from tests import safety_factories as safe
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.pdf_reader import pages as printed
from tests.web.page import check_page, check_refused
from tests.web.room.conftest import start

SUMMARY = "You both want evenings back"


def test_the_room_sees_names_summary_goals_and_blank_sheets(room, url):
    page = room.get(url)
    check_page(page)
    for words in ("Mara and Jonas", SUMMARY, "phones stay in the kitchen at night", "Our goals"):
        assert words in page.text
    assert "4 nights a week" in page.text, "the steps are there"


def test_every_page_of_the_room_carries_the_badge_and_leads_nowhere_else(room, url, full):
    case = f"/cases/{full['case_ref']}"
    for path in (url, f"{url}/end", f"{case}/answers/together", f"{case}/agreements/together"):
        page = room.get(path)
        check_page(page)
        assert page.html.select_one(".room-badge a")["href"] == f"{url}/end"
        links = {str(link["href"]) for link in page.html.select("a[href^='/']")}
        inside = (url, f"{case}/answers", f"{case}/intake", f"{case}/agreements")
        assert not [link for link in links if not link.startswith(inside)], path


def test_a_summary_that_was_not_shared_is_not_shown(browser, full, url, store, ines):
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        newest = readings.latest_formulation(db, case)
        made.make_formulation(db, case, newest.number, couple_summary="Words not given yet")
    page = start(browser, full["case_ref"])
    assert "Words not given yet" not in page.text
    assert SUMMARY in page.text, "the one that was given before stays"


def test_a_look_ahead_shows_the_same_and_says_that_it_is_not_on(browser, url):
    ahead = browser.get(url)
    check_page(ahead)
    assert SUMMARY in ahead.text
    assert "Only you see this screen now" in ahead.text
    assert not ahead.html.select(".room-badge")


def test_every_page_of_a_case_has_the_button(browser, full):
    for path in ("", "/issue", "/goals", "/roll-up", "/answers", "/safety"):
        page = browser.get(f"/cases/{full['case_ref']}{path}")
        assert page.html.select_one("form[data-room-start] button").get_text() == "Show to the room"


def test_the_password_ends_it_and_a_wrong_one_does_not(room, url, full):
    refused = room.submit(f"{url}/end", {"password": "not the password"})
    check_refused(refused)
    assert refused.errors() == ["That is not your password"]
    assert room.get("/").response.location == url
    ended = room.submit(f"{url}/end", {"password": PASSWORD})
    assert ended.response.request.path == f"/cases/{full['case_ref']}"
    assert "Only you see this screen again." in ended.text
    assert not ended.html.select(".room-badge")
    assert room.get("/").title.startswith("Caseload")


def test_guesses_are_counted_with_those_at_sign_in_and_the_mode_stays_on(app, room, url, ines):
    for _ in range(5):
        assert room.submit(f"{url}/end", {"password": "a guess"}).status == 422
    too_many = room.submit(f"{url}/end", {"password": PASSWORD})
    assert too_many.status == 429
    assert too_many.html.select(".room-badge")
    assert room.get("/").response.location == url
    answer = Browser(app).submit("/sign-in", {"email": ines.email, "password": PASSWORD})
    assert answer.status == 429


def test_signing_out_ends_it_and_signing_in_asks_for_the_password(room, url, ines):
    assert room.press(f"{url}/end", "/sign-out").title.startswith("Sign in")
    assert room.sign_in(ines.email, PASSWORD).get("/").title.startswith("Caseload")


def test_other_browsers_of_the_same_clinician_go_on(app, room, ines):
    other = Browser(app).sign_in(ines.email, PASSWORD)
    assert other.get("/").title.startswith("Caseload")


def test_a_page_that_was_left_open_can_ask_what_the_room_looks_at(browser, full):
    assert browser.client.get("/room-state").json == {"room": ""}
    start(browser, full["case_ref"])
    assert browser.client.get("/room-state").json == {"room": full["case_ref"]}


def test_outside_the_room_there_is_nothing_to_end(browser, url, full):
    assert browser.get(f"{url}/end").response.location == f"/cases/{full['case_ref']}"


def test_a_blank_sheet_prints_and_names_nobody(room, url):
    answer = room.client.get(f"{url}/sheets/w13.pdf")
    assert answer.mimetype == "application/pdf"
    words = " ".join(printed(answer.data))
    assert "Our goals" in words
    assert not [name for name in ("Mara", "Jonas") if name in words]
    assert room.client.get(f"{url}/sheets/w99.pdf").status_code == 404


@pytest.mark.parametrize("shut", [False, True])
def test_the_map_is_the_same_page_in_the_room_as_before(browser, full, store, ines, shut):
    together = f"/cases/{full['case_ref']}/answers/together"
    if shut:
        with made.at_work(store, ines) as db:
            safe.make_positive(db, made.case_of(db, ines))
    before = browser.get(together)
    start(browser, full["case_ref"])
    assert browser.get(together).text == before.text


def test_words_sent_from_another_tab_wait_as_a_draft(browser, full, url):
    """The form was open when the room began to look, and is sent too late."""
    path = f"/cases/{full['case_ref']}/issue/explanations/new"
    open_tab = browser.open(path)
    start(browser, full["case_ref"])
    led = browser.send(path, open_tab, {"statement": "typed when the room came in"})
    assert led.response.request.path == url
    assert "typed when" not in led.text
    browser.submit(f"{url}/end", {"password": PASSWORD})
    again = browser.open(path)
    assert "Not saved yet: your words from" in again.text
    assert again.values()["statement"] == "typed when the room came in"


def test_words_kept_by_a_script_are_taken_and_never_shown(browser, full):
    case = f"/cases/{full['case_ref']}"
    headers = {"X-CSRFToken": browser.get("/password").values()["csrf_token"]}
    start(browser, full["case_ref"])
    keep = f"{case}/drafts?path={case}/roll-up"
    answer = browser.client.post(keep, data={"reason": "a canary"}, headers=headers)
    assert answer.status_code == 200
    assert list(answer.json) == ["kept"]
    assert "canary" not in answer.get_data(as_text=True)
