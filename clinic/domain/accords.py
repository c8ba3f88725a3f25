"""The agreement that partners write together: topics, where each stands, and what they agreed.

An agreement is an exchange and never a contract: positions may differ for good, and a topic that
stays open is as much part of it as one that is agreed. Saved versions are frozen; a yes belongs to
one version, can be taken back, and does not pass on to the next.

Source: clinical.md 1.8 (topics, positions, status), 5.10 (per pair of partners), 6.1 (W07).
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, unique
from itertools import combinations

from clinic.domain.answers import Placing
from clinic.domain.said import mark
from clinic.domain.snapshots import Field, Section

#: Begins the key of a topic's section in a version; its reference follows.
TOPIC = "topic."
#: Begins the key of a partner's position within a topic; the partner's reference follows.
POSITION = "position."
DAYS = "days"
CROSSED = "crossed"


@unique
class Position(StrEnum):
    """Where one partner stands on a topic."""

    FINE = "fine"
    FINE_IF_TOLD = "fine-if-told"
    UNEASY = "uneasy"
    NOT_OK = "not-ok"
    UNSURE = "unsure"


@unique
class TopicStatus(StrEnum):
    """How far they have come with a topic. None of these is better than another."""

    AGREED = "agreed"
    WITH_CONDITIONS = "with-conditions"
    OPEN = "open"
    DIFFER = "differ"


class AccordError(ValueError):
    """A topic or a version lacks something; `field` names what, and the text says what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class WrittenTopic:
    """One topic; positions by partner. Without days of its own, those of the agreement hold."""

    ref: str
    title: str
    status: TopicStatus
    positions: Mapping[str, Position] = field(default_factory=dict)
    wording: str = ""
    starts_on: dt.date | None = None
    review_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class WrittenAccord:
    """A whole agreement: its days, its topics in order, and what happens if a line is crossed."""

    starts_on: dt.date | None
    review_on: dt.date | None
    topics: Sequence[WrittenTopic]
    crossed: str = ""


@dataclass(frozen=True, slots=True)
class GivenYes:
    """One partner's yes to one version; from `withdrawn_on` it no longer stands."""

    partner: str
    given_on: dt.date
    withdrawn_on: dt.date | None = None


_NEEDS_WORDING = frozenset({TopicStatus.AGREED, TopicStatus.WITH_CONDITIONS})

#: The placings that say the same as a position. "It depends" does not: on what is to be said.
_SAME = {Placing.FINE: Position.FINE, Placing.NOT_OK: Position.NOT_OK}


def position_of(placing: Placing | None) -> Position | None:
    """Give the position that a released placing stands for; None where it leaves that open.

    >>> position_of(Placing.NOT_OK).value
    'not-ok'
    >>> position_of(Placing.DEPENDS) is None
    True
    """
    return _SAME.get(placing) if placing else None


def check_topic(topic: WrittenTopic) -> None:
    """Refuse what is called agreed without its words, and a review before the start.

    >>> check_topic(WrittenTopic("t", "Exes", TopicStatus.OPEN))
    >>> check_topic(WrittenTopic("t", "Exes", TopicStatus.AGREED))
    Traceback (most recent call last):
    ...
    clinic.domain.accords.AccordError: Write down what was agreed, or leave the topic open
    """
    if topic.status in _NEEDS_WORDING and not topic.wording.strip():
        raise AccordError("wording", mark("Write down what was agreed, or leave the topic open"))
    check_days(topic.starts_on, topic.review_on)


def check_days(starts_on: dt.date | None, review_on: dt.date | None) -> None:
    """Refuse a review that comes before the start, or on the same day.

    >>> check_days(dt.date(2026, 3, 1), dt.date(2026, 4, 26))
    >>> check_days(dt.date(2026, 3, 1), dt.date(2026, 3, 1))
    Traceback (most recent call last):
    ...
    clinic.domain.accords.AccordError: Choose a day after the start
    """
    if starts_on and review_on and review_on <= starts_on:
        raise AccordError("review_on", mark("Choose a day after the start"))


