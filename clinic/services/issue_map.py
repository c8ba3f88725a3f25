"""What the map from symptom to issue is drawn from, read without opening any observation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import lazyload

from clinic.domain.formulation import Bearing
from clinic.models.behaviours import BehaviourRecord
from clinic.models.cases import Case
from clinic.models.formulation import EvidenceBearing, EvidenceItem, EvidenceLink, Explanation
from clinic.models.scope import ScopedSession
from clinic.services.evidence import counts, has_reason, is_from_fear
from clinic.services.formulation import list_explanations


@dataclass(frozen=True)
class Ground:
    """What lies under the map: behaviours left, explanations right, and the evidence between.

    Each tie is a behaviour (None where it is about no single one), an explanation, both by inner
    id, and how one piece of evidence bears.
    """

    behaviours: Sequence[BehaviourRecord]
    explanations: Sequence[Explanation]
    ties: Sequence[tuple[int | None, int, Bearing]]


def ground(db: ScopedSession, case: Case) -> Ground:
    """Read what the map shows, without opening a single observation; three statements."""
    explanations = list_explanations(db, case)
    kinds = {row.id: row.kind or "" for row in explanations}
    ties = [
        (tie.behaviour_id, tie.explanation_id, _tied(tie, kinds[tie.explanation_id]))
        for tie in db.execute(_ties(case))
    ]
    query = _visible(case).options(lazyload(BehaviourRecord.ratings))
    return Ground(db.scalars(query).all(), explanations, ties)


def list_visible(db: ScopedSession, case: Case) -> Sequence[BehaviourRecord]:
    """List the behaviours that evidence can be about, with who placed them where."""
    return db.scalars(_visible(case)).all()


def _visible(case: Case) -> Select[BehaviourRecord]:
    return (
        select(BehaviourRecord)
        .where(BehaviourRecord.case_id == case.id)
        .order_by(BehaviourRecord.id)
        .options(lazyload(BehaviourRecord.responses))
    )


def _ties(case: Case) -> Any:
    return (
        select(
            EvidenceLink.behaviour_id,
            EvidenceBearing.explanation_id,
            EvidenceBearing.bearing,
            has_reason().label("reasoned"),
            EvidenceItem.kind,
            is_from_fear().label("from_fear"),
        )
        .select_from(EvidenceBearing)
        .join(EvidenceItem, EvidenceItem.id == EvidenceBearing.evidence_id)
        .outerjoin(EvidenceLink, EvidenceLink.evidence_id == EvidenceItem.id)
        .where(EvidenceItem.case_id == case.id)
        .order_by(EvidenceItem.id, EvidenceBearing.explanation_id)
    )


def _tied(tie: Any, explanation: str) -> Bearing:
    stays = tie.reasoned or counts(tie.kind, explanation, from_fear=tie.from_fear)
    bearing: Bearing = tie.bearing if stays else Bearing.NEUTRAL
    return bearing
