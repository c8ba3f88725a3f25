"""Evidence on the page: weighed with reasons, in ten seconds, and taken away."""

import datetime as dt

import pytest

from clinic.domain.formulation import Bearing
from clinic.domain.visibility import Layer
from clinic.services import behaviours, evidence
from tests import factories as made
from tests.browser import Page
from tests.web.page import check_page


def issue(refs, page=""):
    return f"/cases/{refs['case_ref']}/issue{page}"


def send_quickly(browser, refs, **sent):
    """Send the short form as it stands on the issue layer, with some of its fields filled in."""
    form = browser.open(issue(refs)).values()
    for name, value in sent.items():
        assert f"quick-{name}" in form
        form.setlist(f"quick-{name}", [value])
    return browser.client.post(issue(refs, "/evidence/quick"), data=form)


def stored(store, ines, words):
    """Find the one piece of evidence with these words."""
    with made.at_work(store, ines, writes=False) as db:
        found = evidence.list_evidence(db, made.case_of(db, ines))
        [row] = [row for row in found if row.observation == words]
        return row, row.link, {each.explanation_id: each for each in row.bearings}


def test_a_bearing_other_than_the_usual_one_needs_a_reason_and_keeps_every_word(
    browser, store, ines, full
):
    url = issue(full, "/evidence/new")
    values = {"observation": "it began before they met", "kind": "E01", "bearing_0": "against"}
    page = browser.submit(url, values | {"source": "therapist", "bearing_1": "supports"})
    assert page.status == 422
    check_page(page)
    assert page.errors() == ["Say in a few words why it is otherwise here"]
    assert page.html.select_one(".error-summary a")["href"] == "#reason_0"
    assert page.values()["observation"] == "it began before they met"
    assert page.values()["bearing_0"] == "against"
    assert browser.send(url, page, {"reason_0": "the move came later"}).status == 200
    _, _, bearings = stored(store, ines, "it began before they met")
    first, second = bearings.values()
    assert (first.bearing, second.bearing) == (Bearing.AGAINST, Bearing.SUPPORTS)
    with made.at_work(store, ines, writes=False) as db:
        reasons = evidence.reasons(db, made.case_of(db, ines)).values()
        assert "the move came later" in reasons


def test_own_words_have_nothing_usual_so_nothing_has_to_be_explained(browser, full):
    values = {"observation": "a door was shut", "source": "therapist", "bearing_0": "against"}
    page = browser.submit(issue(full, "/evidence/new"), values)
    assert "a door was shut" in page.text


def test_evidence_is_tied_to_a_behaviour_and_an_appointment(browser, store, ines, full):
    values = {
        "observation": "put the phone face down",
        "source": "therapist",
        "behaviour": full["behaviour_ref"],
        "appointment": full["appointment_ref"],
    }
    browser.submit(issue(full, "/evidence/new"), values)
    row, link, _ = stored(store, ines, "put the phone face down")
    assert link.behaviour_id
    assert link.appointment_id
    form = browser.open(issue(full, f"/evidence/{row.public_id}"))
    assert form.values()["behaviour"] == full["behaviour_ref"]
    assert form.values()["appointment"] == full["appointment_ref"]


def test_what_was_hidden_from_fear_is_neutral_by_itself_and_the_page_says_why(
    browser, store, ines, full
):
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        made.make_explanation(db, case, kind="H7")
        fear = {"": behaviours.Placing(from_fear=True)}
        feared = made.make_behaviour(db, case, placings=fear).public_id
    values = {"observation": "a second account", "kind": "E10", "behaviour": feared}
    page = browser.submit(issue(full, "/evidence/new"), values | {"source": "therapist"})
    assert page.status == 200, page.errors()
    row, _, bearings = stored(store, ines, "a second account")
    assert {each.bearing for each in bearings.values()} == {Bearing.NEUTRAL}
    change = browser.open(issue(full, f"/evidence/{row.public_id}"))
    assert "hidden out of fear, so it counts for nothing here" in change.text
    refused = browser.send(
        issue(full, f"/evidence/{row.public_id}"), change, {"bearing_2": "supports"}
    )
    assert refused.errors() == ["Say in a few words why it is otherwise here"]


