"""Setting a goal: what it begins from, what it weighs, and what is worth a second look."""

import datetime as dt

import pytest

from clinic.domain.goal_course import OPENNESS_DAYS
from clinic.services import goals
from clinic.services.days import today
from tests import factories as made
from tests.web.page import check_page, check_refused

STEPS = ("much_less", "less", "expected", "more", "much_more")


def address(person, page=""):
    return f"/cases/{person.case_ref}/goals{page}"


def answers(person, **changes):
    goal = {"wording": "phones away at ten", "owners": [person.partner_refs[0]]}
    steps = {f"anchors-{name}": f"{name} evenings" for name in STEPS}
    both = {
        f"{part}-{name}": value
        for part in ("behaviour", "issue")
        for name, value in {**goal, **steps}.items()
    }
    return {**both, **{name.replace("__", "-"): value for name, value in changes.items()}}


def stored(store, person):
    with made.at_work(store, person) as db:
        return [
            (goal.weight, goal.weighs, goal.is_openness, goal.ends_on)
            for goal in goals.list_goals(db, made.case_of(db, person))
        ]


def test_an_explanation_leads_to_a_pair_that_begins_from_it(browser, store, ines):
    with made.at_work(store, ines) as db:
        ref = made.make_explanation(db, made.case_of(db, ines)).public_id
    issue = browser.get(f"/cases/{ines.case_ref}/issue")
    link = issue.link("Set a pair of goals")
    assert f"explanation={ref}" in link
    page = browser.get(link)
    check_page(page)
    typed = page.values()
    assert (typed["behaviour-explanation"], typed["issue-explanation"]) == (ref, ref)
    assert typed["behaviour-wording"] == typed["issue-wording"] == ""


def test_a_goal_of_the_library_stands_in_its_own_group_with_its_steps(browser, ines):
    page = browser.get(address(ines, "/new?goal=G10"))
    check_page(page)
    typed = page.values()
    assert typed["issue-stub"] == "G10"
    assert typed["issue-wording"]
    assert all(typed[f"issue-anchors-{name}"] for name in STEPS)
    assert (typed["behaviour-stub"], typed["behaviour-wording"]) == ("", "")


@pytest.mark.parametrize("query", ["goal=none", "explanation=none", "goal=&explanation="])
def test_what_is_not_there_is_left_out(query, browser, ines):
    page = browser.get(address(ines, f"/new?{query}"))
    assert page.status == 200
    assert page.values()["issue-stub"] == page.values()["issue-explanation"] == ""


def test_importance_and_difficulty_make_the_weight_and_the_plain_one_is_kept(browser, store, ines):
    changes = {"behaviour-importance": "3", "behaviour-difficulty": "2", "behaviour-weight": "1"}
    changes |= {"issue-importance": "3", "issue-difficulty": "0"}
    page = browser.submit(address(ines, "/new"), {**answers(ines), **changes})
    assert page.status == 200, page.errors()
    assert stored(store, ines) == [(1, 6, False, None), (1, 0, False, None)]
    assert "Weight 6: matters 3, hard 2" in page.text
    assert "Weight 0, so it is left out of the score" in page.text
    check_page(page)


def test_half_a_weighing_is_refused_at_the_empty_half(browser, ines):
    page = browser.submit(address(ines, "/new"), {**answers(ines), "behaviour-importance": "3"})
    check_refused(page)
    assert ["Rate both" in error for error in page.errors()] == [True]
    assert page.html.select_one("#behaviour-difficulty-error")


def test_a_goal_about_openness_has_a_last_day_and_others_have_none(browser, store, ines):
    sent = {**answers(ines), "behaviour-about_openness": "openness"}
    assert browser.submit(address(ines, "/new"), sent).status == 200
    last = today() + dt.timedelta(weeks=4)
    assert stored(store, ines) == [(1, 1, True, last), (1, 1, False, None)]


@pytest.mark.parametrize(
    "mark", [{"behaviour-about_openness": "openness"}, {"behaviour-stub": "G02"}]
)
@pytest.mark.parametrize(
    "days",
    [
        (OPENNESS_DAYS + 1, OPENNESS_DAYS, "review_on"),
        (20, None, "ends_on"),
        (20, 21, "ends_on"),
        (20, -1, "ends_on"),
    ],
)
def test_openness_without_an_end_is_refused_at_its_field(mark, days, browser, ines):
    review, end, field = days
    days = {
        "behaviour-review_on": today() + dt.timedelta(days=review),
        "behaviour-ends_on": "" if end is None else today() + dt.timedelta(days=end),
    }
    page = browser.submit(address(ines, "/new"), {**answers(ines), **mark, **days})
    check_refused(page)
    assert page.html.select_one(f"#behaviour-{field}-error")
    assert page.values()["behaviour-wording"] == "phones away at ten"


def test_what_is_worth_a_second_look_is_shown_and_refuses_nothing(browser, store, ines):
    sent = {**answers(ines), "behaviour-wording": "he stops being jealous"}
    url = address(ines, "/new")
    page = browser.submit(url, sent)
    assert page.status == 200
    assert len(stored(store, ines)) == 2
    assert "Worth a second look" in page.text
    check_page(page)


def test_looking_over_the_words_saves_nothing(browser, store, ines):
    sent = {**answers(ines), "issue-wording": "share every password"}
    page = browser.open(address(ines, "/new"))
    page = browser.send(address(ines, "/new"), page, {**sent, "look_over": "1"})
    assert page.status == 200
    assert "Watching over somebody" in page.text
    assert page.values()["issue-wording"] == "share every password"
    assert stored(store, ines) == []
