"""Lays out a chart of ratings over appointments; templates/components/line_chart.html draws it.

A line breaks where nothing was rated and is never guessed across; it also breaks where a goal's
steps were written anew, because the same number then means something else. Series differ by
colour, by dash and by marker, so that a chart in greyscale still says which is which. Titles and
names come in the reader's language; ratings are said in it here.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from clinic.domain.said import mark, say
from clinic.web.drawing import (
    BOTTOM,
    LINE_HEIGHT,
    TOP,
    Frame,
    Line,
    label_rows,
    leader,
    line,
    path,
    points,
)
from clinic.web.language import translate
from clinic.web.spreading import spread

WIDE = 720
NARROW = 340

CHARACTER = 7.4


@dataclass(frozen=True)
class Axis:
    """What can be rated: whole numbers from low to high, with a rule drawn at every step."""

    low: int
    high: int
    step: int

    def word(self, value: float | None) -> str:
        """Say a rating as the chart shows it: signed when the axis goes below zero."""
        if value is None:
            return translate(mark("not rated"))
        return (f"{value:+g}" if self.low < 0 and value else f"{value:g}").replace("-", "\u2212")


ATTAINMENT = Axis(-2, 2, 1)
RATING = Axis(0, 10, 2)


@dataclass(frozen=True)
class Series:
    """One line: a value for each x label, in their order; None where nothing was rated.

    `breaks` names the places at which another scale begins.
    """

    name: str
    values: Sequence[float | None]
    breaks: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Tick:
    """A word beside an axis; strong marks the rule at zero of a signed axis."""

    at: float
    text: str
    strong: bool = False


@dataclass(frozen=True)
class LineChart:
    """A chart ready to draw, and the same ratings as words for those who do not see it."""

    title: str
    description: str
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    width: int
    height: int
    left: float
    right: float
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    lines: tuple[Line, ...]


def line_chart(
    title: str,
    series: Sequence[Series],
    x_labels: Sequence[str],
    axis: Axis,
    width: int = WIDE,
) -> LineChart:
    """Lay out ratings over appointments, with each series named at the end of its line.

    A series without any rating keeps its place in the words and the table and has no line.
    Refuses a series that does not have exactly one value per x label, or one off the axis.

    >>> chart = line_chart("Calm talks", [Series("Sam", [0, None, 1])], ["1", "2", "3"], ATTAINMENT)
    >>> chart.description
    'Sam: 1: 0; 2: not rated; 3: +1.'
    """
    check(series, x_labels, axis)
    labels = [wrapped(each, axis, width) for each in series if last_place(each) is not None]
    rows = sum(len(label) for label in labels)
    height = TOP + BOTTOM + max(240, rows * LINE_HEIGHT + 6 * len(labels))
    frame = Frame(axis.low, axis.high, len(x_labels), width, height)
    return LineChart(
        title=title,
        description=" ".join(in_words(each, x_labels, axis) for each in series),
        names=tuple(each.name for each in series),
        rows=table_rows(series, x_labels, axis),
        width=width,
        height=height,
        left=frame.left,
        right=frame.right,
        x_ticks=x_ticks(frame, x_labels),
        y_ticks=y_ticks(frame, axis),
        lines=lines(frame, series, labels),
    )


def check(series: Sequence[Series], x_labels: Sequence[str], axis: Axis) -> None:
    """Refuse what cannot be drawn truthfully."""
    for each in series:
        if len(each.values) != len(x_labels):
            raise ValueError(f"{each.name!r} needs one value for each of {len(x_labels)} labels")
        for value in each.values:
            if value is not None and not axis.low <= value <= axis.high:
                raise ValueError(f"{each.name!r} has {value}, outside {axis.low} to {axis.high}")


def last_place(series: Series) -> int | None:
    """Find where the line ends: the last place that was rated."""
    rated = [place for place, value in enumerate(series.values) if value is not None]
    return rated[-1] if rated else None


def in_words(series: Series, x_labels: Sequence[str], axis: Axis) -> str:
    """Read one series aloud, appointment by appointment."""
    ratings = "; ".join(
        translate(say("%(appointment)s: %(rating)s", appointment=label, rating=rating))
        for label, rating in zip(x_labels, _worded(series, axis), strict=True)
    )
    return translate(say("%(name)s: %(ratings)s.", name=series.name, ratings=ratings))


def table_rows(
    series: Sequence[Series], x_labels: Sequence[str], axis: Axis
) -> tuple[tuple[str, ...], ...]:
    """Give one row an appointment: its label, then each series's rating in words."""
    columns = [_worded(each, axis) for each in series]
    return tuple(
        (label, *(column[place] for column in columns)) for place, label in enumerate(x_labels)
    )


def _worded(series: Series, axis: Axis) -> Sequence[str]:
    return [
        translate(say("%(rating)s, on new steps", rating=axis.word(value)))
        if place in series.breaks
        else axis.word(value)
        for place, value in enumerate(series.values)
    ]


def wrapped(series: Series, axis: Axis, width: int) -> list[str]:
    """Break a series's name and last rating into at most three rows that fit beside the plot."""
    place = last_place(series)
    last = axis.word(None if place is None else series.values[place])
    room = int((width - Frame(axis.low, axis.high, 1, width, 0).right - 16) / CHARACTER)
    rows = textwrap.wrap(series.name, room - len(last) - 1, max_lines=3, placeholder=" …") or [""]
    return [*rows[:-1], f"{rows[-1]} {last}".strip()]


def x_ticks(frame: Frame, x_labels: Sequence[str]) -> tuple[Tick, ...]:
    """Name as many appointments as have room, counted back from the latest."""
    widest = max((len(label) for label in x_labels), default=0) * CHARACTER + 10
    gap = frame.x(1) - frame.x(0) if frame.count > 1 else widest
    every = max(1, -int(-widest // gap))
    return tuple(
        Tick(frame.x(place), label)
        for place, label in enumerate(x_labels)
        if (frame.count - 1 - place) % every == 0
    )


def y_ticks(frame: Frame, axis: Axis) -> tuple[Tick, ...]:
    """Name the rules; zero is strong where ratings can fall below it."""
    return tuple(
        Tick(frame.y(value), axis.word(value), strong=value == 0 and axis.low < 0)
        for value in range(axis.low, axis.high + 1, axis.step)
    )


def lines(frame: Frame, series: Sequence[Series], labels: list[list[str]]) -> tuple[Line, ...]:
    """Draw every series that has a rating, with labels that do not cover one another."""
    drawn = [(style, each) for style, each in enumerate(series) if last_place(each) is not None]
    ends = [points(frame, each.values)[-1] for _, each in drawn]
    heights = [len(label) * LINE_HEIGHT + 6.0 for label in labels]
    centres = spread([y for _, y in ends], heights, TOP - 8, frame.height - BOTTOM + 8)
    return tuple(
        replace(
            line(
                frame,
                each.values,
                style,
                label_rows(frame, label, centre),
                leader(frame, end, centre),
            ),
            path=path(frame, each.values, each.breaks),
        )
        for (style, each), label, end, centre in zip(drawn, labels, ends, centres, strict=True)
    )
