"""Goal attainment scaling.

The couple and the therapist describe five outcomes for each goal before work
starts, from "much less than expected" (-2) to "much more than expected" (+2).
Later each of them picks the outcome that happened. One score then sums up one
person's ratings of all goals; scores of several people are shown side by side.

Method: Kiresuk & Sherman (1968). Written from the formula, because a widely used
guide (Turner-Stokes 2009) needed an erratum.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum, unique
from math import isfinite, sqrt
from statistics import linear_regression

#: How strongly goals are assumed to move together. Kiresuk & Sherman's value.
ASSUMED_CORRELATION = 0.3

#: A rating (0 to 10) that falls by this much and stays there is worth a look. Our choice.
CLEAR_DROP = 3


@unique
class Attainment(IntEnum):
    """What happened, compared with what was agreed to expect."""

    MUCH_LESS = -2
    LESS = -1
    EXPECTED = 0
    MORE = 1
    MUCH_MORE = 2


@unique
class GoalLayer(StrEnum):
    """What a goal reaches: the visible behaviour, or the issue beneath it."""

    BEHAVIOUR = "behaviour"
    ISSUE = "issue"


class GoalScoreError(ValueError):
    """A weight, rating or correlation lies outside what the method allows."""


class DifferentGoalsError(ValueError):
    """Two sets of ratings are not of the same goals."""


@dataclass(frozen=True, slots=True)
class GoalStub:
    """One goal of the library, to be put into the couple's own words."""

    key: str
    text: str
    layer: GoalLayer
    explanations: tuple[str, ...]
    anchors: Mapping[Attainment, str]


@dataclass(frozen=True, slots=True)
class RatedGoal:
    """One goal's outcome as one person rated it (None: not rated), and its weight.

    The weight is 0 or more; a goal of weight 0 is left out of every sum and count.
    """

    attainment: Attainment | None
    weight: float = 1

    def __post_init__(self) -> None:
        if not (isfinite(self.weight) and self.weight >= 0):
            raise GoalScoreError(f"a goal's weight is 0 or more, not {self.weight}")
        if self.attainment is not None and self.attainment not in tuple(Attainment):
            raise GoalScoreError(f"attainment is from -2 to 2, not {self.attainment}")


@dataclass(frozen=True, slots=True)
class AttainmentScore:
    """One person's score or change, and how many of the goals it rests on ("2 of 3")."""

    value: float | None
    rated: int
    of: int


@dataclass(frozen=True, slots=True)
class Adherence:
    """The share (0 to 1) of a plan that was kept, and how much of it was reported at all."""

    share: float | None
    reported: int
    of: int


def attainment_score(
    goals: Sequence[RatedGoal], *, correlation: float = ASSUMED_CORRELATION
) -> float | None:
    """Sum up one person's ratings as one score, where 50 means "as expected".

    Pass the ratings of one rater only: partners and therapist are never averaged.
    Unrated goals drop out of the sum and of its spread; None if none is rated.
    The correlation is from 0 to below 1. Source: Kiresuk & Sherman (1968).

    >>> round(attainment_score([RatedGoal(Attainment.MORE)] * 3), 1)
    63.7
    >>> attainment_score([RatedGoal(None)]) is None
    True
    """
    if not 0 <= correlation < 1:
        raise GoalScoreError(f"a correlation is from 0 to below 1, not {correlation}")
    rated = [
        (goal.weight, goal.attainment) for goal in _counted(goals) if goal.attainment is not None
    ]
    if not rated:
        return None
    # Only the weights' proportions matter, and shares cannot overflow when squared.
    heaviest = max(weight for weight, _ in rated)
    shares = [weight / heaviest for weight, _ in rated]
    weighted = sum(share * attained for share, (_, attained) in zip(shares, rated, strict=True))
    own = sum(share**2 for share in shares)
    spread = sqrt((1 - correlation) * own + correlation * sum(shares) ** 2)
    return 50 + 10 * weighted / spread


