"""The short form: what it asks, and what is said of a row of numbers."""

import datetime as dt

import pytest

from clinic.content.questionnaires_loader import load_questionnaires
from clinic.domain.answers import given
from clinic.domain.check_ins import (
    REVERSED,
    AskedGoal,
    OwnRating,
    Reminder,
    asked_in,
    is_worse_twice,
    kept,
    number_in,
    pages_with_goals,
    ratings_in,
    remind_at,
    scales,
)
from clinic.domain.goals import Attainment
from clinic.domain.visibility import Layer

FORM = load_questionnaires()["check-in"]
GOALS = [AskedGoal(ref, f"goal {ref}", tuple("abcde")) for ref in ("g1", "g-_.2")]


def test_the_nine_items_are_asked_and_one_line():
    nine = "trust closeness hope priority voiced safe-to-disagree openness hurried past-used"
    assert [item.key for item in scales(FORM.pages)] == nine.split()
    assert FORM.pages[-1].items[-1].key == "bring"


def test_feeling_safe_lies_in_the_safety_layer_and_all_else_is_private():
    layers = {item.key: item.layer for page in FORM.pages for item in page.items}
    assert [key for key, layer in layers.items() if layer is Layer.SAFETY] == ["safe-to-disagree"]
    assert set(layers.values()) == {Layer.SAFETY, Layer.PRIVATE}


def test_no_answer_has_a_cut_off():
    assert not any(item.raises for page in FORM.pages for item in page.items)


def test_the_items_of_which_more_is_worse_are_asked():
    assert {item.key for item in scales(FORM.pages)} >= REVERSED


def test_goals_come_before_the_line_and_say_that_they_are_shown():
    pages = pages_with_goals(FORM, GOALS)
    assert [page.key for page in pages][-2:] == ["goals", "bringing"]
    assert "may show your numbers" in pages[-2].intro[0]
    level, own, *_ = pages[-2].items
    assert [choice.key for choice in level.choices] == ["-2", "-1", "0", "1", "2"]
    assert (level.text, own.text) == ("goal g1", "“goal g1”: how is it going for you?")


def test_without_goals_nothing_is_said_of_them():
    assert pages_with_goals(FORM, ()) == FORM.pages


def test_goals_are_read_as_they_were_written_down():
    assert list(asked_in(kept(GOALS))) == GOALS


def test_ratings_come_back_from_the_answers_and_what_was_left_out_does_not():
    answers = {
        "goal.g1.level": given(["-2"]),
        "goal.g1.own": given(["0"]),
        "goal.g-_.2.own": given(["10"]),
        "goal.g3.level": given([], declined=True),
        "trust": given(["3"]),
    }
    assert ratings_in(answers) == {
        "g1": OwnRating(Attainment.MUCH_LESS, 0),
        "g-_.2": OwnRating(None, 10),
    }
    assert number_in(answers, "trust") == 3
    assert number_in(answers, "goal.g3.level") is None


@pytest.mark.parametrize(
    ("item", "values", "worse"),
    [
        ("trust", [9, 6, 3], True),
        ("trust", [1, 9, 6, 3], True),
        ("trust", [9, 6, 4], False),
        ("trust", [3, 6, 9], False),
        ("hurried", [3, 6, 9], True),
        ("past-used", [9, 6, 3], False),
        ("trust", [9, 6, None], False),
        ("trust", [9, 6], False),
        ("trust", [], False),
    ],
)
def test_worse_twice_is_three_or_more_the_wrong_way_and_again(item, values, worse):
    assert is_worse_twice(item, values) is worse


@pytest.mark.parametrize(
    ("reminder", "moment"),
    [
        (Reminder.NONE, None),
        (Reminder.TWO_DAYS_BEFORE, dt.datetime(2026, 12, 30, 8, tzinfo=dt.UTC)),
        (Reminder.EVENING_BEFORE, dt.datetime(2026, 12, 31, 17, tzinfo=dt.UTC)),
        (Reminder.MORNING_OF, dt.datetime(2027, 1, 1, 6, tzinfo=dt.UTC)),
    ],
)
def test_a_reminder_goes_out_at_its_time_before_the_day(reminder, moment):
    assert remind_at(dt.date(2027, 1, 1), reminder) == moment
