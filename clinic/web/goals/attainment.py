"""What the goals page shows: each pair as one picture, and every rater's score side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from clinic.domain.goals import AttainmentScore
from clinic.domain.said import mark, say
from clinic.services.goals import attainment_over_time, rating_of
from clinic.services.rows import Appointment, Goal
from clinic.web.charts import (
    ATTAINMENT,
    NARROW,
    RATING,
    WIDE,
    Axis,
    LineChart,
    Series,
    line_chart,
)
from clinic.web.language import translate
from clinic.web.people import Rater

STEPS = mark("Pair %(number)s over the appointments, rated by %(name)s")
OWN = mark("Pair %(number)s over the appointments, rated by %(name)s, from 0 to 10")


@dataclass(frozen=True)
class Picture:
    """One chart, drawn for a wide screen and for a phone."""

    wide: LineChart
    narrow: LineChart


@dataclass(frozen=True)
class PairView:
    """A pair of goals, and one rater's steps and own 0 to 10 ratings of it, where there are any."""

    number: int
    goals: Sequence[Goal]
    steps: Picture | None
    own: Picture | None


@dataclass(frozen=True)
class ScoreRow:
    """All raters' scores at one appointment, never averaged."""

    appointment: Appointment
    scores: Sequence[AttainmentScore]


def pair_views(goals: Sequence[Goal], held: Sequence[Appointment], rater: Rater) -> list[PairView]:
    """Draw every pair as one rater found it, behaviour and issue on one chart.

    A goal without a single own rating has no line among the own ratings.
    """
    groups = [list(group) for _, group in groupby(goals, key=lambda goal: goal.pair_id)]
    return [_view(number, group, held, rater) for number, group in enumerate(groups, start=1)]


def _view(
    number: int, goals: Sequence[Goal], held: Sequence[Appointment], rater: Rater
) -> PairView:
    found = {goal: [rating_of(goal, each.id, rater.id) for each in held] for goal in goals}
    labels = [str(appointment.number) for appointment in held]
    steps = [Series(goal.wording, [each.level for each in row]) for goal, row in found.items()]
    own = [Series(goal.wording, [each.own for each in row]) for goal, row in found.items()]
    facts = {"number": number, "name": translate(rater.name)}
    own_rated = list(filter(_is_rated, own))
    return PairView(
        number,
        goals,
        _picture(say(STEPS, **facts), steps, labels, ATTAINMENT)
        if any(map(_is_rated, steps))
        else None,
        _picture(say(OWN, **facts), own_rated, labels, RATING),
    )


def _picture(
    title: str, series: Sequence[Series], labels: Sequence[str], axis: Axis
) -> Picture | None:
    if not series:
        return None
    words = translate(title)
    wide, narrow = (line_chart(words, series, labels, axis, width) for width in (WIDE, NARROW))
    return Picture(wide, narrow)


def _is_rated(series: Series) -> bool:
    return any(value is not None for value in series.values)


def attainment_table(
    goals: Sequence[Goal], held: Sequence[Appointment], raters: Sequence[Rater]
) -> list[ScoreRow]:
    """Give each rater's attainment score at each appointment."""
    columns = [attainment_over_time(goals, held, rater.id) for rater in raters]
    return [
        ScoreRow(appointment, [column[place].score for column in columns])
        for place, appointment in enumerate(held)
    ]
