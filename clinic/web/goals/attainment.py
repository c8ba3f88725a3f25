"""What the goals page shows: each pair as one picture, and every rater's score side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from clinic.domain.goals import AttainmentScore
from clinic.services.goals import attainment_over_time, rating_of
from clinic.services.rows import Appointment, Goal
from clinic.web.charts import ATTAINMENT, NARROW, LineChart, Series, line_chart
from clinic.web.people import Rater


@dataclass(frozen=True)
class PairView:
    """A pair of goals, and its lines over the appointments when there are any."""

    number: int
    goals: Sequence[Goal]
    chart: LineChart | None
    narrow: LineChart | None


@dataclass(frozen=True)
class ScoreRow:
    """All raters' scores at one appointment, never averaged."""

    appointment: Appointment
    scores: Sequence[AttainmentScore]


def pair_views(goals: Sequence[Goal], held: Sequence[Appointment], rater: Rater) -> list[PairView]:
    """Draw every pair as one rater found it, behaviour and issue on one chart."""
    groups = [list(group) for _, group in groupby(goals, key=lambda goal: goal.pair_id)]
    return [_view(number, group, held, rater) for number, group in enumerate(groups, start=1)]


def _view(
    number: int, goals: Sequence[Goal], held: Sequence[Appointment], rater: Rater
) -> PairView:
    series = [Series(goal.wording, _levels(goal, held, rater)) for goal in goals]
    if not any(value is not None for each in series for value in each.values):
        return PairView(number, goals, None, None)
    labels = [str(appointment.number) for appointment in held]
    title = f"Pair {number} over the appointments, rated by {rater.name}"
    wide = line_chart(title, series, labels, ATTAINMENT)
    return PairView(number, goals, wide, line_chart(title, series, labels, ATTAINMENT, NARROW))


def _levels(goal: Goal, held: Sequence[Appointment], rater: Rater) -> list[float | None]:
    return [rating_of(goal, appointment.id, rater.id).level for appointment in held]


def attainment_table(
    goals: Sequence[Goal], held: Sequence[Appointment], raters: Sequence[Rater]
) -> list[ScoreRow]:
    """Give each rater's attainment score at each appointment."""
    columns = [attainment_over_time(goals, held, rater.id) for rater in raters]
    return [
        ScoreRow(appointment, [column[place].score for column in columns])
        for place, appointment in enumerate(held)
    ]
