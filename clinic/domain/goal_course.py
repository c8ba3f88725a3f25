"""What a goal goes through: it is active, then met, revised or parted with, each from a day on.

Nothing of it is rewritten: every change is added to the ones before it. A goal that has ended
counts in no score from its day on and keeps its place in the history.

Source: clinical.md 2.8 (guard-rails, end date on openness), 4.1 (discontinued goals) and W08.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from types import MappingProxyType

from clinic.domain.said import mark, say

#: Planned openness is looked at again within so many days, and ends by then.
OPENNESS_DAYS = 30


@unique
class GoalStatus(StrEnum):
    """Where a goal stands; every ending says what became of it."""

    ACTIVE = "active"
    MET = "met"
    REVISED = "revised"
    PARTED = "parted-with"


STATUS_WORDS: Mapping[GoalStatus, str] = MappingProxyType(
    {
        GoalStatus.ACTIVE: mark("Active"),
        GoalStatus.MET: mark("Met"),
        GoalStatus.REVISED: mark("Revised"),
        GoalStatus.PARTED: mark("Parted with"),
    }
)


@dataclass(frozen=True, slots=True)
class StatusChange:
    """What a goal became, and from which day on."""

    status: GoalStatus
    since: dt.date


def status_on(changes: Sequence[StatusChange], day: dt.date) -> GoalStatus:
    """Give where a goal stood on a day: the newest change up to then, and active before any.

    The changes come in the order they were made; of two on one day the later made counts.

    >>> met = StatusChange(GoalStatus.MET, dt.date(2026, 5, 4))
    >>> status_on([met], dt.date(2026, 5, 3)).value, status_on([met], dt.date(2026, 5, 4)).value
    ('active', 'met')
    """
    known = [change.status for change in changes if change.since <= day]
    return known[-1] if known else GoalStatus.ACTIVE


def next_statuses(status: GoalStatus) -> Sequence[GoalStatus]:
    """Name what a goal may become; a revised one goes on as another goal and stays as it is.

    >>> [status.value for status in next_statuses(GoalStatus.ACTIVE)]
    ['met', 'parted-with']
    >>> next_statuses(GoalStatus.REVISED)
    []
    """
    if status is GoalStatus.REVISED:
        return []
    both = (GoalStatus.ACTIVE, GoalStatus.MET, GoalStatus.PARTED)
    return [each for each in both if each is not status]


def openness_problems(
    set_on: dt.date, review_on: dt.date, ends_on: dt.date | None
) -> Mapping[str, str]:
    """Say what stands against the days of a goal about openness, by the name of the field.

    It has a last day, which is not over when it is set; it is looked at again within 30 days of
    the day it is set or changed; and it ends by that day, so that going on is always a decision
    of its own. Empty where nothing stands against it. Source: clinical.md 2.8 and W08.

    >>> day = dt.date(2026, 3, 1)
    >>> openness_problems(day, dt.date(2026, 3, 31), dt.date(2026, 3, 29))
    {}
    >>> sorted(openness_problems(day, dt.date(2026, 4, 1), None))
    ['ends_on', 'review_on']
    """
    problems: dict[str, str] = {}
    if (review_on - set_on).days > OPENNESS_DAYS:
        problems["review_on"] = say(
            "A goal about openness is looked at again within %(days)s days", days=OPENNESS_DAYS
        )
    if ends_on is None:
        problems["ends_on"] = mark("Say on which day it ends: openness is planned for a time only")
    elif ends_on < set_on:
        problems["ends_on"] = mark("This day is over. Choose one that lies ahead")
    elif ends_on > review_on:
        problems["ends_on"] = mark("Let it end by the day you look at it again, then decide anew")
    return problems
