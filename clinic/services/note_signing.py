"""Signing a note, adding to a signed one, and telling whether what was signed is unchanged.

The database refuses every change of a signed note and of an addition as well (migration 0016).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from clinic.domain.note_formats import NoteFormat, laid_out, title_of
from clinic.domain.note_signing import SignedBlock, SignedNote, Took, canonical, digest, exact, read
from clinic.domain.notes import Addition, AdditionKind, NoteError, may_edit
from clinic.models.accounts import Clinician
from clinic.models.appointments import Appointment
from clinic.models.base import now
from clinic.models.cases import Case
from clinic.models.notes import Note, NoteAddition
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.days import has_come, today
from clinic.services.errors import MissingError, RefusedError
from clinic.services.notes import expect_draft, find_appointment_of, state_of, texts_of


@dataclass(frozen=True)
class Signature:
    """The typed name of who signs, and what they are, such as a licence; "" is left out.

    `version` is the state of the note that was read before signing.
    """

    name: str
    credential: str
    version: int


@dataclass(frozen=True)
class AdditionDetails:
    """What is added to a signed note, the day it is about, and why it is added."""

    kind: AdditionKind
    served_on: dt.date
    words: str
    reason: str


def sign_note(
    db: ScopedSession,
    case: Case,
    row: Note,
    signature: Signature,
    formats: Mapping[str, NoteFormat],
) -> None:
    """Sign a draft as it stands; from now on it only grows, and nothing unlocks it.

    Raises MissingError to anybody but its author, StaleError when it was changed since it was
    read, RefusedError when it is empty, signed already, or about a day to come.
    """
    if row.author_id != db.scope.clinician_id:
        raise MissingError(row.public_id)
    expect_draft(db, row, signature.version)
    appointment = find_appointment_of(db, row)
    if not texts_of(row):
        raise RefusedError("Write something in this note before you sign it")
    if not has_come(appointment.held_on):
        raise RefusedError("The day of this appointment has not come yet")
    moment = now()
    signed = _as_signed(case, row, appointment, signature, formats)
    text = canonical(replace(signed, signed_at=moment.isoformat()))
    # Written at once: whatever is written after the time of signing is refused.
    row.signed, row.digest, row.signed_at = text, digest(text), moment
    audit.record(db, "note.signed", row.public_id)
    db.commit()


def as_signed(row: Note) -> SignedNote:
    """Give a signed note as it was signed."""
    return read(row.signed)


def is_unchanged(row: Note) -> bool:
    """Tell whether a signed note is, letter by letter, what was signed."""
    if row.signed_at is None or digest(row.signed) != row.digest:
        return False
    signed = read(row.signed)
    return (signed.note, signed.signed_at) == (row.public_id, row.signed_at.isoformat())


def usual_credential(db: ScopedSession) -> str:
    """Give what the clinician signed as last time; "" before the first time."""
    query = select(Note).where(Note.author_id == db.scope.clinician_id, Note.signed_at.is_not(None))
    last = db.scalars(query.order_by(Note.signed_at.desc(), Note.id.desc()).limit(1)).first()
    return as_signed(last).credential if last else ""


def add_to_note(db: ScopedSession, row: Note, details: AdditionDetails) -> NoteAddition:
    """Add to a signed note; what was signed stays as it is.

    Raises RefusedError for a draft, for a missing text or reason, and for a day to come.
    """
    if may_edit(state_of(row)):
        raise RefusedError("This note is not signed yet, so it can still be changed")
    added = _added(db, row, details, _checked_day(details))
    db.add(added)
    db.flush()
    audit.record(db, "note.added-to", row.public_id)
    db.commit()
    return added


def is_addition_unchanged(row: Note, added: NoteAddition) -> bool:
    """Tell whether an addition is what was written, beside the very note it was written to."""
    return added.digest == _digest(row, added)


def _checked_day(details: AdditionDetails) -> dt.date:
    """Give the day on which an addition is written, once it is whole and about a day that came."""
    if not has_come(details.served_on):
        raise RefusedError("This day has not come yet", "served_on")
    # Where it is tomorrow already, the day of writing is that day.
    written_on = max(today(), details.served_on)
    try:
        Addition(details.kind, details.words, details.reason, details.served_on, written_on)
    except NoteError:
        raise RefusedError("An addition needs a text and a reason", "words") from None
    return written_on


def _added(
    db: ScopedSession, row: Note, details: AdditionDetails, written_on: dt.date
) -> NoteAddition:
    author = db.get_one(Clinician, db.scope.clinician_id)
    added = NoteAddition(
        case_id=row.case_id,
        practice_id=row.practice_id,
        note_id=row.id,
        author_id=author.id,
        kind=details.kind,
        served_on=details.served_on,
        written_on=written_on,
    )
    added.words, added.reason, added.author_name = details.words, details.reason, author.name
    added.digest = _digest(row, added)
    return added


def _digest(row: Note, added: NoteAddition) -> str:
    days = added.served_on.isoformat(), added.written_on.isoformat()
    texts = added.words, added.reason, added.author_name
    return digest(exact(row.digest, added.kind.value, *days, *texts))


def _as_signed(
    case: Case,
    row: Note,
    appointment: Appointment,
    signature: Signature,
    formats: Mapping[str, NoteFormat],
) -> SignedNote:
    return SignedNote(
        note=row.public_id,
        appointment=appointment.public_id,
        number=appointment.number,
        served_on=appointment.held_on.isoformat(),
        began_at=appointment.began_at.isoformat() if appointment.began_at else "",
        ended_at=appointment.ended_at.isoformat() if appointment.ended_at else "",
        kind=appointment.kind.value,
        took_part=tuple(_took_part(case, appointment)),
        format=row.format,
        title=str(title_of(formats[row.format], case.label)) if row.format in formats else "",
        blocks=tuple(_blocks(case, row, formats)),
        name=signature.name,
        credential=signature.credential,
        signed_at="",
    )


def _took_part(case: Case, appointment: Appointment) -> Sequence[Took]:
    names = {partner.id: partner.name for partner in case.partners}
    return [
        Took(
            names[each.partner_id],
            each.attendance.value,
            each.minutes_late,
            each.joined_by.value if each.joined_by else "",
        )
        for each in appointment.attendances
    ]


def _blocks(case: Case, row: Note, formats: Mapping[str, NoteFormat]) -> Sequence[SignedBlock]:
    names = {partner.public_id: partner.name for partner in case.partners}
    texts = texts_of(row)
    places = laid_out(formats, row.format, list(names), list(texts))
    return [
        SignedBlock(place.block.label, names.get(place.about, ""), texts[place.key])
        for place in places
        if place.key in texts
    ]
