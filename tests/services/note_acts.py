"""What a clinician does with notes, asked like all acts."""

from collections.abc import Callable

from clinic.models.appointments import Appointment
from clinic.models.base import now
from clinic.models.cases import Case
from clinic.models.notes import Note
from clinic.models.scope import ScopedSession
from clinic.services import notes, process_notes
from tests import factories
from tests import note_factories as made


def _appointment(db: ScopedSession, case: Case) -> Appointment:
    return factories.make_appointment(db, case)


def _signed(db: ScopedSession, case: Case) -> Note:
    return made.sign(db, case, made.make_note(db, case, _appointment(db, case)))


def write_note(db: ScopedSession, case: Case) -> str:
    return made.make_note(db, case, _appointment(db, case)).public_id


def sign_note(db: ScopedSession, case: Case) -> str:
    return _signed(db, case).public_id


def add_to_note(db: ScopedSession, case: Case) -> str:
    row = _signed(db, case)
    made.make_addition(db, row)
    return row.public_id


def set_note_days(db: ScopedSession, _case: Case) -> str:
    notes.set_note_days(db, 9)
    return notes.find_practice(db).public_id


def add_process_note(db: ScopedSession, case: Case) -> str:
    return made.make_process_note(db, case).public_id


def change_process_note(db: ScopedSession, case: Case) -> str:
    row = made.make_process_note(db, case)
    details = process_notes.ProcessDetails(row.on, "another thought")
    process_notes.change_process_note(db, row, details, row.version)
    return row.public_id


def delete_process_note(db: ScopedSession, case: Case) -> str:
    row = made.make_process_note(db, case)
    ref = row.public_id
    process_notes.delete_process_note(db, row, row.version)
    return ref


NOTE_ACTS: dict[Callable[[ScopedSession, Case], str], str] = {
    write_note: "note.written",
    sign_note: "note.signed",
    add_to_note: "note.added-to",
    set_note_days: "practice.note-days",
    add_process_note: "process-note.added",
    change_process_note: "process-note.changed",
    delete_process_note: "process-note.deleted",
}


def again_note(db: ScopedSession, case: Case, ref: str, version: int) -> None:
    row = notes.find_note(db, case, ref)
    on = notes.find_appointment_of(db, row)
    # The same words again would hide which of two was written.
    details = made.note_details(texts={"data": f"written at {now()}"})
    notes.write_note(db, case, on, details, version)


def again_process_note(db: ScopedSession, case: Case, ref: str, version: int) -> None:
    row = process_notes.find_process_note(db, case, ref)
    details = process_notes.ProcessDetails(row.on, "another thought")
    process_notes.change_process_note(db, row, details, version)
