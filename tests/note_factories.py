"""Notes for tests, written through the services as the app itself would write them."""

import datetime as dt
from dataclasses import replace
from typing import Any

from clinic.content.notes_loader import load_note_formats
from clinic.domain.notes import AdditionKind
from clinic.models.appointments import Appointment
from clinic.models.cases import Case
from clinic.models.notes import Note, NoteAddition, ProcessNote
from clinic.models.scope import ScopedSession
from clinic.services import appointments, note_signing, notes, process_notes

FORMATS = load_note_formats()
DAY = dt.date(2026, 11, 20)


def note_details(**changes: Any) -> notes.NoteDetails:
    """Describe a short note."""
    details = notes.NoteDetails("dap", {"data": "both named the move", "plan": "one walk a week"})
    return replace(details, **changes)


def make_note(
    db: ScopedSession, case: Case, appointment: Appointment | None = None, **changes: Any
) -> Note:
    """Write the first words of a note on an appointment, or on the newest one."""
    on = appointment or appointments.list_appointments(db, case)[-1]
    return notes.write_note(db, case, on, note_details(**changes), 0)


def sign(db: ScopedSession, case: Case, row: Note, credential: str = "LMFT 4711") -> Note:
    """Sign a note as it stands."""
    signature = note_signing.Signature("Ines Ferrara", credential, row.version)
    note_signing.sign_note(db, case, row, signature, FORMATS)
    return row


def addition_details(**changes: Any) -> note_signing.AdditionDetails:
    """Describe news after signing."""
    details = note_signing.AdditionDetails(
        AdditionKind.ADDENDUM, DAY, "they called later that day", "news after signing"
    )
    return replace(details, **changes)


def make_addition(db: ScopedSession, row: Note, **changes: Any) -> NoteAddition:
    """Add to a signed note."""
    return note_signing.add_to_note(db, row, addition_details(**changes))


def fill_notes(db: ScopedSession, case: Case) -> None:
    """Put a draft on a case's newest appointment, and a process note beside it."""
    make_note(db, case)
    make_process_note(db, case)


def sign_another(db: ScopedSession, case: Case) -> None:
    """Sign the note on a case's newest appointment, and add to it."""
    make_addition(db, sign(db, case, make_note(db, case)))
    make_process_note(db, case)


def make_process_note(db: ScopedSession, case: Case, **changes: Any) -> ProcessNote:
    """Add a process note."""
    details = process_notes.ProcessDetails(DAY, "why do I side with the quieter one")
    return process_notes.add_process_note(db, case, replace(details, **changes))
