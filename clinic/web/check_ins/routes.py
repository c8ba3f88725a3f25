"""Asking everybody for a check-in, seeing who has answered, and reading it over time."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.calendars import CalendarDay, calendar, without_names
from clinic.domain.invitations import Handing
from clinic.domain.said import mark, say
from clinic.services import check_in_lines, check_ins, goals
from clinic.services.cases import find_partner
from clinic.services.check_ins import Letters, Sending
from clinic.services.invitations import Issued
from clinic.services.rows import Case
from clinic.web import letters
from clinic.web.check_ins.forms import ask_form, link_form
from clinic.web.check_ins.views import by_partner, standings
from clinic.web.contents import CHECK_IN, reviewed
from clinic.web.database import get_db
from clinic.web.language import translate
from clinic.web.pages import find_case, show_case
from clinic.web.ways_in import make_plan, share_an_address

bp = Blueprint("check_ins", __name__, url_prefix="/cases/<ref:case_ref>/check-ins")
HERE = "appointments.list_held"


@bp.get("")
def overview(case_ref: str) -> ResponseReturnValue:
    """Show what was asked and sent, and each partner's answers over time."""
    db, case = get_db(), find_case(case_ref)
    sent, asked = check_in_lines.list_sent(db, case), check_in_lines.list_asked(db, case)
    return show_case(
        "check_ins/overview.html",
        case,
        HERE,
        standings=standings(case, asked),
        partners=by_partner(case, asked, sent, reviewed().questionnaires[CHECK_IN]),
    )


@bp.route("/ask", methods=["GET", "POST"])
def ask(case_ref: str) -> ResponseReturnValue:
    """Ask every partner for one day; the links that are handed over are shown once."""
    db, case = get_db(), find_case(case_ref)
    form = ask_form(case, goals.list_open_goals(db, case))
    if form.accepted():
        with form.refusals():
            make_plan(case)
            _, issued = check_ins.ask(db, case, form.details(), _letters())
            return _given(case, issued)
    return show_case("check_ins/ask.html", case, HERE, form, same_address=share_an_address(case))


@bp.route("/<ref:check_in_ref>/<ref:partner_ref>/link", methods=["GET", "POST"])
def send_link(case_ref: str, check_in_ref: str, partner_ref: str) -> ResponseReturnValue:
    """Give one partner a new link; the earlier one ends."""
    db, case = get_db(), find_case(case_ref)
    row = check_ins.find_open(db, case, check_in_ref)
    partner = find_partner(case, partner_ref)
    form = link_form(partner)
    if form.accepted():
        with form.refusals():
            sending = Sending(form.ways()[partner_ref], _letters())
            issued = check_ins.renew_link(db, case, check_in_ref, partner_ref, sending)
            return _given(case, [issued])
    return show_case(
        "check_ins/send_link.html",
        case,
        HERE,
        form,
        partner=partner,
        check_in=row,
        same_address=share_an_address(case),
    )


@bp.post("/<ref:check_in_ref>/end")
def close(case_ref: str, check_in_ref: str) -> ResponseReturnValue:
    """End a check-in and its links."""
    check_ins.close(get_db(), find_case(case_ref), check_in_ref)
    flash("It can no longer be answered. What was sent is kept.")
    return redirect(url_for(".overview", case_ref=case_ref))


@bp.get("/<ref:check_in_ref>/appointment.ics")
def calendar_file(case_ref: str, check_in_ref: str) -> ResponseReturnValue:
    """Give the day as a calendar file that names nobody."""
    db, case = get_db(), find_case(case_ref)
    row = check_ins.find_check_in(db, case, check_in_ref)
    label = without_names(case.label, [partner.name for partner in case.partners])
    word = say("Appointment (%(label)s)", label=label) if label else mark("Appointment")
    entry = CalendarDay(row.public_id, row.due_on, translate(word), row.created_at)
    response = Response(calendar(entry), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return response


def _letters() -> Letters:
    return Letters(letters.invitation, letters.reminder())


def _given(case: Case, issued: Sequence[Issued]) -> ResponseReturnValue:
    """Show what is handed over once; a link that was mailed is not shown."""
    by_hand = [each for each in issued if each.invitation.handing is not Handing.EMAIL]
    if not by_hand:
        flash("The mails are on their way.")
        return redirect(url_for(".overview", case_ref=case.public_id))
    # The links exist on this page alone: only their hashes are stored.
    return show_case(
        "check_ins/_issued.html", case, HERE, handed=[_handed(each) for each in by_hand]
    )


def _handed(issued: Issued) -> dict[str, object]:
    return {
        "partner_id": issued.invitation.partner_id,
        "link": letters.link_of(issued.token),
        "code": letters.qr_path(issued.token),
        "token": issued.token,
    }
