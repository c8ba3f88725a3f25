"""What the therapist's own sheets are filled with; nothing about safety is ever put on paper.

Handed a session narrowed to the therapist, which opens no process note. What lies in the safety
layer is left out by rule, and so is the explanation of control and fear with all that bears on it.

Source: clinical.md 5.4 and 6.0 (never on any sheet).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clinic.domain.formulation import Bearing, ExplanationStatus
from clinic.domain.hints import Hint
from clinic.domain.matrix import Matrix, WeighedEvidence, WeighedExplanation, matrix
from clinic.domain.plain_words import WordGroup
from clinic.domain.suggestions import Rule
from clinic.domain.tracks import CONTROL
from clinic.domain.visibility import Layer
from clinic.domain.worksheets import NEVER_PRINTED
from clinic.models.behaviours import BehaviourRecord
from clinic.models.cases import Case
from clinic.models.formulation import EvidenceItem, Explanation, Formulation
from clinic.models.frames import FrameTheme
from clinic.models.goals import Goal
from clinic.models.scope import ScopedSession
from clinic.services import behaviours, disclosures, evidence, frames, goals, hints, readings
from clinic.services.cases import find_case
from clinic.services.days import today


@dataclass(frozen=True)
class OnPaper:
    """The issue layer as it may be printed; rows by public id, `matrix` in reading order."""

    case: Case
    explanations: Mapping[str, Explanation]
    evidence: Mapping[str, EvidenceItem]
    behaviours: Sequence[BehaviourRecord]
    matrix: Matrix
    weighed: Mapping[str, Mapping[str, Bearing]]


@dataclass(frozen=True)
class Beside:
    """What stands beside the issue layer: the newest reading, who wrote it, and the frames."""

    reading: Formulation | None
    author: str
    entries: Mapping[str, str]
    themes: Sequence[FrameTheme]


@dataclass(frozen=True)
class Plan:
    """What is due. `tests` are explanations with a day, `promised` a name and a day each."""

    reading: Formulation | None
    explanations: Sequence[Explanation]
    tests: Sequence[Explanation]
    promised: Sequence[tuple[str, dt.date]]
    goals: Sequence[Goal]
    hints: Sequence[Hint]


def on_paper(db: ScopedSession, case_ref: str) -> OnPaper:
    """Give a case's explanations, evidence and behaviours, without what is about safety."""
    case = find_case(db, case_ref)
    layer = evidence.issue_layer(db, case)
    explanations = {row.public_id: row for row in layer.explanations if row.kind != CONTROL}
    items = {row.public_id: row for row in layer.evidence if row.layer not in NEVER_PRINTED}
    refs = {row.id: ref for ref, row in explanations.items()}
    weighed = {
        ref: {refs[one]: how for one, how in layer.weighed[item.id].items() if one in refs}
        for ref, item in items.items()
    }
    overruled = _overruled(layer.reasoned, refs)
    recorded = behaviours.list_behaviours(db, case)
    return OnPaper(
        case,
        explanations,
        items,
        [row for row in recorded if row.layer not in NEVER_PRINTED],
        matrix(
            [WeighedExplanation(ref, _at_work(row)) for ref, row in explanations.items()],
            [
                WeighedEvidence(
                    ref, item.diagnosticity, weighed[ref], frozenset(overruled[item.id])
                )
                for ref, item in items.items()
            ],
        ),
        weighed,
    )


def _at_work(row: Explanation) -> bool:
    return row.status is not ExplanationStatus.DROPPED


def _overruled(
    reasoned: Iterable[tuple[int, int]], refs: Mapping[int, str]
) -> Mapping[int, set[str]]:
    """Tell by piece of evidence for which explanations the therapist weighs it otherwise."""
    found: dict[int, set[str]] = defaultdict(set)
    for item, explanation in reasoned:
        if explanation in refs:
            found[item].add(refs[explanation])
    return found


def beside(db: ScopedSession, case: Case) -> Beside:
    """Give the newest reading and what is written in the frames."""
    reading = readings.latest_formulation(db, case)
    written = {place: row.words for place, row in frames.entries(db, case).items()}
    author = readings.authors(db, [reading])[reading.author_id] if reading else ""
    return Beside(reading, author, written, frames.themes(db, case))


def plan(
    db: ScopedSession, case_ref: str, words: Sequence[WordGroup], rules: Sequence[Rule]
) -> Plan:
    """Give what is due for the next appointment, and the hints that are not about safety.

    Of what was said alone there is only whose promise is open, and its day.
    """
    case = find_case(db, case_ref)
    found = hints.workspace(db, case)
    shown = [row for row in found.layer.explanations if row.kind != CONTROL]
    given = hints.hints_of(db, case, found, words, rules)
    return Plan(
        found.around.reading,
        shown,
        sorted((row for row in shown if row.test_by and _at_work(row)), key=_day),
        _promised(db, case),
        goals.list_open_goals(db, case),
        [hint for hint in given if hint.layer is Layer.CLINICIAN and _may_be_named(hint, found)],
    )


def _day(row: Explanation) -> dt.date:
    return row.test_by or dt.date.max


def _promised(db: ScopedSession, case: Case) -> Sequence[tuple[str, dt.date]]:
    entries = disclosures.ledger(db, case, today())
    found = [(entry.partner.name, entry.due_on) for entry in entries if entry.due_on]
    return sorted(found, key=lambda each: each[1])


def _may_be_named(hint: Hint, found: hints.Workspace) -> bool:
    about_control = {row.public_id for row in found.layer.explanations if row.kind == CONTROL}
    of_safety = {row.public_id for row in found.layer.evidence if row.layer in NEVER_PRINTED}
    return hint.place.rpartition(":")[2] not in about_control | of_safety
