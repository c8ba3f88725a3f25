"""Signing, adding, and reading what was signed."""

import pytest

from clinic.services import notes
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.factories import at_work, case_of
from tests.web.hostile import TEXTS
from tests.web.page import check_nothing_inline, check_page


@pytest.fixture
def at(full):
    return f"/cases/{full['case_ref']}/notes"


def test_a_draft_is_read_signed_and_added_to(browser, store, ines, full, at):
    page = browser.open(f"{at}/{full['note_ref']}/sign")
    assert "both named the move" in page.text
    assert page.values()["name"] == "Ines Ferrara"
    assert page.values()["credential"] == "LMFT 4711"
    shown = browser.send(f"{at}/{full['note_ref']}/sign", page, {"credential": "LMFT 12"})
    check_page(shown)
    assert "Signed by Ines Ferrara, LMFT 12, on" in shown.text
    assert "Unchanged since it was signed" in shown.text
    typed = {"kind": "late-entry", "words": "they came by train", "reason": "left out"}
    added = browser.submit(f"{at}/{full['note_ref']}/add", typed)
    assert "Late entry" in added.text
    assert "they came by train" in added.text
    assert "Written on" in added.text
    with at_work(store, ines, writes=False) as db:
        row = notes.find_note(db, case_of(db, ines), full["note_ref"])
        assert len(row.digest) == 64
        assert row.digest in shown.response.get_data(as_text=True)


def test_signing_says_that_other_words_wait(browser, full, at):
    there = f"/cases/{full['case_ref']}/appointments/{full['appointment_ref']}/note"
    page = browser.open(there)
    data = page.values()
    token = data.pop("csrf_token")
    data.setlist("words-plan", ["not saved yet"])
    mark = page.html.select_one("input[data-draft]")
    browser.client.post(
        str(mark["data-draft"]),
        query_string={"path": there},
        data=data,
        headers={"X-CSRFToken": token},
    )
    assert "wait to be saved" in browser.open(f"{at}/{full['note_ref']}/sign").text


def test_a_draft_changed_in_another_tab_is_not_signed_unread(browser, full, at):
    sign = f"{at}/{full['note_ref']}/sign"
    page = browser.open(sign)
    there = f"/cases/{full['case_ref']}/appointments/{full['appointment_ref']}/note"
    browser.submit(there, {"words-plan": "changed meanwhile"})
    told = browser.send(sign, page, {})
    assert told.status == 409
    assert "changed meanwhile" in told.text


@pytest.mark.parametrize("kind", TEXTS)
def test_whatever_is_typed_as_a_name_is_refused_or_signed_as_it_is(browser, full, at, kind):
    url = f"{at}/{full['note_ref']}/sign"
    page = browser.open(url)
    data = page.values()
    data.setlist("name", [TEXTS[kind]])
    data.setlist("credential", [TEXTS[kind]])
    answer = browser.client.post(url, data=data)
    assert answer.status_code in {302, 422}
    shown = browser.open(f"{at}/{full['note_ref']}")
    check_nothing_inline(shown)
    assert ("Unchanged since it was signed" in shown.text) == (answer.status_code == 302)
    assert not shown.html.select("main script")


def test_a_signed_note_cannot_be_signed_again(browser, full, at):
    page = browser.get(f"{at}/{full['signed_ref']}/sign")
    assert page.response.location == f"{at}/{full['signed_ref']}"


def test_a_draft_cannot_be_added_to(browser, full, at):
    assert browser.get(f"{at}/{full['note_ref']}/add").status == 404


def test_the_list_says_how_far_each_note_has_come(browser, full, at):
    page = browser.open(at)
    assert "Signed, added to" in page.text
    assert "Not signed" in page.text


def test_the_notes_to_sign_are_those_older_than_the_limit(browser, full):
    assert "Nothing waits" in browser.open("/notes/unsigned").text
    page = browser.submit("/notes/unsigned", {"days": "1"})
    assert page.status == 200
    assert page.values()["days"] == "1"


def test_a_colleague_finds_none_of_it(app, cast, full, at):
    tomas = Browser(app).sign_in(cast["tomas"].email, PASSWORD)
    for rest in ("", f"/{full['note_ref']}", f"/{full['note_ref']}/sign"):
        assert tomas.get(at + rest).status == 404
