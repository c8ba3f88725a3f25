"""The life of a case for tests: endings, offers to a colleague, ticks, all through the services."""

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from clinic.content.phases_loader import load_phases
from clinic.domain.case_ends import CaseOutcome, TransferState
from clinic.domain.disclosures import DisclosureStatus
from clinic.models.accounts import Clinician
from clinic.models.case_life import CaseLifeStep, CaseTransfer, PhaseMove
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services import case_ends, disclosures, phases, transfers
from clinic.services.days import today
from tests import factories as made
from tests import intake_factories as intake
from tests.services.answering import CONTENT

PHASES = load_phases()
WAYS = phases.Ways(PHASES, CONTENT)


def ending_details(**changes: Any) -> case_ends.EndingDetails:
    """Describe an ending in which they parted well."""
    details = case_ends.EndingDetails(
        CaseOutcome.PARTED_WELL, today(), "they decided in March", "what helped was time"
    )
    return replace(details, **changes)


def end(db: ScopedSession, case: Case, **changes: Any) -> CaseLifeStep:
    """End a case."""
    return case_ends.end_case(db, case, ending_details(**changes), case.version)


def colleague_of(db: ScopedSession) -> Clinician:
    """Find somebody else of the practice."""
    query = select(Clinician).where(Clinician.id != db.scope.clinician_id)
    return db.scalars(query.order_by(Clinician.id)).all()[0]


def offer(db: ScopedSession, case: Case, words: str = "calm work, weekly") -> CaseTransfer:
    """Offer a case to a colleague."""
    return transfers.offer_case(db, case, colleague_of(db).public_id, words)


def offered_by_colleague(db: ScopedSession) -> CaseTransfer:
    """Make a case of a colleague's that is offered to the reader."""
    case, giver = made.make_case(db, "Ade", "Bo"), colleague_of(db)
    case.clinician_id = giver.id
    row = CaseTransfer(
        case_id=case.id,
        practice_id=case.practice_id,
        from_id=giver.id,
        to_id=db.scope.clinician_id,
        state=TransferState.OFFERED,
    )
    row.words = "please go on with them"
    db.add(row)
    db.commit()
    return row


def tick_screens(db: ScopedSession, case: Case) -> str:
    """Tick one box of the first phase, and give its place."""
    place = f"p0.screens.{case.partners[0].public_id}"
    phases.tick(db, case, PHASES, place, holds=True)
    return place


def move(db: ScopedSession, case: Case, phase: str = "p1", version: int = 0) -> PhaseMove:
    """Move a case to a phase, with a reason."""
    details = phases.MoveDetails(phase, "the rest can follow")
    return phases.move(db, case, WAYS, details, version)


def later(days: int) -> dt.date:
    """Give a day some days from now."""
    return today() + dt.timedelta(days=days)


def ref_of(db: ScopedSession, clinician_id: int | None) -> str:
    """Give a clinician's public id, of whatever practice."""
    with db.as_system():
        return db.get_one(Clinician, clinician_id).public_id


def fill_life(db: ScopedSession, case: Case) -> None:
    """Put one of everything of its life into a case, and leave it open and offered."""
    tick_screens(db, case)
    move(db, case)
    end(db, case)
    case_ends.reopen_case(db, case, "they came back", case.version)
    if transfers.colleagues(db):
        offer(db, case)


def offer_ref(db: ScopedSession, case: Case) -> str:
    """Name the open offer of a case; where there is none, something that nobody finds."""
    row = transfers.open_offer(db, case)
    return row.public_id if row else "x" * 22


def promise(db: ScopedSession, case: Case) -> None:
    """Let a partner have something to share by today."""
    ref = intake.make_disclosure(db, case).public_id
    details = disclosures.StepDetails(DisclosureStatus.OWNER_TO_SHARE, today())
    disclosures.add_step(db, case, ref, details)
