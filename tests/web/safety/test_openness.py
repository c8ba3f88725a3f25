"""A goal of openness between the partners stays shut on the safety track, and keeps its words."""

import pytest

from clinic.domain.guard import NOT_OPEN
from clinic.domain.tracks import Tool
from tests.factories import at_work, case_of
from tests.safety_factories import make_decision, make_positive

TYPED = "tells of late evenings without being asked"


def answers(person, stub):
    goal = {"wording": TYPED, "owners": [person.partner_refs[0]]}
    steps = {f"anchors-{name}": name for name in ("much_less", "less", "expected", "more")}
    steps["anchors-much_more"] = "much more"
    both = {
        f"{part}-{name}": value
        for part in ("behaviour", "issue")
        for name, value in {**goal, **steps}.items()
    }
    return {**both, "behaviour-stub": stub}


def set_pair(browser, person, stub):
    return browser.submit(f"/cases/{person.case_ref}/goals/new", answers(person, stub))


@pytest.mark.parametrize("stub", ["G02", "G17"])
def test_a_goal_of_openness_is_refused_on_the_safety_track(stub, browser, store, ines):
    with at_work(store, ines) as db:
        make_positive(db, case_of(db, ines))
    page = set_pair(browser, ines, stub)
    assert page.status == 422
    assert any(NOT_OPEN in error for error in page.errors())
    assert page.values()["behaviour-wording"] == TYPED


def test_a_goal_of_their_own_about_openness_is_refused_too(browser, store, ines):
    with at_work(store, ines) as db:
        make_positive(db, case_of(db, ines))
    own = {**answers(ines, ""), "issue-about_openness": "openness"}
    page = browser.submit(f"/cases/{ines.case_ref}/goals/new", own)
    assert page.status == 422
    assert any(NOT_OPEN in error for error in page.errors())
    assert page.values()["issue-wording"] == TYPED


def test_other_goals_stay_open_on_the_safety_track(browser, store, ines):
    with at_work(store, ines) as db:
        make_positive(db, case_of(db, ines))
    assert set_pair(browser, ines, "G01").status == 200


def test_with_a_reason_the_therapist_opens_goals_of_openness(browser, store, ines):
    with at_work(store, ines) as db:
        make_positive(db, case_of(db, ines))
        make_decision(db, case_of(db, ines), Tool.GOAL.value)
    assert set_pair(browser, ines, "G02").status == 200
