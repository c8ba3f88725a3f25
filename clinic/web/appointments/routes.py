"""The appointments of a case, and the page that is open while the people of one are here."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.services import appointment_pages, appointments
from clinic.services.days import today
from clinic.services.rows import Appointment
from clinic.web.appointments.forms import change_form, saved_appointment, start_form
from clinic.web.appointments.panels import panels_of
from clinic.web.database import get_db
from clinic.web.pages import find_case, show_case

bp = Blueprint("appointments", __name__, url_prefix="/cases/<ref:case_ref>/appointments")
HERE = "appointments.list_held"
LAST_PAGE = 10_000


@bp.get("")
def list_held(case_ref: str) -> ResponseReturnValue:
    """List a case's appointments, newest first."""
    case = find_case(case_ref)
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    held = appointments.list_held(get_db(), case, page)
    return show_case("appointments/list_held.html", case, HERE, held=held)


@bp.route("/new", methods=["GET", "POST"])
def hold(case_ref: str) -> ResponseReturnValue:
    """Start the next appointment: one press where everybody is here as usual."""
    db, case = get_db(), find_case(case_ref)
    newest = appointments.newest_appointment(db, case)
    form = start_form(case, newest, today())
    if form.accepted():
        with form.refusals():
            row = appointments.hold_appointment(db, case, form.details())
            return redirect(url_for(".show", case_ref=case_ref, appointment_ref=row.public_id))
    already = newest if newest and newest.held_on == today() else None
    return show_case("appointments/hold.html", case, HERE, form, already=already)


@bp.get("/<ref:appointment_ref>")
def show(case_ref: str, appointment_ref: str) -> ResponseReturnValue:
    """Show one appointment: what happened since the last one, the note, and what is to be rated."""
    db, case = get_db(), find_case(case_ref)
    page = appointment_pages.read(db, case, appointment_ref)
    return show_case(
        "appointments/show.html",
        case,
        HERE,
        page=page,
        progress=page.progress,
        appointment=page.appointment,
        panels=panels_of(case, page),
    )


@bp.route("/<ref:appointment_ref>/details", methods=["GET", "POST"])
def change(case_ref: str, appointment_ref: str) -> ResponseReturnValue:
    """Correct the day, the kind, the attendance or the times."""
    db, case = get_db(), find_case(case_ref)
    row = appointments.find_appointment(db, case, appointment_ref)
    form = change_form(case, row)
    if form.accepted():
        with form.refusals(lambda: saved_appointment(case, row)):
            appointments.change_appointment(db, case, row, form.details(), form.version.data)
            flash("Saved.")
            return _to(case_ref, row)
    return show_case("appointments/change.html", case, HERE, form, appointment=row)


@bp.post("/<ref:appointment_ref>/begin")
def begin(case_ref: str, appointment_ref: str) -> ResponseReturnValue:
    """Note that the appointment begins now."""
    row = appointments.begin_now(get_db(), find_case(case_ref), appointment_ref)
    return _to(case_ref, row)


@bp.post("/<ref:appointment_ref>/end")
def end(case_ref: str, appointment_ref: str) -> ResponseReturnValue:
    """Note that the appointment is over."""
    row = appointments.end_now(get_db(), find_case(case_ref), appointment_ref)
    return _to(case_ref, row)


def _to(case_ref: str, row: Appointment) -> ResponseReturnValue:
    return redirect(url_for(".show", case_ref=case_ref, appointment_ref=row.public_id))
