"""Whether a score changed by more than chance, and whether it left the clinical range.

Every result is one partner's. A couple's result is the pair of their labels, never
an average of their scores.

Method: Jacobson & Truax (1991) with the correction of Christensen & Mendoza (1986) for
the error of a difference.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from math import hypot, isfinite, sqrt

#: Changes beyond this many standard errors happen by chance in fewer than 5 of 100 cases.
BEYOND_CHANCE = 1.96


@unique
class Direction(StrEnum):
    """Which way a measure's scores get better."""

    HIGHER_IS_BETTER = "higher-is-better"
    LOWER_IS_BETTER = "lower-is-better"


@unique
class ChangeLabel(StrEnum):
    """What a change amounts to, for one partner on one measure."""

    RECOVERED = "recovered"
    IMPROVED = "improved"
    IMPROVED_WITHOUT_CLINICAL_STATUS = "improved-without-clinical-status"
    DETERIORATED = "deteriorated"
    NO_RELIABLE_CHANGE = "no-reliable-change"


class ErrorInputError(ValueError):
    """A deviation, reliability or error cannot be what was given."""


class SameGroupsError(ValueError):
    """The clinical and the functional group do not differ, so nothing lies between them."""


class ScoreRangeError(ValueError):
    """A score lies outside the range of its measure."""


@dataclass(frozen=True, slots=True)
class Group:
    """The mean score of a reference group, and how far its members spread around it."""

    mean: float
    deviation: float

    def __post_init__(self) -> None:
        _refuse_unless_positive(self.deviation)


@dataclass(frozen=True, slots=True)
class CutOffs:
    """Three ways to draw the line: away from clinical, near functional, or half-way."""

    a: float
    b: float
    c: float


@dataclass(frozen=True, slots=True)
class Measure:
    """What the change of a measure's scores is judged by, and where that comes from.

    `error` is the standard error of a difference of two scores. A score exactly at the
    cut-off counts as clinical unless told otherwise; without a cut-off none is clinical.
    """

    lowest: float
    highest: float
    direction: Direction
    error: float
    source: str
    cut_off: float | None = None
    clinical_at_cut_off: bool = True

    def __post_init__(self) -> None:
        _refuse_unless_positive(self.error)
        if self.lowest >= self.highest:
            raise ScoreRangeError(f"no score lies between {self.lowest} and {self.highest}")
        if self.cut_off is not None:
            _refuse_outside(self, self.cut_off)


@dataclass(frozen=True, slots=True)
class Change:
    """One partner's change: its label, its size in standard errors, and the crossing.

    `crossed` is true when the score changed sides of the cut-off, either way. Beside
    "no reliable change" that is worth a note and nothing more.
    """

    label: ChangeLabel
    statistic: float
    crossed: bool


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """How far two partners' scores lie apart, `statistic` in standard errors."""

    signed: float
    absolute: float
    mean: float
    statistic: float
    reliable: bool


def standard_error(deviation: float, reliability: float) -> float:
    """Give the standard error of one score, in points of the measure.

    The deviation is above 0 and of a group before treatment; the reliability is from 0
    to below 1 and from a retest, because an internal one makes the error too small.

    >>> round(standard_error(7.5, 0.8), 4)
    3.3541
    >>> standard_error(7.5, 0)
    7.5
    """
    _refuse_unless_positive(deviation)
    if not 0 <= reliability < 1:
        raise ErrorInputError(f"a reliability is from 0 to below 1, not {reliability}")
    return deviation * sqrt(1 - reliability)


def difference_error(deviation: float, reliability: float) -> float:
    """Give the standard error of the difference of two scores, in points of the measure.

    >>> round(difference_error(7.5, 0.8), 4)
    4.7434
    >>> round(difference_error(17, 0.98), 3)
    3.4
    """
    return sqrt(2) * standard_error(deviation, reliability)


def difference_error_from(points: float) -> float:
    """Give the standard error of a difference behind a published reliable change in points.

    >>> round(difference_error_from(5.59), 4)
    2.852
    >>> round(difference_error_from(11.58), 4)
    5.9082
    """
    _refuse_unless_positive(points)
    return points / BEYOND_CHANCE


def reliable_points(error: float) -> float:
    """Give the change in points that a score must exceed to be more than chance.

    >>> round(reliable_points(4.7434), 2)
    9.3
    >>> reliable_points(1)
    1.96
    """
    _refuse_unless_positive(error)
    return BEYOND_CHANCE * error


def reliable_change(before: float, after: float, error: float) -> float:
    """Give a change in standard errors of a difference; above 0 means the score rose.

    >>> round(reliable_change(32.5, 47.5, 4.7434), 4)
    3.1623
    >>> round(reliable_change(12, 4, 2.852), 3)
    -2.805
    """
    _refuse_unless_positive(error)
    return (after - before) / error


