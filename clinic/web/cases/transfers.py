"""Handing a case to a colleague: the offer, and the colleague's yes or no."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.said import mark
from clinic.services import transfers
from clinic.web.cases.endings import HERE, press
from clinic.web.cases.life_forms import offer_form
from clinic.web.cases.routes import bp
from clinic.web.database import get_db
from clinic.web.pages import find_case, show, show_case


@bp.route("/cases/<ref:case_ref>/hand-over", methods=["GET", "POST"])
def offer(case_ref: str) -> ResponseReturnValue:
    """Offer a case to a colleague of the same practice."""
    db, case = get_db(), find_case(case_ref)
    others = transfers.colleagues(db)
    form = offer_form(others)
    if form.accepted():
        with form.refusals():
            words = form.words.data or ""
            row = transfers.offer_case(db, case, form["colleague"].data, words)
            flash("Offered. The case stays yours until your colleague takes it over.")
            return redirect(url_for(".show_offer", transfer_ref=row.public_id))
    return show_case(
        "cases/offer.html",
        case,
        HERE,
        form,
        others=others,
        unsaved=transfers.unsaved_forms(db, case),
        unsigned=transfers.unsigned_notes(db, case),
        offered=transfers.open_offer(db, case),
    )


@bp.get("/hand-over/<ref:transfer_ref>")
def show_offer(transfer_ref: str) -> ResponseReturnValue:
    """Show an offer to the one who made it, or to the one who is asked."""
    found = transfers.find_offer(get_db(), transfer_ref)
    return show("cases/show_offer.html", offer=found)


@bp.post("/hand-over/<ref:transfer_ref>/take-over")
def take_over(transfer_ref: str) -> ResponseReturnValue:
    """Take the case over: from now on it is the reader's."""
    db = get_db()
    done = mark("The case is yours now. Process notes stay with their author.")
    if press(lambda: transfers.accept_offer(db, transfer_ref), done):
        case_ref = transfers.find_offer(db, transfer_ref).case_ref
        return redirect(url_for(".show", case_ref=case_ref))
    return redirect(url_for(".caseload"))


@bp.post("/hand-over/<ref:transfer_ref>/decline")
def decline(transfer_ref: str) -> ResponseReturnValue:
    """Leave the case with the colleague who offered it."""
    press(lambda: transfers.decline_offer(get_db(), transfer_ref), mark("Not taken over."))
    return redirect(url_for(".caseload"))


@bp.post("/hand-over/<ref:transfer_ref>/withdraw")
def withdraw(transfer_ref: str) -> ResponseReturnValue:
    """Take an offer back before it was answered."""
    press(lambda: transfers.withdraw_offer(get_db(), transfer_ref), mark("Withdrawn."))
    return redirect(url_for(".caseload"))
