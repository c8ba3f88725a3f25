"""The agreement map in words, pair by pair: for the therapist alone, and what the couple sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic.domain.cases import together
from clinic.domain.comparison import CoupleRow, MapRow, View
from clinic.services.comparison import Pair
from clinic.services.couple_map import Released
from clinic.web.comparison.words import AGREED, LEFT_OUT, MARK, NO_MARK, PLACING

NOBODY = Released(frozenset(), revealed=False)
Names = Mapping[str, str]


@dataclass(frozen=True)
class OneSide:
    """One partner's part of a row, in words."""

    name: str
    placing: str
    agreed: str
    guess: str
    misreads: bool


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
            [names[ref] for ref in pair],
            [
                _line(row, released, {one.behaviour for one in shown.get(pair, ())}, names, labels)
                for row in rows
                if _is_answered(row)
            ],
            [labels[row.behaviour] for row in rows if not _is_answered(row)],
        )
        for pair, rows in maps.items()
    ]


def couple_pairs(
    maps: Mapping[Pair, Sequence[CoupleRow]], names: Names, labels: Names
) -> list[CouplePair]:
    """Say in words what each pair chose to show; pairs without such a row are left out."""
    return [
        CouplePair([names[ref] for ref in pair], [_couple_line(row, labels) for row in rows])
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
        label=labels[row.behaviour],
        sides=[_side(row, ref, names) for ref in row.views],
        mark=mark,
        tone=tone,
        matters_to=_together(row.matters_to, row, names),
        released_by=_together(by, row, names),
        may_show=len(by) == len(row.views) and row.behaviour not in shown,
        shown=row.behaviour in shown,
    )


def _together(refs: Sequence[str] | frozenset[str], row: MapRow, names: Names) -> str:
    found = [names[ref] for ref in row.views if ref in refs]
    return together(found) if found else ""


def _side(row: MapRow, ref: str, names: Names) -> OneSide:
    view: View = row.views[ref]
    [other] = [name for name in row.views if name != ref]
    guess = f"Guess about {names[other]}: {PLACING[view.guess]}" if view.guess else ""
    return OneSide(
        names[ref],
        PLACING[view.placing] if view.placing else LEFT_OUT,
        AGREED[view.agreed] if view.agreed else "",
        guess,
        ref in row.misread_by,
    )


def _couple_line(row: CoupleRow, labels: Names) -> CoupleLine:
    return CoupleLine(
        labels[row.behaviour],
        [PLACING[each] if each else "" for each in row.placings.values()],
        [AGREED[each] if each else "" for each in row.agreed.values()],
        row.alike,
    )
