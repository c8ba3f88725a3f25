"""What became of goals, and what counts in a score from then on."""

import datetime as dt

import pytest

from clinic.domain.goal_course import GoalStatus
from clinic.domain.goals import Attainment, GoalLayer
from clinic.services import goal_course, goal_scores, goals
from clinic.services.days import today
from clinic.services.errors import RefusedError, StaleError
from clinic.services.goal_course import ChangeDetails, NewSteps
from clinic.services.goals import RatingDetails
from tests import factories as made
from tests.factories import at_work, case_of, make_appointment, make_pair

DAY = made.TODAY


def details(status=GoalStatus.MET, since=DAY, reason="six weeks in a row"):
    return ChangeDetails(status, since, reason)


def steps(**changes):
    wanted = {
        "wording": "phones stay away",
        "anchors": {level: f"new step {level}" for level in Attainment},
        "start_level": Attainment.LESS,
        "review_on": DAY + dt.timedelta(days=20),
        "since": DAY,
        "reason": "too easy",
    }
    return NewSteps(**{**wanted, **changes})


def test_every_change_is_kept_with_its_day_and_reason(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        row = make_pair(db, case)[0]
        goal_course.change_status(db, case, row, details(), row.version)
        back = details(GoalStatus.ACTIVE, DAY + dt.timedelta(days=1), "it came back")
        goal_course.change_status(db, case, row, back, row.version)
    with at_work(store, ines) as db:
        row = goals.list_goals(db, case_of(db, ines))[0]
        told = [(change.status, change.since, change.reason) for change in row.course]
        assert told == [
            (GoalStatus.MET, DAY, "six weeks in a row"),
            (GoalStatus.ACTIVE, DAY + dt.timedelta(days=1), "it came back"),
        ]
        assert row.status is GoalStatus.ACTIVE
        assert row.status_on(DAY) is GoalStatus.MET


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"reason": "  "}, "Enter the reason"),
        ({"since": DAY + dt.timedelta(days=400)}, "has not come"),
        ({"status": GoalStatus.ACTIVE}, "cannot become"),
        ({"status": GoalStatus.REVISED}, "cannot become"),
    ],
)
def test_a_change_without_reason_or_sense_is_refused(changes, problem, db, ines):
    case = case_of(db, ines)
    row = make_pair(db, case)[0]
    with pytest.raises(RefusedError, match=problem):
        goal_course.change_status(db, case, row, details(**changes), row.version)


def test_a_change_cannot_lie_before_the_one_before_it(db, ines):
    case = case_of(db, ines)
    row = make_pair(db, case)[0]
    goal_course.change_status(db, case, row, details(), row.version)
    earlier = details(GoalStatus.ACTIVE, DAY - dt.timedelta(days=1))
    with pytest.raises(RefusedError, match="on a later day"):
        goal_course.change_status(db, case, row, earlier, row.version)


def test_the_second_of_two_changes_is_told(db, ines):
    case = case_of(db, ines)
    row = make_pair(db, case)[0]
    goal_course.change_status(db, case, row, details(), 1)
    with pytest.raises(StaleError):
        goal_course.change_status(db, case, row, details(GoalStatus.PARTED), 1)


def test_a_goal_that_has_ended_stays_as_it_was(db, ines):
    case = case_of(db, ines)
    row = make_pair(db, case)[0]
    goal_course.change_status(db, case, row, details(), row.version)
    with pytest.raises(RefusedError, match="has ended"):
        goals.change_goal(db, case, row, made.goal_details(case), row.version)
    with pytest.raises(RefusedError, match="has ended"):
        goal_course.write_new_steps(db, case, row, steps(), row.version)


