"""Process notes: what a clinician thinks, apart from the record, for the author's eyes alone.

Their own table and the author's own key. Whoever else asks, and whoever looks along, is told that
there is no such thing. Nothing here is quoted, printed or exported with the record.

Source: clinical.md 5.5.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from clinic.domain.visibility import Audience
from clinic.models.cases import Case
from clinic.models.notes import ProcessNote
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.days import has_come
from clinic.services.errors import MissingError, RefusedError
from clinic.services.versions import expect_version


@dataclass(frozen=True)
class ProcessDetails:
    """One process note: its day, and the author's words."""

    on: dt.date
    words: str


def list_process_notes(db: ScopedSession, case: Case) -> Sequence[ProcessNote]:
    """List the author's own process notes on a case, newest first."""
    _require_author(db, case)
    query = select(ProcessNote).where(
        ProcessNote.case_id == case.id, ProcessNote.author_id == db.scope.clinician_id
    )
    rows = db.scalars(query.order_by(ProcessNote.on.desc(), ProcessNote.id.desc())).all()
    if rows:
        audit.note_read(db, "process-note.read", case.public_id)
    return rows


def find_process_note(db: ScopedSession, case: Case, ref: str) -> ProcessNote:
    """Find one of the author's own process notes; anybody else's does not exist."""
    _require_author(db, case)
    query = select(ProcessNote).where(
        ProcessNote.public_id == ref,
        ProcessNote.case_id == case.id,
        ProcessNote.author_id == db.scope.clinician_id,
    )
    row = db.scalars(query).first()
    if row is None:
        raise MissingError(ref)
    audit.note_read(db, "process-note.read", row.public_id)
    return row


def add_process_note(db: ScopedSession, case: Case, details: ProcessDetails) -> ProcessNote:
    """Add a process note. Raises RefusedError without words, and for a day to come."""
    _require_author(db, case)
    row = ProcessNote(
        case_id=case.id, practice_id=case.practice_id, author_id=db.scope.clinician_id
    )
    _write(row, details)
    db.add(row)
    db.flush()
    audit.record(db, "process-note.added", row.public_id)
    db.commit()
    return row


def change_process_note(
    db: ScopedSession, row: ProcessNote, details: ProcessDetails, version: int
) -> None:
    """Change a process note. Raises StaleError when it was changed since `version`."""
    expect_version(db, row, version)
    _write(row, details)
    audit.record(db, "process-note.changed", row.public_id)
    db.commit()


def delete_process_note(db: ScopedSession, row: ProcessNote, version: int) -> None:
    """Take a process note away. Raises StaleError when it was changed since `version`."""
    expect_version(db, row, version)
    audit.record(db, "process-note.deleted", row.public_id)
    db.delete(row)
    db.commit()


def _require_author(db: ScopedSession, case: Case) -> None:
    if db.scope.audience is not Audience.AUTHOR or db.scope.clinician_id != case.clinician_id:
        raise MissingError(case.public_id)


def _write(row: ProcessNote, details: ProcessDetails) -> None:
    if not details.words.strip():
        raise RefusedError("Write something, or leave this page", "words")
    if not has_come(details.on):
        raise RefusedError("This day has not come yet", "on")
    row.on, row.words = details.on, details.words
