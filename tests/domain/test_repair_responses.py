"""Responses to repair: marks that are pressed, and weeks that say nothing by themselves."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.repair_responses import (
    ALSO,
    OPENNESS,
    WHEN_RAISED,
    RepairMark,
    Seen,
    from_text,
    in_order,
    monday,
    pressed,
    to_text,
    weeks,
)

FRIDAY = dt.date(2026, 3, 13)
WEEK = dt.timedelta(weeks=1)
marks = st.frozensets(st.sampled_from(RepairMark))


def test_every_mark_is_in_one_group():
    assert [*WHEN_RAISED, *OPENNESS, *ALSO] == list(RepairMark)


@given(marks)
def test_marks_read_back_as_they_were_written(found):
    assert from_text(to_text(found)) == found


def test_a_mark_that_is_no_longer_known_is_left_out():
    assert from_text("scores-low denies") == {RepairMark.DENIES}


@given(marks, st.sampled_from(RepairMark), st.booleans())
def test_the_same_press_sent_twice_changes_nothing(found, mark, on):
    once = pressed(found, mark, on=on)
    assert pressed(once, mark, on=on) == once
    assert (mark in once) == on


@given(marks, st.sampled_from(RepairMark))
def test_a_second_press_takes_a_mark_back(found, mark):
    assert mark not in pressed(pressed(found, mark, on=True), mark, on=False)


@pytest.mark.parametrize("mark", OPENNESS)
def test_openness_has_one_answer_at_most(mark):
    assert pressed(frozenset(OPENNESS), mark, on=True) == {mark}


def test_several_things_can_be_seen_when_it_comes_up():
    found = pressed(frozenset({RepairMark.DENIES}), RepairMark.ACKNOWLEDGES, on=True)
    assert in_order(found) == [RepairMark.ACKNOWLEDGES, RepairMark.DENIES]


def test_a_week_without_an_entry_is_told_apart_from_one_without_a_mark():
    found = weeks([Seen(FRIDAY, frozenset())], FRIDAY, FRIDAY + 2 * WEEK)
    assert [week.seen for week in found] == [True, False, False]
    assert not any(week.marks for week in found)


def test_sunday_and_the_monday_after_it_are_two_weeks():
    sunday = FRIDAY + dt.timedelta(days=2)
    entries = [
        Seen(sunday, frozenset({RepairMark.DENIES})),
        Seen(sunday + dt.timedelta(days=1), frozenset({RepairMark.LEVER})),
    ]
    found = weeks(entries, sunday, sunday + WEEK)
    assert [week.marks for week in found] == [{RepairMark.DENIES}, {RepairMark.LEVER}]
    assert [week.monday for week in found] == [monday(FRIDAY), monday(FRIDAY) + WEEK]


def test_the_later_answer_about_openness_stands_in_a_week():
    entries = [
        Seen(FRIDAY, frozenset({RepairMark.OPENNESS_KEPT, RepairMark.HURRIED})),
        Seen(monday(FRIDAY), frozenset({RepairMark.OPENNESS_NOT})),
    ]
    [week] = weeks(entries, FRIDAY, FRIDAY)
    assert week.marks == {RepairMark.OPENNESS_KEPT, RepairMark.HURRIED}
