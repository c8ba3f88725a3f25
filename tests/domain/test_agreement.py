from statistics import fmean, pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.agreement import (
    GoalRatingError,
    KappaWeights,
    OnsetStatus,
    Openness,
    Spread,
    UnequalRatingsError,
    compare,
    compare_each,
    is_goal_gap,
    kappa,
    mean_difference,
    mean_signed_difference,
    onset_status,
    percent_agreement,
    spread,
)

PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=5, max_size=30)
YES_NO = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=5, max_size=30)
WEIGHTS = pytest.mark.parametrize("weights", KappaWeights)


def apart(pairs):
    return tuple(zip(*pairs, strict=True))


def test_published_agreement_holds(published):
    row = published["kappa"]
    found = compare(row["A"], row["B"])
    assert found.compared == 8
    assert found.percent == row["percent"]
    assert (found.mean_difference, found.mean_signed) == (
        row["mean_difference"],
        row["mean_signed"],
    )
    assert found.kappa == pytest.approx(row["unweighted"], abs=1e-3)
    assert found.kappa_linear == pytest.approx(row["linear"], abs=1e-3)
    assert found.kappa_quadratic == pytest.approx(row["quadratic"], abs=1e-3)


@WEIGHTS
@given(pairs=PAIRS)
def test_agreement_beyond_chance_is_the_same_from_both_sides(weights, pairs):
    first, second = apart(pairs)
    assert kappa(first, second, weights) == kappa(second, first, weights)


@WEIGHTS
@given(pairs=PAIRS)
def test_agreement_beyond_chance_never_passes_one(weights, pairs):
    found = kappa(*apart(pairs), weights)
    assert found is None or -1 <= found <= 1


@given(YES_NO)
def test_with_two_places_to_choose_from_every_weight_tells_the_same(pairs):
    assert len({kappa(*apart(pairs), weights) for weights in KappaWeights}) == 1


@given(PAIRS)
def test_squared_weights_match_the_concordance_of_the_two_lists(pairs):
    first, second = apart(pairs)
    apart_by = pvariance(first) + pvariance(second) + (fmean(first) - fmean(second)) ** 2
    found = kappa(first, second, KappaWeights.QUADRATIC)
    if found is None:
        assert apart_by == 0
    else:
        together = fmean(one * other for one, other in pairs) - fmean(first) * fmean(second)
        assert found == pytest.approx(2 * together / apart_by, abs=1e-9)


@WEIGHTS
def test_full_agreement_on_different_things_is_one(weights):
    assert kappa([0, 1, 2, 1, 0], [0, 1, 2, 1, 0], weights) == 1


@WEIGHTS
def test_where_chance_alone_agrees_fully_there_is_nothing_beyond_it(weights):
    assert kappa([2] * 8, [2] * 8, weights) is None


@WEIGHTS
def test_fewer_than_five_pairs_say_nothing_beyond_chance(weights):
    assert kappa([0, 1, 2, 0, None], [0, 1, 2, 0, 1], weights) is None


@given(PAIRS)
def test_a_signed_gap_turns_round_with_the_partners_and_is_never_the_larger(pairs):
    first, second = apart(pairs)
    signed = mean_signed_difference(first, second)
    assert mean_signed_difference(second, first) == -signed
    assert abs(signed) <= mean_difference(first, second)


def test_what_only_one_partner_rated_is_left_out():
    assert compare([0, None, 2], [0, 1, None]) == compare([0], [0])


def test_partners_with_nothing_in_common_have_no_agreement_at_all():
    found = compare([None, 1], [0, None])
    assert found.compared == 0
    assert {found.percent, found.mean_difference, found.mean_signed, found.kappa} == {None}


@pytest.mark.parametrize(
    "rule", [percent_agreement, mean_difference, mean_signed_difference, kappa, compare]
)
def test_lists_of_different_things_are_refused(rule):
    with pytest.raises(UnequalRatingsError):
        rule([0, 1], [0])


def test_more_than_two_partners_are_compared_two_by_two():
    ratings = {"p1": [0, 1], "p2": [0, 2], "p3": [1, 1]}
    found = compare_each(ratings)
    assert set(found) == {("p1", "p2"), ("p1", "p3"), ("p2", "p3")}
    assert found["p1", "p3"] == compare(ratings["p1"], ratings["p3"])


def test_the_spread_of_several_scores_is_that_of_the_whole_group():
    assert spread([2, 4, 4, 4, 5, 5, 7, 9]) == Spread(2, 9, 5, 2)


@pytest.mark.parametrize("scores", [[], [5]])
def test_one_score_alone_has_no_spread(scores):
    assert spread(scores) is None


@pytest.mark.parametrize(("first", "second", "gap"), [(0, 3, True), (10, 7, True), (5, 3, False)])
def test_three_steps_between_two_ratings_are_worth_a_talk(first, second, gap):
    assert is_goal_gap(first, second) is gap
    assert is_goal_gap(second, first) is gap


@pytest.mark.parametrize(("first", "second"), [(-1, 5), (5, 11)])
def test_a_goal_rating_outside_the_scale_is_refused(first, second):
    with pytest.raises(GoalRatingError):
        is_goal_gap(first, second)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (Openness.SAID_ALOUD, OnsetStatus.EXPLICIT),
        (Openness.ASSUMED, OnsetStatus.IMPLICIT),
        (Openness.NEVER_DISCUSSED, OnsetStatus.NONE),
    ],
)
def test_partners_of_one_mind_give_the_status(answer, status):
    assert onset_status([answer] * 3) is status


def test_one_partner_who_remembers_otherwise_makes_the_status_differ():
    answers = [Openness.ASSUMED, Openness.ASSUMED, Openness.SAID_ALOUD]
    assert onset_status(answers) is OnsetStatus.DIFFERS


@pytest.mark.parametrize("answers", [[], [Openness.SAID_ALOUD]])
def test_one_partner_alone_does_not_settle_what_was_agreed(answers):
    assert onset_status(answers) is None
