"""The safety page of a case: the track, each partner, what stays shut, and what was decided."""

import pytest

from clinic.domain.guard import NOT_OPEN
from clinic.models.accounts import Clinician
from tests import safety_factories as safe
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.factories import at_work, case_of
from tests.web.page import check_page, check_refused

EVERYTHING = ("", "/decide/track", "/decide/comparison", "/decide/goal", "/decide/sheet")


def url_of(person, page=""):
    return f"/cases/{person.case_ref}/safety{page}"


def shown(browser, ines):
    page = browser.get(url_of(ines))
    check_page(page)
    return page


def tools(page):
    """Give what the page says of each tool."""
    rows = page.html.select("main tbody tr")
    return {row.th.get_text(strip=True): row.td.get_text(" ", strip=True) for row in rows}


def test_a_case_without_any_sign_goes_the_usual_way(browser, ines):
    page = shown(browser, ines)
    assert "The usual way" in page.text
    assert "That clears nobody." in page.text
    assert page.text.count("Not asked yet") == 2
    assert set(tools(page).values()) == {"Now Open"}
    assert "What you decided" not in page.text


def test_it_is_found_from_the_overview_and_from_the_answers(browser, ines):
    for start, words in (("", "Safety, for you alone"), ("/answers", "Safety")):
        link = browser.get(f"/cases/{ines.case_ref}{start}").link(words)
        assert link == url_of(ines)


def test_a_check_with_something_come_up_is_seen_with_its_reason_and_what_is_shut(
    browser, store, ines
):
    with at_work(store, ines) as db:
        safe.make_positive(db, case_of(db, ines))
    page = shown(browser, ines)
    assert "Safety first, with each partner alone" in page.text
    assert "Mara: An answer of the private check asks for a talk alone." in page.text
    assert "Individual appointments first" in page.text
    assert f"{NOT_OPEN}." in page.text
    assert tools(page)["Comparing answers"] == "Now Shut"
    assert tools(page)["Worksheets for openness"] == "Now Shut"
    assert "Decide" not in page.html.find(string="Showing them rows of the map").parent.parent.text


def test_a_tool_is_opened_with_a_reason_and_shut_again(browser, store, ines):
    with at_work(store, ines) as db:
        safe.make_positive(db, case_of(db, ines))
    decide = url_of(ines, "/decide/sheet")
    page = browser.submit(decide, {"holds": "yes", "reason": "she asks for it, and lives alone"})
    check_page(page)
    assert tools(page)["Worksheets for openness"] == "Now Open, as you decided"
    assert "Worksheets for openness: Opened in spite of the track" in page.text
    assert "she asks for it, and lives alone" in page.text
    assert "Ines Ferrara" in page.text
    page = browser.submit(decide, {"holds": "no", "reason": "he moved back in"})
    assert tools(page)["Worksheets for openness"] == "Now Shut"
    assert page.text.index("he moved back in") < page.text.index("she asks for it")


def test_the_therapist_moves_to_the_track_and_from_it(browser, ines):
    decide = url_of(ines, "/decide/track")
    page = browser.submit(decide, {"holds": "yes", "reason": "a bruise"})
    assert "Safety first, with each partner alone You decided so." in page.text
    page = browser.submit(decide, {"holds": "no", "reason": "it was a fall, seen by a doctor"})
    assert "The usual way" in page.text
    assert page.text.index("The safety track ended") < page.text.index("a bruise")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"reason": "words to keep"}, "Choose what you decide"),
        ({"holds": "yes", "reason": "  "}, "Enter the reason"),
        ({"holds": "perhaps", "reason": "words"}, "Choose one of the answers on the page"),
    ],
)
def test_a_decision_that_lacks_something_is_refused_with_the_words_kept(
    browser, ines, values, said
):
    url = url_of(ines, "/decide/track")
    page = browser.submit(url, {key: value for key, value in values.items() if key == "reason"})
    if "holds" in values:
        page = browser.send(url, browser.open(url), values)
    check_refused(page)
    assert said in page.errors()
    assert page.values()["reason"].strip() == values["reason"].strip()
    assert "What you decided" not in shown(browser, ines).text


def test_the_line_of_help_is_the_practice_s_own(browser, store, ines):
    assert "call your local emergency number" in shown(browser, ines).text
    with at_work(store, ines) as db, db.as_system():
        db.get_one(Clinician, ines.id).practice.resource_line = "Helpline 0 800 111"
        db.commit()
    assert "Helpline 0 800 111" in shown(browser, ines).text


def test_leaning_out_suggests_getting_clear_first(browser, store, ines, leaning):
    page = browser.get(f"/cases/{leaning.case_ref}/safety")
    check_page(page)
    assert "Getting clear first, in mostly individual talks" in page.text
    assert "Jonas: A partner is leaning out of the relationship." in page.text
    assert "some months of full effort" in page.text


@pytest.mark.parametrize("page", EVERYTHING)
def test_a_colleague_finds_no_such_page(app, cast, ines, page):
    colleague = Browser(app).sign_in(cast["tomas"].email, PASSWORD)
    assert colleague.get(url_of(ines, page)).status == 404
