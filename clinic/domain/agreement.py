"""How far the ratings of two partners lie apart, and what each thinks was agreed.

A gap is something to talk about: neither partner is the measure of the other. All
numbers are for the therapist's screen and are never printed for the couple.

Method: Cohen (1960), weighted Cohen (1968).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from itertools import combinations
from statistics import fmean, pstdev

#: Below this many pairs, agreement beyond chance says nothing.
FEWEST_PAIRS = 5

#: Ratings of one goal (0 to 10) this far apart are worth a talk. Our choice, not validated.
GOAL_GAP = 3

Ratings = Sequence[int | None]


@unique
class Openness(StrEnum):
    """What one partner thinks was agreed about a behaviour."""

    SAID_ALOUD = "said-aloud"
    ASSUMED = "assumed"
    NEVER_DISCUSSED = "never-discussed"


@unique
class OnsetStatus(StrEnum):
    """What was agreed when the behaviour began, looking at every partner's answer."""

    EXPLICIT = "explicit"
    IMPLICIT = "implicit"
    NONE = "none"
    DIFFERS = "differs"


@unique
class KappaWeights(StrEnum):
    """How much a wider gap counts: all the same, by its steps, or by its steps squared."""

    UNWEIGHTED = "unweighted"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


class UnequalRatingsError(ValueError):
    """Two partners' ratings are not of the same things."""


class GoalRatingError(ValueError):
    """A goal was rated outside 0 to 10."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two partners' ratings show side by side; None where there is too little to tell."""

    compared: int
    percent: float | None
    mean_difference: float | None
    mean_signed: float | None
    kappa: float | None
    kappa_linear: float | None
    kappa_quadratic: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """How far several partners' scores lie apart, with the population's deviation."""

    lowest: float
    highest: float
    mean: float
    deviation: float


_ONSET = {
    Openness.SAID_ALOUD: OnsetStatus.EXPLICIT,
    Openness.ASSUMED: OnsetStatus.IMPLICIT,
    Openness.NEVER_DISCUSSED: OnsetStatus.NONE,
}


def onset_status(answers: Sequence[Openness]) -> OnsetStatus | None:
    """Sum up what the partners think was agreed, or None until two have answered.

    Whether what was said aloud was also the same rule, only the partners can tell.

    >>> onset_status([Openness.ASSUMED, Openness.ASSUMED])
    <OnsetStatus.IMPLICIT: 'implicit'>
    >>> onset_status([Openness.SAID_ALOUD, Openness.NEVER_DISCUSSED])
    <OnsetStatus.DIFFERS: 'differs'>
    """
    if len(answers) < 2:
        return None
    return _ONSET[answers[0]] if len(set(answers)) == 1 else OnsetStatus.DIFFERS


def percent_agreement(first: Ratings, second: Ratings) -> float | None:
    """Give the share (0 to 1) of things both placed alike, or None if both rated nothing.

    Something only one of them rated is left out. Lists of unequal length are refused.

    >>> percent_agreement([0, 1, 2, None], [0, 1, 1, 2])
    0.6666666666666666
    >>> percent_agreement([None], [1]) is None
    True
    """
    pairs = _pairs(first, second)
    return fmean(one == other for one, other in pairs) if pairs else None


def mean_difference(first: Ratings, second: Ratings) -> float | None:
    """Give how many steps two partners lie apart on average, or None without pairs.

    >>> mean_difference([0, 2], [2, 0])
    2.0
    >>> mean_difference([], []) is None
    True
    """
    pairs = _pairs(first, second)
    return fmean(abs(one - other) for one, other in pairs) if pairs else None


def mean_signed_difference(first: Ratings, second: Ratings) -> float | None:
    """Give how many steps the first lies above the second on average, or None without pairs.

    Gaps in both directions cancel out, so show it beside `mean_difference` only.

    >>> mean_signed_difference([2, 1], [1, 1])
    0.5
    >>> mean_signed_difference([0, 2], [2, 0])
    0.0
    """
    pairs = _pairs(first, second)
    return fmean(one - other for one, other in pairs) if pairs else None


