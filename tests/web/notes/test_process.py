"""Process notes stay in their own place: on no other page, print, or screen in the room."""

import pytest

from tests.browser import Browser
from tests.cast import PASSWORD
from tests.factories import at_work, case_of
from tests.note_factories import make_process_note
from tests.web.addresses import pages
from tests.web.page import check_page

CANARY = "a thought that stands nowhere else"
#: Where its author reads it.
OWN = {"notes.list_process", "notes.change_process"}


@pytest.fixture
def refs(store, ines, full):
    """Everything in Ines's case, with one process note that must not be seen elsewhere."""
    with at_work(store, ines) as db:
        row = make_process_note(db, case_of(db, ines), words=CANARY)
        return {**full, "process_ref": row.public_id}


@pytest.fixture
def at(refs):
    return f"/cases/{refs['case_ref']}/process-notes"


def test_it_is_written_changed_and_deleted(browser, at):
    shown = browser.submit(f"{at}/new", {"words": "I was tired that day"})
    check_page(shown)
    assert "I was tired that day" in shown.text
    assert "for your eyes alone" in shown.text
    change = shown.html.select_one("main .card a")["href"]
    assert "I was wide awake" in browser.submit(change, {"words": "I was wide awake"}).text
    gone = browser.press(change, f"{change}/delete")
    assert "I was wide awake" not in gone.text


def test_one_that_was_changed_meanwhile_is_looked_at_before_it_is_deleted(browser, refs, at):
    url = f"{at}/{refs['process_ref']}"
    page = browser.open(url)
    browser.submit(url, {"words": "changed meanwhile"})
    data = {"csrf_token": page.values()["csrf_token"], "version": "1"}
    told = browser.client.post(f"{url}/delete", data=data, follow_redirects=True)
    assert "changed meanwhile" in told.get_data(as_text=True)


def test_no_other_page_or_sheet_holds_its_words(app, browser, refs):
    asked = 0
    for endpoint, url in pages(app, refs):
        if endpoint in OWN or endpoint.startswith("accounts."):
            continue
        answer = browser.client.get(url)
        assert CANARY not in answer.get_data(as_text=True), url
        asked += 1
    assert asked > 30


def test_a_colleague_is_told_that_there_is_nothing(app, cast, refs, at):
    tomas = Browser(app).sign_in(cast["tomas"].email, PASSWORD)
    for url in (at, f"{at}/new", f"{at}/{refs['process_ref']}"):
        assert tomas.get(url).status == 404


def test_while_the_room_looks_every_page_about_notes_is_closed(app, browser, refs):
    case = f"/cases/{refs['case_ref']}"
    browser.press(f"{case}/notes", f"{case}/room/start")
    closed = 0
    for endpoint, url in pages(app, refs):
        if endpoint.startswith("notes."):
            answer = browser.client.get(url)
            assert answer.status_code == 303, url
            assert CANARY not in answer.get_data(as_text=True)
            closed += 1
    assert closed >= 9
