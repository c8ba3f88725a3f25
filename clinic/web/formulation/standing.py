"""What the issue page tells: where each explanation stands, what follows, what is worth a look."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from clinic.content.library import Concern
from clinic.domain.formulation import ExplanationStatus
from clinic.domain.goals import GoalLayer, GoalStub
from clinic.domain.hints import Hint
from clinic.domain.said import Said, mark, own, say
from clinic.domain.visibility import Layer
from clinic.domain.worksheets import Worksheet
from clinic.services.evidence import IssueLayer
from clinic.services.rows import Case, EvidenceItem, Explanation
from clinic.web import wording
from clinic.web.contents import reviewed
from clinic.web.explanations import explanation_name
from clinic.web.people import name_of, names_of

#: So many observations stand under an explanation; the matrix has them all.
SHOWN = 5
#: So many goals of each layer are offered at once.
OFFERED = 3
#: Said at the top of the page already, with the tests that are due.
SAID_ELSEWHERE = "test-date-passed"
WHOLE = {
    "explanations": (mark("Explanations"), "formulation.add_explanation"),
    "evidence": (mark("Evidence"), "formulation.add_evidence"),
    "strengths": (mark("Strengths"), "formulation.roll_up"),
    "responsibility": (mark("Who did what"), "formulation.roll_up"),
    "review": (mark("Roll-up and summary"), "formulation.roll_up"),
}


@dataclass(frozen=True)
class EvidenceLine:
    """One observation as a line; `closed` says who alone may know it, "" where no one is."""

    ref: str
    text: str
    who: str
    when: dt.date
    tells: str
    layer: Layer
    closed: str


@dataclass(frozen=True)
class Side:
    """What stands on one side of an explanation: the first few, and how many there are."""

    lines: Sequence[EvidenceLine]
    more: int


@dataclass(frozen=True)
class Stand:
    """One explanation with its evidence, as the page shows it; `about` the couple is ""."""

    explanation: Explanation
    name: str
    about: str
    supports: Side
    against: Side
    weighed: Said
    work: str
    goals: Sequence[tuple[GoalLayer, Sequence[GoalStub]]]
    worksheets: Sequence[Worksheet]


@dataclass(frozen=True)
class HintLine:
    """One hint with the place it is about."""

    text: str
    place: str
    url: str
    for_safety: bool


def evidence_lines(case: Case, evidence: Sequence[EvidenceItem]) -> Sequence[EvidenceLine]:
    """List evidence, what somebody said alone last: below what a glance at the screen meets."""
    lines = [_line(case, item) for item in evidence]
    return sorted(lines, key=lambda line: bool(line.closed))


def _line(case: Case, item: EvidenceItem) -> EvidenceLine:
    return EvidenceLine(
        item.public_id,
        item.observation,
        name_of(case, item.source_id),
        item.observed_on,
        wording.DIAGNOSTICITY_SHORT[item.diagnosticity],
        item.layer,
        closed_to(case, item),
    )


def closed_to(case: Case, item: EvidenceItem) -> str:
    """Say who alone may know an observation; "" for what stands in the therapist's own record."""
    if item.layer is Layer.SAFETY:
        return mark("Safety")
    if item.layer is Layer.PRIVATE:
        return say("Private to %(name)s", name=name_of(case, item.source_id))
    return ""


def stand_of(case: Case, concern: Concern, layer: IssueLayer) -> Sequence[Stand]:
    """List the explanations, those with least against them first; never a percentage."""
    rows = {row.public_id: row for row in layer.explanations}
    lines = {line.ref: line for line in evidence_lines(case, layer.evidence)}
    stands = []
    for standing in layer.standings:
        row = rows[standing.explanation]
        unweighed = sum(row.id not in weighed for weighed in layer.weighed.values())
        sides = [
            _side([lines[each.text] for each in side])
            for side in (standing.supports, standing.against)
        ]
        stands.append(
            Stand(
                row,
                explanation_name(concern, row),
                names_of(case, row.about_ids, ""),
                sides[0],
                sides[1],
                weighed_in_words(len(standing.supports), len(standing.against), unweighed),
                concern.explanations[row.kind].work if row.kind else "",
                _goals(concern, row),
                _worksheets(concern, row),
            )
        )
    return stands


def _side(lines: Sequence[EvidenceLine]) -> Side:
    shown = sorted(lines, key=lambda line: bool(line.closed))[:SHOWN]
    return Side(shown, len(lines) - len(shown))


def _goals(concern: Concern, row: Explanation) -> Sequence[tuple[GoalLayer, Sequence[GoalStub]]]:
    if row.status is ExplanationStatus.DROPPED:
        return ()
    fitting = [stub for stub in concern.goals.values() if row.kind in stub.explanations]
    # What serves few explanations says more about this one than what serves them all.
    fitting.sort(key=lambda stub: len(stub.explanations))
    by_layer = [
        (layer, [stub for stub in fitting if stub.layer is layer][:OFFERED]) for layer in GoalLayer
    ]
    return [(layer, stubs) for layer, stubs in by_layer if stubs]


def _worksheets(concern: Concern, row: Explanation) -> Sequence[Worksheet]:
    known = reviewed().worksheets
    keys = concern.explanations[row.kind].worksheets if row.kind else ()
    return [known[key] for key in keys if key in known]


def weighed_in_words(supports: int, against: int, unweighed: int) -> Said:
    """Say how much stands on each side; counts, and never a percentage."""
    if not unweighed:
        return say("%(supports)s for, %(against)s against", supports=supports, against=against)
    return say(
        "%(supports)s for, %(against)s against, %(unweighed)s not weighed yet",
        supports=supports,
        against=against,
        unweighed=unweighed,
    )


def hint_lines(
    case: Case, concern: Concern, layer: IssueLayer, hints: Sequence[Hint]
) -> Sequence[HintLine]:
    """Lead every hint to its place."""
    names = {row.public_id: explanation_name(concern, row) for row in layer.explanations}
    texts = {item.public_id: item for item in layer.evidence}
    return [_hint_line(case, hint, names, texts) for hint in hints if hint.key != SAID_ELSEWHERE]


def _hint_line(
    case: Case, hint: Hint, names: Mapping[str, str], items: Mapping[str, EvidenceItem]
) -> HintLine:
    kind, _, ref = hint.place.partition(":")
    for_safety = hint.layer is Layer.SAFETY
    if not ref:
        place, endpoint = WHOLE[kind]
        return HintLine(hint.text, place, url_for(endpoint, case_ref=case.public_id), for_safety)
    named: dict[str, Any] = {f"{kind}_ref": ref, "case_ref": case.public_id}
    place = names[ref] if kind == "explanation" else _evidence_name(items[ref])
    return HintLine(hint.text, place, url_for(f"formulation.change_{kind}", **named), for_safety)


def _evidence_name(item: EvidenceItem) -> str:
    words = item.observation
    return own(words if len(words) <= 60 else f"{words[:59]}\u2026")
