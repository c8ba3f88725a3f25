"""Progress notes: written on an appointment, listed, read, signed, and added to."""

from collections.abc import Iterator, Mapping, Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.note_formats import laid_out
from clinic.services import appointments, drafts, goals, note_signing, notes
from clinic.services.errors import MissingError
from clinic.services.rows import Appointment, Case, Goal, Note, NoteAddition
from clinic.web.access import who
from clinic.web.contents import reviewed
from clinic.web.database import get_db
from clinic.web.note_forms import (
    Texts,
    begun_with,
    by_label,
    format_title,
    names_of,
    note_panel,
    note_url,
    saved_note,
    signed_view,
)
from clinic.web.note_hints import note_hints
from clinic.web.notes.forms import ADDITION_HINTS, AdditionForm, SignForm
from clinic.web.pages import find_case, show_case

bp = Blueprint("notes", __name__)
HERE = "appointments.list_held"
CASE = "/cases/<ref:case_ref>"


@bp.route(f"{CASE}/appointments/<ref:appointment_ref>/note", methods=["GET", "POST"])
def write(case_ref: str, appointment_ref: str) -> ResponseReturnValue:
    """Write the note on one appointment. A signed one only opens for words that waited here."""
    db, case = get_db(), find_case(case_ref)
    appointment = appointments.find_appointment(db, case, appointment_ref)
    at = notes.notes_at(db, appointment)
    panel = note_panel(case, appointment, at, _goals(case))
    form = panel.form
    if form is None:
        return redirect(_shown(case, panel.row))
    looks = request.form.get("then") == "look"
    if not looks and form.accepted():
        with form.refusals(lambda: saved_note(notes.notes_at(db, appointment).own)):
            begun = begun_with(form.details().format, _goals(case), appointment)
            details = _with(form.details(), at.own, begun)
            row = notes.write_note(db, case, appointment, details, form.version.data)
            flash("Saved.")
            return redirect(_after_writing(case, appointment, row))
    return show_case(
        "notes/write.html",
        case,
        HERE,
        form,
        panel=panel,
        appointment=appointment,
        looks=looks,
        hints=note_hints(case, appointment, "\n".join(form.texts().values())) if looks else [],
    )


def _goals(case: Case) -> Iterator[Goal]:
    """Ask for the goals only when somebody looks at them: most notes do not begin with any."""
    yield from goals.list_goals(get_db(), case)


def _with(
    details: notes.NoteDetails, row: Note | None, begun: Mapping[str, str]
) -> notes.NoteDetails:
    """Fill in what a form of note begins with, where it was just chosen and left blank."""
    if row is not None and row.format == details.format:
        return details
    filled = {key: details.texts.get(key) or words for key, words in begun.items()}
    return notes.NoteDetails(details.format, {**details.texts, **filled})


def _after_writing(case: Case, appointment: Appointment, row: Note) -> str:
    then, case_ref = request.form.get("then"), case.public_id
    if then == "sign":
        return url_for(".sign", case_ref=case_ref, note_ref=row.public_id)
    if then == "form" and request.form.get("at") != "appointment":
        return note_url(case, appointment)
    ref = appointment.public_id
    return url_for("appointments.show", case_ref=case_ref, appointment_ref=ref, _anchor="note")


def _shown(case: Case, row: Note | None) -> str:
    if row is None:
        raise MissingError("note")
    return url_for(".show", case_ref=case.public_id, note_ref=row.public_id)


@bp.get(f"{CASE}/notes")
def list_notes(case_ref: str) -> ResponseReturnValue:
    """List every appointment with its notes, the newest first."""
    db, case = get_db(), find_case(case_ref)
    rows = notes.list_notes(db, case)
    added = notes.list_additions(db, rows)
    return show_case(
        "notes/list_notes.html",
        case,
        HERE,
        held=list(reversed(appointments.list_appointments(db, case))),
        rows=rows,
        state_of={row.id: notes.state_of(row, _of(row, added)) for row in rows},
        me=who().id,
        format_title=lambda key: format_title(case, key),
    )


@bp.get(f"{CASE}/notes/<ref:note_ref>")
def show(case_ref: str, note_ref: str) -> ResponseReturnValue:
    """Show one note: as it was signed, with what was added; or the draft as it stands."""
    db, case = get_db(), find_case(case_ref)
    row = notes.find_note(db, case, note_ref)
    added = notes.list_additions(db, [row])
    return show_case(
        "notes/show.html",
        case,
        HERE,
        row=row,
        appointment=notes.find_appointment_of(db, row),
        is_own=row.author_id == who().id,
        signed=signed_view(row) if row.signed_at else None,
        texts=_texts(case, row),
        added=added,
        unchanged={each.id: note_signing.is_addition_unchanged(row, each) for each in added},
        title=format_title(case, row.format),
    )


@bp.route(f"{CASE}/notes/<ref:note_ref>/sign", methods=["GET", "POST"])
def sign(case_ref: str, note_ref: str) -> ResponseReturnValue:
    """Read a draft once more, with what is worth a second look, and sign it."""
    db, case = get_db(), find_case(case_ref)
    row = notes.find_note(db, case, note_ref)
    if row.author_id != who().id:
        raise MissingError(note_ref)
    if row.signed_at and request.method == "GET":
        return redirect(_shown(case, row))
    appointment = notes.find_appointment_of(db, row)
    usual = {"name": who().name, "credential": note_signing.usual_credential(db)}
    form = SignForm(data={**usual, "version": row.version})
    if form.accepted():
        with form.refusals(lambda: saved_note(row)):
            # Words kept while it was written stand in it now, or were let go.
            note_signing.sign_note(db, case, row, form.signature(), reviewed().note_formats)
            flash("Signed.")
            return redirect(_shown(case, row))
    return show_case(
        "notes/sign.html",
        case,
        HERE,
        form,
        row=row,
        appointment=appointment,
        texts=_texts(case, row),
        waiting=drafts.find(db, note_url(case, appointment)),
        write_url=note_url(case, appointment),
        hints=note_hints(case, appointment, "\n".join(notes.texts_of(row).values())),
    )


@bp.route(f"{CASE}/notes/<ref:signed_ref>/add", methods=["GET", "POST"])
def add(case_ref: str, signed_ref: str) -> ResponseReturnValue:
    """Add to a signed note; the note itself stays as it is."""
    db, case = get_db(), find_case(case_ref)
    row = notes.find_note(db, case, signed_ref)
    if not row.signed_at:
        raise MissingError(signed_ref)
    appointment = notes.find_appointment_of(db, row)
    form = AdditionForm(data={"served_on": appointment.held_on})
    if form.accepted():
        with form.refusals():
            note_signing.add_to_note(db, row, form.details())
            flash("Added.")
            return redirect(_shown(case, row))
    return show_case(
        "notes/add.html",
        case,
        HERE,
        form,
        row=row,
        signed=signed_view(row),
        kind_hints=ADDITION_HINTS,
    )


def _of(row: Note, added: Sequence[NoteAddition]) -> Sequence[NoteAddition]:
    return [each for each in added if each.note_id == row.id]


def _texts(case: Case, row: Note) -> Texts:
    """List what stands in a note in the order of its form."""
    texts, names = notes.texts_of(row), names_of(case)
    places = laid_out(reviewed().note_formats, row.format, list(names), list(texts))
    return by_label(
        (place.block.label, names.get(place.about, ""), texts[place.key])
        for place in places
        if place.key in texts
    )
