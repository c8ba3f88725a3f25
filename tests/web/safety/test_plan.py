"""A safety plan: written in versions, printed for one person, and known to nobody else."""

import pytest

from tests import safety_factories as safe
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.factories import at_work, case_of
from tests.web.page import check_page, check_refused

WORDS = {"signs": "he goes quiet", "first": "I take the dog out", "numbers": "my sister 555"}


def url_of(person, place=0):
    return f"/cases/{person.case_ref}/safety/{person.partner_refs[place]}/plan"


def page_of(person, place=0):
    return f"/cases/{person.case_ref}/page/{person.partner_refs[place]}"


def test_a_plan_is_saved_as_a_new_version_and_older_ones_are_read_below(browser, ines):
    browser.submit(url_of(ines), WORDS)
    page = browser.submit(url_of(ines), {"first": "I call my sister"})
    check_page(page)
    assert "Saved as a new version." in page.text
    assert page.values()["first"] == "I call my sister"
    assert page.values()["signs"] == "he goes quiet"
    assert page.text.index("Version 2,") < page.text.index("Version 1,")
    assert "I take the dog out" in page.text


def test_two_tabs_that_start_a_plan_are_told_and_lose_nothing(browser, ines):
    first, second = browser.open(url_of(ines)), browser.open(url_of(ines))
    browser.send(url_of(ines), first, {"signs": "first words"})
    told = browser.send(url_of(ines), second, {"signs": "second words"})
    check_page(told)
    assert (told.status, told.values()["signs"]) == (409, "second words")
    assert "first words" in told.text
    browser.send(url_of(ines), told, {})
    assert "first words" in browser.get(url_of(ines)).text


def test_an_empty_plan_is_refused(browser, ines):
    page = browser.submit(url_of(ines), {"signs": "  "})
    check_refused(page)
    assert page.errors() == ["Write something in at least one box"]


def test_the_page_to_print_holds_this_plan_and_no_name(browser, store, ines):
    with at_work(store, ines) as db:
        safe.make_plan(db, case_of(db, ines), place=1)
    browser.submit(url_of(ines), WORDS)
    page = browser.get(page_of(ines))
    check_page(page)
    whole = page.response.get_data(as_text=True)
    assert all(text in whole for text in WORDS.values())
    assert "Read this only when you are alone" in page.text
    assert page.title == "My own notes"
    for kept in ("Mara", "Jonas", "Ines", "Harbour", "afety", "noon", "What I take along"):
        assert kept not in whole, kept
    assert "safety" not in page_of(ines), "browsers print the address"


def test_what_is_printed_for_one_stays_the_same_whatever_the_other_says(browser, store, ines):
    browser.submit(url_of(ines), WORDS)
    before = browser.get(page_of(ines)).response.get_data()
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        safe.make_plan(db, case, place=1)
        safe.make_positive(db, case, place=1)
    assert browser.get(page_of(ines)).response.get_data() == before


def test_without_a_plan_there_is_nothing_to_print(browser, ines):
    assert browser.get(page_of(ines)).status == 404
    assert "page to print" not in browser.get(url_of(ines)).text


@pytest.mark.parametrize("where", [url_of, page_of])
def test_a_colleague_finds_no_plan(app, cast, store, ines, where):
    with at_work(store, ines) as db:
        safe.make_plan(db, case_of(db, ines))
    colleague = Browser(app).sign_in(cast["tomas"].email, PASSWORD)
    assert colleague.get(where(ines)).status == 404
