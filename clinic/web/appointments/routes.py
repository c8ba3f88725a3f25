"""The appointments of a case."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.services import appointments, goals
from clinic.services.days import today
from clinic.web.appointments.forms import appointment_form, saved_appointment
from clinic.web.database import get_db
from clinic.web.pages import find_case, show_case
from clinic.web.people import THERAPIST_REF, raters

bp = Blueprint("appointments", __name__, url_prefix="/cases/<ref:case_ref>/appointments")
HERE = "appointments.list_held"


@bp.get("")
def list_held(case_ref: str) -> ResponseReturnValue:
    """List a case's appointments, newest first."""
    case = find_case(case_ref)
    rows = appointments.list_appointments(get_db(), case)
    return show_case("appointments/list_held.html", case, HERE, rows=list(reversed(rows)))


@bp.route("/new", methods=["GET", "POST"])
def hold(case_ref: str) -> ResponseReturnValue:
    """Start the next appointment with everybody's attendance."""
    case = find_case(case_ref)
    form = appointment_form(case, data={"held_on": today()})
    if form.accepted():
        with form.refusals():
            row = appointments.hold_appointment(get_db(), case, form.details())
            return redirect(url_for(".show", case_ref=case_ref, appointment_ref=row.public_id))
    return show_case("appointments/hold.html", case, HERE, form)


@bp.get("/<ref:appointment_ref>")
def show(case_ref: str, appointment_ref: str) -> ResponseReturnValue:
    """Show one appointment: who was there, and what everybody found with each goal."""
    db, case = get_db(), find_case(case_ref)
    row = appointments.find_appointment(db, case, appointment_ref)
    return show_case(
        "appointments/show.html",
        case,
        HERE,
        appointment=row,
        goals=goals.list_goals(db, case),
        raters=raters(case),
        rating_of=goals.rating_of,
        therapist_ref=THERAPIST_REF,
    )


@bp.route("/<ref:appointment_ref>/details", methods=["GET", "POST"])
def change(case_ref: str, appointment_ref: str) -> ResponseReturnValue:
    """Correct the day, the kind or the attendance."""
    db, case = get_db(), find_case(case_ref)
    row = appointments.find_appointment(db, case, appointment_ref)
    form = appointment_form(case, data=saved_appointment(case, row))
    if form.accepted():
        with form.refusals(lambda: saved_appointment(case, row)):
            appointments.change_appointment(db, case, row, form.details(), form.version.data)
            flash("Saved.")
            return redirect(url_for(".show", case_ref=case_ref, appointment_ref=appointment_ref))
    return show_case("appointments/change.html", case, HERE, form)
