"""Where a goal stands on a day, and the days of a goal about openness."""

import datetime as dt

import pytest

from clinic.domain.goal_course import (
    STATUS_WORDS,
    GoalStatus,
    StatusChange,
    next_statuses,
    openness_problems,
    status_on,
)

DAY = dt.date(2026, 3, 1)


def after(days):
    return DAY + dt.timedelta(days=days)


def test_a_goal_without_any_change_is_active():
    assert status_on([], DAY) is GoalStatus.ACTIVE


def test_a_change_holds_from_its_day_on_and_not_before():
    course = [StatusChange(GoalStatus.MET, after(5)), StatusChange(GoalStatus.ACTIVE, after(9))]
    stood = [status_on(course, after(days)) for days in (4, 5, 8, 9)]
    assert stood == [GoalStatus.ACTIVE, GoalStatus.MET, GoalStatus.MET, GoalStatus.ACTIVE]


def test_of_two_changes_on_one_day_the_later_made_counts():
    course = [StatusChange(GoalStatus.MET, DAY), StatusChange(GoalStatus.PARTED, DAY)]
    assert status_on(course, DAY) is GoalStatus.PARTED


@pytest.mark.parametrize("status", GoalStatus)
def test_no_goal_becomes_what_it_is_or_revised_by_choice(status):
    assert not {status, GoalStatus.REVISED} & set(next_statuses(status))


def test_every_status_has_its_word():
    assert set(STATUS_WORDS) == set(GoalStatus)


@pytest.mark.parametrize(
    ("review", "end", "fields"),
    [
        (30, 30, set()),
        (14, 7, set()),
        (0, 0, set()),
        (31, 20, {"review_on"}),
        (28, None, {"ends_on"}),
        (28, -1, {"ends_on"}),
        (14, 15, {"ends_on"}),
        (60, None, {"review_on", "ends_on"}),
    ],
)
def test_openness_is_seen_again_within_thirty_days_and_over_by_then(review, end, fields):
    ends_on = None if end is None else after(end)
    assert set(openness_problems(DAY, after(review), ends_on)) == fields
