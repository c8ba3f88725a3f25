"""The matrix in words: signs that need no colour, and why a bearing is not the usual one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clinic.content.library import Concern
from clinic.domain.formulation import ExplanationStatus
from clinic.domain.matrix import Column, Matrix, Row, WeighedEvidence, WeighedExplanation, matrix
from clinic.domain.said import Said
from clinic.services.evidence import IssueLayer, usual_bearing
from clinic.services.rows import Case, EvidenceItem, Explanation
from clinic.web import wording
from clinic.web.explanations import explanation_name
from clinic.web.formulation.standing import closed_to, weighed_in_words
from clinic.web.people import names_of

Key = tuple[str, str]


@dataclass(frozen=True)
class Head:
    """One explanation above its column."""

    ref: str
    name: str
    about: str
    weighed: Said
    status: ExplanationStatus


@dataclass(frozen=True)
class Mark:
    """How one observation bears, "" where nobody weighed it, and the number of its note, or 0."""

    bearing: str
    note: int


@dataclass(frozen=True)
class Line:
    """One observation with a mark for each column."""

    ref: str
    text: str
    closed: str
    tells: str
    marks: Sequence[Mark]
    alike: bool


@dataclass(frozen=True)
class Note:
    """Why one observation bears as it does; `usual` tells whether its kind usually does."""

    number: int
    evidence: str
    explanation: str
    bearing: str
    usual: bool
    reason: str


@dataclass(frozen=True)
class MatrixView:
    """The whole matrix, ready to draw."""

    heads: Sequence[Head]
    lines: Sequence[Line]
    notes: Sequence[Note]


def matrix_view(
    case: Case, concern: Concern, layer: IssueLayer, reasons: Mapping[tuple[int, int], str]
) -> MatrixView:
    """Put a case's matrix in words; counts on each side, and never a sum of them.

    `reasons` are by evidence and explanation, both by inner id.
    """
    rows = {row.public_id: row for row in layer.explanations}
    items = {item.public_id: item for item in layer.evidence}
    evidence = {item.id: item.public_id for item in layer.evidence}
    explanations = {row.id: row.public_id for row in layer.explanations}
    why = {(evidence[one], explanations[other]): words for (one, other), words in reasons.items()}
    found = _matrix(concern, layer)
    notes = _notes(concern, rows, items, found, why)
    return MatrixView(
        [_head(case, concern, column, rows[column.explanation]) for column in found.columns],
        [_line(case, row, found.columns, items[row.evidence], notes) for row in found.rows],
        list(notes.values()),
    )


def _matrix(concern: Concern, layer: IssueLayer) -> Matrix:
    refs = {row.id: row.public_id for row in layer.explanations}
    kinds = {row.id: row.kind or "" for row in layer.explanations}
    return matrix(
        [
            WeighedExplanation(row.public_id, row.status is not ExplanationStatus.DROPPED)
            for row in layer.explanations
        ],
        [
            WeighedEvidence(
                item.public_id,
                item.diagnosticity,
                {refs[one]: how for one, how in layer.weighed[item.id].items()},
                frozenset(refs[one] for one in _overruled(concern, kinds, layer, item)),
            )
            for item in layer.evidence
        ],
    )


def _overruled(
    concern: Concern, kinds: Mapping[int, str], layer: IssueLayer, item: EvidenceItem
) -> Iterator[int]:
    from_fear = item.id in layer.from_fear
    for one, how in layer.weighed[item.id].items():
        usual = usual_bearing(concern, item.kind or "", kinds[one], from_fear=from_fear)
        if usual is not None and how is not usual:
            yield one


def _notes(
    concern: Concern,
    rows: Mapping[str, Explanation],
    items: Mapping[str, EvidenceItem],
    found: Matrix,
    reasons: Mapping[Key, str],
) -> Mapping[Key, Note]:
    notes: dict[Key, Note] = {}
    for row in found.rows:
        for column, cell in zip(found.columns, row.cells, strict=True):
            key = row.evidence, column.explanation
            if cell.bearing and (cell.overruled or key in reasons):
                notes[key] = Note(
                    len(notes) + 1,
                    items[row.evidence].observation,
                    explanation_name(concern, rows[column.explanation]),
                    cell.bearing.value,
                    not cell.overruled,
                    reasons.get(key, ""),
                )
    return notes


def _head(case: Case, concern: Concern, column: Column, row: Explanation) -> Head:
    tally = column.tally
    return Head(
        row.public_id,
        explanation_name(concern, row),
        names_of(case, row.about_ids, ""),
        weighed_in_words(tally.supports, tally.against, tally.not_weighed),
        row.status,
    )


def _line(
    case: Case,
    row: Row,
    columns: Sequence[Column],
    item: EvidenceItem,
    notes: Mapping[Key, Note],
) -> Line:
    marks = []
    for column, cell in zip(columns, row.cells, strict=True):
        note = notes.get((row.evidence, column.explanation))
        marks.append(Mark(cell.bearing.value if cell.bearing else "", note.number if note else 0))
    return Line(
        item.public_id,
        item.observation,
        closed_to(case, item),
        wording.DIAGNOSTICITY_SHORT[item.diagnosticity],
        marks,
        row.tells_nothing_apart,
    )
