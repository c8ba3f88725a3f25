"""Ending a case with its outcome, opening it again, and the archive; nothing is ever deleted."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from clinic.domain.case_ends import CaseOutcome, LifeStep, LifeStepError, after
from clinic.domain.said import mark
from clinic.models.accounts import Clinician
from clinic.models.case_life import CaseLifeStep
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.days import has_come, today
from clinic.services.errors import RefusedError
from clinic.services.treating import require_treating
from clinic.services.versions import expect_version

_NOT_NOW = {
    LifeStep.ENDED: mark("This case has ended already. Its overview says how"),
    LifeStep.REOPENED: mark("This case is open already"),
    LifeStep.ARCHIVED: mark("A case is ended before it goes into the archive"),
    LifeStep.RESTORED: mark("This case is not in the archive"),
}


@dataclass(frozen=True)
class EndingDetails:
    """How a case ended: where the work left them, the day, why then, and a closing summary."""

    outcome: CaseOutcome
    ended_on: dt.date
    reason: str
    summary: str = ""


@dataclass(frozen=True)
class Step:
    """One step in the life of a case, with who took it; only an ending has an outcome."""

    kind: LifeStep
    on: dt.date
    author: str
    outcome: CaseOutcome | None
    reason: str
    summary: str


def list_steps(db: ScopedSession, case: Case) -> Sequence[Step]:
    """List how a case was ended, opened again and put away, oldest first."""
    query = (
        select(CaseLifeStep, Clinician.name)
        .join(Clinician, Clinician.id == CaseLifeStep.author_id)
        .where(CaseLifeStep.case_id == case.id)
        .order_by(CaseLifeStep.id)
    )
    return [
        Step(row.kind, row.taken_on, author, row.outcome, row.reason, row.summary)
        for row, author in db.execute(query)
    ]


def last_ending(steps: Sequence[Step]) -> Step | None:
    """Give the ending that counts, None while a case is open or never ended."""
    for step in reversed(steps):
        if step.kind is LifeStep.REOPENED:
            return None
        if step.kind is LifeStep.ENDED:
            return step
    return None


def end_case(db: ScopedSession, case: Case, details: EndingDetails, version: int) -> CaseLifeStep:
    """End a case; it takes no new appointment or goal until it is opened again.

    Raises RefusedError for a day before the case was opened or one that has not come, for a case
    that has ended, and without a reason; StaleError when the case was changed since `version`.
    """
    _check_day(case, details.ended_on)
    if not details.reason.strip():
        raise RefusedError("Say in a few words why it ends now", "reason")
    row = _step(db, case, LifeStep.ENDED, version)
    row.taken_on, row.outcome = details.ended_on, details.outcome
    row.reason, row.summary = details.reason.strip(), details.summary.strip()
    db.add(row)
    audit.record(db, "case.ended", case.public_id)
    db.commit()
    return row


def _check_day(case: Case, day: dt.date) -> None:
    if not has_come(day):
        raise RefusedError("This day has not come yet", "ended_on")
    if day < case.opened_on:
        raise RefusedError("It cannot have ended before it was opened", "ended_on")


def reopen_case(db: ScopedSession, case: Case, reason: str, version: int) -> CaseLifeStep:
    """Open an ended or archived case again; how it ended stays in its history.

    Raises RefusedError for an open case and without a reason; StaleError like `end_case`.
    """
    if not reason.strip():
        raise RefusedError("Say in a few words why you open it again", "reason")
    row = _step(db, case, LifeStep.REOPENED, version)
    row.reason = reason.strip()
    db.add(row)
    audit.record(db, "case.reopened", case.public_id)
    db.commit()
    return row


def archive_case(db: ScopedSession, case: Case, version: int) -> CaseLifeStep:
    """Put an ended case out of sight; it is found by its names and can be taken out again."""
    row = _step(db, case, LifeStep.ARCHIVED, version)
    db.add(row)
    audit.record(db, "case.archived", case.public_id)
    db.commit()
    return row


def restore_case(db: ScopedSession, case: Case, version: int) -> CaseLifeStep:
    """Take a case out of the archive, as ended as it was."""
    row = _step(db, case, LifeStep.RESTORED, version)
    db.add(row)
    audit.record(db, "case.restored", case.public_id)
    db.commit()
    return row


def _step(db: ScopedSession, case: Case, kind: LifeStep, version: int) -> CaseLifeStep:
    require_treating(db, case)
    expect_version(db, case, version)
    try:
        case.status = after(case.status, kind)
    except LifeStepError:
        raise RefusedError(_NOT_NOW[kind]) from None
    return CaseLifeStep(
        case_id=case.id,
        practice_id=case.practice_id,
        kind=kind,
        taken_on=today(),
        author_id=db.scope.clinician_id,
    )