def next_review(accord: WrittenAccord) -> dt.date | None:
    """Give the first day on which anything of an agreement is to be looked at again.

    >>> topic = WrittenTopic("t", "Exes", TopicStatus.OPEN, review_on=dt.date(2026, 4, 1))
    >>> next_review(WrittenAccord(None, dt.date(2026, 5, 1), [topic])).isoformat()
    '2026-04-01'
    """
    days = [accord.review_on, *(topic.review_on for topic in accord.topics)]
    return min((day for day in days if day), default=None)


def standing(yeses: Iterable[GivenYes]) -> dict[str, GivenYes]:
    """Give each partner's yes that stands, of those given to one version.

    >>> day = dt.date(2026, 3, 1)
    >>> list(standing([GivenYes("p1", day), GivenYes("p2", day, withdrawn_on=day)]))
    ['p1']
    """
    return {yes.partner: yes for yes in yeses if yes.withdrawn_on is None}


def said_by_all(partners: Collection[str], yeses: Iterable[GivenYes]) -> bool:
    """Tell whether everybody whom an agreement is between stands by one version.

    >>> said_by_all(["p1", "p2"], [GivenYes("p1", dt.date(2026, 3, 1))])
    False
    """
    return set(partners) <= standing(yeses).keys()


def possible(partners: Sequence[str]) -> list[tuple[str, ...]]:
    """List between whom there can be an agreement: everybody, and each pair of three or more.

    >>> possible(["a", "b"])
    [('a', 'b')]
    >>> possible(["a", "b", "c"])
    [('a', 'b', 'c'), ('a', 'b'), ('a', 'c'), ('b', 'c')]
    """
    pairs = list(combinations(partners, 2)) if len(partners) > 2 else []
    return [tuple(partners), *pairs]


def to_sections(accord: WrittenAccord) -> list[Section]:
    """Write an agreement as a version: its days, a section a topic, and the first 24 hours.

    >>> [section.key for section in to_sections(WrittenAccord(None, None, [], "We call."))]
    ['days', 'crossed']
    """
    days = _section(DAYS, starts_on=_day(accord.starts_on), review_on=_day(accord.review_on))
    topics = [_topic_section(topic) for topic in accord.topics]
    return [days, *topics, _section(CROSSED, words=accord.crossed)]


def from_sections(sections: Sequence[Section]) -> WrittenAccord:
    """Read an agreement that `to_sections` wrote.

    >>> whole = WrittenAccord(None, None, [WrittenTopic("t", "Exes", TopicStatus.OPEN)], "We call.")
    >>> from_sections(to_sections(whole)) == whole
    True
    """
    found = {section.key: _values(section) for section in sections}
    days = found[DAYS]
    return WrittenAccord(
        _as_day(days["starts_on"]),
        _as_day(days["review_on"]),
        [
            _topic(key.removeprefix(TOPIC), values)
            for key, values in found.items()
            if key.startswith(TOPIC)
        ],
        found[CROSSED]["words"],
    )


def _topic_section(topic: WrittenTopic) -> Section:
    positions = {f"{POSITION}{ref}": where.value for ref, where in topic.positions.items()}
    return _section(
        f"{TOPIC}{topic.ref}",
        title=topic.title,
        status=topic.status.value,
        **positions,
        wording=topic.wording,
        starts_on=_day(topic.starts_on),
        review_on=_day(topic.review_on),
    )


def _section(key: str, **values: str) -> Section:
    return Section(key, key, [Field(name, name, value) for name, value in values.items()])


def _values(section: Section) -> dict[str, str]:
    return {each.key: each.value for each in section.fields}


def _topic(ref: str, values: Mapping[str, str]) -> WrittenTopic:
    return WrittenTopic(
        ref,
        values["title"],
        TopicStatus(values["status"]),
        {
            key.removeprefix(POSITION): Position(value)
            for key, value in values.items()
            if key.startswith(POSITION)
        },
        values["wording"],
        _as_day(values["starts_on"]),
        _as_day(values["review_on"]),
    )


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _as_day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
