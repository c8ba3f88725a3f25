"""Quiet hints while a goal is set; nothing is refused, and no hint does not make a goal good.

A goal is something its owner can do alone. Hints are about a goal that asks for somebody else's
feelings, watches over somebody, touches what belongs into the talk about safety, or leaves the
doing to a partner who does not own it. The words are content, each group with its reason.

Source: clinical.md 2.8 (guard-rails on goals).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clinic.domain.plain_words import WordGroup, blaming
from clinic.domain.said import mark, own, say

#: Whoever says "I" or "we" speaks of the own side, so words for feelings are no wish on another.
_FIRST_PERSON = re.compile(r"^\s*(i|we)\b|\b(i|we) (notice|say|tell|name|ask)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GoalHint:
    """The words it is about as they were typed, why to look again, and another way."""

    words: str
    why: str
    instead: str


def goal_hints(text: str, others: Sequence[str], groups: Sequence[WordGroup]) -> Sequence[GoalHint]:
    """Give the hints for one goal's words; `others` are the names of partners who do not own it.

    Words of a group about a person (feelings) give no hint where the owner speaks of themself.

    >>> feelings = WordGroup("feelings", ("jealous",), "Nobody can do that.", "Say a step.", True)
    >>> [hint.words for hint in goal_hints("stops being jealous", [], [feelings])]
    ['jealous']
    >>> goal_hints("I say it when I am jealous", [], [feelings])
    []
    >>> [hint.words for hint in goal_hints("Mara calls first", ["Mara"], [])]
    ['Mara']
    """
    speaks_for_self = bool(_FIRST_PERSON.search(text))
    heard = [group for group in groups if not (group.about_a_person and speaks_for_self)]
    found = [GoalHint(one.word, one.why, one.instead) for one in blaming(text, heard)]
    return [*(_for_another(name) for name in others if _begins_with(text, name)), *found]


def _begins_with(text: str, name: str) -> bool:
    start = re.escape(name)
    return bool(name) and bool(re.match(rf"\s*{start}(?![\w'\u2019])", text, re.IGNORECASE))


def _for_another(name: str) -> GoalHint:
    return GoalHint(
        name,
        say("This is for %(name)s to do, who is not among its owners.", name=own(name)),
        mark("Choose as owner whoever does it, or say what the owner does."),
    )
