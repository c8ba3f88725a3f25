"""What became of a goal, and other steps for it, on the pages."""

import datetime as dt

from clinic.domain.goals import Attainment
from clinic.services import goals
from clinic.services.days import today
from clinic.services.goals import RatingDetails
from tests import factories as made
from tests.browser import Browser
from tests.web.page import check_page, check_refused
from tests.web.test_queries import statements


def address(person, page=""):
    return f"/cases/{person.case_ref}/goals{page}"


def prepared(store, person, **ratings):
    """Set a pair, hold one appointment a list of ratings, and give the refs of the two goals."""
    with made.at_work(store, person) as db:
        case = made.case_of(db, person)
        pair = made.make_pair(db, case)
        rows = zip(ratings.get("behaviour", ()), ratings.get("issue", ()), strict=True)
        for levels in rows:
            appointment = made.make_appointment(db, case)
            found = {
                goal.public_id: RatingDetails(None if level is None else Attainment(level))
                for goal, level in zip(pair, levels, strict=True)
            }
            goals.rate_goals(db, case, appointment, ratings.get("rater", ""), found)
        return [goal.public_id for goal in pair]


def test_a_goal_that_was_met_keeps_its_history_with_day_and_reason(browser, store, ines):
    ref, _ = prepared(store, ines)
    page = browser.submit(
        address(ines, f"/{ref}/status"), {"status": "met", "reason": "six weeks in a row"}
    )
    check_page(page)
    assert "Met on" in page.text
    assert "six weeks in a row" in page.text
    again = browser.submit(
        address(ines, f"/{ref}/status"), {"status": "active", "reason": "it came back"}
    )
    assert "Taken up again on" in again.text
    assert "six weeks in a row" in again.text


def test_without_a_reason_or_a_choice_nothing_is_written_down(browser, store, ines):
    ref, _ = prepared(store, ines)
    check_refused(browser.submit(address(ines, f"/{ref}/status")))
    tomorrow = today() + dt.timedelta(days=9)
    page = browser.submit(
        address(ines, f"/{ref}/status"), {"status": "met", "reason": "x", "since": tomorrow}
    )
    check_refused(page)
    assert page.html.select_one("#since-error")


def test_the_second_of_two_tabs_is_told_and_keeps_its_words(browser, store, ines):
    ref, _ = prepared(store, ines)
    url = address(ines, f"/{ref}/status")
    late = browser.open(url)
    browser.submit(url, {"status": "met", "reason": "first"})
    page = browser.send(url, late, {"status": "parted-with", "reason": "second"})
    assert page.status in {409, 422}
    assert page.values()["reason"] == "second"


def test_other_steps_are_a_gap_in_the_line_and_the_old_ones_stay_to_read(browser, store, ines):
    ref, _ = prepared(store, ines, behaviour=[-1, 0], issue=[0, 0])
    page = browser.submit(
        address(ines, f"/{ref}/steps"),
        {"anchors-expected": "every evening", "reason": "the old ones were too easy"},
    )
    check_page(page)
    assert "every evening" in page.text
    assert "Steps until" in page.text
    assert "Revised on" in page.text
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        old, new, _ = goals.list_goals(db, case)
        appointment = made.make_appointment(db, case, held_on=today())
        goals.rate_goals(db, case, appointment, "", {new.public_id: RatingDetails(Attainment.MORE)})
        assert (old.status.value, new.continues_id) == ("revised", old.id)
    page = browser.get(address(ines))
    path = page.html.select_one("svg .chart__series--1 path.chart__line:not([opacity])")["d"]
    assert path.count("M") == 2
    assert "+1, on new steps" in page.html.select_one("svg desc").get_text()


def test_the_same_steps_are_no_new_scale(browser, store, ines):
    ref, _ = prepared(store, ines)
    page = browser.submit(address(ines, f"/{ref}/steps"), {"reason": "none"})
    assert page.status == 422
    assert any("same five steps" in error for error in page.errors())


def test_a_revised_goal_can_be_changed_no_more(browser, store, ines):
    ref, _ = prepared(store, ines)
    steps = {"anchors-expected": "every evening", "reason": "too easy"}
    browser.submit(address(ines, f"/{ref}/steps"), steps)
    page = browser.submit(address(ines, f"/{ref}"), {"goal-wording": "else"})
    assert page.status == 422
    assert any("has ended" in error for error in page.errors())
    assert "stays as it was" in browser.get(address(ines, f"/{ref}/status")).text


