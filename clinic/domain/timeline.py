"""The timeline: what happened in the couple's life above one axis, behaviours below it.

It shows what lay near what in time and claims no cause. A moment may be known to the
year alone: it stands in the middle of that year, with the whole year as its reach.
Places only: nothing here draws. Lengths are in the units of the drawing, to a tenth.

Source: clinical design, part 7 (context timeline) and evidence E01.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

from clinic.domain.behaviours import StillHappening
from clinic.domain.lettering import CHARACTER, LINE_HEIGHT, letters, wrapped

#: The longest label beside a mark, in letters.
LONGEST_LABEL = 32

#: A timeline is at least this wide, so that labels and ticks have room.
NARROWEST = 240

#: One lane: a label with its mark or bar below it.
LANE = 34.0

#: Up to this many months the axis shows months, otherwise years.
MONTHS_UP_TO = 24

#: Years that a couple's life can lie in.
YEARS = range(1900, 2201)

_INSET = 30.0
_GAP = 12.0
_TICK_ROOM = 60.0
_AXIS_HEIGHT = 30.0
_MARK = 6.0
_FEWEST_MONTHS = 3
_MONTHS = (1, 2, 3, 6, 12)
_YEARS = tuple(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 200))


@unique
class EventKind(StrEnum):
    """What happened in the couple's life, in words that blame nobody."""

    BEGINNING = "beginning"
    COMMITMENT = "commitment"
    AGREEMENT = "agreement"
    MOVE = "move"
    BIRTH = "birth"
    CHILDREN = "children"
    FAMILY = "family"
    LOSS = "loss"
    CONFLICT = "conflict"
    DISCLOSURE = "disclosure"
    WORK = "work"
    MONEY = "money"
    HEALTH = "health"
    TIME_APART = "time-apart"
    SEPARATION = "separation"
    REUNION = "reunion"
    OTHER = "other"


@unique
class Ending(StrEnum):
    """How a behaviour's bar ends."""

    ENDED = "ended"
    GOES_ON = "goes-on"
    UNCLEAR = "unclear"


class TimelineError(ValueError):
    """A timeline cannot be laid out from what was given."""


class MomentError(TimelineError):
    """No such day, month or year."""


class EndBeforeBeginningError(TimelineError):
    """Something ends before it begins."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a month, or a year of which no more is known; others are refused (MomentError)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.year not in YEARS or (self.day is not None and self.month is None):
            raise MomentError("a moment is a year, or its month, or a day of that")
        try:
            self.first()
        except ValueError as error:
            raise MomentError("there is no such day or month") from error

    def first(self) -> dt.date:
        """Give the first day it can mean."""
        month = 1 if self.month is None else self.month
        return dt.date(self.year, month, 1 if self.day is None else self.day)

    def after(self) -> dt.date:
        """Give the first day that is too late to be meant."""
        if self.day is not None:
            return self.first() + dt.timedelta(days=1)
        return _month(self.year * 12 + (self.month or 12))

    def middle(self) -> float:
        """Give the middle of what it can mean, in days of the calendar."""
        return (self.first().toordinal() + self.after().toordinal()) / 2


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: at one moment, or from one to another."""

    key: str
    label: str
    kind: EventKind
    began: Moment
    ended: Moment | None = None

    def __post_init__(self) -> None:
        _check_order(self.began, self.ended)


@dataclass(frozen=True, slots=True)
class Course:
    """A behaviour in time: when it began, whether it goes on, and when it ended if it did."""

    key: str
    label: str
    began: Moment
    still: StillHappening = StillHappening.UNCLEAR
    ended: Moment | None = None

    def __post_init__(self) -> None:
        _check_order(self.began, self.ended)

    @property
    def ending(self) -> Ending:
        """Say how its bar ends: without a known end it is unclear, even if it is over."""
        if self.still is StillHappening.YES:
            return Ending.GOES_ON
        known = self.still is StillHappening.NO and self.ended is not None
        return Ending.ENDED if known else Ending.UNCLEAR


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the axis: the beginning of a year, or of a month where months are shown."""

    at: float
    year: int
    month: int | None


@dataclass(frozen=True, slots=True)
class Reach:
    """From where to where on the axis; earliest and latest lie outside where it is not sure."""

    earliest: float
    begins: float
    ends: float
    latest: float

    @property
    def uncertain(self) -> bool:
        """Whether the month of its beginning or end is not known."""
        return self.earliest < self.begins or self.ends < self.latest


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: its reach at height y, with its label above in the same lane.

    The text is shortened where it is long.
    """

    reach: Reach
    lane: int
    y: float
    text: str
    text_x: float
    text_y: float


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """An event above the axis; the first lane lies nearest to it."""

    event: Event
    place: Place