def score(
    goals: Sequence[RatedGoal], *, correlation: float = ASSUMED_CORRELATION
) -> AttainmentScore:
    """Give the attainment score together with "so many of so many goals rated".

    >>> score([RatedGoal(Attainment.EXPECTED), RatedGoal(None)])
    AttainmentScore(value=50.0, rated=1, of=2)
    >>> score([RatedGoal(Attainment.MORE), RatedGoal(Attainment.LESS, weight=0)])
    AttainmentScore(value=60.0, rated=1, of=1)
    """
    counted = _counted(goals)
    rated = sum(goal.attainment is not None for goal in counted)
    return AttainmentScore(attainment_score(goals, correlation=correlation), rated, len(counted))


def change_since_baseline(
    baseline: Sequence[RatedGoal],
    now: Sequence[RatedGoal],
    *,
    correlation: float = ASSUMED_CORRELATION,
) -> AttainmentScore:
    """Give how far the score has moved, over the goals rated at both times.

    Both lists hold the same goals in the same order with the same weights, or the
    comparison is refused: new anchors or weights begin a new scale.

    >>> start, today = RatedGoal(Attainment.LESS), RatedGoal(Attainment.MORE)
    >>> change_since_baseline([start, start], [today, RatedGoal(None)])
    AttainmentScore(value=20.0, rated=1, of=2)
    >>> change_since_baseline([start], [RatedGoal(None)])
    AttainmentScore(value=None, rated=0, of=1)
    """
    if [goal.weight for goal in baseline] != [goal.weight for goal in now]:
        raise DifferentGoalsError("compare the same goals with the same weights")
    pairs = zip(baseline, now, strict=True)
    both = [pair for pair in pairs if None not in (pair[0].attainment, pair[1].attainment)]
    before = attainment_score([first for first, _ in both], correlation=correlation)
    after = score([second for _, second in both], correlation=correlation)
    moved = None if before is None or after.value is None else after.value - before
    return AttainmentScore(moved, after.rated, len(_counted(now)))


def weight_from(importance: int, difficulty: int) -> int:
    """Give a goal's weight from its importance and difficulty, each rated 0 to 3.

    A 0 in either leaves the goal out of the score. Anything outside 0 to 3 is refused.

    >>> weight_from(3, 2)
    6
    >>> weight_from(3, 0)
    0
    """
    if not (0 <= importance <= 3 and 0 <= difficulty <= 3):
        raise GoalScoreError("importance and difficulty are rated from 0 to 3")
    return importance * difficulty


def baseline_level(*, can_get_worse: bool) -> Attainment:
    """Give the level a goal starts from: "less than expected" while it could get worse.

    >>> baseline_level(can_get_worse=True)
    <Attainment.LESS: -1>
    >>> baseline_level(can_get_worse=False)
    <Attainment.MUCH_LESS: -2>
    """
    return Attainment.LESS if can_get_worse else Attainment.MUCH_LESS


def slope(ratings: Sequence[float | None]) -> float | None:
    """Give how many points a rating rises per appointment, or None with fewer than two.

    An appointment without a rating (None) keeps its place. Least squares.

    >>> round(slope([2, 3, 3, 5, 5, 6]), 3)
    0.8
    >>> slope([4, None]) is None
    True
    """
    points = [(place, rating) for place, rating in enumerate(ratings) if rating is not None]
    if len(points) < 2:
        return None
    places, known = zip(*points, strict=True)
    return linear_regression(places, known).slope


def stays_lower(ratings: Sequence[float | None]) -> bool:
    """Tell whether the last two ratings both lie 3 or more below the one before them.

    One low rating alone says nothing. Turn round first what is better when it is low.

    >>> stays_lower([8, 5, 4])
    True
    >>> stays_lower([8, 8, 2])
    False
    """
    known = [rating for rating in ratings if rating is not None]
    if len(known) < 3:
        return False
    return known[-3] - max(known[-2:]) >= CLEAR_DROP


def adherence(kept: Sequence[bool | None]) -> Adherence:
    """Give how much of a plan was kept; what nobody reported (None) counts neither way.

    >>> adherence([True, True, False, None])
    Adherence(share=0.6666666666666666, reported=3, of=4)
    >>> adherence([None])
    Adherence(share=None, reported=0, of=1)
    """
    reported = [answer for answer in kept if answer is not None]
    share = sum(reported) / len(reported) if reported else None
    return Adherence(share, len(reported), len(kept))


def _counted(goals: Sequence[RatedGoal]) -> list[RatedGoal]:
    return [goal for goal in goals if goal.weight > 0]
