"""The short form before an appointment: what it asks, and what may be said of it over time.

Each partner is compared with nobody but themselves. There is no total, no cut-off and no reliable
change, because the items are our own and not validated.

Source: clinical.md 2.9 and 4.6.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from itertools import pairwise

from clinic.domain.answers import Given
from clinic.domain.goals import Attainment
from clinic.domain.items import Choice, Item, ItemKind, Page, Questionnaire
from clinic.domain.said import mark, own, say

#: Begins the key of what was answered, so that it is never taken for what is asked first.
CHECK_IN = "check-in:"
#: The line in own words.
BRING = "bring"
#: Items of which more is worse.
REVERSED = frozenset({"hurried", "past-used"})
#: A link works for two weeks, so nobody is asked earlier than that.
LONGEST_AHEAD = dt.timedelta(days=13)
#: For how long after its day a form that was not answered still opens first.
STILL_ASKED = dt.timedelta(days=7)
#: What fits into about a minute.
MOST_GOALS = 6
#: Smaller steps than this are not told (clinical.md 4.6).
TOLD_FROM = 3

_GOAL, _LEVEL, _OWN = "goal.", ".level", ".own"


@unique
class Reminder(StrEnum):
    """When everybody who has not answered is reminded, once."""

    NONE = "none"
    TWO_DAYS_BEFORE = "two-days-before"
    EVENING_BEFORE = "evening-before"
    MORNING_OF = "morning-of"


_WHEN = {
    Reminder.TWO_DAYS_BEFORE: (2, dt.time(8, tzinfo=dt.UTC)),
    Reminder.EVENING_BEFORE: (1, dt.time(17, tzinfo=dt.UTC)),
    Reminder.MORNING_OF: (0, dt.time(6, tzinfo=dt.UTC)),
}


@dataclass(frozen=True, slots=True)
class AskedGoal:
    """A shared goal as partners may see it: `anchors` run from much less to much more."""

    ref: str
    wording: str
    anchors: tuple[str, ...]


def kept(goals: Sequence[AskedGoal]) -> str:
    """Write down goals as they are asked; nothing where none are.

    >>> asked_in(kept([AskedGoal("g1", "We ask first", tuple("abcde"))]))
    (AskedGoal(ref='g1', wording='We ask first', anchors=('a', 'b', 'c', 'd', 'e')),)
    >>> kept([]), asked_in("")
    ('', ())
    """
    return json.dumps([[goal.ref, goal.wording, *goal.anchors] for goal in goals]) if goals else ""


def asked_in(text: str) -> tuple[AskedGoal, ...]:
    """Read the goals that were written down, in the order in which they are asked."""
    rows = json.loads(text) if text else ()
    return tuple(AskedGoal(ref, wording, tuple(anchors)) for ref, wording, *anchors in rows)


@dataclass(frozen=True, slots=True)
class OwnRating:
    """What a partner said of a goal alone: a level, an own 0 to 10, or both."""

    level: Attainment | None
    own: int | None


def remind_at(due_on: dt.date, reminder: Reminder) -> dt.datetime | None:
    """Give the moment of a reminder in UTC, or None where nobody is reminded.

    >>> remind_at(dt.date(2026, 11, 20), Reminder.EVENING_BEFORE).isoformat()
    '2026-11-19T17:00:00+00:00'
    >>> remind_at(dt.date(2026, 11, 20), Reminder.NONE) is None
    True
    """
    if reminder is Reminder.NONE:
        return None
    days, time = _WHEN[reminder]
    return dt.datetime.combine(due_on - dt.timedelta(days=days), time)


def pages_with_goals(form: Questionnaire, goals: Sequence[AskedGoal]) -> tuple[Page, ...]:
    """Give what is asked, in the same order for everybody: our items, the goals, the line.

    >>> form = Questionnaire("check-in", 1, "Demo", 1, (), "en-GB", "CC-BY-4.0", "Example")
    >>> [page] = pages_with_goals(form, [AskedGoal("g1", "We ask first", tuple("abcde"))])
    >>> [item.key for item in page.items]
    ['goal.g1.level', 'goal.g1.own']
    >>> pages_with_goals(form, [])
    ()
    """
    if not goals:
        return form.pages
    items = tuple(item for goal in goals for item in _goal_items(goal))
    page = Page("goals", mark("What you agreed to work on"), (GOALS_ARE_SHOWN,), items)
    return (*form.pages[:-1], page, *form.pages[-1:])


#: Said where it is answered: these numbers are talked about together, and the others are not.
GOALS_ARE_SHOWN = mark(
    "These are the goals you share. Your therapist may show your numbers here when you all look at"
    " the goals together. Every other answer goes to your therapist alone."
)


def _goal_items(goal: AskedGoal) -> tuple[Item, Item]:
    choices = tuple(
        Choice(str(level.value), own(anchor))
        for level, anchor in zip(Attainment, goal.anchors, strict=True)
    )
    scale = say("“%(goal)s”: how is it going for you?", goal=goal.wording)
    return (
        Item(f"{_GOAL}{goal.ref}{_LEVEL}", ItemKind.CHOICE, own(goal.wording), choices=choices),
        Item(
            f"{_GOAL}{goal.ref}{_OWN}",
            ItemKind.SCALE,
            scale,
            low=mark("Not at all"),
            high=mark("As well as can be"),
        ),
    )


def ratings_in(answers: Mapping[str, Given]) -> dict[str, OwnRating]:
    """Read the ratings of goals out of a partner's answers, by the goal's public id.

    A goal about which nothing was said is not there: not rated stays not rated.

    >>> from clinic.domain.answers import given
    >>> ratings_in({"goal.g1.level": given(["-1"]), "goal.g2.own": given([])})
    {'g1': OwnRating(level=<Attainment.LESS: -1>, own=None)}
    """
    refs = dict.fromkeys(
        key.removeprefix(_GOAL).rpartition(".")[0] for key in answers if key.startswith(_GOAL)
    )
    found = {ref: _rating(answers, ref) for ref in refs}
    return {ref: each for ref, each in found.items() if each != OwnRating(None, None)}


def _rating(answers: Mapping[str, Given], ref: str) -> OwnRating:
    level, number = (answers.get(f"{_GOAL}{ref}{end}") for end in (_LEVEL, _OWN))
    return OwnRating(
        Attainment(int(level.value)) if level and level.value else None,
        int(number.value) if number and number.value else None,
    )


def number_in(answers: Mapping[str, Given], item: str) -> int | None:
    """Give one item's number from 0 to 10, or None where nothing was said.

    >>> from clinic.domain.answers import given
    >>> number_in({"trust": given(["4"])}, "trust"), number_in({}, "trust")
    (4, None)
    """
    answer = answers.get(item)
    return int(answer.value) if answer and answer.value else None


def is_worse_twice(item: str, values: Sequence[int | None]) -> bool:
    """Tell whether one person's number got worse by 3 or more, two check-ins running.

    Oldest first; what was left out between them breaks the row. Our own choice, not validated
    (clinical.md 4.6): it asks the therapist to look, and says nothing by itself.

    >>> is_worse_twice("trust", [9, 6, 3]), is_worse_twice("hurried", [1, 4, 7])
    (True, True)
    >>> is_worse_twice("trust", [9, None, 3]), is_worse_twice("trust", [9, 3])
    (False, False)
    """
    last = [value for value in values[-3:] if value is not None]
    if len(last) < 3:
        return False
    worse = -1 if item not in REVERSED else 1
    return all((after - before) * worse >= TOLD_FROM for before, after in pairwise(last))


def scales(pages: Iterable[Page]) -> list[Item]:
    """List the 0 to 10 items of a form, page by page."""
    return [item for page in pages for item in page.items if item.kind is ItemKind.SCALE]
