"""Joint-session mode: turning it on, the room's own page, and ending it with the password."""

from collections.abc import Mapping

from flask import Blueprint, abort, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.tracks import OPENNESS_SHEETS
from clinic.domain.visibility import Audience
from clinic.domain.worksheets import Paper, SheetAudience, Worksheet
from clinic.services import rooms
from clinic.services.appointments import find_appointment
from clinic.services.rows import Case
from clinic.web.access import who
from clinic.web.contents import concern_of, reviewed
from clinic.web.database import get_db, get_narrow_db
from clinic.web.pages import find_case, show, show_case
from clinic.web.printing import as_answer, blank_fill, print_sheet
from clinic.web.room.forms import EndForm

bp = Blueprint("room", __name__)
OF_CASE = "/cases/<ref:case_ref>/room"
HERE = "room.show"
#: In the cookie for short messages; nobody can read or change it in the room.
CAME_FROM = "room_came_from"


@bp.get(OF_CASE, endpoint="show")
def show_room(case_ref: str) -> ResponseReturnValue:
    """Show what the room may see; before it is turned on, the same as a look ahead."""
    if g.room:
        view = rooms.view(get_db(), case_ref)
        return show("room/show.html", view=view, case_ref=case_ref, sheets=_sheets())
    case = find_case(case_ref)
    view = rooms.view(get_narrow_db(who(), Audience.COUPLE), case_ref)
    return show_case("room/_ahead.html", case, HERE, view=view, case_ref=case_ref, sheets=_sheets())


@bp.post(f"{OF_CASE}/start")
def start(case_ref: str) -> ResponseReturnValue:
    """Turn joint-session mode on for this browser."""
    case = find_case(case_ref)
    if not g.room:
        _remember(case, request.form.get("appointment", ""))
        rooms.open_room(get_db(), g.browser, case)
    return redirect(url_for(".show", case_ref=case_ref), 303)


@bp.route(f"{OF_CASE}/end", methods=["GET", "POST"])
def end(case_ref: str) -> ResponseReturnValue:
    """End joint-session mode with the clinician's password; a wrong one keeps it on."""
    find_case(case_ref)
    if not g.room:
        return redirect(url_for("cases.show", case_ref=case_ref), 303)
    form = EndForm()
    if form.accepted():
        with form.refusals():
            rooms.close_room(get_db(), g.browser, form.password.data)
            flash("Only you see this screen again.")
            return redirect(_way_back(case_ref), 303)
    return show("room/end.html", form, case_ref=case_ref)


def _remember(case: Case, appointment_ref: str) -> None:
    """Note the appointment from which the room was shown its page, to come back to it."""
    session.pop(CAME_FROM, None)
    if appointment_ref:
        session[CAME_FROM] = find_appointment(get_db(), case, appointment_ref).public_id


def _way_back(case_ref: str) -> str:
    appointment_ref = session.pop(CAME_FROM, "")
    if not appointment_ref:
        return url_for("cases.show", case_ref=case_ref)
    return url_for("appointments.show", case_ref=case_ref, appointment_ref=appointment_ref)


@bp.get("/room-state")
def state() -> ResponseReturnValue:
    """Tell a page that was left open which case the room looks at now."""
    return {"room": g.room}


@bp.get(f"{OF_CASE}/sheets/<sheet:sheet>.pdf")
def print_blank(case_ref: str, sheet: str) -> ResponseReturnValue:
    """Print a blank sheet: there is nothing in it that could be anybody's."""
    case, worksheet = find_case(case_ref), _sheets().get(sheet) or abort(404)
    filled = blank_fill(worksheet, concern_of(case), people=len(case.partners))
    resources = who().practice.resource_line
    return as_answer(worksheet, print_sheet(worksheet, filled, Paper.A4, resources))


def _sheets() -> Mapping[str, Worksheet]:
    """Give the sheets that are handed to partners; a therapist's own are not for the room.

    Neither are those that close while a safety flag is open, in any case: a sheet that is there
    in one week and gone in the next would tell the room about a private answer.
    """
    sheets: Mapping[str, Worksheet] = reviewed().worksheets
    return {
        key: sheet
        for key, sheet in sheets.items()
        if sheet.audience is not SheetAudience.THERAPIST and key.upper() not in OPENNESS_SHEETS
    }
