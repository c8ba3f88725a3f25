from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.change import (
    Change,
    ChangeLabel,
    Direction,
    ErrorInputError,
    Group,
    Measure,
    SameGroupsError,
    ScoreRangeError,
    classify,
    classify_each,
    cut_offs,
    difference_error,
    difference_error_from,
    discrepancy,
    is_reliable,
    reliable_change,
    reliable_points,
    standard_error,
)

ADJUSTMENT = Measure(
    0, 69, Direction.HIGHER_IS_BETTER, difference_error_from(11.58), "Anderson et al. 2014", 47.31
)
WORRY = Measure(
    0, 21, Direction.LOWER_IS_BETTER, difference_error_from(5.59), "Bischoff et al. 2020", 10
)
IMPOSSIBLE = [0, -1, inf, nan]


def near(value):
    return pytest.approx(value, abs=1e-3)


def test_published_errors_and_changes_hold(published):
    for row in published["rci"] + published["rci_points"]:
        error = difference_error(row["sd"], row["r"])
        assert standard_error(row["sd"], row["r"]) == near(row["sem"]), row
        assert error == near(row["sdiff"]), row
        assert reliable_points(error) == near(row["rci"]), row


def test_the_textbook_change_is_reliable(published):
    for row in published["rci"]:
        statistic = reliable_change(row["x1"], row["x2"], row["sdiff"])
        assert statistic == near(row["rc"])
        assert is_reliable(statistic)


@pytest.mark.parametrize("statistic", [1.96, -1.96, 0])
def test_a_change_at_the_limit_is_not_yet_more_than_chance(statistic):
    assert not is_reliable(statistic)


def test_published_points_lead_back_to_their_error(published):
    for row in published["rci_published"]:
        error = difference_error_from(row["rci"])
        statistic = reliable_change(row["x1"], row["x2"], error)
        assert (error, statistic) == (near(row["sdiff"]), near(row["rc"])), row
        assert is_reliable(statistic) is row["reliable"]
        assert reliable_points(error) == pytest.approx(row["rci"])


def test_published_cut_offs_hold(published):
    for row in published["csc"]:
        found = cut_offs(Group(row["m1"], row["s1"]), Group(row["m0"], row["s0"]))
        assert (found.a, found.b, found.c) == (near(row["a"]), near(row["b"]), near(row["c"])), row


def test_published_labels_hold(published):
    for row in published["classes"]:
        change = classify(ADJUSTMENT, row["x1"], row["x2"])
        assert (change.label, change.crossed) == (row["label"], row["crossed"]), row


@pytest.mark.parametrize(
    ("before", "after", "label", "crossed"),
    [
        (12, 4, ChangeLabel.RECOVERED, True),
        (21, 12, ChangeLabel.IMPROVED, False),
        (8, 2, ChangeLabel.IMPROVED_WITHOUT_CLINICAL_STATUS, False),
        (4, 12, ChangeLabel.DETERIORATED, True),
        (12, 20, ChangeLabel.DETERIORATED, False),
        (11, 9, ChangeLabel.NO_RELIABLE_CHANGE, True),
        (9, 11, ChangeLabel.NO_RELIABLE_CHANGE, True),
    ],
)
def test_labels_turn_round_where_lower_is_better(before, after, label, crossed):
    change = classify(WORRY, before, after)
    assert (change.label, change.crossed) == (label, crossed)


@pytest.mark.parametrize(("clinical", "label"), [(True, "improved"), (False, "recovered")])
def test_the_instrument_says_on_which_side_its_cut_off_lies(clinical, label):
    measure = Measure(
        0, 21, Direction.LOWER_IS_BETTER, 2, "Worked example", 10, clinical_at_cut_off=clinical
    )
    assert classify(measure, 16, 10).label == label


def test_without_a_cut_off_nobody_has_a_clinical_status():
    measure = Measure(0, 21, Direction.LOWER_IS_BETTER, 2, "Worked example")
    assert classify(measure, 21, 0).label is ChangeLabel.IMPROVED_WITHOUT_CLINICAL_STATUS
    assert not classify(measure, 21, 0).crossed


@pytest.mark.parametrize(("before", "after"), [(60, 73), (-1, 40), (40, nan)])
def test_a_score_outside_the_measure_is_refused(before, after):
    with pytest.raises(ScoreRangeError):
        classify(ADJUSTMENT, before, after)


def test_a_couple_has_a_pair_of_labels():
    changes = classify_each(ADJUSTMENT, {"p1": (40, 52), "p2": (40, 50)})
    assert [change.label for change in changes.values()] == [
        ChangeLabel.RECOVERED,
        ChangeLabel.NO_RELIABLE_CHANGE,
    ]
    assert changes["p1"] == classify(ADJUSTMENT, 40, 52)


@given(st.integers(0, 69), st.integers(0, 69))
def test_the_mirrored_measure_tells_the_same_story(before, after):
    mirrored = Measure(
        -69, 0, Direction.LOWER_IS_BETTER, ADJUSTMENT.error, "Mirror", -ADJUSTMENT.cut_off
    )
    change = classify(ADJUSTMENT, before, after)
    turned = classify(mirrored, -before, -after)
    assert turned == Change(change.label, -change.statistic, change.crossed)


def test_published_gaps_between_partners_hold(published):
    for row in published["discrepancy"]:
        gap = discrepancy(row["a"], row["b"], row["sem_a"], row["sem_b"])
        assert (gap.signed, gap.absolute, gap.mean) == (row["signed"], row["absolute"], row["mean"])
        assert gap.statistic == near(row["z"])
        assert gap.reliable is row["reliable"]


def test_a_gap_between_equally_measured_partners_is_judged_like_a_change():
    gap = discrepancy(62, 41, standard_error(17, 0.98), standard_error(17, 0.98))
    assert gap.statistic == pytest.approx(reliable_change(41, 62, difference_error(17, 0.98)))


@pytest.mark.parametrize("value", IMPOSSIBLE)
@pytest.mark.parametrize(
    "rule",
    [
        lambda value: Group(40, value),
        lambda value: standard_error(value, 0.8),
        lambda value: difference_error(value, 0.8),
        difference_error_from,
        reliable_points,
        lambda value: reliable_change(1, 2, value),
        lambda value: discrepancy(1, 2, value, 1),
        lambda value: discrepancy(1, 2, 1, value),
        lambda value: Measure(0, 1, Direction.HIGHER_IS_BETTER, value, "Worked example"),
    ],
)
def test_an_error_that_cannot_be_is_refused(rule, value):
    with pytest.raises(ErrorInputError):
        rule(value)


@pytest.mark.parametrize("reliability", [-0.1, 1, 1.2, nan])
def test_a_reliability_that_cannot_be_is_refused(reliability):
    with pytest.raises(ErrorInputError):
        standard_error(7.5, reliability)


def test_groups_with_one_mean_have_no_line_between_them():
    with pytest.raises(SameGroupsError):
        cut_offs(Group(40, 7.5), Group(40, 5))


@pytest.mark.parametrize(
    ("lowest", "highest", "cut_off"), [(5, 5, None), (6, 5, None), (0, 5, 6), (0, 5, -1)]
)
def test_a_measure_that_contradicts_itself_is_refused(lowest, highest, cut_off):
    with pytest.raises(ScoreRangeError):
        Measure(lowest, highest, Direction.HIGHER_IS_BETTER, 1, "Worked example", cut_off)
