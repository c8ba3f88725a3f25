from math import inf, nan, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.goals import (
    Adherence,
    Attainment,
    AttainmentScore,
    DifferentGoalsError,
    GoalScoreError,
    RatedGoal,
    adherence,
    attainment_score,
    baseline_level,
    change_since_baseline,
    score,
    slope,
    stays_lower,
    weight_from,
)

WEIGHTS = st.floats(0, 1e6)
RATED = st.lists(st.builds(RatedGoal, st.sampled_from(Attainment), WEIGHTS), max_size=8)
MAYBE_RATED = st.lists(
    st.builds(RatedGoal, st.none() | st.sampled_from(Attainment), WEIGHTS), max_size=8
)


def goals(weights, attainments):
    return [
        RatedGoal(None if attained is None else Attainment(attained), weight)
        for weight, attained in zip(weights, attainments, strict=True)
    ]


def test_published_scores_hold(published):
    for row in published["gas"]:
        assert attainment_score(goals(row["w"], row["x"])) == pytest.approx(row["T"], abs=1e-3), row


def test_published_change_holds(published):
    for row in published["gas_change"]:
        moved = change_since_baseline(goals(row["w"], row["from"]), goals(row["w"], row["to"]))
        assert moved.value == pytest.approx(row["change"], abs=1e-3)


@pytest.mark.parametrize("nothing", [[], [RatedGoal(None)], [RatedGoal(Attainment.MORE, 0)]])
def test_a_couple_without_ratings_has_no_score(nothing):
    assert attainment_score(nothing) is None
    assert score(nothing).value is None
    assert score(nothing).rated == 0


def test_a_score_says_how_many_goals_it_rests_on():
    value = pytest.approx(57.3632, abs=1e-3)
    assert score(goals([3, 2, 1, 0], [1, 0, None, 2])) == AttainmentScore(value, rated=2, of=3)


@given(RATED)
def test_a_score_never_leaves_the_range_of_the_method(rated):
    value = attainment_score(rated)
    assert value is None or abs(value - 50) <= 20 / sqrt(0.3) + 1e-9


@given(RATED)
def test_turning_every_rating_round_mirrors_the_score_around_fifty(rated):
    turned = [RatedGoal(Attainment(-goal.attainment), goal.weight) for goal in rated]
    value, mirrored = attainment_score(rated), attainment_score(turned)
    assert (value is None) == (mirrored is None)
    assert value is None or value + mirrored == pytest.approx(100)


@given(MAYBE_RATED)
def test_unrated_goals_and_goals_without_weight_do_not_move_the_score(mixed):
    counted = [goal for goal in mixed if goal.attainment is not None and goal.weight > 0]
    assert attainment_score(mixed) == attainment_score(counted)


@given(RATED, st.randoms())
def test_the_order_of_the_goals_does_not_move_the_score(rated, random):
    shuffled = random.sample(rated, len(rated))
    assert attainment_score(shuffled) == pytest.approx(attainment_score(rated))


@pytest.mark.parametrize("factor", [1e-300, 0.5, 1e300])
def test_only_the_proportions_of_the_weights_matter(factor):
    scaled = goals([3 * factor, 2 * factor, factor], [1, 0, -1])
    assert attainment_score(scaled) == pytest.approx(54.4065, abs=1e-3)


@given(RATED)
def test_nothing_changes_between_a_baseline_and_itself(rated):
    assert change_since_baseline(rated, rated).value in {None, 0}


def test_without_assumed_correlation_goals_count_as_unrelated():
    assert attainment_score(goals([1, 1], [1, 1]), correlation=0) == pytest.approx(
        50 + 20 / sqrt(2)
    )


@pytest.mark.parametrize("correlation", [-0.1, 1, nan])
def test_a_correlation_outside_the_method_is_refused(correlation):
    with pytest.raises(GoalScoreError):
        attainment_score([RatedGoal(Attainment.MORE)], correlation=correlation)


@pytest.mark.parametrize("weight", [-1, inf, nan])
def test_an_impossible_weight_is_refused(weight):
    with pytest.raises(GoalScoreError):
        RatedGoal(Attainment.MORE, weight)


@pytest.mark.parametrize("attainment", [-3, 3])
def test_an_attainment_outside_the_five_levels_is_refused(attainment):
    with pytest.raises(GoalScoreError):
        RatedGoal(attainment)


def test_change_rests_on_the_goals_rated_both_times():
    moved = change_since_baseline(goals([1, 1, 1], [-1, None, -1]), goals([1, 1, 1], [1, 2, None]))
    assert moved == AttainmentScore(20, 1, 3)


@pytest.mark.parametrize("now", [[], goals([2], [1]), goals([1, 1], [1, 1])])
def test_other_goals_cannot_be_compared_with_the_baseline(now):
    with pytest.raises(DifferentGoalsError):
        change_since_baseline(goals([1], [-1]), now)


@pytest.mark.parametrize(("importance", "difficulty"), [(-1, 1), (4, 1), (1, -1), (1, 4)])
def test_importance_and_difficulty_outside_the_scale_are_refused(importance, difficulty):
    with pytest.raises(GoalScoreError):
        weight_from(importance, difficulty)


@pytest.mark.parametrize(
    ("importance", "difficulty", "weight"), [(0, 3, 0), (3, 0, 0), (1, 1, 1), (3, 3, 9)]
)
def test_a_weight_is_importance_times_difficulty(importance, difficulty, weight):
    assert weight_from(importance, difficulty) == weight


def test_a_goal_that_cannot_get_worse_starts_at_the_bottom():
    assert baseline_level(can_get_worse=False) is min(Attainment)
    assert baseline_level(can_get_worse=True) > min(Attainment)


def test_published_slope_holds(published):
    for row in published["slope"]:
        assert slope(row["ratings"]) == pytest.approx(row["slope"])


def test_an_appointment_without_a_rating_keeps_its_place():
    assert slope([1, None, 3]) == pytest.approx(1)


@pytest.mark.parametrize("ratings", [[], [5], [None, 5, None]])
def test_one_rating_has_no_slope(ratings):
    assert slope(ratings) is None


@pytest.mark.parametrize(
    ("ratings", "lower"),
    [
        ([8, 5, 5], True),
        ([8, None, 5, None, 2], True),
        ([8, 5, 6], False),
        ([8, 6, 5], False),
        ([8, 8, 1], False),
        ([8, 1, 8], False),
        ([8, 5], False),
        ([], False),
    ],
)
def test_one_low_rating_alone_is_no_drop(ratings, lower):
    assert stays_lower(ratings) is lower


def test_published_adherence_holds(published):
    for row in published["adherence"]:
        answers = [True] * row["kept"] + [False] * row["missed"] + [None] * row["unreported"]
        share = pytest.approx(row["share"], abs=1e-3)
        assert adherence(answers) == Adherence(share, row["reported"], row["of"])


def test_a_plan_nobody_reported_on_has_no_share():
    assert adherence([]) == Adherence(None, 0, 0)