def is_reliable(statistic: float) -> bool:
    """Tell whether a change or gap in standard errors is more than chance.

    >>> is_reliable(-2.805)
    True
    >>> is_reliable(1.96)
    False
    """
    return abs(statistic) > BEYOND_CHANCE


def cut_offs(clinical: Group, functional: Group) -> CutOffs:
    """Draw the line between a clinical and a functional group in the three known ways.

    Which way is better follows from the two means; groups with one mean are refused.
    Source: Jacobson & Truax (1991).

    >>> cut_offs(Group(40, 7.5), Group(60, 7.5))
    CutOffs(a=55.0, b=45.0, c=50.0)
    >>> cut_offs(Group(60, 7.5), Group(40, 7.5))
    CutOffs(a=45.0, b=55.0, c=50.0)
    """
    if clinical.mean == functional.mean:
        raise SameGroupsError("both groups have the same mean")
    towards_health = 1 if functional.mean > clinical.mean else -1
    weighted = functional.deviation * clinical.mean + clinical.deviation * functional.mean
    return CutOffs(
        clinical.mean + 2 * clinical.deviation * towards_health,
        functional.mean - 2 * functional.deviation * towards_health,
        weighted / (functional.deviation + clinical.deviation),
    )


def classify(measure: Measure, before: float, after: float) -> Change:
    """Say what one partner's change on a measure amounts to.

    Scores outside the measure's range are refused. Source: Jacobson & Truax (1991).

    >>> scale = Measure(0, 69, Direction.HIGHER_IS_BETTER, 5.9082, "Worked example", 47.31)
    >>> classify(scale, 40, 52).label
    <ChangeLabel.RECOVERED: 'recovered'>
    >>> change = classify(scale, 40, 50)
    >>> (change.label.value, round(change.statistic, 2), change.crossed)
    ('no-reliable-change', 1.69, True)
    """
    _refuse_outside(measure, before, after)
    statistic = reliable_change(before, after, measure.error)
    began, ended = _is_clinical(measure, before), _is_clinical(measure, after)
    return Change(_label(measure, statistic, began=began, ended=ended), statistic, began != ended)


def classify_each(measure: Measure, scores: Mapping[str, tuple[float, float]]) -> dict[str, Change]:
    """Say what each partner's change (before, after) amounts to, side by side.

    >>> scale = Measure(0, 10, Direction.LOWER_IS_BETTER, 1, "Worked example")
    >>> changes = classify_each(scale, {"p1": (9, 3), "p2": (3, 9)})
    >>> changes["p1"].label.value, changes["p2"].label.value
    ('improved-without-clinical-status', 'deteriorated')
    >>> classify_each(scale, {})
    {}
    """
    return {
        partner: classify(measure, before, after) for partner, (before, after) in scores.items()
    }


def discrepancy(
    first: float, second: float, first_error: float, second_error: float
) -> Discrepancy:
    """Tell how far two partners' scores lie apart, and whether by more than chance.

    The errors are those of one score each. For the therapist's screen, not for research:
    a gap mixes up how high both score with how much they differ.

    >>> gap = discrepancy(62, 41, 2.404, 2.404)
    >>> (gap.signed, gap.mean, round(gap.statistic, 2), gap.reliable)
    (21, 51.5, 6.18, True)
    >>> discrepancy(50, 51, 2.404, 2.404).reliable
    False
    """
    _refuse_unless_positive(first_error)
    _refuse_unless_positive(second_error)
    signed = first - second
    statistic = signed / hypot(first_error, second_error)
    return Discrepancy(signed, abs(signed), (first + second) / 2, statistic, is_reliable(statistic))


def _label(measure: Measure, statistic: float, *, began: bool, ended: bool) -> ChangeLabel:
    if not is_reliable(statistic):
        return ChangeLabel.NO_RELIABLE_CHANGE
    if (statistic > 0) is not (measure.direction is Direction.HIGHER_IS_BETTER):
        return ChangeLabel.DETERIORATED
    if not began:
        return ChangeLabel.IMPROVED_WITHOUT_CLINICAL_STATUS
    return ChangeLabel.IMPROVED if ended else ChangeLabel.RECOVERED


def _is_clinical(measure: Measure, score: float) -> bool:
    if measure.cut_off is None:
        return False
    if score == measure.cut_off:
        return measure.clinical_at_cut_off
    return (score < measure.cut_off) is (measure.direction is Direction.HIGHER_IS_BETTER)


def _refuse_unless_positive(value: float) -> None:
    if not (isfinite(value) and value > 0):
        raise ErrorInputError(f"a deviation or error is above 0, not {value}")


def _refuse_outside(measure: Measure, *scores: float) -> None:
    for score in scores:
        if not measure.lowest <= score <= measure.highest:
            raise ScoreRangeError(f"{score} is not between {measure.lowest} and {measure.highest}")