def test_a_day_that_has_not_come_is_refused_beside_its_field(browser, full):
    later = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=9)).isoformat()
    values = {"observation": "to come", "source": "therapist", "observed_on": later}
    page = browser.submit(issue(full, "/evidence/new"), values)
    assert page.errors() == ["This day has not come yet"]
    assert page.html.select_one(".error-summary a")["href"] == "#observed_on"


@pytest.mark.parametrize("page", ["", "/matrix"])
def test_quick_evidence_needs_one_sentence_and_comes_back_to_its_page(
    browser, store, ines, full, page
):
    answer = send_quickly(browser, full, observation="laughed together", then=issue(full, page))
    assert answer.location == issue(full, page)
    row, link, _ = stored(store, ines, "laughed together")
    assert (row.kind, row.source_id, row.layer, link) == (None, None, Layer.CLINICIAN, None)
    assert row.observed_on == dt.datetime.now(dt.UTC).date()


def test_quick_evidence_weighs_as_its_kind_usually_does(browser, store, ines, full):
    send_quickly(browser, full, observation="curious about why", kind="E01")
    _, _, bearings = stored(store, ines, "curious about why")
    assert [each.bearing for each in bearings.values()] == [Bearing.SUPPORTS, Bearing.NEUTRAL]


def test_quick_evidence_that_is_refused_comes_back_in_the_full_form(browser, full):
    answer = send_quickly(browser, full, observation="", kind="E05", layer="private")
    assert answer.status_code == 422
    page = Page(answer)
    check_page(page)
    assert page.errors() == ["Enter what was seen or heard"]
    assert (page.values()["kind"], page.values()["layer"]) == ("E05", "private")
    url = issue(full, "/evidence/new")
    assert str(page.form()["action"]) == url
    again = browser.send(url, page, {"observation": "came back", "source": "therapist"})
    assert again.errors() == ["Say whose private words these are"]
    whose = browser.send(url, again, {"source": full["partner_ref"]})
    assert "came back" in whose.text


@pytest.mark.parametrize(
    "then", ["https://else.where/", "//else.where", "/cases/another", "/cases/new"]
)
def test_quick_evidence_leads_back_into_its_own_case_alone(browser, full, then):
    answer = send_quickly(browser, full, observation="a sentence", then=then)
    assert answer.location == issue(full)


def delete(browser, refs, opened, ref):
    """Press the button that stands folded below the form."""
    form = opened.html.select_one("form[action$=delete]")
    data = {field["name"]: field["value"] for field in form.select("input")}
    return Page(
        browser.client.post(
            issue(refs, f"/evidence/{ref}/delete"), data=data, follow_redirects=True
        )
    )


def test_evidence_is_taken_away_after_being_asked_once(browser, store, ines, full):
    with made.at_work(store, ines) as db:
        ref = made.make_evidence(
            db, made.case_of(db, ines), observation="written by mistake"
        ).public_id
    opened = browser.open(issue(full, f"/evidence/{ref}"))
    assert opened.html.select_one("form[action$=delete]").find_parent("details")
    assert "written by mistake" not in delete(browser, full, opened, ref).text


def test_evidence_that_a_version_rests_on_stays(browser, full):
    ref = full["evidence_ref"]
    page = delete(browser, full, browser.open(issue(full, f"/evidence/{ref}")), ref)
    assert "A saved version rests on this, so it stays." in page.text
    assert browser.get(issue(full, f"/evidence/{ref}")).status == 200


def test_evidence_changed_meanwhile_is_not_taken_away(browser, store, ines, full):
    with made.at_work(store, ines) as db:
        ref = made.make_evidence(db, made.case_of(db, ines)).public_id
    opened = browser.open(issue(full, f"/evidence/{ref}"))
    browser.submit(issue(full, f"/evidence/{ref}"), {"observation": "said otherwise"})
    told = delete(browser, full, opened, ref)
    assert "changed meanwhile" in told.text
    assert "said otherwise" in told.values()["observation"]
