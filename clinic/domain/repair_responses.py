"""How each partner answers to repair: what was seen when it was raised, and afterwards.

Marks are what somebody did at one appointment or on one day, never what somebody is: they are not
added up, weighed or compared between partners, and no mark is better than another.

Source: clinical.md 1.9 (acknowledging, shrinking, reversing) and 1.10 (openness kept, no hurry
towards forgiveness, the past is no lever).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

A_WEEK = dt.timedelta(days=7)


@unique
class RepairMark(StrEnum):
    """One thing that was seen, in the order in which pages show it."""

    ACKNOWLEDGES = "acknowledges"
    MINIMISES = "minimises"
    DEFLECTS = "deflects"
    DENIES = "denies"
    WITHDRAWS = "withdraws"
    OPENNESS_KEPT = "openness-kept"
    OPENNESS_PARTLY = "openness-partly"
    OPENNESS_NOT = "openness-not"
    HURRIED = "hurried"
    LEVER = "lever"


Marks = frozenset[RepairMark]

#: What somebody did when it was raised; several of these can hold of one appointment.
WHEN_RAISED = (
    RepairMark.ACKNOWLEDGES,
    RepairMark.MINIMISES,
    RepairMark.DEFLECTS,
    RepairMark.DENIES,
    RepairMark.WITHDRAWS,
)
#: Whether the openness that was agreed was kept; one of these at most.
OPENNESS = (RepairMark.OPENNESS_KEPT, RepairMark.OPENNESS_PARTLY, RepairMark.OPENNESS_NOT)
ALSO = (RepairMark.HURRIED, RepairMark.LEVER)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was marked for one partner on one day."""

    day: dt.date
    marks: Marks


@dataclass(frozen=True, slots=True)
class Week:
    """Everything that was marked for one partner in one week, from its Monday.

    `seen` is False for a week of which nothing was entered: that says nothing about anybody.
    """

    monday: dt.date
    seen: bool
    marks: Marks


def pressed(marks: Marks, mark: RepairMark, *, on: bool) -> Marks:
    """Put a mark on or take it off; openness has one answer at most, so a new one replaces it.

    Pressing the same again changes nothing, so that a press can be sent twice.

    >>> kept = frozenset({RepairMark.OPENNESS_KEPT, RepairMark.DENIES})
    >>> sorted(pressed(kept, RepairMark.OPENNESS_NOT, on=True))
    [<RepairMark.DENIES: 'denies'>, <RepairMark.OPENNESS_NOT: 'openness-not'>]
    >>> pressed(frozenset(), RepairMark.LEVER, on=False)
    frozenset()
    """
    if not on:
        return marks - {mark}
    replaced = set(OPENNESS) if mark in OPENNESS else set()
    return (marks - replaced) | {mark}


def in_order(marks: Iterable[RepairMark]) -> list[RepairMark]:
    """List marks in the order in which pages show them.

    >>> in_order({RepairMark.LEVER, RepairMark.ACKNOWLEDGES})
    [<RepairMark.ACKNOWLEDGES: 'acknowledges'>, <RepairMark.LEVER: 'lever'>]
    """
    found = set(marks)
    return [mark for mark in RepairMark if mark in found]


def to_text(marks: Marks) -> str:
    """Write marks as one text; nothing for none.

    >>> to_text(frozenset({RepairMark.LEVER, RepairMark.DENIES}))
    'denies lever'
    """
    return " ".join(mark.value for mark in in_order(marks))


def from_text(text: str) -> Marks:
    """Read marks that `to_text` wrote; one that is no longer known is left out.

    >>> from_text("denies something-else")
    frozenset({<RepairMark.DENIES: 'denies'>})
    """
    known = {mark.value: mark for mark in RepairMark}
    return frozenset(known[word] for word in text.split() if word in known)


def weeks(seen: Sequence[Seen], first: dt.date, last: dt.date) -> list[Week]:
    """Give every week from the one of `first` to the one of `last`, with what was marked in it.

    Of two answers about openness in one week the later day's stands; on one day the latter given.

    >>> friday = dt.date(2026, 3, 13)
    >>> found = weeks([Seen(friday, frozenset({RepairMark.DENIES}))], friday, friday + A_WEEK)
    >>> [(week.monday.isoformat(), week.seen, len(week.marks)) for week in found]
    [('2026-03-09', True, 1), ('2026-03-16', False, 0)]
    """
    by_week: dict[dt.date, list[Seen]] = {}
    for each in sorted(seen, key=lambda one: one.day):
        by_week.setdefault(monday(each.day), []).append(each)
    count = (monday(last) - monday(first)).days // A_WEEK.days + 1
    mondays = [monday(first) + A_WEEK * place for place in range(count)]
    return [Week(day, day in by_week, _joined(by_week.get(day, []))) for day in mondays]


def monday(day: dt.date) -> dt.date:
    """Give the Monday of a day's week.

    >>> monday(dt.date(2026, 3, 15)).isoformat()
    '2026-03-09'
    """
    return day - dt.timedelta(days=day.weekday())


def _joined(entries: Iterable[Seen]) -> Marks:
    marks: Marks = frozenset()
    for entry in entries:
        for mark in in_order(entry.marks):
            marks = pressed(marks, mark, on=True)
    return marks
