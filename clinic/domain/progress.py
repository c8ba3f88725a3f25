"""Whether what is visible and what lies beneath it move together.

A behaviour goal that moves while its issue goal does not is false progress: the messages stopped,
the distance did not. What is found here is a sentence with the ratings it rests on, for one rater;
it is something to talk about and no verdict. Nothing is said from a single rating.

Source: clinical.md 2.8 and 4.6 (no traffic light on a single point); the thresholds are ours.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from types import MappingProxyType

from clinic.domain.said import mark

#: So many appointments are looked at, counted back from the newest.
WINDOW = 3
#: Two partners' own ratings that lie so far apart (0 to 10) are worth a talk: clinical.md 4.5.
WIDE_GAP = 3

Ratings = Sequence[float | None]


@unique
class Move(StrEnum):
    """Where a line went lately."""

    RISES = "rises"
    HOLDS = "holds"
    FALLS = "falls"


@unique
class Parting(StrEnum):
    """How the two lines of a pair part from each other."""

    BEHAVIOUR_ALONE = "behaviour-alone"
    ISSUE_ALONE = "issue-alone"
    BEHAVIOUR_BACK = "behaviour-back"
    ISSUE_BACK = "issue-back"


PARTING_WORDS: Mapping[Parting, str] = MappingProxyType(
    {
        Parting.BEHAVIOUR_ALONE: mark("The behaviour changed, the issue did not."),
        Parting.ISSUE_ALONE: mark("The issue changed, the behaviour did not."),
        Parting.BEHAVIOUR_BACK: mark("The behaviour slipped back, the issue did not."),
        Parting.ISSUE_BACK: mark("The issue slipped back, the behaviour did not."),
    }
)

_PARTINGS: Mapping[tuple[Move, Move], Parting] = MappingProxyType(
    {
        (Move.RISES, Move.HOLDS): Parting.BEHAVIOUR_ALONE,
        (Move.RISES, Move.FALLS): Parting.BEHAVIOUR_ALONE,
        (Move.HOLDS, Move.RISES): Parting.ISSUE_ALONE,
        (Move.FALLS, Move.HOLDS): Parting.BEHAVIOUR_BACK,
        (Move.FALLS, Move.RISES): Parting.BEHAVIOUR_BACK,
        (Move.HOLDS, Move.FALLS): Parting.ISSUE_BACK,
    }
)
_ALONE = frozenset({Parting.BEHAVIOUR_ALONE, Parting.ISSUE_ALONE})


@dataclass(frozen=True, slots=True)
class Rated:
    """One goal as one person rated it, appointment by appointment (None: not rated).

    `start` is where the goal began, on the same scale; None where that is not known.
    """

    goal: str
    ratings: Ratings
    start: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """How a pair parted, and the places of the appointments it rests on.

    `since_start` holds where nothing moved lately and the whole way from the start says it.
    """

    kind: Parting
    places: tuple[int, ...]
    since_start: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """How far two partners' own ratings of one goal lay apart at three appointments."""

    places: tuple[int, ...]
    points: tuple[float, ...]


def move(ratings: Sequence[float], least: float = 1) -> Move | None:
    """Tell where a line went over its last three ratings; None from a single one.

    The newest rating is held against the one of the two before it that lies farthest away (the
    nearer in time of two alike). It rises or falls where they differ by `least` or more: one
    level, or three points from 0 to 10.

    >>> move([-1, -1, 0]).value, move([-2, 0, -2]).value, move([1, 1, 1]).value
    ('rises', 'falls', 'holds')
    >>> move([2]) is None
    True
    """
    *earlier, newest = ratings[-WINDOW:] or [0]
    if not earlier:
        return None
    return _moved(max(reversed(earlier), key=lambda one: abs(newest - one)), newest, least)


def parting(behaviour: Sequence[Rated], issue: Sequence[Rated], least: float = 1) -> Finding | None:
    """Find whether the behaviour goals and the issue goals of a pair part, for one rater.

    Looked at are the last three appointments at which both layers were rated. A goal counts with
    two ratings among them. A layer rises where one of its goals does and none falls; it falls the
    other way round; where its goals go both ways nothing is said. Four findings: the behaviour
    rose and the issue did not; the issue rose and the behaviour held; the behaviour fell and the
    issue did not; the issue fell and the behaviour held. Where all held at all three appointments,
    the way from each goal's start is looked at instead, so that false progress that lasts is seen.

    >>> dating_app, decision = Rated("G14", [-2, 0, -2], -2), Rated("G15", [-1, -1, 0], -1)
    >>> parting([dating_app], [decision]).kind.value
    'behaviour-back'
    >>> parting([Rated("G14", [-2])], [Rated("G15", [-1])]) is None
    True
    """
    places = _rated_places(behaviour, issue)[-WINDOW:]
    sides = [_side([_at(one, places) for one in side], least) for side in (behaviour, issue)]
    if kind := _kind(sides):
        return Finding(kind, places)
    if sides != [Move.HOLDS, Move.HOLDS] or len(places) < WINDOW:
        return None
    kind = _kind([_since_start(side, places, least) for side in (behaviour, issue)])
    return Finding(kind, places, since_start=True) if kind in _ALONE else None


def widening_gap(one: Ratings, other: Ratings) -> Gap | None:
    """Tell whether two partners' own ratings of one goal drift apart over three appointments.

    The last three appointments that both rated: the distance grew each time, and is three points
    or more at the end.

    >>> widening_gap([5, 5, 6], [4, 3, 2]).points
    (1, 2, 4)
    >>> widening_gap([5, 5, 6], [4, None, 2]) is None
    True
    """
    both = [
        (place, abs(mine - theirs))
        for place, (mine, theirs) in enumerate(zip(one, other, strict=True))
        if mine is not None and theirs is not None
    ][-WINDOW:]
    if len(both) < WINDOW:
        return None
    points = tuple(distance for _, distance in both)
    if not (points[0] < points[1] < points[2] and points[2] >= WIDE_GAP):
        return None
    return Gap(tuple(place for place, _ in both), points)


def _moved(before: float, after: float, least: float) -> Move:
    if abs(after - before) < least:
        return Move.HOLDS
    return Move.RISES if after > before else Move.FALLS


def _rated_places(behaviour: Sequence[Rated], issue: Sequence[Rated]) -> tuple[int, ...]:
    places = [
        {place for one in side for place, rating in enumerate(one.ratings) if rating is not None}
        for side in (behaviour, issue)
    ]
    return tuple(sorted(places[0] & places[1]))


def _at(one: Rated, places: Iterable[int]) -> list[float]:
    found = (one.ratings[place] for place in places)
    return [rating for rating in found if rating is not None]


def _side(lines: Iterable[Sequence[float]], least: float) -> Move | None:
    return _together([found for line in lines if (found := move(line, least))])


def _since_start(side: Sequence[Rated], places: Sequence[int], least: float) -> Move | None:
    return _together(
        [
            _moved(one.start, _at(one, places)[-1], least)
            for one in side
            if one.start is not None and _at(one, places)
        ]
    )


def _together(moves: Sequence[Move]) -> Move | None:
    gone = set(moves) - {Move.HOLDS}
    if len(gone) > 1 or not moves:
        return None
    return gone.pop() if gone else Move.HOLDS


def _kind(sides: Sequence[Move | None]) -> Parting | None:
    behaviour, issue = sides
    return _PARTINGS.get((behaviour, issue)) if behaviour and issue else None
