"""What a clinician does with a case as a whole, asked like all acts."""

from collections.abc import Callable

from sqlalchemy import select

from clinic.models.case_life import PhaseTick
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services import case_ends, phases, transfers
from tests import life_factories as made


def tick(db: ScopedSession, case: Case) -> str:
    made.tick_screens(db, case)
    return db.scalars(select(PhaseTick).order_by(PhaseTick.id.desc())).all()[0].public_id


def move(db: ScopedSession, case: Case) -> str:
    return made.move(db, case).public_id


def end_case(db: ScopedSession, case: Case) -> str:
    made.end(db, case)
    return case.public_id


def reopen_case(db: ScopedSession, case: Case) -> str:
    made.end(db, case)
    case_ends.reopen_case(db, case, "they came back", case.version)
    return case.public_id


def archive_case(db: ScopedSession, case: Case) -> str:
    made.end(db, case)
    case_ends.archive_case(db, case, case.version)
    return case.public_id


def restore_case(db: ScopedSession, case: Case) -> str:
    archive_case(db, case)
    case_ends.restore_case(db, case, case.version)
    return case.public_id


def offer_case(db: ScopedSession, case: Case) -> str:
    made.offer(db, case)
    return case.public_id


def withdraw_offer(db: ScopedSession, case: Case) -> str:
    transfers.withdraw_offer(db, made.offer(db, case).public_id)
    return case.public_id


def decline_offer(db: ScopedSession, _case: Case) -> str:
    row = made.offered_by_colleague(db)
    transfers.decline_offer(db, row.public_id)
    return _ref_of(db, row.case_id)


def accept_offer(db: ScopedSession, _case: Case) -> str:
    return transfers.accept_offer(db, made.offered_by_colleague(db).public_id)


def _ref_of(db: ScopedSession, case_id: int) -> str:
    return db.scalars(select(Case).where(Case.id == case_id)).one().public_id


LIFE_ACTS: dict[Callable[[ScopedSession, Case], str], str] = {
    tick: "phase.ticked",
    move: "phase.moved",
    end_case: "case.ended",
    reopen_case: "case.reopened",
    archive_case: "case.archived",
    restore_case: "case.restored",
    offer_case: "transfer.offered",
    withdraw_offer: "transfer.withdrawn",
    decline_offer: "transfer.declined",
    accept_offer: "transfer.accepted",
}


def again_move(db: ScopedSession, case: Case, _ref: str, version: int) -> None:
    details = phases.MoveDetails(f"p{version + 1}", "on we go")
    phases.move(db, case, made.WAYS, details, version)


def again_ending(db: ScopedSession, case: Case, _ref: str, version: int) -> None:
    # Ended and opened again: either would do, so that the same save can follow itself.
    if version % 2:
        case_ends.end_case(db, case, made.ending_details(), version)
    else:
        case_ends.reopen_case(db, case, "they came back", version)
