"""Times at which a partner was asked about safety in person, alone (clinical.md 5.4).

For the treating clinician only. A check is added and never changed, and what it finds today says
nothing about tomorrow: there is no word here for safe.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from clinic.domain.questionnaires import ScreenResult
from clinic.models.cases import Case
from clinic.models.safety import PrivateCheck
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.cases import find_partner
from clinic.services.errors import RefusedError
from clinic.services.treating import require_treating


@dataclass(frozen=True)
class CheckDetails:
    """What came of one time. Where it could not be asked alone, there is only a day to try again.

    `result` is the therapist's own judgement, apart from any score; `judgement` says why.
    """

    asked_on: dt.date
    asked_alone: bool
    result: ScreenResult | None = None
    told: str = ""
    judgement: str = ""
    again_on: dt.date | None = None


def add_check(
    db: ScopedSession, case: Case, partner_ref: str, details: CheckDetails, today: dt.date
) -> PrivateCheck:
    """Add what came of asking one partner; raises RefusedError for what contradicts itself."""
    require_treating(db, case)
    partner = find_partner(case, partner_ref)
    _check_days(details, today)
    row = PrivateCheck(
        case_id=case.id,
        practice_id=case.practice_id,
        partner_id=partner.id,
        author_id=db.scope.clinician_id,
        asked_on=details.asked_on,
        asked_alone=details.asked_alone,
        result=_result(details),
        again_on=details.again_on,
    )
    row.told, row.judgement = details.told.strip(), details.judgement.strip()
    db.add(row)
    db.flush()
    audit.record(db, "private-check.added", row.public_id)
    db.commit()
    return row


def _result(details: CheckDetails) -> ScreenResult:
    if details.asked_alone:
        if details.result is None:
            raise RefusedError("Choose what you make of it today", "result")
        return details.result
    if details.result or details.told.strip() or details.judgement.strip():
        raise RefusedError(
            "Where it could not be asked alone, nothing is asked. Change this, or take out what"
            " was told and what you make of it",
            "asked_alone",
        )
    if details.again_on is None:
        raise RefusedError("Enter the day to try again", "again_on")
    return ScreenResult.INCOMPLETE


def _check_days(details: CheckDetails, today: dt.date) -> None:
    if details.asked_on > today:
        raise RefusedError("That day has not come yet", "asked_on")
    if details.again_on is not None and details.again_on <= details.asked_on:
        raise RefusedError("Choose a day after the one above", "again_on")


def list_checks(db: ScopedSession, case: Case) -> Mapping[str, Sequence[PrivateCheck]]:
    """Give each partner's checks by public id, the newest first."""
    require_treating(db, case)
    audit.note_read(db, "safety.read", case.public_id)
    query = select(PrivateCheck).where(PrivateCheck.case_id == case.id)
    rows = db.scalars(query.order_by(PrivateCheck.asked_on.desc(), PrivateCheck.id.desc())).all()
    return {
        partner.public_id: [row for row in rows if row.partner_id == partner.id]
        for partner in case.partners
    }
