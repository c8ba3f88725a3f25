"""Asking one partner alone: what is taken, what is refused, and who may look."""

import datetime as dt

import pytest

from clinic.services import private_checks
from tests import safety_factories as safe
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.factories import at_work, case_of
from tests.web.page import check_page, check_refused

TODAY = dt.datetime.now(dt.UTC).date()
NEXT_MONTH = str(TODAY + dt.timedelta(days=30))
ALONE = {"asked_alone": "yes", "told": "he reads along", "judgement": "she whispered"}


def url_of(person, place=0):
    return f"/cases/{person.case_ref}/safety/{person.partner_refs[place]}/check"


def stored(store, ines):
    with at_work(store, ines, writes=False) as db:
        return private_checks.list_checks(db, case_of(db, ines))[ines.partner_refs[0]]


def test_the_page_says_whom_to_ask_about_what_and_that_a_no_clears_nobody(browser, ines):
    page = browser.get(url_of(ines))
    check_page(page)
    assert "Mara, with nobody else in the room" in page.text
    assert "A no clears nobody" in page.text
    asked = [each.get_text(strip=True) for each in page.html.select("dl.review dt")]
    assert len(asked) == 11
    assert {"Pressure on the neck", "Speaking freely", "Children", "Weapons"} <= set(asked)


def test_a_check_is_written_down_and_stays(browser, ines):
    values = {**ALONE, "result": "positive", "again_on": NEXT_MONTH}
    page = browser.submit(url_of(ines), values)
    check_page(page)
    assert "Mara Something came up" in page.text
    browser.submit(url_of(ines), {"asked_alone": "yes", "result": "no-indication-today"})
    again = browser.get(url_of(ines))
    check_page(again)
    for words in ("he reads along", "she whispered", "Something came up", "No indication today"):
        assert words in again.text
    assert again.values()["told"] == "", "a new check begins empty"


def test_where_it_could_not_be_asked_only_a_day_to_try_again_is_taken(browser, ines):
    page = browser.submit(url_of(ines), {"asked_alone": "no", "again_on": NEXT_MONTH})
    assert "Mara Could not be asked alone" in page.text


def test_no_word_for_safe_is_on_any_of_its_pages(browser, store, ines):
    with at_work(store, ines) as db:
        safe.make_check(db, case_of(db, ines))
    pages = [url_of(ines), f"/cases/{ines.case_ref}/safety"]
    for words in (browser.get(url).text.lower().replace("safety", "") for url in pages):
        assert not [word for word in ("safe.", "is safe", "are safe", "safe ") if word in words]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"told": "words to keep"}, "Choose whether it was asked alone"),
        ({**ALONE}, "Choose what you make of it today"),
        ({**ALONE, "asked_alone": "no", "again_on": NEXT_MONTH}, "Where it could not be asked"),
        ({"asked_alone": "no"}, "Enter the day to try again"),
        ({**ALONE, "result": "positive", "asked_on": "2190-01-01"}, "That day has not come yet"),
        ({**ALONE, "result": "positive", "again_on": str(TODAY)}, "Choose a day after the one"),
        ({**ALONE, "result": "positive", "again_on": "soon"}, "Enter a date, such as 2026-03-14"),
    ],
)
def test_a_refused_check_keeps_what_was_typed_and_stores_nothing(
    browser, store, ines, values, said
):
    page = browser.submit(url_of(ines), values)
    check_refused(page)
    assert [said in error for error in page.errors()] == [True]
    assert {name: page.values()[name] for name in values} == values
    assert stored(store, ines) == []


def test_when_it_is_time_to_ask_again_the_page_says_so(browser, store, ines):
    with at_work(store, ines) as db:
        asked_on = TODAY - dt.timedelta(days=9)
        safe.make_check(db, case_of(db, ines), asked_on=asked_on, again_on=TODAY)
    assert "Ask again now" in browser.get(f"/cases/{ines.case_ref}/safety").text


def test_a_colleague_and_a_stranger_to_the_case_find_no_such_page(app, browser, cast, ines):
    colleague = Browser(app).sign_in(cast["tomas"].email, PASSWORD)
    assert colleague.get(url_of(ines)).status == 404
    stranger = cast["tomas"].partner_refs[0]
    assert browser.get(f"/cases/{ines.case_ref}/safety/{stranger}/check").status == 404
