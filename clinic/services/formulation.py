"""The issue layer: explanations, evidence for and against, and the roll-up."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from clinic.domain.formulation import (
    AlternativesMissingError,
    Bearing,
    ChangeOfMindMissingError,
    Confidence,
    Diagnosticity,
    Evidence,
    ExplanationStatus,
    RollUp,
    Standing,
    accepted_confidence,
    standings,
    would_change_my_mind,
)
from clinic.domain.visibility import Layer
from clinic.keyring.ring import PERSONAL
from clinic.models.cases import Case
from clinic.models.formulation import EvidenceBearing, EvidenceItem, Explanation, Formulation
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.cases import find_in_case, partner_id
from clinic.services.errors import RefusedError, StaleError
from clinic.services.versions import expect_version


@dataclass(frozen=True)
class ExplanationDetails:
    """One candidate issue. `about` is a partner's public id, or "" for the relationship."""

    kind: str
    statement: str
    about: str
    confidence: Confidence
    would_change_my_mind: str
    reason: str = ""
    status: ExplanationStatus = ExplanationStatus.ACTIVE
    test_by: dt.date | None = None


@dataclass(frozen=True)
class EvidenceDetails:
    """One observation, and how it bears on each explanation by its public id."""

    kind: str
    observation: str
    source: str
    observed_on: dt.date
    diagnosticity: Diagnosticity
    layer: Layer = Layer.CLINICIAN
    bearings: Mapping[str, Bearing] = field(default_factory=dict)


@dataclass(frozen=True)
class RollUpDetails:
    """The therapist's reading of the case, and the summary written by hand for the couple."""

    roll_up: RollUp
    confidence: Confidence
    reason: str
    strengths: str
    responsibility: str = ""
    couple_summary: str = ""


@dataclass(frozen=True)
class IssueLayer:
    """Everything the issue page shows; standings in order of least contradiction."""

    explanations: Sequence[Explanation]
    evidence: Sequence[EvidenceItem]
    standings: Sequence[Standing]


def issue_layer(db: ScopedSession, case: Case) -> IssueLayer:
    """Read a case's explanations and evidence, ordered by how little speaks against each."""
    explanations = list_explanations(db, case)
    evidence = list_evidence(db, case)
    refs = {row.id: row.public_id for row in explanations}
    items = [
        Evidence(
            item.public_id, {refs[each.explanation_id]: each.bearing for each in item.bearings}
        )
        for item in evidence
    ]
    return IssueLayer(explanations, evidence, standings(refs.values(), items))


def list_explanations(db: ScopedSession, case: Case) -> Sequence[Explanation]:
    """List a case's explanations in the order they were added."""
    query = select(Explanation).where(Explanation.case_id == case.id).order_by(Explanation.id)
    return db.scalars(query).all()


def list_evidence(db: ScopedSession, case: Case) -> Sequence[EvidenceItem]:
    """List a case's evidence by date."""
    query = (
        select(EvidenceItem)
        .where(EvidenceItem.case_id == case.id)
        .order_by(EvidenceItem.observed_on, EvidenceItem.id)
    )
    return db.scalars(query).all()


def find_explanation(db: ScopedSession, case: Case, ref: str) -> Explanation:
    """Find one explanation of a case."""
    return find_in_case(db, Explanation, case, ref)


def find_evidence(db: ScopedSession, case: Case, ref: str) -> EvidenceItem:
    """Find one piece of evidence of a case."""
    return find_in_case(db, EvidenceItem, case, ref)


def add_explanation(db: ScopedSession, case: Case, details: ExplanationDetails) -> Explanation:
    """Add a candidate issue. What would change the therapist's mind is required."""
    row = Explanation(case_id=case.id, practice_id=case.practice_id)
    _write_explanation(db, case, row, details)
    audit.record(db, "explanation.added", row.public_id)
    db.commit()
    return row


def change_explanation(
    db: ScopedSession, case: Case, row: Explanation, details: ExplanationDetails, version: int
) -> None:
    """Change an explanation. Raises StaleError when it was changed since `version`."""
    expect_version(db, row, version)
    _write_explanation(db, case, row, details)
    audit.record(db, "explanation.changed", row.public_id)
    db.commit()


