"""Opening cases, and finding one's own."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import lazyload
from sqlalchemy.orm.attributes import flag_modified, set_committed_value

from clinic.domain.cases import ContactBy, SecretsPolicy, check_partner_count
from clinic.domain.check_ins import CHECK_IN
from clinic.domain.handouts import HANDOUT
from clinic.models.appointments import Appointment
from clinic.models.behaviours import BehaviourRecord, OnsetAgreement
from clinic.models.cases import Case, OfCase, Partner
from clinic.models.formulation import Explanation, Formulation
from clinic.models.goals import Goal
from clinic.models.questionnaires import QuestionnaireResponse
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.days import today
from clinic.services.errors import MissingError, RefusedError
from clinic.services.versions import expect_version

Row = TypeVar("Row", bound=OfCase)


@dataclass(frozen=True)
class PartnerDetails:
    """A partner's name, and how that partner may be reached."""

    name: str
    contact_by: ContactBy
    contact_details: str = ""
    contact_notes: str = ""


@dataclass(frozen=True)
class CaseDetails:
    """What is asked when a case is opened, and may be changed later."""

    label: str
    secrets_policy: SecretsPolicy
    partners: Sequence[PartnerDetails]
    concern: str = "outside-contact"
    opened_on: dt.date | None = None


@dataclass(frozen=True)
class Progress:
    """How far the work on a case has come, as counts."""

    behaviours: int
    onset: int
    explanations: int
    formulations: int
    goals: int
    appointments: int
    responses: int


def find_case(db: ScopedSession, case_ref: str) -> Case:
    """Find one of the clinician's own cases; anybody else's does not exist."""
    query = (
        select(Case, Partner)
        .join(Case.partners)
        .where(Case.public_id == case_ref, Case.clinician_id == db.scope.clinician_id)
        .order_by(Partner.position)
    )
    found = db.execute(query.options(lazyload(Case.partners))).all()
    if not found:
        raise MissingError(case_ref)
    case = found[0][0]
    # Every page asks for both: one statement, and no join that PostgreSQL would refuse to lock.
    set_committed_value(case, "partners", [partner for _, partner in found])
    audit.note_read(db, "case.read", case.public_id)
    return case


def find_in_case(db: ScopedSession, kind: type[Row], case: Case, ref: str) -> Row:
    """Find a row of a case by its public id; one of another case does not exist."""
    row = db.scalars(select(kind).where(kind.public_id == ref, kind.case_id == case.id)).first()
    if row is None:
        raise MissingError(ref)
    return row


def find_partner(case: Case, partner_ref: str) -> Partner:
    """Find a partner of a case by public id."""
    for partner in case.partners:
        if partner.public_id == partner_ref:
            return partner
    raise MissingError(partner_ref)


def partner_id(case: Case, partner_ref: str) -> int | None:
    """Give a partner's inner id, or None for "": the therapist, or the relationship."""
    return find_partner(case, partner_ref).id if partner_ref else None


def open_case(db: ScopedSession, details: CaseDetails) -> Case:
    """Open a case with two or more partners, for the clinician who asks."""
    check_partner_count([partner.name for partner in details.partners])
    case = Case(
        clinician_id=db.scope.clinician_id,
        concern=details.concern,
        label=details.label,
        secrets_policy=details.secrets_policy,
        opened_on=details.opened_on or today(),
        practice_id=db.scope.practice_id,
    )
    db.add(case)
    db.flush()
    for wanted in details.partners:
        partner = Partner(case_id=case.id, practice_id=case.practice_id)
        _write_partner(partner, wanted)
        case.partners.append(partner)
    db.flush()
    audit.record(db, "case.opened", case.public_id)
    db.commit()
    return case


def change_case(db: ScopedSession, case: Case, details: CaseDetails, version: int) -> None:
    """Change a case's details and its partners' names and contacts; partners stay the same ones.

    Raises StaleError when the case was changed since `version`.
    """
    if len(details.partners) != len(case.partners):
        raise RefusedError("The partners of a case stay the same people")
    expect_version(db, case, version)
    # Read first: reading them later would write what has changed by then, as a change of its own.
    partners = list(case.partners)
    case.label, case.secrets_policy = details.label, details.secrets_policy
    for partner, wanted in zip(partners, details.partners, strict=True):
        _write_partner(partner, wanted)
    # A change in a partner alone must also count as a change of the case.
    flag_modified(case, "concern")
    audit.record(db, "case.changed", case.public_id)
    db.commit()


def _write_partner(partner: Partner, wanted: PartnerDetails) -> None:
    partner.name = wanted.name
    partner.contact_by = wanted.contact_by
    partner.contact_details = wanted.contact_details
    partner.contact_notes = wanted.contact_notes


def progress(db: ScopedSession, case: Case) -> Progress:
    """Count what a case holds so far, in one query."""
    found: list[int] = list(db.execute(select(*progress_counts(case))).one())
    return Progress(*found)


def progress_counts(case: Case) -> Sequence[ScalarSelect[int]]:
    """Give the counts of `Progress` in its order, for a query that asks for more besides."""
    kinds = (
        BehaviourRecord,
        OnsetAgreement,
        Explanation,
        Formulation,
        Goal,
        Appointment,
    )
    counts = [
        select(func.count(kind.id)).where(kind.case_id == case.id).scalar_subquery()
        for kind in kinds
    ]
    answered = select(func.count(QuestionnaireResponse.id)).where(
        QuestionnaireResponse.case_id == case.id,
        QuestionnaireResponse.questionnaire.not_like(f"{CHECK_IN}%"),
        QuestionnaireResponse.questionnaire.not_like(f"{HANDOUT}%"),
    )
    return [*counts, answered.scalar_subquery()]
