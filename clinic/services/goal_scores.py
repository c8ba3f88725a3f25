"""How far goals have come: attainment per rater, change, slope and what was kept.

Every number is one rater's; several people's are shown side by side and never averaged.
Source: clinical.md 4.1 and 4.6.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from clinic.domain.goals import (
    Adherence,
    Attainment,
    AttainmentScore,
    RatedGoal,
    adherence,
    change_since_baseline,
    score,
    slope,
)
from clinic.models.goals import Goal
from clinic.services.goals import RatingDetails, ratings_of


class Held(Protocol):
    """An appointment, as far as ratings need it."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def held_on(self) -> dt.date: ...  # noqa: D102


@dataclass(frozen=True)
class AttainmentPoint:
    """One rater's score at one appointment, and how far it has moved since the start levels."""

    appointment: int
    score: AttainmentScore
    change: AttainmentScore


@dataclass(frozen=True)
class GoalProgress:
    """One goal as one rater found it: ratings appointment by appointment, and what they tell.

    `change` is the newest level less the start level. Slopes are points per appointment, None
    with fewer than two ratings.
    """

    levels: Sequence[Attainment | None]
    own: Sequence[int | None]
    change: int | None
    level_slope: float | None
    own_slope: float | None
    kept: Adherence


def attainment_over_time(
    goals: Sequence[Goal], appointments: Sequence[Held], rater_id: int | None
) -> Sequence[AttainmentPoint]:
    """Give one rater's score at every appointment, with how many goals it rests on.

    A goal counts from the day it was set, or from its first rating where that is earlier, until
    the day before it ended.
    """
    found = {goal: ratings_of(goal) for goal in goals}
    first = {goal: _first_day(goal, found[goal], appointments) for goal in goals}
    points = []
    for each in appointments:
        counted = [
            goal for goal in goals if first[goal] <= each.held_on and goal.is_open_on(each.held_on)
        ]
        levels = [found[goal].get((each.id, rater_id), RatingDetails()).level for goal in counted]
        points.append(_point(each.number, counted, levels))
    return points


def progress_of(goal: Goal, appointments: Sequence[Held], rater_id: int | None) -> GoalProgress:
    """Give one goal as one rater found it; kept or missed counts while the goal was open."""
    ratings = ratings_of(goal)
    found = [ratings.get((each.id, rater_id), RatingDetails()) for each in appointments]
    levels, own = [each.level for each in found], [each.own for each in found]
    known = [level for level in levels if level is not None]
    return GoalProgress(
        levels,
        own,
        known[-1] - goal.start_level if known else None,
        slope(levels),
        slope(own),
        adherence(_kept(goal, appointments, found)),
    )


def _point(
    number: int, goals: Sequence[Goal], levels: Sequence[Attainment | None]
) -> AttainmentPoint:
    now = [RatedGoal(level, goal.weighs) for goal, level in zip(goals, levels, strict=True)]
    start = [RatedGoal(Attainment(goal.start_level), goal.weighs) for goal in goals]
    return AttainmentPoint(number, score(now), change_since_baseline(start, now))


def _first_day(
    goal: Goal,
    ratings: Mapping[tuple[int, int | None], RatingDetails],
    appointments: Sequence[Held],
) -> dt.date:
    rated = {appointment_id for appointment_id, _ in ratings}
    days = [each.held_on for each in appointments if each.id in rated]
    return min([goal.created_at.date(), *days])


def _kept(
    goal: Goal, appointments: Sequence[Held], found: Sequence[RatingDetails]
) -> list[bool | None]:
    """Leave out what lies before the first report: nobody had been asked by then."""
    answers = [
        rating.kept
        for each, rating in zip(appointments, found, strict=True)
        if rating.kept is not None or goal.is_open_on(each.held_on)
    ]
    reported = [place for place, answer in enumerate(answers) if answer is not None]
    return answers[reported[0] :] if reported else []
