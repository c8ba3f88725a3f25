"""The timeline as its page shows it: drawn twice, and every fact again in words."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from babel.dates import format_skeleton

from clinic.domain.behaviours import StillHappening
from clinic.domain.said import mark, say
from clinic.domain.timeline import Course, Event, EventKind, Moment, Tick, Timeline, timeline
from clinic.services.rows import BehaviourRecord, LifeEvent
from clinic.web.charts import NARROW, WIDE
from clinic.web.filters import said, since
from clinic.web.language import locale
from clinic.web.timeline.words import EVENT

#: How the end of a behaviour is said where it has no month of its own.
NO_END = {
    StillHappening.YES: mark("It goes on"),
    StillHappening.NO: mark("It has ended; when is not known"),
    StillHappening.UNCLEAR: mark("Whether it goes on is not clear"),
}
MONTH_UNKNOWN = mark("%(year)s, month not known")


@dataclass(frozen=True)
class EventLine:
    """One event in words."""

    row: LifeEvent
    label: str
    when: str


@dataclass(frozen=True)
class CourseLine:
    """One behaviour in words; `since` is "" where no year is known."""

    row: BehaviourRecord
    label: str
    since: str
    until: str


@dataclass(frozen=True)
class Drawing:
    """The timeline wide and narrow, with everything on it read aloud."""

    wide: Timeline
    narrow: Timeline
    description: str


def event_line(row: LifeEvent) -> EventLine:
    """Put one event in words."""
    return EventLine(row, _event_label(row), _span(row))


def course_line(row: BehaviourRecord, label: str) -> CourseLine:
    """Put one behaviour in words: since when, and whether and when it ended."""
    began = _month(row.since_year, row.since_month) if row.since_year else ""
    return CourseLine(row, label, began, _until(row))


def drawing(
    events: Sequence[EventLine], courses: Sequence[CourseLine], today: dt.date
) -> Drawing | None:
    """Draw what has a year; None where there is nothing to draw."""
    above = [_event(line) for line in events]
    below = [_course(line) for line in courses if line.since]
    if not above and not below:
        return None
    wide, narrow = (timeline(above, below, today, width) for width in (WIDE, NARROW))
    return Drawing(wide, narrow, " ".join(_read_aloud(events, courses)))


def tick_label(tick: Tick) -> str:
    """Say a place on the axis: 2026, or Mar 2026 where months are shown."""
    if tick.month is None:
        return str(tick.year)
    return format_skeleton("yMMM", dt.date(tick.year, tick.month, 1), locale=locale())


def _read_aloud(events: Iterable[EventLine], courses: Iterable[CourseLine]) -> Iterable[str]:
    for event in events:
        yield said(say("%(what)s: %(when)s.", what=event.label, when=event.when))
    for course in courses:
        if course.since:
            yield said(
                say(
                    "%(what)s: since %(since)s. %(until)s.",
                    what=course.label,
                    since=course.since,
                    until=course.until,
                )
            )


def _span(row: LifeEvent) -> str:
    began = _month(row.year, row.month)
    if row.until_year is None:
        return began
    if row.month is None and row.until_month is None:
        words = say(
            "%(began)s to %(ended)s, months not known", began=row.year, ended=row.until_year
        )
    else:
        ended = _month(row.until_year, row.until_month)
        words = say("%(began)s to %(ended)s", began=began, ended=ended)
    return said(words)


def _event_label(row: LifeEvent) -> str:
    if row.words and row.kind is EventKind.OTHER:
        return row.words
    kind = said(EVENT[row.kind])
    return said(say("%(kind)s: %(words)s", kind=kind, words=row.words)) if row.words else kind


def _month(year: int, month: int | None) -> str:
    return since(year, month) if month else said(say(MONTH_UNKNOWN, year=year))


def _until(row: BehaviourRecord) -> str:
    if row.until_year is None or row.still_happening is StillHappening.YES:
        return said(NO_END[row.still_happening])
    seen = _month(row.until_year, row.until_month)
    if row.still_happening is StillHappening.NO:
        return said(say("Until %(month)s", month=seen))
    return said(say("Last seen: %(month)s. Whether it goes on is not clear", month=seen))


def _event(line: EventLine) -> Event:
    row = line.row
    ended = Moment(row.until_year, row.until_month) if row.until_year else None
    began = Moment(row.year, row.month)
    return Event(row.public_id, line.label, row.kind, began, ended)


def _course(line: CourseLine) -> Course:
    row = line.row
    ended = Moment(row.until_year, row.until_month) if row.until_year else None
    began = Moment(row.since_year or 0, row.since_month)
    return Course(row.public_id, line.label, began, row.still_happening, ended)
