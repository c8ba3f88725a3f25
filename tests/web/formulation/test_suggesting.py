"""Suggestions on the page: offered with grounds, taken up in a form, or put aside."""

import re

import pytest
from sqlalchemy import func, select

from clinic.domain.visibility import Layer
from clinic.models.formulation import EvidenceItem, Explanation, SuggestionAnswer
from clinic.services import evidence, suggestions
from tests import factories as made
from tests.services.answering import fill, plan_case, treating
from tests.vignette_answers import LATE_MESSAGES, answers
from tests.web.page import check_page

OPEN = "Open it in the form"
KINDS = {"explanations": Explanation, "evidence": EvidenceItem}


def listed(refs):
    return f"/cases/{refs['case_ref']}/issue/suggestions"


def addresses(page, what):
    """Give where each suggestion of a kind leads."""
    return [
        link["href"]
        for link in page.html.select("a.button")
        if link.get_text(strip=True) == OPEN and f"/{what}/new" in link["href"]
    ]


def count(store, ines, kind):
    with made.at_work(store, ines, writes=False) as db:
        return db.scalar(select(func.count(kind.id)))


def test_every_suggestion_says_why_and_opens_its_answers_on_demand(browser, full):
    page = browser.get(listed(full))
    check_page(page)
    cards = page.html.select(".card:not(.fold)")
    assert cards
    for card in cards:
        assert re.search("it rests on", card.select_one("summary").get_text())
        assert not card.select_one("details").has_attr("open")
        assert card.select_one(".tag").get_text(strip=True) in {
            "May be used",
            "Ask first",
            "For you alone",
        }


def test_safety_stands_apart_and_folded(browser, full):
    page = browser.get(listed(full))
    for folded in page.html.select("details.fold"):
        assert not folded.has_attr("open")
    outside = [
        each for each in page.html.select(".card:not(.fold)") if not each.find_parent("details")
    ]
    assert all("Safety, " not in each.get_text(" ", strip=True) for each in outside)


@pytest.mark.parametrize("what", KINDS)
def test_looking_and_opening_a_form_adds_nothing(browser, store, ines, full, what):
    before = count(store, ines, KINDS[what])
    url = addresses(browser.get(listed(full)), what)[0]
    check_page(browser.get(url))
    assert count(store, ines, KINDS[what]) == before


def test_an_explanation_that_was_taken_up_is_noted_as_answered(browser, store, ines, full):
    url = addresses(browser.get(listed(full)), "explanations")[0]
    values = {"statement": "in my words", "would_change_my_mind": "he tells her himself"}
    before = count(store, ines, Explanation)
    page = browser.submit(url, values)
    assert page.status == 200, page.errors()
    assert count(store, ines, Explanation) == before + 1
    with made.at_work(store, ines, writes=False) as db:
        made_of = suggestions.answers(db, made.case_of(db, ines)).values()
        assert True in {row.accepted for row in made_of}
    again = browser.get(listed(full))
    assert "Taken up" in again.text
    assert url not in [
        link["href"]
        for link in again.html.select(".card:not(.fold) > .actions a")
        if not link.find_parent("details")
    ]


def test_a_form_that_is_refused_keeps_what_it_was_opened_for(browser, store, ines, full):
    url = addresses(browser.get(listed(full)), "explanations")[0]
    refused = browser.submit(url, {"statement": "", "would_change_my_mind": "he tells her"})
    assert refused.status == 422
    assert "Nothing is added until you save" in refused.text
    saved = browser.send(url, refused, {"statement": "my words"})
    assert saved.status == 200
    assert count(store, ines, SuggestionAnswer) >= 1


def test_evidence_takes_its_source_layer_and_answer_along(browser, store, ines):
    said = {"own-exit": "way-out", "standpoint": "work-on-it"}
    answered = plan_case(store, ines, LATE_MESSAGES)
    fill(store, answered, "Mara", answers(guesses=said))
    [url] = addresses(browser.get(listed({"case_ref": answered.case_ref})), "evidence")
    private = browser.open(url)
    assert private.values()["kind"] == "E17"
    assert private.values()["layer"] == "private"
    assert private.values()["source"] == answered.partner_refs["Mara"]
    assert private.values()["observation"].count("\n") == 1
    assert browser.send(url, private, {"observation": "told in the answers"}).status == 200
    with treating(store, ines, answered) as (db, case):
        [row] = evidence.list_evidence(db, case)
        assert (row.layer, row.link.answer_item) == (Layer.PRIVATE, "own-exit")
        ref = row.public_id
    change = f"/cases/{answered.case_ref}/issue/evidence/{ref}"
    browser.submit(change, {"observation": "told, and corrected"})
    with treating(store, ines, answered) as (db, case):
        assert evidence.find_evidence(db, case, ref).link.answer_item == "own-exit"


def test_what_two_of_them_said_never_goes_into_one_s_own_layer(browser, full):
    for url in addresses(browser.get(listed(full)), "evidence"):
        values = browser.open(url).values()
        assert (values["layer"] == "private") is (values["source"] != "therapist")


def test_a_suggestion_is_put_aside_and_can_still_be_taken_up(browser, full):
    page = browser.get(listed(full))
    [button, *_] = page.html.select("form[action$=decline]")
    after = browser.press(listed(full), button["action"])
    assert "Put aside" in after.text
    folded = after.html.select("details.fold")[-1]
    assert OPEN in folded.get_text()
    assert button["action"] not in {form["action"] for form in after.html.select("form[action]")}


def test_a_suggestion_that_is_none_is_not_found(browser, full):
    wrong = "x" * 22
    case = f"/cases/{full['case_ref']}/issue"
    for page in ("explanations", "evidence"):
        assert browser.get(f"{case}/{page}/new?suggestion={wrong}").status == 404
    token = browser.get(case).html.select_one("[name=csrf_token]")["value"]
    declined = browser.client.post(
        f"{case}/suggestions/{wrong}/decline", data={"csrf_token": token}
    )
    assert declined.status_code == 404
