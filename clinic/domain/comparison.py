"""What two partners' answers show side by side: the agreement map, and where each stands.

A gap or a misreading is something to talk about and never a verdict: nobody is the measure of
the other, and nothing is added up. Everything here is for the therapist alone, until each
partner of a pair has released a row.

Source: clinical.md 1.8 (agreement), 5.10 (per pair of partners), product.md (agreement map).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, unique
from itertools import combinations
from typing import TypeVar

from clinic.domain.agreement import Openness
from clinic.domain.answers import NOTHING, Given, Placing, Standpoint

#: Keys of the items that rules read, as the questionnaire's file names them. The first three
#: follow a behaviour's key ("B11.placing"); with several others, a guess ends in a number.
PLACING = "placing"
AGREED = "agreed"
GUESS = "guess"
MATTERS = "matters"
STANDPOINT = "standpoint"
STANDPOINT_GUESS = "standpoint.guess"
#: What has happened, as one partner knows it.
HAPPENED = "happened-which"
#: Begins the key of each box for something that must not be shared; its wish and the owner's
#: own words on when to share it follow ("kept-1.wish", "kept-1.by").
KEPT = "kept-"
KEPT_WISH = "wish"
KEPT_BY = "by"

Choice = TypeVar("Choice", bound=StrEnum)


@unique
class Mark(StrEnum):
    """What two placings and two guesses show; a misreading is named before a difference."""

    AGREE = "agree"
    DIFFER = "differ"
    ONE_MISREADS = "one-misreads"
    BOTH_MISREAD = "both-misread"


@dataclass(frozen=True, slots=True)
class Side:
    """What one partner answered, as far as it is compared.

    `guesses` and `standpoint_guesses` are by the partner whose answer was guessed.
    """

    partner: str
    placings: Mapping[str, Placing] = field(default_factory=dict)
    agreed: Mapping[str, Openness] = field(default_factory=dict)
    guesses: Mapping[str, Mapping[str, Placing]] = field(default_factory=dict)
    matters: frozenset[str] = frozenset()
    standpoint: Standpoint | None = None
    standpoint_guesses: Mapping[str, Standpoint] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class View:
    """One partner's view of one behaviour; None where there is no answer."""

    placing: Placing | None
    agreed: Openness | None
    guess: Placing | None


@dataclass(frozen=True, slots=True)
class MapRow:
    """One behaviour as two partners see it; everything is by partner.

    Without both placings there is no mark. `misread_by` names whose guess does not fit.
    """

    behaviour: str
    views: Mapping[str, View]
    mark: Mark | None
    misread_by: frozenset[str]
    matters_to: frozenset[str]


@dataclass(frozen=True, slots=True)
class CoupleRow:
    """One row that may be shown to both: what each released, no guess and no weight."""

    behaviour: str
    placings: Mapping[str, Placing | None]
    agreed: Mapping[str, Openness | None]
    alike: bool


@dataclass(frozen=True, slots=True)
class StandpointGuess:
    """What a partner guessed of another, and whether it fits; None until the other answers."""

    standpoint: Standpoint
    fits: bool | None


@dataclass(frozen=True, slots=True)
class Stance:
    """Where one partner stands, and what that partner guesses of each other one."""

    partner: str
    standpoint: Standpoint | None
    guesses: Mapping[str, StandpointGuess]


def read_side(
    partner: str,
    others: Sequence[str],
    behaviours: Sequence[str],
    answers: Mapping[str, Given],
) -> Side:
    """Read what is compared from one partner's answers; what was not answered is left out.

    `others` are the other partners in the case's order. With several of them, the key of a guess
    ends in ".1", ".2" and so on.

    >>> from clinic.domain.answers import given
    >>> side = read_side("p1", ["p2"], ["B01"], {"B01.guess": given(["fine"])})
    >>> side.guesses["p2"]["B01"].value, side.placings
    ('fine', {})
    """
    return Side(
        partner,
        _each(Placing, answers, {key: f"{key}.{PLACING}" for key in behaviours}),
        _each(Openness, answers, {key: f"{key}.{AGREED}" for key in behaviours}),
        {
            other: _each(
                Placing,
                answers,
                {key: _guess_item(f"{key}.{GUESS}", others, other) for key in behaviours},
            )
            for other in others
        },
        frozenset(answers.get(MATTERS, NOTHING).values),
        _each(Standpoint, answers, {partner: STANDPOINT}).get(partner),
        _each(
            Standpoint,
            answers,
            {other: _guess_item(STANDPOINT_GUESS, others, other) for other in others},
        ),
    )


def _guess_item(item: str, others: Sequence[str], other: str) -> str:
    return item if len(others) == 1 else f"{item}.{others.index(other) + 1}"


def _each(
    kind: type[Choice], answers: Mapping[str, Given], items: Mapping[str, str]
) -> dict[str, Choice]:
    # A value that an older version offered and this one does not know is not compared.
    known = {member.value: member for member in kind}
    values = {key: answers.get(item, NOTHING).value for key, item in items.items()}
    return {key: known[value] for key, value in values.items() if value in known}