def _write_explanation(
    db: ScopedSession, case: Case, row: Explanation, details: ExplanationDetails
) -> None:
    row.kind = details.kind or None
    row.about_id = partner_id(case, details.about)
    row.confidence, row.status = details.confidence, details.status
    row.test_by = details.test_by
    row.statement, row.reason = details.statement, details.reason
    row.would_change_my_mind = _change_of_mind(details.would_change_my_mind)
    db.add(row)
    db.flush()


def _change_of_mind(text: str) -> str:
    try:
        return would_change_my_mind(text)
    except ChangeOfMindMissingError:
        raise RefusedError(
            "Say what you would have to see to change your mind, in a few words",
            "would_change_my_mind",
        ) from None


def add_evidence(db: ScopedSession, case: Case, details: EvidenceDetails) -> EvidenceItem:
    """Add an observation with its bearing on each explanation."""
    row = EvidenceItem(case_id=case.id, practice_id=case.practice_id)
    _write_evidence(db, case, row, details)
    audit.record(db, "evidence.added", row.public_id)
    db.commit()
    return row


def change_evidence(
    db: ScopedSession, case: Case, row: EvidenceItem, details: EvidenceDetails, version: int
) -> None:
    """Change an observation. Raises StaleError when it was changed since `version`."""
    expect_version(db, row, version)
    _write_evidence(db, case, row, details)
    audit.record(db, "evidence.changed", row.public_id)
    db.commit()


def _write_evidence(
    db: ScopedSession, case: Case, row: EvidenceItem, details: EvidenceDetails
) -> None:
    if details.layer is Layer.PROCESS:
        raise RefusedError("Process notes have a place of their own", "layer")
    if details.layer in PERSONAL and not details.source:
        raise RefusedError("Say whose private words these are", "source")
    row.kind = details.kind or None
    row.source_id = partner_id(case, details.source)
    row.observed_on, row.diagnosticity = details.observed_on, details.diagnosticity
    db.add(row)
    row.layer, row.observation = details.layer, details.observation
    flag_modified(row, "diagnosticity")
    for ref, bearing in details.bearings.items():
        _write_bearing(row, find_explanation(db, case, ref).id, bearing)
    db.flush()


def _write_bearing(row: EvidenceItem, explanation_id: int, bearing: Bearing) -> None:
    for known in row.bearings:
        if known.explanation_id == explanation_id:
            known.bearing = bearing
            return
    row.bearings.append(EvidenceBearing(explanation_id=explanation_id, bearing=bearing))


def latest_formulation(db: ScopedSession, case: Case) -> Formulation | None:
    """Give the newest saved reading of the case, if there is one."""
    query = (
        select(Formulation)
        .where(Formulation.case_id == case.id)
        .order_by(Formulation.number.desc())
        .limit(1)
    )
    return db.scalars(query).first()


def list_formulations(db: ScopedSession, case: Case) -> Sequence[Formulation]:
    """List every saved reading, newest first."""
    query = select(Formulation).where(Formulation.case_id == case.id)
    return db.scalars(query.order_by(Formulation.number.desc())).all()


def save_formulation(
    db: ScopedSession, case: Case, details: RollUpDetails, based_on: int
) -> Formulation:
    """Add a reading of the case; earlier ones stay as they were.

    High confidence needs two active explanations (clinical.md 2.7). Raises StaleError when a
    newer reading than number `based_on` was saved meanwhile.
    """
    db.refresh(case, with_for_update=True)
    latest = latest_formulation(db, case)
    number = latest.number if latest else 0
    if number != based_on:
        raise StaleError
    _check_confidence(db, case, details.confidence)
    row = Formulation(
        case_id=case.id,
        practice_id=case.practice_id,
        number=number + 1,
        author_id=db.scope.clinician_id,
        roll_up=details.roll_up,
        confidence=details.confidence,
        reason=details.reason,
        strengths=details.strengths,
        responsibility=details.responsibility,
        couple_summary=details.couple_summary,
    )
    db.add(row)
    db.flush()
    audit.record(db, "formulation.saved", row.public_id)
    db.commit()
    return row


def _check_confidence(db: ScopedSession, case: Case, confidence: Confidence) -> None:
    active = [row for row in list_explanations(db, case) if row.status is ExplanationStatus.ACTIVE]
    try:
        accepted_confidence(confidence, len(active))
    except AlternativesMissingError:
        raise RefusedError(
            "High confidence needs at least two active explanations. Add another one you have"
            " considered, or choose medium",
            "confidence",
        ) from None