@dataclass(frozen=True, slots=True)
class PlacedCourse:
    """A behaviour's bar below the axis; where it goes on or is unclear it ends today."""

    course: Course
    ending: Ending
    place: Place


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything placed; `today` is on the axis only where something reaches it."""

    width: float
    height: float
    axis_y: float = 0.0
    left: float = 0.0
    right: float = 0.0
    today: float | None = None
    ticks: tuple[Tick, ...] = ()
    events: tuple[PlacedEvent, ...] = ()
    courses: tuple[PlacedCourse, ...] = ()


@dataclass(frozen=True, slots=True)
class _Labelled:
    reach: Reach
    text: str
    text_x: float
    lane: int


@dataclass(frozen=True, slots=True)
class _Axis:
    start: dt.date
    end: dt.date
    months: bool
    width: float

    def at(self, day: float) -> float:
        first, last = self.start.toordinal(), self.end.toordinal()
        share = (day - first) / (last - first)
        return round(_INSET + share * (self.width - 2 * _INSET), 1)

    def reach(self, began: Moment, ended: Moment) -> Reach:
        begins, ends = self.at(began.middle()), self.at(ended.middle())
        if ends < begins:
            # Both lie in one year or month: the one of which less is known gives way.
            begins = ends = ends if _days(began) > _days(ended) else begins
        earliest = self.at(began.first().toordinal()) if began.month is None else begins
        latest = self.at(ended.after().toordinal()) if ended.month is None else ends
        return Reach(earliest, begins, ends, latest)

    def ticks(self) -> Iterator[Tick]:
        first, last = _number(self.start), _number(self.end)
        room = _TICK_ROOM / (self.width - 2 * _INSET) * (last - first)
        step = next(each for each in (_MONTHS if self.months else _YEARS) if each >= room)
        for number in range(-(-first // step) * step, last, step):
            day = _month(number)
            yield Tick(self.at(day.toordinal()), day.year, day.month if self.months else None)


def timeline(
    events: Iterable[Event], courses: Iterable[Course], today: dt.date, width: float = 720
) -> Timeline:
    """Place events and behaviours by time inside a width; the height follows from the lanes.

    Both come back by time. Nothing covers anything else. A behaviour that goes on, or of
    which no end is known, reaches until today. Without anything the timeline is empty. A
    width under 240 is refused (TimelineError).

    >>> move = Event("e1", "The move", EventKind.MOVE, Moment(2021, 5))
    >>> made = timeline([move], [], dt.date(2026, 3, 1))
    >>> [(tick.month, tick.at) for tick in made.ticks]
    [(4, 30.0), (5, 247.6), (6, 472.4)]
    >>> timeline([], [], dt.date(2026, 3, 1)).height
    0.0
    """
    if width < NARROWEST:
        raise TimelineError(f"a timeline is at least {NARROWEST} wide, not {width}")
    above = sorted(events, key=lambda event: event.began.middle())
    below = sorted(courses, key=lambda course: course.began.middle())
    spans = [(event.began, event.ended or event.began) for event in above]
    bars = [(course.began, _until(course, today)) for course in below]
    if not spans and not bars:
        return Timeline(width, 0.0)
    axis = _axis([*spans, *bars], width)
    marks = _labelled(axis, [event.label for event in above], spans)
    lines = _labelled(axis, [course.label for course in below], bars)
    axis_y = _tall(marks)
    lowest = axis_y + _AXIS_HEIGHT
    return Timeline(
        width=width,
        height=lowest + _tall(lines),
        axis_y=axis_y,
        left=_INSET,
        right=round(width - _INSET, 1),
        today=_today(axis, below, today),
        ticks=tuple(axis.ticks()),
        events=tuple(
            PlacedEvent(event, _place(mark, axis_y - (mark.lane + 1) * LANE))
            for event, mark in zip(above, marks, strict=True)
        ),
        courses=tuple(
            PlacedCourse(course, course.ending, _place(line, lowest + line.lane * LANE))
            for course, line in zip(below, lines, strict=True)
        ),
    )


def lanes(spans: Sequence[tuple[float, float]], gap: float = 0.0) -> list[int]:
    """Give each span (from, to) the first lane in which it covers no other, counted from 0.

    Spans of one lane lie at least `gap` apart.

    >>> lanes([(0, 10), (5, 20), (12, 30)])
    [0, 1, 0]
    >>> lanes([(0, 10), (12, 30)], gap=5)
    [0, 1]
    """
    chosen, ends = [0] * len(spans), list[float]()
    for place in sorted(range(len(spans)), key=lambda place: spans[place]):
        start, end = spans[place]
        lane = next((lane for lane, last in enumerate(ends) if last + gap <= start), len(ends))
        ends[lane : lane + 1] = [end]
        chosen[place] = lane
    return chosen


def _check_order(began: Moment, ended: Moment | None) -> None:
    if ended is not None and ended.after() <= began.first():
        raise EndBeforeBeginningError("this ends before it begins")


def _month(number: int) -> dt.date:
    return dt.date(number // 12, number % 12 + 1, 1)


def _number(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _days(moment: Moment) -> int:
    return (moment.after() - moment.first()).days


def _until(course: Course, today: dt.date) -> Moment:
    if course.ended is not None and course.ending is not Ending.GOES_ON:
        return course.ended
    now = Moment(today.year, today.month, today.day)
    return now if course.began.first() <= today else course.began


def _axis(spans: Sequence[tuple[Moment, Moment]], width: float) -> _Axis:
    first = min(_number(began.first()) for began, _ in spans)
    # The day before, so that an end on the last of a month needs no further month.
    last = 1 + max(_number(ended.after() - dt.timedelta(days=1)) for _, ended in spans)
    if last - first > MONTHS_UP_TO:
        first, last = first // 12 * 12, -(-last // 12) * 12
        return _Axis(_month(first), _month(last), months=False, width=width)
    beside = 1 if last - first < _FEWEST_MONTHS else 0
    return _Axis(_month(first - beside), _month(last + beside), months=True, width=width)


def _today(axis: _Axis, courses: Iterable[Course], today: dt.date) -> float | None:
    reached = any(_until(course, today).first() == today for course in courses)
    return axis.at(today.toordinal() + 0.5) if reached else None


def _labelled(
    axis: _Axis, labels: Sequence[str], spans: Sequence[tuple[Moment, Moment]]
) -> list[_Labelled]:
    reaches = [axis.reach(*span) for span in spans]
    texts = [wrapped(label, LONGEST_LABEL, most=1)[0] for label in labels]
    sizes = [letters(text) * CHARACTER for text in texts]
    starts = [
        round(min(reach.begins, axis.width - size), 1)
        for reach, size in zip(reaches, sizes, strict=True)
    ]
    covered = [
        (min(reach.earliest - _MARK, start), max(reach.latest + _MARK, start + size))
        for reach, start, size in zip(reaches, starts, sizes, strict=True)
    ]
    return list(map(_Labelled, reaches, texts, starts, lanes(covered, _GAP)))


def _tall(labelled: Iterable[_Labelled]) -> float:
    return LANE * (1 + max((each.lane for each in labelled), default=-1))


def _place(each: _Labelled, top: float) -> Place:
    text_y, y = round(top + 0.75 * LINE_HEIGHT, 1), round(top + LINE_HEIGHT + _MARK + 2, 1)
    return Place(each.reach, each.lane, y, each.text, each.text_x, text_y)
