from math import inf, nan

import pytest

from clinic.domain.change import Direction, ScoreRangeError, reliable_points
from clinic.domain.instruments import (
    Cited,
    Delivery,
    Instrument,
    check_score,
    item_nine_needs_task,
)
from clinic.domain.visibility import Layer


def instrument(**changes):
    wanted = {
        "key": "demo",
        "name": "Demo",
        "scale": "",
        "version": 1,
        "layer": Layer.PRIVATE,
        "delivery": Delivery.SCORE,
        "items": 7,
        "missing": "None.",
        "licence": "Ours",
        "source": "Example",
        "lowest": 0,
        "highest": 21,
        "direction": Direction.LOWER_IS_BETTER,
        "reliable_points": Cited(5.59, "Example"),
    }
    return Instrument(**(wanted | changes))


def test_change_is_judged_by_the_cited_points():
    measure = instrument(cut_off=Cited(10, "Example")).measure
    assert measure is not None
    assert reliable_points(measure.error) == pytest.approx(5.59)
    assert (measure.lowest, measure.highest, measure.cut_off) == (0, 21, 10)


@pytest.mark.parametrize("missing", ["direction", "reliable_points"])
def test_without_direction_or_points_no_change_is_judged(missing):
    assert instrument(**{missing: None}).measure is None


def test_a_range_that_was_not_checked_bounds_nothing():
    open_ended = instrument(lowest=None, highest=None)
    assert check_score(open_ended, 1000) == 1000
    assert open_ended.measure is not None
    assert open_ended.measure.highest == inf


@pytest.mark.parametrize("score", [-1, 22, 3.5, nan])
def test_a_score_the_form_cannot_give_is_refused(score):
    with pytest.raises(ScoreRangeError):
        check_score(instrument(), score)


@pytest.mark.parametrize("score", [inf, -inf])
def test_an_endless_score_is_refused_even_without_bounds(score):
    with pytest.raises(ScoreRangeError):
        check_score(instrument(lowest=None, highest=None), score)


def test_a_prorated_score_may_have_a_fraction():
    assert check_score(instrument(whole=False), 14.1) == 14.1


@pytest.mark.parametrize(("value", "task"), [(0, False), (1, True), (3, True), (None, True)])
def test_item_nine_asks_for_a_task_at_one_or_more_and_when_left_out(value, task):
    assert item_nine_needs_task(value) is task


@pytest.mark.parametrize("value", [-1, 4])
def test_item_nine_has_four_answers(value):
    with pytest.raises(ScoreRangeError):
        item_nine_needs_task(value)
