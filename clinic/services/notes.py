"""Progress notes: written as drafts, signed once, and only added to after that."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from clinic.domain.notes import NoteState, may_edit
from clinic.models.accounts import Practice
from clinic.models.appointments import Appointment
from clinic.models.base import now
from clinic.models.cases import Case
from clinic.models.notes import Note, NoteAddition
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.cases import find_in_case
from clinic.services.errors import RefusedError, StaleError

#: The longest list of unsigned notes; the oldest stand first.
MOST_UNSIGNED = 50
SIGNED_ALREADY = (
    "This note is signed, so nothing in it changes any more. Copy your words, and add them to it"
)


@dataclass(frozen=True)
class NoteDetails:
    """What stands in a note: the key of its form, and texts by place.

    A place that is not named keeps its text; a blank one is emptied.
    """

    format: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class NotesAt:
    """The notes on one appointment: the reader's own, and those of other authors.

    `usual` is the form of note that the reader used last, "" where there is none.
    """

    own: Note | None
    others: Sequence[Note]
    usual: str


@dataclass(frozen=True)
class UnsignedNote:
    """A draft whose appointment is longer ago than the practice allows."""

    case_id: int
    case_ref: str
    appointment_ref: str
    note_ref: str
    number: int
    held_on: dt.date


def texts_of(row: Note) -> dict[str, str]:
    """Give what stands in a note by its place."""
    texts: dict[str, str] = json.loads(row.texts)
    return texts


def state_of(row: Note, additions: Sequence[NoteAddition] = ()) -> NoteState:
    """Tell how far a note has come."""
    if row.signed_at is None:
        return NoteState.DRAFT
    return NoteState.ADDENDED if additions else NoteState.SIGNED


def notes_at(db: ScopedSession, appointment: Appointment) -> NotesAt:
    """Read the notes on one appointment, in one statement."""
    mine = select(func.max(Note.id)).where(Note.author_id == db.scope.clinician_id)
    query = select(Note).where(
        or_(
            (Note.appointment_id == appointment.id) & (Note.case_id == appointment.case_id),
            Note.id == mine.scalar_subquery(),
        )
    )
    rows = db.scalars(query.order_by(Note.id)).all()
    here = [row for row in rows if row.appointment_id == appointment.id]
    own = [row for row in rows if row.author_id == db.scope.clinician_id]
    for row in here:
        audit.note_read(db, "note.read", row.public_id)
    return NotesAt(
        next((row for row in here if row in own), None),
        [row for row in here if row not in own],
        own[-1].format if own else "",
    )


def list_notes(db: ScopedSession, case: Case) -> Sequence[Note]:
    """List the notes of a case in the order in which they were begun."""
    return db.scalars(select(Note).where(Note.case_id == case.id).order_by(Note.id)).all()


def find_note(db: ScopedSession, case: Case, ref: str) -> Note:
    """Find one note of a case."""
    row = find_in_case(db, Note, case, ref)
    audit.note_read(db, "note.read", row.public_id)
    return row


def find_appointment_of(db: ScopedSession, row: Note) -> Appointment:
    """Give the appointment that a note is about."""
    query = select(Appointment).where(
        Appointment.id == row.appointment_id, Appointment.case_id == row.case_id
    )
    return db.scalars(query).one()


def write_note(
    db: ScopedSession, case: Case, appointment: Appointment, details: NoteDetails, version: int
) -> Note:
    """Write the clinician's own note on an appointment; `version` 0 means that there was none.

    Raises StaleError when it was changed since `version`, RefusedError when it is signed.
    """
    # Locked until the commit: two first texts on one appointment wait for each other.
    db.refresh(case, with_for_update={"key_share": True})
    row = _own(db, appointment)
    if row is None:
        row = _begun(db, appointment)
    else:
        expect_draft(db, row, version)
    _write(row, details)
    db.add(row)
    db.flush()
    audit.record(db, "note.written", row.public_id)
    db.commit()
    return row


def expect_draft(db: ScopedSession, row: Note, version: int) -> None:
    """Raise RefusedError when a note is signed, StaleError when it was changed since `version`.

    The row stays locked until the commit.
    """
    db.refresh(row, with_for_update={"of": Note})
    if not may_edit(state_of(row)):
        raise RefusedError(SIGNED_ALREADY)
    if row.version != version:
        raise StaleError


def list_additions(db: ScopedSession, rows: Sequence[Note]) -> Sequence[NoteAddition]:
    """List what was added to some notes, in the order in which it was written."""
    ids = [row.id for row in rows]
    query = select(NoteAddition).where(NoteAddition.note_id.in_(ids)).order_by(NoteAddition.id)
    return db.scalars(query).all()


def unsigned_notes(db: ScopedSession, today: dt.date) -> Sequence[UnsignedNote]:
    """List the clinician's drafts that are older than the practice's limit, the oldest first.

    One statement; at most fifty. A note counts from the day of its appointment.
    """
    query = (
        select(
            Case.id,
            Case.public_id,
            Appointment.public_id,
            Note.public_id,
            Appointment.number,
            Appointment.held_on,
            Practice.note_days,
        )
        .join(Case, Case.id == Note.case_id)
        .join(Appointment, Appointment.id == Note.appointment_id)
        .join(Practice, Practice.id == Note.practice_id)
        .where(
            Note.author_id == db.scope.clinician_id,
            Note.signed_at.is_(None),
            Case.clinician_id == db.scope.clinician_id,
        )
        .order_by(Appointment.held_on, Note.id)
        .limit(MOST_UNSIGNED)
    )
    return [
        UnsignedNote(*row[:6])
        for row in db.execute(query)
        if row.held_on + dt.timedelta(days=row.note_days) < today
    ]


def titles_of(db: ScopedSession, case_ids: Sequence[int]) -> Mapping[int, str]:
    """Name some of the clinician's own cases by inner id."""
    query = select(Case).where(
        Case.id.in_(set(case_ids)), Case.clinician_id == db.scope.clinician_id
    )
    return {row.id: row.title for row in db.scalars(query)}


def find_practice(db: ScopedSession) -> Practice:
    """Give the clinician's practice, which says after how many days an unsigned note is listed."""
    return db.scalars(select(Practice).where(Practice.id == db.scope.practice_id)).one()


def set_note_days(db: ScopedSession, days: int) -> None:
    """Set after how many days an unsigned note is listed, for the whole practice."""
    row = find_practice(db)
    row.note_days = days
    audit.record(db, "practice.note-days", row.public_id)
    db.commit()


def _own(db: ScopedSession, appointment: Appointment) -> Note | None:
    query = select(Note).where(
        Note.appointment_id == appointment.id, Note.author_id == db.scope.clinician_id
    )
    return db.scalars(query).first()


def _begun(db: ScopedSession, appointment: Appointment) -> Note:
    row = Note(
        case_id=appointment.case_id,
        practice_id=appointment.practice_id,
        appointment_id=appointment.id,
        author_id=db.scope.clinician_id,
    )
    row.texts = "{}"
    return row


def _write(row: Note, details: NoteDetails) -> None:
    texts = {**texts_of(row), **details.texts}
    row.format, row.saved_at = details.format, now()
    row.texts = json.dumps({place: words for place, words in texts.items() if words.strip()})