def test_the_ratings_of_a_pair_are_told_in_a_sentence_with_its_data(browser, store, ines):
    prepared(store, ines, behaviour=[-1, 0, 1], issue=[-1, -1, -1])
    page = browser.get(address(ines))
    check_page(page)
    notice = page.html.select_one(".notice").get_text(" ", strip=True)
    assert notice.startswith("The behaviour changed, the issue did not.")
    assert "Rated by Therapist at appointments 1, 2, 3" in notice
    assert "phones stay in the kitchen at night: \u22121, 0, +1" in notice
    assert "we ask before we guess: \u22121, \u22121, \u22121" in notice


def test_a_single_appointment_tells_nothing(browser, store, ines):
    prepared(store, ines, behaviour=[2], issue=[-2])
    assert not browser.get(address(ines)).html.select(".notice")


def test_a_sentence_rests_on_one_rater_s_ratings_alone(browser, store, ines):
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        pair = made.make_pair(db, case)
        for rater, level in zip(("", *ines.partner_refs), (-1, 0, 1), strict=True):
            found = {pair[0].public_id: RatingDetails(Attainment(level))}
            found[pair[1].public_id] = RatingDetails(Attainment.LESS)
            goals.rate_goals(db, case, made.make_appointment(db, case), rater, found)
    assert not browser.get(address(ines)).html.select(".notice")


def test_own_ratings_that_drift_apart_are_told_with_their_distance(browser, store, ines):
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        goal = made.make_pair(db, case)[0].public_id
        for mine, theirs in ((5, 4), (5, 3), (6, 2)):
            appointment = made.make_appointment(db, case)
            for rater, own in zip(ines.partner_refs, (mine, theirs), strict=True):
                goals.rate_goals(db, case, appointment, rater, {goal: RatingDetails(own=own)})
    notice = browser.get(address(ines)).html.select_one(".notice").get_text(" ", strip=True)
    assert "drift apart" in notice
    assert "1, 2, 4 points apart" in notice


def test_kept_and_missed_are_counted_with_what_nobody_reported(browser, store, ines):
    kept = [True] * 11 + [False] * 2 + [None]
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        goal = made.make_pair(db, case)[0].public_id
        for one in kept:
            found = {goal: RatingDetails(kept=one)} if one is not None else {}
            goals.rate_goals(db, case, made.make_appointment(db, case), "", found)
    assert "Kept: 84.6 % (13 of 14 reported)" in browser.get(address(ines)).text


def test_a_rating_brings_level_own_rating_and_whether_it_was_kept(browser, store, ines):
    ref, _ = prepared(store, ines)
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        appointment = made.make_appointment(db, case).public_id
    url = f"/cases/{ines.case_ref}/appointments/{appointment}/ratings/therapist"
    page = browser.submit(url, {"goal_0-level": "1", "goal_0-own": "7", "goal_0-kept": "kept"})
    assert page.status == 200, page.errors()
    with made.at_work(store, ines) as db:
        goal = goals.find_goal(db, made.case_of(db, ines), ref)
        [found] = goals.ratings_of(goal).values()
        assert found == RatingDetails(Attainment.MORE, 7, kept=True)
    assert browser.get(url).values()["goal_0-kept"] == "kept"


def test_a_goal_that_ended_is_rated_no_more_after_its_day(browser, store, ines):
    ref, _ = prepared(store, ines)
    before = today() - dt.timedelta(days=3)
    browser.submit(
        address(ines, f"/{ref}/status"), {"status": "met", "reason": "done", "since": before}
    )
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        appointment = made.make_appointment(db, case, held_on=today()).public_id
    page = browser.get(f"/cases/{ines.case_ref}/appointments/{appointment}/ratings/therapist")
    assert [name for name in page.values() if name.endswith("-own")] == ["goal_1-own"]


def test_many_appointments_cost_the_goals_page_no_further_statement(app, browser, store, ines):
    prepared(store, ines, behaviour=[-1], issue=[0])
    with statements(app.extensions["store"]) as short:
        assert browser.get(address(ines)).status == 200
    prepared(store, ines, behaviour=[0] * 9, issue=[1] * 9)
    with statements(app.extensions["store"]) as long:
        check_page(browser.get(address(ines)))
    assert len(short) == len(long) <= 10


def test_nobody_else_reaches_a_goal_s_course(app, store, cast, ines):
    ref, _ = prepared(store, ines)
    tomas = cast["tomas"]
    other = Browser(app).sign_in(tomas.email, "four unrelated words here")
    for page in ("status", "steps"):
        assert other.get(address(ines, f"/{ref}/{page}")).status == 404
        assert other.get(address(tomas, f"/{ref}/{page}")).status == 404
