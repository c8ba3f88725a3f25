"""What the goals page shows: each pair as one picture, and every rater's score side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from clinic.domain.said import Said, mark, say
from clinic.services.goal_scores import AttainmentPoint, Held, attainment_over_time
from clinic.services.rows import Goal
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
from clinic.web.goal_progress import Notice, RatedLine, lineages, notices, rated_line
from clinic.web.goals.courses import GoalView, goal_view
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
    """A pair of goals, one rater's steps and own 0 to 10 ratings of it, and what ratings tell."""

    number: int
    goals: Sequence[GoalView]
    beside: Goal
    steps: Picture | None
    own: Picture | None
    notices: Sequence[Notice]


@dataclass(frozen=True)
class ScoreRow:
    """All raters' scores at one appointment, never averaged."""

    appointment: Held
    scores: Sequence[AttainmentPoint]


@dataclass(frozen=True)
class Seen:
    """Whose ratings a page shows, of whom all, over which appointments."""

    held: Sequence[Held]
    rater: Rater
    raters: Sequence[Rater]


def pair_views(goals: Sequence[Goal], seen: Seen) -> list[PairView]:
    """Draw every pair as one rater found it, behaviour and issue on one chart.

    A goal without a single own rating has no line among the own ratings. Steps that were written
    anew go on in the same line, after a gap.
    """
    groups = [list(group) for _, group in groupby(goals, key=lambda goal: goal.pair_id)]
    return [_view(number, group, seen) for number, group in enumerate(groups, start=1)]


def _view(number: int, goals: Sequence[Goal], seen: Seen) -> PairView:
    lines = lineages(goals)
    rated = [rated_line(line, seen.held, seen.rater.id) for line in lines]
    labels = [str(appointment.number) for appointment in seen.held]
    steps = [_series(each, [one.level for one in each.found]) for each in rated]
    own_rated = list(filter(_is_rated, (_series(e, [o.own for o in e.found]) for e in rated)))
    facts = {"number": number, "name": translate(seen.rater.name)}
    return PairView(
        number,
        [goal_view(line, seen.held, seen.rater) for line in lines],
        goals[0],
        _picture(say(STEPS, **facts), steps, labels, ATTAINMENT)
        if any(map(_is_rated, steps))
        else None,
        _picture(say(OWN, **facts), own_rated, labels, RATING),
        notices(goals, seen.held, seen.raters),
    )


def _series(line: RatedLine, values: Sequence[float | None]) -> Series:
    return Series(line.goal.wording, values, line.breaks)


def _picture(
    title: Said, series: Sequence[Series], labels: Sequence[str], axis: Axis
) -> Picture | None:
    if not series:
        return None
    words = translate(title)
    wide, narrow = (line_chart(words, series, labels, axis, width) for width in (WIDE, NARROW))
    return Picture(wide, narrow)


def _is_rated(series: Series) -> bool:
    return any(value is not None for value in series.values)


def attainment_table(
    goals: Sequence[Goal], held: Sequence[Held], raters: Sequence[Rater]
) -> list[ScoreRow]:
    """Give each rater's attainment score at each appointment."""
    columns = [attainment_over_time(goals, held, rater.id) for rater in raters]
    return [
        ScoreRow(appointment, [column[place] for column in columns])
        for place, appointment in enumerate(held)
    ]
