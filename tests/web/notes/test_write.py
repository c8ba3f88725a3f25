"""Writing a note: nothing typed is lost, whatever happens, and the form of note may change."""

import datetime as dt

import pytest
import time_machine

from clinic.services import browsers, held, notes
from tests.cast import PASSWORD
from tests.factories import at_work, case_of, make_appointment, make_case, make_pair
from tests.note_factories import make_note, sign
from tests.web.page import check_page, check_refused
from tests.web.test_drafts import keep

#: How often the sign-in ends in the middle of a note (security.md R8).
ROUNDS = 100


@pytest.fixture
def addresses(store, ines):
    """The address of a note on a new appointment of Ines's, and of that appointment."""
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        on = make_appointment(db, case)
        there = f"/cases/{ines.case_ref}/appointments/{on.public_id}"
        return f"{there}/note", there


@pytest.fixture
def url(addresses):
    return addresses[0]


def stored(store, ines, number=-1):
    with at_work(store, ines, writes=False) as db:
        rows = notes.list_notes(db, case_of(db, ines))
        return notes.texts_of(rows[number])


def test_a_saved_note_leads_back_to_its_appointment(browser, store, ines, addresses):
    url, there = addresses
    page = browser.submit(url, {"words-plan": "one walk a week"}, follow=False)
    assert page.response.location == f"{there}#note"
    assert stored(store, ines)["plan"] == "one walk a week"


def test_another_form_of_note_keeps_what_was_typed_and_draws_it(browser, store, ines, url):
    page = browser.submit(
        url, {"format": "soap", "words-plan": "one walk", "words-data": "both came"}
    )
    assert page.status == 200
    later = browser.open(url)
    check_page(later)
    assert {"words-subjective", "words-plan", "words-data"} <= set(later.values())
    assert later.values()["words-data"] == "both came"
    assert later.values()["words-plan"] == "one walk"


def test_a_form_that_begins_with_goals_is_given_the_active_ones(browser, store, ines, url):
    page = browser.submit(url, {"format": "girp"}, follow=False)
    assert page.status == 302
    wording = stored(store, ines)["goals"]
    assert "phones stay in the kitchen at night" in wording
    kept = browser.submit(url, {"words-goals": "only the phones"}, follow=False)
    assert kept.status == 302
    assert stored(store, ines)["goals"] == "only the phones"


def test_a_second_tab_is_told_and_both_texts_stand_on_the_page(browser, store, ines, url):
    one, two = browser.open(url), browser.open(url)
    browser.send(url, one, {"words-plan": "from one tab"})
    told = browser.send(url, two, {"words-plan": "from the other"})
    check_page(told)
    assert told.status == 409
    assert "from one tab" in told.text
    assert told.values()["words-plan"] == "from the other"
    again = browser.send(url, told, {"words-plan": "from one tab, from the other"}, follow=False)
    assert again.status == 302
    assert stored(store, ines)["plan"] == "from one tab, from the other"


def test_words_that_come_too_late_for_a_signed_note_stay_on_the_page_and_as_a_draft(
    browser, store, ines, url
):
    late = browser.open(url)
    keep(browser, late, url, {"words-plan": "typed too late"})
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        sign(db, case, make_note(db, case))
    refused = browser.send(url, late, {"words-plan": "typed too late"})
    assert refused.status == 422
    assert refused.values()["words-plan"] == "typed too late"
    assert "add them to it" in refused.text
    again = browser.open(url)
    check_page(again)
    assert again.values()["words-plan"] == "typed too late"
    assert stored(store, ines)["plan"] == "one walk a week"


def test_a_signed_note_opens_as_it_was_signed(browser, store, ines, url):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        sign(db, case, make_note(db, case))
    page = browser.open(url)
    assert not page.html.select("main textarea")
    assert "Unchanged since it was signed" in page.text


def test_typing_is_kept_at_each_pause_under_the_note_s_own_address(browser, addresses):
    url, there = addresses
    assert keep(browser, browser.open(url), url, {"words-plan": "one"}).status_code == 200
    assert browser.open(url).values()["words-plan"] == "one"
    shown = browser.open(there)
    assert "Not saved yet" in shown.text
    fields = shown.html.select("textarea[name=words-plan]")
    assert [field.get_text().strip() for field in fields] == ["one"]


def test_a_look_names_labels_whole_names_and_private_words_and_saves_nothing(
    browser, store, ines, full, url
):
    before = stored(store, ines)
    page = browser.open(url)
    typed = "Jonas is a liar. They met Peter Brown. something in the private layer was said"
    data = page.values()
    data.setlist("words-data", [typed])
    data.setlist("then", ["look"])
    shown = browser.client.post(url, data=data).get_data(as_text=True)
    assert "the whole name of somebody" in shown
    assert "<q>Peter Brown</q>" in shown
    assert "in private" in shown
    assert "You decide" in shown
    assert stored(store, ines) == before


def test_in_a_case_of_three_no_page_about_notes_says_couple(app, store, ines, browser):
    with at_work(store, ines) as db:
        case = make_case(db, "Ada", "Nour", "Kim", label="triad")
        make_pair(db, case)
        ref, on = case.public_id, make_appointment(db, case)
        signed = sign(db, case, make_note(db, case, on, format="couple"))
        later = make_appointment(db, case)
        urls = [
            f"/cases/{ref}/notes",
            f"/cases/{ref}/notes/{signed.public_id}",
            f"/cases/{ref}/notes/{signed.public_id}/add",
            f"/cases/{ref}/appointments/{later.public_id}/note",
            f"/cases/{ref}/process-notes",
        ]
    for url in urls:
        page = browser.open(url)
        assert page.status == 200
        assert "couple" not in page.text.lower(), url
    assert "Note on the triad" in browser.open(urls[3]).text


def typed_in(turn):
    return f"round {turn}\nwhat they said, “so”\n" + "word " * turn + "end"


def test_a_sign_in_that_ends_in_the_middle_of_a_note_loses_no_word(browser, store, ines, url):
    page = browser.open(url)
    with time_machine.travel(dt.datetime.now(dt.UTC) + browsers.IDLE, tick=True):
        for turn in range(ROUNDS):
            late = browser.send(url, page, {"words-data": typed_in(turn)})
            assert typed_in(turn) not in late.response.get_data(as_text=True)
            sealed = late.html.select_one("input[name=held]")["value"]
            kept = held.release(store, ines.id, sealed)
            assert dict(kept.fields)["words-data"].splitlines() == typed_in(turn).splitlines()


def test_after_signing_in_again_the_words_are_saved_into_the_note(browser, store, ines, url):
    page = browser.open(url)
    with time_machine.travel(dt.datetime.now(dt.UTC) + browsers.IDLE, tick=True):
        late = browser.send(url, page, {"words-data": typed_in(7)})
        again = browser.send("/sign-in", late, {"email": ines.email, "password": PASSWORD})
        saved = browser.send("/", again, {})
    assert (saved.status, stored(store, ines)["data"]) == (200, typed_in(7))


def test_an_empty_choice_of_form_is_refused(browser, url):
    page = browser.open(url)
    data = page.values()
    data.setlist("format", [""])
    from_server = browser.client.post(url, data=data)
    assert from_server.status_code == 422
    check_refused(type(page)(from_server))