def test_new_steps_are_a_new_goal_of_the_pair_and_old_ratings_keep_their_words(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        row = make_pair(db, case, importance=3, difficulty=2)[0]
        old_steps = row.anchors()
        first = make_appointment(db, case, held_on=DAY - dt.timedelta(days=7))
        found = {row.public_id: RatingDetails(Attainment.MORE)}
        goals.rate_goals(db, case, first, "", found)
        goal_course.write_new_steps(db, case, row, steps(), row.version)
    with at_work(store, ines) as db:
        old, new, _ = goals.list_goals(db, case_of(db, ines))
        assert (old.status, old.anchors()) == (GoalStatus.REVISED, old_steps)
        assert [rating.level for rating in old.ratings] == [Attainment.MORE]
        assert (new.continues_id, new.pair_id, new.begins_on) == (old.id, old.pair_id, DAY)
        assert (new.status, new.ratings, new.weighs) == (GoalStatus.ACTIVE, [], 6)
        assert [one.partner_id for one in new.owners] == [one.partner_id for one in old.owners]
        assert new.anchors()[Attainment.EXPECTED] == "new step 0"


def test_the_same_steps_are_refused(db, ines):
    case = case_of(db, ines)
    row = make_pair(db, case)[0]
    with pytest.raises(RefusedError, match="same five steps"):
        goal_course.write_new_steps(db, case, row, steps(anchors=row.anchors()), row.version)


def test_new_steps_of_openness_need_their_last_day(db, ines):
    case = case_of(db, ines)
    last = today() + dt.timedelta(days=10)
    row = make_pair(db, case, stub="G02", review_on=last, ends_on=last)[0]
    with pytest.raises(RefusedError, match="which day it ends"):
        goal_course.write_new_steps(db, case, row, steps(review_on=last), row.version)


def test_openness_without_a_last_day_is_refused_and_others_keep_none(db, ines):
    case = case_of(db, ines)
    far = today() + dt.timedelta(days=60)
    for changes in ({"stub": "G17"}, {"stub": "", "about_openness": True}):
        with pytest.raises(RefusedError):
            make_pair(db, case, review_on=far, **changes)
        db.rollback()
    goal = make_pair(db, case, review_on=far, ends_on=far)[0]
    assert goal.ends_on is None


def test_days_that_stay_as_they_were_are_not_asked_again(db, ines):
    case = case_of(db, ines)
    last = today() + dt.timedelta(days=10)
    wanted = {"stub": "G02", "review_on": last, "ends_on": last}
    row = make_pair(db, case, **wanted)[0]
    row.ends_on = row.review_on = today() - dt.timedelta(days=5)
    db.commit()
    same = made.goal_details(
        case, wording="told at supper", stub="G02", review_on=row.review_on, ends_on=row.ends_on
    )
    goals.change_goal(db, case, row, same, row.version)
    assert row.wording == "told at supper"
    assert not row.is_open_on(today()), "its last day is over"


def test_half_a_weighing_is_refused(db, ines):
    with pytest.raises(RefusedError, match="or neither"):
        make_pair(db, case_of(db, ines), importance=2)


def test_a_goal_counts_until_the_day_before_it_ended(db, ines):
    case = case_of(db, ines)
    behaviour, issue = make_pair(db, case, weight=1)
    days = [DAY - dt.timedelta(days=each) for each in (14, 7, 0)]
    held = [make_appointment(db, case, held_on=day) for day in days]
    for each in held:
        found = {behaviour.public_id: RatingDetails(Attainment.MORE)}
        found[issue.public_id] = RatingDetails(Attainment.EXPECTED)
        goals.rate_goals(db, case, each, "", found)
    goal_course.change_status(db, case, behaviour, details(since=days[1]), behaviour.version)
    points = goal_scores.attainment_over_time([behaviour, issue], held, None)
    assert [(point.score.rated, point.score.of) for point in points] == [(2, 2), (1, 1), (1, 1)]
    assert points[1].score.value == 50
    assert len(behaviour.ratings) == 3, "its ratings stay"


def test_change_is_counted_from_the_start_levels(db, ines):
    case = case_of(db, ines)
    behaviour, issue = make_pair(db, case, weight=3)
    third = goals.add_goal(db, case, issue, made.goal_details(case, weight=2))
    rows = [behaviour, third, issue]
    appointment = make_appointment(db, case)
    found = zip(rows, (1, 0, -1), strict=True)
    ratings = {goal.public_id: RatingDetails(Attainment(level)) for goal, level in found}
    goals.rate_goals(db, case, appointment, "", ratings)
    [point] = goal_scores.attainment_over_time(rows, [appointment], None)
    assert point.score.value == pytest.approx(54.4065, abs=1e-3)
    assert point.change.value == pytest.approx(17.626, abs=1e-3)


def test_a_goal_set_later_does_not_count_at_appointments_before_it(db, ines):
    case = case_of(db, ines)
    long_ago = make_appointment(db, case, held_on=DAY - dt.timedelta(days=60))
    rows = make_pair(db, case)
    [point] = goal_scores.attainment_over_time(rows, [long_ago], None)
    assert (point.score.rated, point.score.of) == (0, 0)


def test_progress_tells_slope_change_and_what_was_kept(db, ines):
    case = case_of(db, ines)
    goal = make_pair(db, case)[0]
    held = [make_appointment(db, case) for _ in range(6)]
    for each, own, level in zip(held, (2, 3, 3, 5, 5, 6), (-1, 0, 0, None, 1, 1), strict=True):
        found = RatingDetails(None if level is None else Attainment(level), own, kept=own != 3)
        goals.rate_goals(db, case, each, "", {goal.public_id: found})
    told = goal_scores.progress_of(goal, held, None)
    assert told.own_slope == pytest.approx(0.8)
    assert (told.change, told.kept.reported, told.kept.of) == (2, 6, 6)
    assert told.kept.share == pytest.approx(4 / 6)
    nobody = goal_scores.progress_of(goal, held, case.partners[0].id)
    assert (nobody.change, nobody.own_slope, nobody.kept.of) == (None, None, 0)


def test_the_room_and_the_lists_show_open_goals_alone(db, ines):
    case = case_of(db, ines)
    row, issue = make_pair(db, case)
    goal_course.change_status(db, case, row, details(), row.version)
    assert goals.list_open_goals(db, case) == [issue]
    assert goals.list_goals(db, case) == [row, issue]
    assert issue.layer is GoalLayer.ISSUE
