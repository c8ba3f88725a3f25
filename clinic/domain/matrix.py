"""Explanations beside evidence: the table that shows what tells the explanations apart.

It counts in words a therapist can check ("3 for, 2 against") and never sums up: no
score, no percentage, no verdict.

Method: weigh competing explanations by what contradicts them (Heuer 1999, analysis of
competing hypotheses); clinical design 1.6.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clinic.domain.formulation import Bearing, Diagnosticity, Evidence, standings


@dataclass(frozen=True, slots=True)
class WeighedExplanation:
    """One explanation of the case; one that was dropped is no longer active."""

    key: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class WeighedEvidence:
    """One observation, how it bears on explanations, and where the therapist overruled that."""

    key: str
    diagnosticity: Diagnosticity
    bearings: Mapping[str, Bearing]
    overruled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tally:
    """How much evidence lies on each side of one explanation; counts and nothing more."""

    supports: int
    against: int
    neutral: int
    not_weighed: int


@dataclass(frozen=True, slots=True)
class Column:
    """One explanation of the matrix."""

    explanation: str
    active: bool
    tally: Tally


@dataclass(frozen=True, slots=True)
class Cell:
    """What one observation does to one explanation; None where nobody weighed it."""

    bearing: Bearing | None
    overruled: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One observation of the matrix, with a cell for each column in their order."""

    evidence: str
    diagnosticity: Diagnosticity
    cells: tuple[Cell, ...]
    tells_nothing_apart: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole table: the least contradicted explanation first, the most telling row first."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


_TELLING_FIRST = (Diagnosticity.HIGH, Diagnosticity.MEDIUM, Diagnosticity.LOW)


def matrix(
    explanations: Sequence[WeighedExplanation], evidence: Iterable[WeighedEvidence]
) -> Matrix:
    """Lay out explanations by evidence, with what tells the explanations apart first.

    Columns: least contradicting evidence, then most supporting, then the order given,
    whether active or not. Rows: diagnosticity, then how differently the evidence bears,
    then the order given. An explanation given twice has one column, active where either is.

    >>> bearings = {"H2": Bearing.SUPPORTS, "H7": Bearing.AGAINST}
    >>> seen = WeighedEvidence("e1", Diagnosticity.HIGH, bearings)
    >>> made = matrix([WeighedExplanation("H7"), WeighedExplanation("H2")], [seen])
    >>> [(column.explanation, column.tally.against) for column in made.columns]
    [('H2', 0), ('H7', 1)]
    >>> matrix([], [seen]).rows[0].cells
    ()
    """
    seen = tuple(evidence)
    weighed = [Evidence(item.key, item.bearings) for item in seen]
    standing = standings((item.key for item in explanations), weighed)
    keys = [each.explanation for each in standing]
    active = {item.key for item in explanations if item.active}
    rows = [_row(item, keys) for item in seen]
    return Matrix(
        columns=tuple(Column(key, key in active, tally(key, seen)) for key in keys),
        rows=tuple(sorted(rows, key=_telling)),
    )


def tally(explanation: str, evidence: Iterable[WeighedEvidence]) -> Tally:
    """Count what speaks for one explanation, against it, neither, and what nobody weighed.

    >>> seen = [WeighedEvidence("e1", Diagnosticity.LOW, {"H2": Bearing.SUPPORTS})]
    >>> tally("H2", seen)
    Tally(supports=1, against=0, neutral=0, not_weighed=0)
    >>> tally("H7", seen)
    Tally(supports=0, against=0, neutral=0, not_weighed=1)
    """
    bearings = [item.bearings.get(explanation) for item in evidence]
    return Tally(
        bearings.count(Bearing.SUPPORTS),
        bearings.count(Bearing.AGAINST),
        bearings.count(Bearing.NEUTRAL),
        bearings.count(None),
    )


def tells_nothing_apart(bearings: Sequence[Bearing | None]) -> bool:
    """Tell whether an observation bears on every explanation alike, and so sorts none of them.

    Of a single explanation, or where something was not weighed yet, nothing is said.

    >>> tells_nothing_apart([Bearing.SUPPORTS, Bearing.SUPPORTS])
    True
    >>> tells_nothing_apart([Bearing.SUPPORTS, None])
    False
    """
    return len(bearings) > 1 and None not in bearings and len(set(bearings)) == 1


def _row(item: WeighedEvidence, keys: Sequence[str]) -> Row:
    cells = tuple(Cell(item.bearings.get(key), key in item.overruled) for key in keys)
    alike = tells_nothing_apart([cell.bearing for cell in cells])
    return Row(item.key, item.diagnosticity, cells, alike)


def _telling(row: Row) -> tuple[int, int]:
    bearings = [cell.bearing for cell in row.cells]
    supports, against = bearings.count(Bearing.SUPPORTS), bearings.count(Bearing.AGAINST)
    beside = len(bearings) - supports - against
    # Every two explanations it parts, twice where it supports one and contradicts the other.
    parted = (supports + against) * beside + 2 * supports * against
    return _TELLING_FIRST.index(row.diagnosticity), -parted
