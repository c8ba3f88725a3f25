"""Each partner's weeks as a strip: a row a mark, a column a week; and every entry in words.

One colour throughout, so that no mark looks better than another. Nothing is counted.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from babel.dates import format_skeleton

from clinic.domain.repair_responses import (
    ALSO,
    OPENNESS,
    WHEN_RAISED,
    RepairMark,
    Seen,
    Week,
    weeks,
)
from clinic.domain.said import mark, say
from clinic.services.repair_responses import DatedResponse
from clinic.services.rows import Case
from clinic.web.charts import NARROW, WIDE
from clinic.web.filters import day, said
from clinic.web.language import locale
from clinic.web.repair_entry import MARK, marks_in_words

#: How many of the latest weeks a drawing has room for; the table has them all.
MOST_WEEKS = {WIDE: 26, NARROW: 10}
LABELS = 168
STEP = 26
TOP = 8
BOTTOM = 26
SIZE = 6.5
#: Letters of a tick take about this much, with room between two.
TICK = 60
OPENNESS_ROW = mark("Openness")
NOTHING = mark("only a remark")


@dataclass(frozen=True)
class Line:
    """One row of the drawing, and where its marks stand."""

    label: str
    y: float
    marks: Sequence[str]


@dataclass(frozen=True)
class Tick:
    """A week named below the drawing."""

    x: float
    text: str


@dataclass(frozen=True)
class Strip:
    """One drawing: a shaded column for each week of which something was entered."""

    width: int
    height: int
    left: float
    columns: Sequence[float]
    column: float
    lines: Sequence[Line]
    ticks: Sequence[Tick]


@dataclass(frozen=True)
class Entry:
    """One occasion in words."""

    when: str
    number: int | None
    ref: str
    marks: Sequence[str]
    remark: str


@dataclass(frozen=True)
class Strips:
    """One partner's weeks, wide and narrow, and every entry, the newest first."""

    name: str
    place: str
    wide: Strip
    narrow: Strip
    description: str
    entries: Sequence[Entry]
    longer: bool


def strips(case: Case, found: Sequence[DatedResponse]) -> Sequence[Strips]:
    """Lay out every partner's weeks over the same time; none where nothing was entered.

    Somebody of whom nothing was entered has an empty strip beside the others.
    """
    if not found:
        return []
    first, last = min(each.day for each in found), max(each.day for each in found)
    return [
        _strips(
            (one.name, str(one.position)),
            [each for each in found if each.response.partner_id == one.id],
            (first, last),
        )
        for one in case.partners
    ]


def _strips(
    who: tuple[str, str], found: Sequence[DatedResponse], span: tuple[dt.date, dt.date]
) -> Strips:
    all_weeks = weeks([Seen(each.day, each.response.marks) for each in found], *span)
    wide, narrow = (_strip(all_weeks[-MOST_WEEKS[width] :], width) for width in (WIDE, NARROW))
    entries = [_entry(each) for each in reversed(found)]
    longer = len(all_weeks) > MOST_WEEKS[WIDE]
    return Strips(*who, wide, narrow, " ".join(_read_aloud(all_weeks)), entries, longer)


def _strip(shown: Sequence[Week], width: int) -> Strip:
    rows: list[tuple[str, Sequence[RepairMark]]] = [
        *((MARK[each], [each]) for each in WHEN_RAISED),
        (OPENNESS_ROW, OPENNESS),
        *((MARK[each], [each]) for each in ALSO),
    ]
    room = (width - LABELS) / max(len(shown), 8)
    centres = [round(LABELS + room * (place + 0.5), 1) for place in range(len(shown))]
    lines = [
        Line(label, TOP + STEP * (place + 0.5), _shapes(shown, centres, marks, place))
        for place, (label, marks) in enumerate(rows)
    ]
    columns = [x for x, week in zip(centres, shown, strict=True) if week.seen]
    height = TOP + STEP * len(rows) + BOTTOM
    ticks = _ticks(shown, centres, room, width)
    return Strip(width, height, LABELS, columns, round(room - 2, 1), lines, ticks)


def _shapes(
    shown: Sequence[Week], centres: Sequence[float], marks: Sequence[RepairMark], place: int
) -> list[str]:
    y = TOP + STEP * (place + 0.5)
    return [
        _shape(each, x, y)
        for x, week in zip(centres, shown, strict=True)
        for each in marks
        if each in week.marks
    ]


def _shape(each: RepairMark, x: float, y: float) -> str:
    """Draw a square; for openness a full, a half-filled or an open ring, as evenodd paths."""
    if each not in OPENNESS:
        side = round(SIZE * 1.8, 1)
        return f"M{x - side / 2:.1f} {y - side / 2:.1f}h{side}v{side}h-{side}z"
    ring = _circle(x, y, SIZE)
    if each is RepairMark.OPENNESS_KEPT:
        return ring
    inner = _circle(x, y, SIZE - 2)
    if each is RepairMark.OPENNESS_NOT:
        return ring + inner
    small = SIZE - 2
    return f"{ring}M{x:.1f} {y - small:.1f}a{small} {small} 0 0 1 0 {2 * small}z"


def _circle(x: float, y: float, size: float) -> str:
    half = f"a{size} {size} 0 1 0 "
    return f"M{x - size:.1f} {y:.1f}{half}{2 * size} 0{half}{-2 * size} 0z"


def _ticks(shown: Sequence[Week], centres: Sequence[float], room: float, width: int) -> list[Tick]:
    every = max(1, -int(-TICK // room))
    return [
        Tick(min(x, width - TICK / 2), format_skeleton("MMMd", week.monday, locale=locale()))
        for place, (x, week) in enumerate(zip(centres, shown, strict=True))
        if (len(shown) - 1 - place) % every == 0
    ]


def _read_aloud(all_weeks: Sequence[Week]) -> Iterator[str]:
    for week in all_weeks:
        if week.seen:
            marks = ", ".join(marks_in_words(week.marks)) or said(NOTHING)
            yield said(say("Week of %(day)s: %(marks)s.", day=day(week.monday), marks=marks))


def _entry(each: DatedResponse) -> Entry:
    marks = marks_in_words(each.response.marks)
    return Entry(day(each.day), each.number, each.ref, marks, each.response.remark)
