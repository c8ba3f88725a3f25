"""An agreement as its pages show it: topics in words, everybody's yes, two versions compared."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from clinic.domain.accords import (
    CROSSED,
    DAYS,
    POSITION,
    TOPIC,
    GivenYes,
    Position,
    TopicStatus,
    WrittenAccord,
    WrittenTopic,
    said_by_all,
    standing,
)
from clinic.domain.cases import together
from clinic.domain.said import own
from clinic.domain.snapshots import Difference, Run, Section, compare, marked
from clinic.services.rows import Case
from clinic.web.accords import words
from clinic.web.filters import day, said

#: A text of which less than this share has stayed was written anew.
STILL_THE_SAME_TEXT = 0.5
TYPED = frozenset({"wording", "words", "title"})


@dataclass(frozen=True)
class TopicLine:
    """One topic in words; a position for each member, in their order."""

    ref: str
    title: str
    positions: Sequence[str]
    status: str
    wording: str
    days: Sequence[tuple[str, dt.date]]


@dataclass(frozen=True)
class YesLine:
    """Whether one member stands by a version: since when, and what was taken back before."""

    ref: str
    name: str
    given_on: dt.date | None
    withdrawn_on: dt.date | None


@dataclass(frozen=True)
class Change:
    """One field of two versions; each side in runs, of which some have changed."""

    label: str
    before: Sequence[Run]
    after: Sequence[Run]
    same: bool


@dataclass(frozen=True)
class Compared:
    """One part of two versions; `came` and `went` tell that only one of them has it."""

    title: str
    heading: str
    privacy: str
    came: bool
    went: bool
    changed: Sequence[Change]
    same: Sequence[Change]


def names_of(case: Case) -> Mapping[str, str]:
    """Name everybody in the case by public id."""
    return {partner.public_id: partner.name for partner in case.partners}


def between(case: Case, members: Sequence[str]) -> str:
    """Say whom an agreement is between."""
    names = names_of(case)
    return said(together([names[ref] for ref in members]))


def topic_lines(written: WrittenAccord, members: Sequence[str]) -> Sequence[TopicLine]:
    """Say every topic in words."""
    return [_topic_line(topic, members) for topic in written.topics]


def yes_lines(case: Case, members: Sequence[str], given: Sequence[GivenYes]) -> Sequence[YesLine]:
    """Say of each member whether a version has that member's yes."""
    names, stands = names_of(case), standing(given)
    last = {yes.partner: yes for yes in given}
    return [
        YesLine(
            ref,
            names[ref],
            stands[ref].given_on if ref in stands else None,
            last[ref].withdrawn_on if ref in last and ref not in stands else None,
        )
        for ref in members
    ]


def has_everybody(members: Sequence[str], given: Sequence[GivenYes]) -> bool:
    """Tell whether everybody stands by a version."""
    return said_by_all(members, given)


def compared(case: Case, older: Sequence[Section], newer: Sequence[Section]) -> Sequence[Compared]:
    """Put two versions side by side, part by part."""
    before, after = ({each.key: each for each in side} for side in (older, newer))
    found = groupby(compare(older, newer, unchanged=True), lambda each: each.section_key)
    parts = [
        _compared(case, key, (before.get(key), after.get(key)), list(inside))
        for key, inside in found
    ]
    return [part for part in parts if part.changed or part.same]


def _topic_line(topic: WrittenTopic, members: Sequence[str]) -> TopicLine:
    days = (("starts_on", topic.starts_on), ("review_on", topic.review_on))
    return TopicLine(
        topic.ref,
        topic.title,
        [_position(topic.positions.get(ref)) for ref in members],
        said(words.STATUS[topic.status]),
        topic.wording,
        [(said(words.LABELS[key]), on) for key, on in days if on],
    )


def _position(where: Position | None) -> str:
    return said(words.POSITION[where] if where else words.NOT_SAID)


def _compared(
    case: Case,
    key: str,
    sides: tuple[Section | None, Section | None],
    differences: Sequence[Difference],
) -> Compared:
    older, newer = sides
    shown = newer or older
    changes = [_change(case, each) for each in differences if each.before or each.after]
    return Compared(
        _title(key),
        _value_of(shown, "title") if shown and key.startswith(TOPIC) else "",
        "",
        older is None,
        newer is None,
        [change for change in changes if not change.same],
        [change for change in changes if change.same],
    )


def _title(key: str) -> str:
    return said({DAYS: words.DAYS, CROSSED: words.CROSSED}.get(key, words.LABELS["title"]))


def _value_of(section: Section, key: str) -> str:
    return next((each.value for each in section.fields if each.key == key), "")


def _change(case: Case, each: Difference) -> Change:
    before, after = (_in_words(each.key, value) for value in (each.before, each.after))
    old, new = _runs(before, after, typed=each.key in TYPED)
    return Change(_label(case, each.key), old, new, before == after)


def _label(case: Case, key: str) -> str:
    ref = key.removeprefix(POSITION)
    if ref != key:
        return said(own(names_of(case).get(ref, "")))
    return said(words.LABELS[key])


def _in_words(key: str, value: str) -> str:
    if not value or key in TYPED:
        return value
    if key == "status":
        return said(words.STATUS[TopicStatus(value)])
    if key.startswith(POSITION):
        return said(words.POSITION[Position(value)])
    return day(dt.date.fromisoformat(value))


def _runs(before: str, after: str, *, typed: bool) -> tuple[Sequence[Run], Sequence[Run]]:
    if before and after and typed:
        old, new = marked(before, after)
        kept = sum(len(run.text) for run in old if not run.changed)
        if kept >= len(before) * STILL_THE_SAME_TEXT:
            return old, new
    changed = before != after
    return _whole(before, changed=changed), _whole(after, changed=changed)


def _whole(text: str, *, changed: bool) -> Sequence[Run]:
    return (Run(text, changed),) if text else ()
