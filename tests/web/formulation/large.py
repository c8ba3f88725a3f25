"""A case as large as one gets in years: 14 explanations, 200 pieces of evidence, all weighed."""

import datetime as dt

from clinic.content.loader import load_library
from clinic.domain.formulation import (
    Bearing,
    Confidence,
    Diagnosticity,
    ExplanationStatus,
)
from clinic.domain.visibility import Layer
from clinic.models.cases import Case
from clinic.models.formulation import EvidenceBearing, EvidenceItem, EvidenceLink, Explanation
from clinic.models.scope import ScopedSession
from tests import factories as made

CONCERN = load_library().concerns["outside-contact"]
EXPLANATIONS, EVIDENCE = 14, 200
KINDS = (*(f"H{number}" for number in range(12)), None, None)
LAYERS = (Layer.CLINICIAN, Layer.CLINICIAN, Layer.PRIVATE, Layer.SHARED)


def fill_issue_layer(
    db: ScopedSession, case: Case, explanations: int = EXPLANATIONS, evidence: int = EVIDENCE
) -> None:
    """Add so many of each in one transaction, every observation weighed on every explanation."""
    behaviours = [made.make_behaviour(db, case).id for _ in range(6)]
    ids = {"case_id": case.id, "practice_id": case.practice_id}
    rows = [_explanation(case, number) for number in range(explanations)]
    db.add_all(rows)
    db.flush()
    for number in range(evidence):
        item = EvidenceItem(
            kind=_kind(number),
            source_id=case.partners[number % len(case.partners)].id,
            observed_on=made.TODAY - dt.timedelta(days=number),
            diagnosticity=list(Diagnosticity)[number % 3],
            **ids,
        )
        item.layer = LAYERS[number % len(LAYERS)]
        db.add(item)
        item.observation = f"Observation {number}, seen in the room and said in a dozen words."
        item.bearings = [_bearing(row, number) for row in rows]
        item.link = EvidenceLink(behaviour_id=behaviours[number % len(behaviours)])
    db.commit()


def _explanation(case: Case, number: int) -> Explanation:
    row = Explanation(
        case_id=case.id,
        practice_id=case.practice_id,
        kind=KINDS[number % len(KINDS)],
        confidence=Confidence.MEDIUM,
        status=ExplanationStatus.ACTIVE,
        test_by=made.TODAY,
    )
    row.statement = f"What may lie beneath, number {number}"
    row.reason = "Both name it."
    row.would_change_my_mind = "The evenings are as silent as before."
    return row


def _bearing(row: Explanation, number: int) -> EvidenceBearing:
    usual = CONCERN.evidence[_kind(number)].bearings.get(row.kind or "", Bearing.NEUTRAL)
    overruled = (number + row.id) % 40 == 0
    bearing = Bearing.SUPPORTS if overruled else usual
    made_of = EvidenceBearing(explanation_id=row.id, bearing=bearing)
    made_of.reason = "Here it was the other way round." if overruled else ""
    return made_of


def _kind(number: int) -> str:
    return f"E{number % 28 + 1:02}"
