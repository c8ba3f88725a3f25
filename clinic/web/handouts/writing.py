"""The forms about handouts: one on a day, a link to one at home, and what came of one."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.handouts import Medium, can_be_done_at_home
from clinic.domain.invitations import Handing
from clinic.services import appointments, handout_lines, handouts
from clinic.services.cases import find_partner
from clinic.services.days import today
from clinic.services.errors import RefusedError
from clinic.services.handouts import HandoutDetails
from clinic.services.invitations import Issued
from clinic.services.rows import Case
from clinic.web import letters
from clinic.web.database import get_db
from clinic.web.handout_panel import outcome_form, saved_outcome, title_of
from clinic.web.handouts.forms import AddForm, add_form, sheet_of, way_form
from clinic.web.handouts.home import give_home, home_url
from clinic.web.handouts.routes import HERE, back_to, bp
from clinic.web.pages import find_case, show_case
from clinic.web.people import name_of
from clinic.web.ways_in import share_an_address

__all__ = ["bp"]


@bp.route("/new", methods=["GET", "POST"])
def add(case_ref: str) -> ResponseReturnValue:
    """Note a sheet that was handed out on some day, or let one wait at home."""
    case = find_case(case_ref)
    form = add_form(case, on=today(), medium=Medium.PAPER.value)
    if form.accepted():
        with form.refusals():
            return _added(case, form)
    return show_case("handouts/add.html", case, HERE, form)


def _added(case: Case, form: AddForm) -> ResponseReturnValue:
    details = form.details()
    if not form.is_at_home():
        handouts.hand_out_paper(get_db(), case, details)
        return _noted(case)
    if not can_be_done_at_home(details.sheet):
        raise RefusedError("This sheet is done on paper", "medium")
    try:
        give_home(case, details)
    except RefusedError:
        # The page that gives a link says what is in the way.
        get_db().rollback()
        return redirect(home_url(case, details))
    return _noted(case)


def _noted(case: Case) -> ResponseReturnValue:
    flash("Noted.")
    return redirect(url_for(".list_handed_out", case_ref=case.public_id))


@bp.route("/<sheet:sheet>/<ref:partner_ref>/home", methods=["GET", "POST"])
def send_home(case_ref: str, sheet: str, partner_ref: str) -> ResponseReturnValue:
    """Give one partner a new link with a sheet to do at home; the link is shown once."""
    case, worksheet = find_case(case_ref), sheet_of(sheet) or abort(404)
    partner, at = find_partner(case, partner_ref), request.args.get("appointment", "")
    if not can_be_done_at_home(worksheet):
        abort(404)
    if at:
        appointments.find_appointment(get_db(), case, at)
    form = way_form(partner)
    if form.accepted():
        with form.refusals():
            details = HandoutDetails(worksheet, partner_ref, at)
            return _given(case, give_home(case, details, form.chosen_way()), at)
    return show_case(
        "handouts/send_home.html",
        case,
        HERE,
        form,
        partner=partner,
        worksheet=worksheet,
        back=back_to(case, at, ""),
        same_address=share_an_address(case),
    )


def _given(case: Case, issued: Issued | None, at: str) -> ResponseReturnValue:
    """Show the link once; one that was mailed is not shown."""
    back = back_to(case, at, "")
    if issued is None or issued.invitation.handing is Handing.EMAIL:
        flash("The mail is on its way.")
        return redirect(back)
    # The link exists on this page alone: only its hash is stored.
    return show_case(
        "handouts/_issued.html",
        case,
        HERE,
        name=name_of(case, issued.invitation.partner_id),
        link=letters.link_of(issued.token),
        code=letters.qr_path(issued.token),
        token=issued.token,
        back=back,
    )


@bp.route("/<ref:handout_ref>/outcome", methods=["GET", "POST"])
def note_outcome(case_ref: str, handout_ref: str) -> ResponseReturnValue:
    """Keep a line on what came of a sheet."""
    db, case = get_db(), find_case(case_ref)
    found = handout_lines.find_handed_out(db, case, handout_ref)
    row = found.handout

    def fresh() -> dict[str, Any]:
        return saved_outcome(handout_lines.find_handout(db, case, handout_ref))

    form = outcome_form(row, data=saved_outcome(row))
    at = form.at.data or ""
    if form.accepted():
        with form.refusals(fresh):
            words = form.outcome.data or ""
            handouts.write_outcome(db, case, handout_ref, words, form.version.data)
            flash("Saved.")
            return redirect(back_to(case, at, handout_ref))
    facts = {"title": title_of(row), "reader_id": row.partner_id, "on": row.handed_out_on}
    return show_case(
        "handouts/note_outcome.html", case, HERE, form, back=back_to(case, at, ""), **facts
    )
