"""Handing sheets out in two taps, pressing how far they were done, reading what was sent."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.handouts import Returned, can_be_done_at_home, is_for_openness
from clinic.domain.tracks import Tool
from clinic.domain.worksheets import Worksheet
from clinic.services import appointments, handout_answers, handout_lines, handouts, safety
from clinic.services.cases import find_partner
from clinic.services.errors import MissingError, RefusedError
from clinic.services.handouts import HandoutDetails
from clinic.services.rows import Case
from clinic.web.contents import intake_of
from clinic.web.database import get_db
from clinic.web.handout_panel import handout_line, needs_preparing
from clinic.web.handouts.forms import sheet_of
from clinic.web.handouts.home import give_home, home_url
from clinic.web.handouts.reading import parts_of
from clinic.web.pages import find_case, show_case

bp = Blueprint("handouts", __name__, url_prefix="/cases/<ref:case_ref>/handouts")
HERE = "worksheets.shelf"


@bp.get("")
def list_handed_out(case_ref: str) -> ResponseReturnValue:
    """List what was handed out, the newest first, with what came back."""
    db, case = get_db(), find_case(case_ref)
    lines = [handout_line(case, each) for each in handout_lines.list_handed_out(db, case)]
    return show_case("handouts/list_handed_out.html", case, HERE, lines=lines)


@bp.post("/<ref:appointment_ref>/<sheet:sheet>")
def hand_out(case_ref: str, appointment_ref: str, sheet: str) -> ResponseReturnValue:
    """Hand a sheet out at an appointment: note it and print it, or let it wait for one partner."""
    case, worksheet = find_case(case_ref), sheet_of(sheet) or abort(404)
    appointments.find_appointment(get_db(), case, appointment_ref)
    if partner_ref := request.form.get("home", ""):
        details = HandoutDetails(worksheet, partner_ref, appointment_ref)
        return _home(case, details)
    return _paper(case, worksheet, appointment_ref)


def _home(case: Case, details: HandoutDetails) -> ResponseReturnValue:
    find_partner(case, details.reader)
    if not can_be_done_at_home(details.sheet):
        raise MissingError(details.sheet.key)
    try:
        give_home(case, details)
    except RefusedError:
        # No way in, or something that a page of its own has room to say.
        get_db().rollback()
        return redirect(home_url(case, details), HTTPStatus.SEE_OTHER)
    flash("It waits in this person's own way in now.")
    return redirect(_appointment(case, details.appointment, "sheets"), HTTPStatus.SEE_OTHER)


def _paper(case: Case, worksheet: Worksheet, appointment_ref: str) -> ResponseReturnValue:
    prepared = "prepared" in request.form
    if (needs_preparing(worksheet) and not prepared) or _is_shut(case, worksheet):
        at: dict[str, Any] = {"sheet": worksheet.key, "appointment": appointment_ref}
        to = url_for("worksheets.prepare", case_ref=case.public_id, **at)
        return redirect(to, HTTPStatus.SEE_OTHER)
    reader = request.form.get("reader", "") if worksheet.has_one_reader else ""
    details = HandoutDetails(worksheet, reader, appointment_ref)
    try:
        handouts.hand_out_paper(get_db(), case, details)
    except RefusedError as refusal:
        flash(refusal.args[0], "caution")
        return redirect(_appointment(case, appointment_ref), HTTPStatus.SEE_OTHER)
    return _to_print(case, worksheet)


def _to_print(case: Case, worksheet: Worksheet) -> ResponseReturnValue:
    to = url_for("worksheets.prepare", case_ref=case.public_id, sheet=worksheet.key)
    # The browser sends the same choices again, to be printed and put on record.
    return redirect(to, HTTPStatus.TEMPORARY_REDIRECT)


def _is_shut(case: Case, worksheet: Worksheet) -> bool:
    if not is_for_openness(worksheet.key):
        return False
    return safety.is_shut(get_db(), case, intake_of(case), Tool.SHEET, worksheet.key)


@bp.get("/<ref:handout_ref>")
def show(case_ref: str, handout_ref: str) -> ResponseReturnValue:
    """Read what one partner sent of a sheet done at home, question by question."""
    db, case = get_db(), find_case(case_ref)
    sent = handout_answers.read_sent(db, case, handout_ref)
    line = handout_line(case, sent.handed_out)
    return show_case("handouts/show.html", case, HERE, line=line, parts=parts_of(sent))


@bp.post("/<ref:handout_ref>/returned")
def mark_returned(case_ref: str, handout_ref: str) -> ResponseReturnValue:
    """Press how far a sheet was done, or take it off; a page with scripts is told what stands."""
    db, case = get_db(), find_case(case_ref)
    wanted = _returned(request.form["on"]) if "on" in request.form else None
    stands = handouts.press_returned(db, case, handout_ref, wanted)
    if request.accept_mimetypes.best == "application/json":
        return {"marks": [stands.value] if stands else []}
    return redirect(back_to(case, request.form.get("at", ""), handout_ref), HTTPStatus.SEE_OTHER)


def _returned(value: str) -> Returned:
    try:
        return Returned(value)
    except ValueError:
        raise MissingError(value) from None


@bp.post("/<ref:handout_ref>/take-back")
def take_back(case_ref: str, handout_ref: str) -> ResponseReturnValue:
    """Take back what was handed out by mistake."""
    db, case = get_db(), find_case(case_ref)
    try:
        handouts.withdraw_handout(db, case, handout_ref)
        flash("Taken back.")
    except RefusedError as refusal:
        flash(refusal.args[0], "caution")
    return redirect(back_to(case, request.form.get("at", ""), ""), HTTPStatus.SEE_OTHER)


def back_to(case: Case, appointment_ref: str, handout_ref: str) -> str:
    """Give the page from which something was pressed or written: an appointment's, or the list."""
    anchor = f"handout-{handout_ref}" if handout_ref else "sheets"
    if appointment_ref:
        appointments.find_appointment(get_db(), case, appointment_ref)
        return _appointment(case, appointment_ref, anchor)
    return url_for(".list_handed_out", case_ref=case.public_id, _anchor=anchor)


def _appointment(case: Case, ref: str, anchor: str = "sheets") -> str:
    return url_for(
        "appointments.show", case_ref=case.public_id, appointment_ref=ref, _anchor=anchor
    )
