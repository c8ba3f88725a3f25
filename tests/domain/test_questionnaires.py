import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.questionnaires import (
    AnswerRangeError,
    Scale,
    ScaleError,
    Screen,
    ScreenResult,
    Total,
    possible_scores,
    score,
    screen_result,
    unanswered_required,
)

ITEMS = tuple("abcdefghi")
LAST_IS_REQUIRED = Scale(ITEMS, 0, 3, at_least=7, required=frozenset({"i"}))


def spread_out(total, count):
    """Give `count` answers that add up to `total`, as even as they can be."""
    return [total // count + (place < total % count) for place in range(count)]


def test_published_prorating_holds(published):
    for row in published["prorate"]:
        scale = Scale(ITEMS[: row["n"]], 0, 6, at_least=row["min"])
        found = score(scale, dict(zip(ITEMS, spread_out(row["sum"], row["k"]), strict=False)))
        if row["score"] is None:
            assert found is None, row
        else:
            assert found.value == pytest.approx(row["score"], abs=1e-3), row
            assert (found.answered, found.of) == (row["k"], row["n"])
            assert found.prorated is (row["k"] < row["n"])


def test_published_means_hold(published):
    for row in published["means"]:
        items = ITEMS[: len(row["answers"])]
        reverse = frozenset(items[place] for place in row["reverse"])
        scale = Scale(items, 1, 7, at_least=row["min"], total=Total.MEAN, reverse=reverse)
        found = score(scale, dict(zip(items, row["answers"], strict=True)))
        assert (found and found.value) == (row["score"] and pytest.approx(row["score"], abs=1e-3))


def test_a_scale_without_its_required_item_has_no_score():
    answers = dict.fromkeys(ITEMS[:8], 0)
    assert score(LAST_IS_REQUIRED, answers) is None
    assert unanswered_required(LAST_IS_REQUIRED, answers) == ("i",)


def test_a_required_item_left_blank_is_named_even_beside_too_few_answers():
    assert unanswered_required(LAST_IS_REQUIRED, {"i": None}) == ("i",)


def test_an_answered_required_item_leaves_the_others_to_prorating():
    answers = dict.fromkeys(ITEMS[2:], 1)
    assert score(LAST_IS_REQUIRED, answers).value == 9
    assert unanswered_required(LAST_IS_REQUIRED, answers) == ()


def test_answers_to_other_scales_are_passed_over():
    scale = Scale(("a",), 0, 3, at_least=1)
    assert score(scale, {"a": 2, "z": 99}).value == 2


@pytest.mark.parametrize("answer", [-1, 4])
@pytest.mark.parametrize("rule", [score, possible_scores])
def test_an_answer_outside_the_scale_is_refused(rule, answer):
    with pytest.raises(AnswerRangeError):
        rule(Scale(("a",), 0, 3, at_least=1), {"a": answer})


@pytest.mark.parametrize(
    "faults",
    [
        {"items": ()},
        {"items": ("a", "a")},
        {"highest": 0},
        {"at_least": 0},
        {"at_least": 3},
        {"reverse": frozenset({"z"})},
        {"required": frozenset({"z"})},
    ],
)
def test_a_scale_that_contradicts_itself_is_refused(faults):
    sound = {"items": ("a", "b"), "lowest": 0, "highest": 3, "at_least": 2}
    with pytest.raises(ScaleError):
        Scale(**(sound | faults))


@pytest.mark.parametrize("total", Total)
@given(answers=st.dictionaries(st.sampled_from(ITEMS), st.none() | st.integers(1, 5)))
def test_a_score_lies_where_full_answers_could_have_led(total, answers):
    scale = Scale(ITEMS, 1, 5, at_least=1, total=total, reverse=frozenset("ac"))
    lowest, highest = possible_scores(scale, answers)
    found = score(scale, answers)
    assert found is None or lowest - 1e-9 <= found.value <= highest + 1e-9


@given(st.lists(st.integers(0, 4), min_size=9, max_size=9))
def test_full_answers_leave_one_possible_score(answers):
    scale, given_answers = Scale(ITEMS, 0, 4, at_least=9), dict(zip(ITEMS, answers, strict=True))
    found = score(scale, given_answers)
    assert possible_scores(scale, given_answers) == (found.value, found.value)
    assert found.value == sum(answers)
    assert not found.prorated


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        ({}, ScreenResult.INCOMPLETE),
        ({"a": 0, "b": None}, ScreenResult.INCOMPLETE),
        ({"a": 0, "b": 0}, ScreenResult.NO_INDICATION),
        ({"a": 1, "b": 0}, ScreenResult.POSITIVE),
        ({"b": 1}, ScreenResult.POSITIVE),
    ],
)
def test_a_positive_answer_stands_and_a_gap_is_never_a_no(answers, result):
    assert screen_result(Screen(("a", "b"), positive_from=1), answers) is result


@pytest.mark.parametrize(("rest", "result"), [(5, "positive"), (4, "incomplete")])
def test_a_screen_with_a_cut_off_is_positive_once_the_answers_reach_it(rest, result):
    assert screen_result(Screen(("a", "b", "c"), positive_from=11), {"a": 6, "b": rest}) == result


def test_a_screen_refuses_an_answer_below_none():
    with pytest.raises(AnswerRangeError):
        screen_result(Screen(("a",), positive_from=1), {"a": -1})


@pytest.mark.parametrize(("items", "positive_from"), [((), 1), (("a", "a"), 1), (("a",), 0)])
def test_a_screen_that_contradicts_itself_is_refused(items, positive_from):
    with pytest.raises(ScaleError):
        Screen(items, positive_from)
