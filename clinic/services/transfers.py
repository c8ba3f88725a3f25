"""Handing a case to a colleague of the same practice: offered, then taken over with one press.

What belongs to the case goes along, the safety layer included: it is for whoever treats. Process
notes and drafts are sealed for their author and stay with them.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import aliased

from clinic.domain.case_ends import TransferState
from clinic.models.accounts import BrowserSession, Clinician
from clinic.models.base import now
from clinic.models.case_life import CaseTransfer
from clinic.models.cases import Case
from clinic.models.drafts import Draft
from clinic.models.notes import Note
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.errors import MissingError, RefusedError
from clinic.services.treating import require_treating


@dataclass(frozen=True)
class Colleague:
    """Somebody a case can be offered to."""

    ref: str
    name: str


@dataclass(frozen=True)
class Offer:
    """An offer as both of them see it; `mine` tells that the reader made it."""

    ref: str
    case_ref: str
    title: str
    label: str
    opened_on: dt.date
    offered_on: dt.date
    state: TransferState
    giver: str
    receiver: str
    words: str
    mine: bool


def colleagues(db: ScopedSession) -> Sequence[Colleague]:
    """List who else works in this practice, by name."""
    query = (
        select(Clinician.public_id, Clinician.name)
        .where(Clinician.id != db.scope.clinician_id, Clinician.disabled_at.is_(None))
        .order_by(Clinician.name, Clinician.id)
    )
    return [Colleague(ref, name) for ref, name in db.execute(query)]


def offer_case(db: ScopedSession, case: Case, colleague_ref: str, words: str) -> CaseTransfer:
    """Offer a case to a colleague, who then sees its names and these words, and nothing else.

    Raises RefusedError while an earlier offer is open, and MissingError for a stranger.
    """
    require_treating(db, case)
    db.refresh(case, with_for_update=True)
    if open_offer(db, case) is not None:
        raise RefusedError("This case is offered already. Withdraw that offer first", "colleague")
    row = CaseTransfer(
        case_id=case.id,
        practice_id=case.practice_id,
        from_id=db.scope.clinician_id,
        to_id=_colleague(db, colleague_ref).id,
        state=TransferState.OFFERED,
    )
    row.words = words.strip()
    db.add(row)
    db.flush()
    audit.record(db, "transfer.offered", case.public_id)
    db.commit()
    return row


def _colleague(db: ScopedSession, ref: str) -> Clinician:
    query = select(Clinician).where(Clinician.public_id == ref, Clinician.disabled_at.is_(None))
    row = db.scalars(query).first()
    if row is None or row.id == db.scope.clinician_id:
        raise MissingError(ref)
    return row


def open_offer(db: ScopedSession, case: Case) -> CaseTransfer | None:
    """Give the offer of a case that nobody has answered yet."""
    query = select(CaseTransfer).where(
        CaseTransfer.case_id == case.id, CaseTransfer.settled_at.is_(None)
    )
    return db.scalars(query).first()


def offers_to_me(db: ScopedSession) -> Sequence[str]:
    """List the offers that wait for the signed-in clinician, by public id; nothing is opened."""
    query = select(CaseTransfer.public_id).where(
        CaseTransfer.to_id == db.scope.clinician_id, CaseTransfer.settled_at.is_(None)
    )
    return db.scalars(query.order_by(CaseTransfer.id)).all()


def unsaved_forms(db: ScopedSession, case: Case) -> int:
    """Count the forms of a case in which the signed-in clinician has words that are not saved."""
    query = select(func.count(Draft.id)).where(
        Draft.case_id == case.id, Draft.clinician_id == db.scope.clinician_id
    )
    return db.execute(query).scalar_one()


def unsigned_notes(db: ScopedSession, case: Case) -> int:
    """Count the notes on a case that the signed-in clinician has begun and not signed."""
    query = select(func.count(Note.id)).where(
        Note.case_id == case.id,
        Note.author_id == db.scope.clinician_id,
        Note.signed_at.is_(None),
    )
    return db.execute(query).scalar_one()


def find_offer(db: ScopedSession, ref: str) -> Offer:
    """Find an offer that the signed-in clinician made or was made; for others there is none."""
    me, giver, receiver = db.scope.clinician_id, aliased(Clinician), aliased(Clinician)
    query = (
        select(CaseTransfer, Case, giver.name, receiver.name)
        .join(Case, Case.id == CaseTransfer.case_id)
        .join(giver, giver.id == CaseTransfer.from_id)
        .join(receiver, receiver.id == CaseTransfer.to_id)
        .where(CaseTransfer.public_id == ref)
        .where(or_(CaseTransfer.from_id == me, CaseTransfer.to_id == me))
    )
    found = db.execute(query).first()
    if found is None:
        raise MissingError(ref)
    row, case, giving, receiving = found
    if row.settled_at is not None and case.clinician_id != me:
        # Whoever has no part in the case any more learns no name of it.
        raise MissingError(ref)
    audit.note_read(db, "transfer.read", case.public_id)
    return Offer(
        ref,
        case.public_id,
        case.title,
        case.label,
        case.opened_on,
        row.created_at.date(),
        row.state,
        giving,
        receiving,
        row.words,
        row.from_id == me,
    )


def withdraw_offer(db: ScopedSession, ref: str) -> None:
    """Take an offer back before it was answered. Raises RefusedError when it was."""
    row, case = _open(db, ref, CaseTransfer.from_id == db.scope.clinician_id)
    row.state, row.settled_at = TransferState.WITHDRAWN, now()
    audit.record(db, "transfer.withdrawn", case.public_id)
    db.commit()


def decline_offer(db: ScopedSession, ref: str) -> None:
    """Leave a case with the colleague who offered it. Raises RefusedError when it is settled."""
    row, case = _open(db, ref, CaseTransfer.to_id == db.scope.clinician_id)
    row.state, row.settled_at = TransferState.DECLINED, now()
    audit.record(db, "transfer.declined", case.public_id)
    db.commit()


def accept_offer(db: ScopedSession, ref: str) -> str:
    """Take a case over and give its public id: from now on it exists for nobody else.

    Invitations and everything partners typed stay as they are. A browser in which the former
    clinician shows the case to the room is signed out. Raises RefusedError when it is settled.
    """
    row, case = _open(db, ref, CaseTransfer.to_id == db.scope.clinician_id)
    case.clinician_id = db.scope.clinician_id or 0
    db.execute(delete(BrowserSession).where(BrowserSession.in_room == case.public_id))
    row.state, row.settled_at = TransferState.ACCEPTED, now()
    audit.record(db, "transfer.accepted", case.public_id)
    db.commit()
    return case.public_id


def _open(db: ScopedSession, ref: str, mine: ColumnElement[bool]) -> tuple[CaseTransfer, Case]:
    query = select(CaseTransfer).where(CaseTransfer.public_id == ref, mine)
    row = db.scalars(query).first()
    if row is None:
        raise MissingError(ref)
    case = db.scalars(select(Case).where(Case.id == row.case_id)).one()
    # In the same order as an offer locks them, so that two never wait for each other.
    db.refresh(case, with_for_update=True)
    db.refresh(row, with_for_update=True)
    if row.settled_at is not None:
        raise RefusedError("This offer has been settled meanwhile")
    return row, case
