"""What one partner means to do to stay unharmed, kept by the treating clinician alone.

Nobody else learns that there is a plan: not the other partners, and not a page for them together.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from clinic.models.cases import Case, Partner
from clinic.models.safety import SafetyPlan
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.cases import find_partner
from clinic.services.errors import RefusedError, StaleError
from clinic.services.treating import require_treating

#: The boxes of a plan, in their order.
BOXES = ("signs", "first", "places", "along", "numbers")


@dataclass(frozen=True)
class PlanVersion:
    """One version of a plan: its number from 1, the day it was written, and its boxes' words."""

    number: int
    written_on: dt.date
    words: Mapping[str, str]


def add_plan(
    db: ScopedSession, case: Case, partner_ref: str, words: Mapping[str, str], based_on: int
) -> SafetyPlan:
    """Add a version of a partner's plan; earlier ones stay as they were.

    Raises StaleError when a newer one than number `based_on` was written meanwhile (0: none yet),
    and RefusedError when every box is empty.
    """
    require_treating(db, case)
    partner = find_partner(case, partner_ref)
    kept = {box: text for box in BOXES if (text := words.get(box, "").strip())}
    if not kept:
        raise RefusedError("Write something in at least one box", BOXES[0])
    # Locked until the commit: of two versions at the same moment, one is told.
    db.refresh(case, with_for_update=True)
    versions = _rows(db, partner)
    number = versions[0].number if versions else 0
    if number != based_on:
        raise StaleError
    row = SafetyPlan(
        case_id=case.id,
        practice_id=case.practice_id,
        partner_id=partner.id,
        number=number + 1,
    )
    row.words = json.dumps(kept)
    db.add(row)
    db.flush()
    audit.record(db, "safety-plan.written", row.public_id)
    db.commit()
    return row


def list_plans(db: ScopedSession, case: Case, partner_ref: str) -> Sequence[PlanVersion]:
    """Give every version of one partner's plan, the newest first."""
    require_treating(db, case)
    partner = find_partner(case, partner_ref)
    audit.note_read(db, "safety-plan.read", partner.public_id)
    return [_version(row) for row in _rows(db, partner)]


def plan_days(db: ScopedSession, case: Case) -> Mapping[str, dt.date]:
    """Give the day of each partner's newest plan by public id; who has none is left out."""
    require_treating(db, case)
    audit.note_read(db, "safety.read", case.public_id)
    refs = {partner.id: partner.public_id for partner in case.partners}
    query = select(SafetyPlan.partner_id, SafetyPlan.created_at).where(
        SafetyPlan.case_id == case.id
    )
    rows = db.execute(query.order_by(SafetyPlan.number))
    return {refs[partner_id]: at.date() for partner_id, at in rows}


def _rows(db: ScopedSession, partner: Partner) -> Sequence[SafetyPlan]:
    query = select(SafetyPlan).where(SafetyPlan.partner_id == partner.id)
    return db.scalars(query.order_by(SafetyPlan.number.desc())).all()


def _version(row: SafetyPlan) -> PlanVersion:
    return PlanVersion(row.number, row.created_at.date(), json.loads(row.words))
