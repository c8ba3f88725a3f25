"""The agreement map in words, pair by pair: for the therapist alone, and what the couple sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic.domain.answers import Placing
from clinic.domain.cases import together
from clinic.domain.comparison import CoupleRow, MapRow, View
from clinic.domain.said import say
from clinic.services.comparison import Pair
from clinic.services.couple_map import Released
from clinic.web.comparison.words import (
    AGREED,
    GUESSED,
    LEFT_OUT,
    MARK,
    MISREAD,
    NO_MARK,
    PLACING,
)
from clinic.web.language import translate

NOBODY = Released(frozenset(), revealed=False)
Names = Mapping[str, str]


@dataclass(frozen=True)
class OneSide:
    """One partner's part of a row, in words."""

    name: str
    placing: str
    agreed: str
    guess: str


@dataclass(frozen=True)
class Line:
    """One behaviour as two partners see it. `may_show` and `shown` are about this pair."""

    behaviour: str
    label: str
    sides: Sequence[OneSide]
    mark: str
    tone: str
    matters_to: str
    released_by: str
    may_show: bool
    shown: bool


@dataclass(frozen=True)
class PairMap:
    """The map of two partners, what matters first; `left_out` by both of them."""

    title: str
    names: Sequence[str]
    lines: Sequence[Line]
    left_out: Sequence[str]


@dataclass(frozen=True)
class CoupleLine:
    """One row that two partners chose to show each other."""

    label: str
    placings: Sequence[str]
    agreed: Sequence[str]
    alike: bool


@dataclass(frozen=True)
class CouplePair:
    """What two partners chose to show each other."""

    title: str
    names: Sequence[str]
    lines: Sequence[CoupleLine]


def pair_maps(
    maps: Mapping[Pair, Sequence[MapRow]],
    released: Mapping[str, Released],
    shown: Mapping[Pair, Sequence[CoupleRow]],
    names: Names,
    labels: Names,
) -> list[PairMap]:
    """Say every pair's map in words, in the order in which the rows came."""
    return [
        PairMap(
            _together(pair, names),
            [names[ref] for ref in pair],
            [
                _line(row, released, {one.behaviour for one in shown.get(pair, ())}, names, labels)
                for row in rows
                if _is_answered(row)
            ],
            [translate(labels[row.behaviour]) for row in rows if not _is_answered(row)],
        )
        for pair, rows in maps.items()
    ]


def couple_pairs(
    maps: Mapping[Pair, Sequence[CoupleRow]], names: Names, labels: Names
) -> list[CouplePair]:
    """Say in words what each pair chose to show; pairs without such a row are left out."""
    return [
        CouplePair(
            _together(pair, names),
            [names[ref] for ref in pair],
            [_couple_line(row, labels) for row in rows],
        )
        for pair, rows in maps.items()
        if rows
    ]


def _is_answered(row: MapRow) -> bool:
    return any(view.placing or view.agreed or view.guess for view in row.views.values())


def _line(
    row: MapRow,
    released: Mapping[str, Released],
    shown: set[str],
    names: Names,
    labels: Names,
) -> Line:
    mark, tone = MARK[row.mark] if row.mark else NO_MARK
    by = [ref for ref in row.views if ref in released.get(row.behaviour, NOBODY).by]
    return Line(
        behaviour=row.behaviour,
        label=translate(labels[row.behaviour]),
        sides=[_side(row, ref, names) for ref in row.views],
        mark=translate(mark),
        tone=tone,
        matters_to=_together([ref for ref in row.views if ref in row.matters_to], names),
        released_by=_together(by, names),
        may_show=len(by) == len(row.views) and row.behaviour not in shown,
        shown=row.behaviour in shown,
    )


def _together(refs: Sequence[str], names: Names) -> str:
    return translate(together([names[ref] for ref in refs])) if refs else ""


def _side(row: MapRow, ref: str, names: Names) -> OneSide:
    view: View = row.views[ref]
    [other] = [name for name in row.views if name != ref]
    return OneSide(
        names[ref],
        translate(PLACING[view.placing] if view.placing else LEFT_OUT),
        translate(AGREED[view.agreed]) if view.agreed else "",
        _guess(names[other], view.guess, misread=ref in row.misread_by) if view.guess else "",
    )


def _guess(other: str, guess: Placing, *, misread: bool) -> str:
    pattern = MISREAD if misread else GUESSED
    return translate(say(pattern, name=other, placing=translate(PLACING[guess])))


def _couple_line(row: CoupleRow, labels: Names) -> CoupleLine:
    return CoupleLine(
        translate(labels[row.behaviour]),
        [translate(PLACING[each]) if each else "" for each in row.placings.values()],
        [translate(AGREED[each]) if each else "" for each in row.agreed.values()],
        row.alike,
    )
