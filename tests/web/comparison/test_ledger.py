"""What was said alone: its owner's wish, the policy, and the steps; and what must be looked at."""

import datetime as dt

import pytest
import time_machine

from clinic.services import measures
from tests.factories import TODAY
from tests.services.answering import treating
from tests.services.test_measures import INSTRUMENTS
from tests.web.comparison.test_show import url_of
from tests.web.page import check_page, check_refused

SECRET = "My father had an affair."


@pytest.fixture
def deciding(browser, late):
    """Where a decision about Mara's disclosure is written down."""
    return browser.get(url_of(late, "/kept")).link("Decide")


def ledger(browser, answered):
    page = browser.get(url_of(answered, "/kept"))
    check_page(page)
    return page


def test_what_was_said_alone_stands_with_its_wish_and_the_policy_in_force(browser, late):
    text = ledger(browser, late).text
    assert f"Mara Nothing decided yet {SECRET}" in text
    assert "Wish Will share it: by the third appointment" in text
    assert "Policy in force Limited secrets" in text


def test_a_case_in_which_nothing_was_said_alone_says_so(browser, two_maps):
    assert "Nothing was said alone" in ledger(browser, two_maps).text


def test_steps_are_added_and_a_promise_that_is_due_comes_first(browser, late, deciding):
    with time_machine.travel(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)):
        values = {"status": "owner-to-share", "on": "2026-12-01", "reason": "she asked for time"}
        page = browser.submit(deciding, values)
        assert "Written down." in page.text
        assert "To be shared by 1 December 2026" in page.text
        assert "she asked for time" in page.text
        assert "Promised to be shared" not in browser.get(url_of(late)).text
    with time_machine.travel(dt.datetime(2026, 12, 2, 12, tzinfo=dt.UTC)):
        browser.sign_in("ines@example.org", "four unrelated words here")
        assert "Mara Due" in ledger(browser, late).text
        assert "Promised to be shared by now: 1" in browser.get(url_of(late)).text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"reason": "words to keep"}, "Choose what is decided"),
        ({"status": "owner-to-share", "reason": "words to keep"}, "Enter the day"),
        ({"status": "shared", "reason": "words to keep"}, "Enter the day"),
        ({"status": "withheld", "on": "2026-12-01"}, "Enter the reason"),
        ({"status": "cannot-continue", "on": "2026-12-01"}, "Enter the reason"),
        ({"status": "shared", "on": "tomorrow"}, "Enter a date, such as 2026-03-14"),
    ],
)
def test_a_refused_step_says_what_is_missing_and_keeps_what_was_typed(
    browser, late, deciding, values, said
):
    page = browser.submit(deciding, values)
    check_refused(page)
    assert page.errors() == [said]
    assert {name: page.values()[name] for name in values} == values
    assert "Nothing decided yet" in ledger(browser, late).text


def test_what_was_shared_stays_shared(browser, late, deciding):
    open_page = browser.open(deciding)
    page = browser.submit(deciding, {"status": "shared", "on": "2026-11-20"})
    assert "Shared on 20 November 2026" in page.text
    assert "Decide" not in page.text
    late_step = browser.send(deciding, open_page, {"status": "no-issue"})
    check_refused(late_step)
    assert late_step.errors() == ["What has been shared stays shared. Nobody can unsay it"]


def test_a_disclosure_of_another_case_is_not_there(browser, late, two_maps, deciding):
    elsewhere = deciding.replace(late.case_ref, two_maps.case_ref)
    assert browser.get(elsewhere).status == 404


def test_what_must_be_looked_at_is_listed_and_noted_as_done(browser, store, ines, late):
    with treating(store, ines, late) as (db, case):
        details = measures.ScoreDetails(TODAY, 3, None)
        mara = late.partner_refs["Mara"]
        measures.enter_score(db, case, mara, INSTRUMENTS["phq-9"], details)
        measures.enter_score(db, case, mara, INSTRUMENTS["hark"], measures.ScoreDetails(TODAY, 2))
    url = url_of(late, "/to-look-at")
    page = browser.get(url)
    check_page(page)
    assert "A score at or past its cut-off HARK: 2" in page.text
    assert "An answer that matters by itself PHQ-9, item 9: left out" in page.text
    assert "2 to look at" in browser.get(url_of(late)).text
    action = str(page.html.select_one("main form")["action"])
    done = browser.press(url, action)
    assert done.text.count("I have looked at it") == 1
    assert "Looked at" in done.text
    assert "1 to look at" in browser.get(url_of(late)).text


def test_with_nothing_to_look_at_the_page_says_so(browser, late):
    page = browser.get(url_of(late, "/to-look-at"))
    check_page(page)
    assert "Nothing to look at" in page.text