def kappa(
    first: Ratings, second: Ratings, weights: KappaWeights = KappaWeights.UNWEIGHTED
) -> float | None:
    """Give the agreement beyond chance: 1 is full, 0 is what chance alone would give.

    Ratings are whole steps of one scale. None with fewer than 5 pairs, or when chance
    alone would already give full agreement. Source: Cohen (1960, 1968).

    >>> round(kappa([0, 1, 1, 2, 2], [0, 1, 1, 2, 1]), 4)
    0.6875
    >>> kappa([1, 1, 1, 1, 1], [1, 1, 1, 1, 1]) is None
    True
    """
    pairs = _pairs(first, second)
    if len(pairs) < FEWEST_PAIRS:
        return None
    ours, theirs = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(
        _disagreement(one, other, weights) * count * others
        for one, count in ours.items()
        for other, others in theirs.items()
    )
    observed = sum(_disagreement(one, other, weights) for one, other in pairs)
    # Whole numbers up to here, so that "no disagreement by chance" is exactly zero.
    return 1 - observed * len(pairs) / by_chance if by_chance else None


def compare(first: Ratings, second: Ratings) -> Agreement:
    """Put all that two partners' ratings show side by side.

    >>> compare([0, 1], [0, 2]).percent
    0.5
    >>> compare([0, 1], [0, None]).compared
    1
    """
    return Agreement(
        len(_pairs(first, second)),
        percent_agreement(first, second),
        mean_difference(first, second),
        mean_signed_difference(first, second),
        kappa(first, second),
        kappa(first, second, KappaWeights.LINEAR),
        kappa(first, second, KappaWeights.QUADRATIC),
    )


def compare_each(ratings: Mapping[str, Ratings]) -> dict[tuple[str, str], Agreement]:
    """Compare every two of the partners, in the order given; nobody is averaged away.

    >>> list(compare_each({"p1": [0], "p2": [1], "p3": [1]}))
    [('p1', 'p2'), ('p1', 'p3'), ('p2', 'p3')]
    >>> compare_each({"p1": [0]})
    {}
    """
    return {
        (one, other): compare(ratings[one], ratings[other])
        for one, other in combinations(ratings, 2)
    }


def spread(scores: Sequence[float]) -> Spread | None:
    """Describe how far the scores of two or more partners lie apart, or None for fewer.

    >>> spread([4, 8])
    Spread(lowest=4, highest=8, mean=6.0, deviation=2.0)
    >>> spread([4]) is None
    True
    """
    if len(scores) < 2:
        return None
    return Spread(min(scores), max(scores), fmean(scores), pstdev(scores))


def is_goal_gap(first: int, second: int) -> bool:
    """Tell whether two ratings of one goal (0 to 10) lie far enough apart for a talk.

    A hint from 3 steps on, our own choice and not validated. Ratings outside are refused.

    >>> is_goal_gap(8, 5)
    True
    >>> is_goal_gap(5, 7)
    False
    """
    if not (0 <= first <= 10 and 0 <= second <= 10):
        raise GoalRatingError(f"a goal is rated from 0 to 10, not {first} and {second}")
    return abs(first - second) >= GOAL_GAP


def _pairs(first: Ratings, second: Ratings) -> list[tuple[int, int]]:
    if len(first) != len(second):
        raise UnequalRatingsError(f"{len(first)} ratings beside {len(second)}")
    return [
        (one, other)
        for one, other in zip(first, second, strict=True)
        if one is not None and other is not None
    ]


def _disagreement(one: int, other: int, weights: KappaWeights) -> int:
    steps = abs(one - other)
    if weights is KappaWeights.UNWEIGHTED:
        return min(steps, 1)
    return steps if weights is KappaWeights.LINEAR else steps**2
