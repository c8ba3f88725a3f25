"""Matrix and map on paper (T2): a letter for each explanation, a number for each observation."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from clinic.domain.blocks import Rows
from clinic.domain.formulation import Bearing
from clinic.domain.issue_map import NO_SINGLE_BEHAVIOUR, IssueMap, Node, Tie, issue_map
from clinic.domain.matrix import Cell, Row, Tally
from clinic.domain.sheets import SheetFill, text_rows
from clinic.domain.worksheets import NAME_FIELD
from clinic.services.rows import EvidenceItem
from clinic.services.therapist_sheets import OnPaper
from clinic.web import wording
from clinic.web.explanations import explanation_name
from clinic.web.people import names_of
from clinic.web.sheet_filling.naming import Sheet, named, origin, recorded

SIGNS = {Bearing.SUPPORTS: "+", Bearing.AGAINST: "\u2212", Bearing.NEUTRAL: "0"}
#: As many explanations as stand beside each other on a page.
ACROSS = 10
#: As many observations as one table holds; the next ones begin another.
DOWN = 100
LETTERS = 26

Part = TypeVar("Part")


def matrix_fill(sheet: Sheet, found: OnPaper) -> SheetFill:
    """Fill T2: explanations, matrix, evidence, and the map with the same in words."""
    drawn = _map(sheet, found)
    return SheetFill(
        fields={
            NAME_FIELD: text_rows(sheet.case.title),
            "explanations": tuple(_columns(sheet, found)),
            "ties": tuple(
                (
                    link.symptom.label,
                    link.explanation.label,
                    f"{link.supports} for, {link.against} against",
                )
                for link in drawn.links
            ),
        },
        groups={
            "matrix": tuple({"cells": band} for band in _bands(found)),
            "evidence": tuple({"rows": part} for part in _parts(list(_evidence(sheet, found)))),
        },
        drawings={"map": drawn},
    )


def _letter(place: int) -> str:
    return chr(ord("A") + place % LETTERS) + (str(place // LETTERS + 1) if place >= LETTERS else "")


def _columns(sheet: Sheet, found: OnPaper) -> Iterator[tuple[str, ...]]:
    for place, column in enumerate(found.matrix.columns):
        row = found.explanations[column.explanation]
        about = names_of(sheet.case, row.about_ids, wording.TOGETHER)
        name = f"{_letter(place)}. {explanation_name(sheet.concern, row)}"
        yield name, about, _tally(column.tally)


def _tally(tally: Tally) -> str:
    counted = f"{tally.supports} for, {tally.against} against"
    return f"{counted}, {tally.not_weighed} not weighed yet" if tally.not_weighed else counted


def _bands(found: OnPaper) -> Iterator[Rows]:
    columns, rows = found.matrix.columns, list(enumerate(found.matrix.rows, start=1))
    for first in range(0, len(columns), ACROSS):
        places = range(first, min(first + ACROSS, len(columns)))
        heading = ("Number", *(_letter(place) for place in places))
        for part in _parts(rows):
            lines = [
                (_number(number, row), *(_sign(row.cells[place]) for place in places))
                for number, row in part
            ]
            yield (heading, *lines)


def _parts(rows: Sequence[Part]) -> Iterator[tuple[Part, ...]]:
    return (tuple(rows[first : first + DOWN]) for first in range(0, len(rows), DOWN))


def _number(number: int, row: Row) -> str:
    return f"{number} =" if row.tells_nothing_apart else str(number)


def _sign(cell: Cell) -> str:
    if cell.bearing is None:
        return "?"
    return SIGNS[cell.bearing] + ("*" if cell.overruled else "")


def _evidence(sheet: Sheet, found: OnPaper) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(found.matrix.rows, start=1):
        item = found.evidence[row.evidence]
        telling = wording.DIAGNOSTICITY_SHORT[item.diagnosticity]
        yield f"{number}. {item.observation}", origin(sheet, item), telling


def _map(sheet: Sheet, found: OnPaper) -> IssueMap:
    keys = {row.id: row.public_id for row in found.behaviours}
    symptoms = [Node(row.public_id, recorded(sheet, row)) for row in found.behaviours]
    ties = [
        Tie(_symptom(found.evidence[ref], keys), explanation, bearing)
        for ref, weighed in found.weighed.items()
        for explanation, bearing in weighed.items()
    ]
    return issue_map(
        [*symptoms, Node(NO_SINGLE_BEHAVIOUR, "Not about a single behaviour")],
        [Node(ref, named(sheet, row)) for ref, row in found.explanations.items()],
        ties,
    )


def _symptom(item: EvidenceItem, keys: Mapping[int, str]) -> str:
    behaviour_id = item.link.behaviour_id if item.link else None
    return keys.get(behaviour_id or 0, NO_SINGLE_BEHAVIOUR)