def agreement_map(first: Side, second: Side, behaviours: Sequence[str]) -> tuple[MapRow, ...]:
    """Put two partners' answers side by side, behaviour by behaviour.

    What both most want to talk about comes first, then what one does, then what differs or is
    misread, then the order given.

    >>> one = Side("p1", {"B01": Placing.FINE}, guesses={"p2": {"B01": Placing.FINE}})
    >>> other = Side("p2", {"B01": Placing.NOT_OK})
    >>> row, = agreement_map(one, other, ["B01"])
    >>> row.mark.value, set(row.misread_by)
    ('one-misreads', {'p1'})
    >>> agreement_map(one, Side("p2"), ["B01"])[0].mark is None
    True
    """
    rows = [_row(first, second, behaviour) for behaviour in behaviours]
    return tuple(sorted(rows, key=_weight))


def agreement_maps(
    sides: Sequence[Side], behaviours: Sequence[str]
) -> dict[tuple[str, str], tuple[MapRow, ...]]:
    """Map every two of the partners, in the order given; nobody is averaged away.

    >>> list(agreement_maps([Side("p1"), Side("p2"), Side("p3")], []))
    [('p1', 'p2'), ('p1', 'p3'), ('p2', 'p3')]
    """
    return {
        (one.partner, other.partner): agreement_map(one, other, behaviours)
        for one, other in combinations(sides, 2)
    }


def _row(first: Side, second: Side, behaviour: str) -> MapRow:
    views = {
        side.partner: View(
            side.placings.get(behaviour),
            side.agreed.get(behaviour),
            side.guesses.get(other.partner, {}).get(behaviour),
        )
        for side, other in ((first, second), (second, first))
    }
    misread_by = frozenset(
        side.partner
        for side, other in ((first, second), (second, first))
        if views[side.partner].guess not in {None, views[other.partner].placing}
    )
    matters_to = frozenset(side.partner for side in (first, second) if behaviour in side.matters)
    placings = [view.placing for view in views.values()]
    if None in placings:
        return MapRow(behaviour, views, None, frozenset(), matters_to)
    mark = _mark(len(misread_by), alike=placings[0] == placings[1])
    return MapRow(behaviour, views, mark, misread_by, matters_to)


def _mark(misread: int, *, alike: bool) -> Mark:
    if misread:
        return Mark.BOTH_MISREAD if misread > 1 else Mark.ONE_MISREADS
    return Mark.AGREE if alike else Mark.DIFFER


def _weight(row: MapRow) -> tuple[int, bool]:
    return -len(row.matters_to), row.mark in {None, Mark.AGREE}


def couple_rows(
    rows: Sequence[MapRow], released: Mapping[str, Collection[str]], behaviours: Sequence[str]
) -> tuple[CoupleRow, ...]:
    """Keep the rows that both partners released, in the order of `behaviours`.

    Guesses are left out, and so is the order by what matters: both were told to the therapist.

    >>> row = agreement_map(Side("p1", {"B01": Placing.FINE}), Side("p2"), ["B01"])
    >>> couple_rows(row, {"p1": {"B01"}, "p2": {}}, ["B01"])
    ()
    >>> couple_rows(row, {"p1": {"B01"}, "p2": {"B01"}}, ["B01"])[0].alike
    False
    """
    known = {row.behaviour: row for row in rows}
    return tuple(
        _couple_row(known[behaviour])
        for behaviour in behaviours
        if behaviour in known
        and all(behaviour in released.get(partner, ()) for partner in known[behaviour].views)
    )


def _couple_row(row: MapRow) -> CoupleRow:
    placings = {partner: view.placing for partner, view in row.views.items()}
    return CoupleRow(
        row.behaviour,
        placings,
        {partner: view.agreed for partner, view in row.views.items()},
        alike=None not in placings.values() and len(set(placings.values())) == 1,
    )


def ambivalence(sides: Sequence[Side]) -> tuple[Stance, ...]:
    """Give each partner's standpoint, and for each guess whether it fits.

    >>> one = Side("p1", standpoint_guesses={"p2": Standpoint.LEANING_OUT})
    >>> other = Side("p2", standpoint=Standpoint.WORK_ON_IT)
    >>> ambivalence([one, other])[0].guesses["p2"].fits
    False
    >>> ambivalence([one, Side("p2")])[0].guesses["p2"].fits is None
    True
    """
    known = {side.partner: side.standpoint for side in sides}
    return tuple(
        Stance(
            side.partner,
            side.standpoint,
            {
                other: StandpointGuess(guess, _fits(guess, known.get(other)))
                for other, guess in side.standpoint_guesses.items()
            },
        )
        for side in sides
    )


def _fits(guess: Standpoint, answer: Standpoint | None) -> bool | None:
    return None if answer is None else guess is answer
