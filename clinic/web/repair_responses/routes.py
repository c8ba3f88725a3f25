"""How each partner answered to repair: entered in two taps, drawn week by week."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.repair_responses import RepairMark, in_order
from clinic.services import repair_responses
from clinic.services.cases import find_partner
from clinic.services.days import today
from clinic.services.errors import MissingError
from clinic.services.repair_responses import Whose
from clinic.services.rows import Case
from clinic.web.database import get_db
from clinic.web.drafts import look_ahead
from clinic.web.pages import find_case, show_case
from clinic.web.repair_entry import MARK, remark_form, remark_urls, repair_panel
from clinic.web.repair_responses.forms import DayForm
from clinic.web.repair_responses.strips import strips

bp = Blueprint("repair_responses", __name__, url_prefix="/cases/<ref:case_ref>/responses")
HERE = "appointments.list_held"
ONE = "/<occasion_ref>/<ref:partner_ref>"


@bp.route("", methods=["GET", "POST"])
def show(case_ref: str) -> ResponseReturnValue:
    """Draw each partner's weeks with the same in words beside it, and ask for another day."""
    db, case = get_db(), find_case(case_ref)
    form = DayForm(data={"on": today()})
    if form.accepted():
        with form.refusals():
            url = url_for(".enter", case_ref=case_ref, occasion_ref=form.occasion_ref())
            return redirect(url)
    found = repair_responses.list_responses(db, case)
    return show_case(
        "repair_responses/show.html", case, HERE, form, strips=strips(case, found), labels=MARK
    )


@bp.get("/<occasion_ref>")
def enter(case_ref: str, occasion_ref: str) -> ResponseReturnValue:
    """Enter what was seen at one appointment, or on one day between."""
    db, case = get_db(), find_case(case_ref)
    occasion = repair_responses.find_occasion(db, case, occasion_ref)
    look_ahead(remark_urls(case, occasion))
    return show_case(
        "repair_responses/enter.html",
        case,
        HERE,
        occasion=occasion,
        panel=repair_panel(db, case, occasion),
    )


@bp.post(ONE)
def press(case_ref: str, occasion_ref: str, partner_ref: str) -> ResponseReturnValue:
    """Put one mark on or take it off; a page with scripts is told what stands now."""
    db, case = get_db(), find_case(case_ref)
    occasion = repair_responses.find_occasion(db, case, occasion_ref)
    on = "on" in request.form
    mark = _mark(request.form.get("on" if on else "off", ""))
    whose = Whose(occasion, partner_ref)
    marks = repair_responses.press(db, case, whose, mark, on=on)
    if request.accept_mimetypes.best == "application/json":
        return {"marks": [each.value for each in in_order(marks)]}
    return redirect(_place(case, whose), HTTPStatus.SEE_OTHER)


@bp.route(f"{ONE}/remark", methods=["GET", "POST"])
def remark(case_ref: str, occasion_ref: str, partner_ref: str) -> ResponseReturnValue:
    """Keep a short remark beside what was marked."""
    db, case = get_db(), find_case(case_ref)
    occasion = repair_responses.find_occasion(db, case, occasion_ref)
    partner, whose = find_partner(case, partner_ref), Whose(occasion, partner_ref)

    def saved() -> dict[str, Any]:
        known = repair_responses.responses_on(db, case, occasion)[partner.id]
        return {"version": known.version, "remark": known.remark}

    form = remark_form(partner, data=saved())
    if form.accepted():
        with form.refusals(saved):
            words = form.remark.data or ""
            repair_responses.write_remark(db, case, whose, words, form.version.data)
            flash("Saved.")
            return redirect(_place(case, whose))
    facts = {"partner": partner, "occasion": occasion, "back": _place(case, whose)}
    return show_case("repair_responses/remark.html", case, HERE, form, **facts)


def _mark(value: str) -> RepairMark:
    try:
        return RepairMark(value)
    except ValueError:
        raise MissingError(value) from None


def _place(case: Case, whose: Whose) -> str:
    # Within a fold of the appointment's page: browsers open a fold that an address leads into.
    occasion, anchor = whose.occasion, f"repair-{find_partner(case, whose.partner_ref).position}"
    if occasion.appointment_id is None:
        return url_for(".enter", case_ref=case.public_id, occasion_ref=occasion.ref, _anchor=anchor)
    return url_for(
        "appointments.show",
        case_ref=case.public_id,
        appointment_ref=occasion.ref,
        _anchor=anchor,
    )
