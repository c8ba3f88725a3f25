"""Sheets that a partner does at home: short forms, a page at a time, sent once each.

Addresses and titles say nothing about what is asked. What waits is listed when it is more than one.
"""

from dataclasses import replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.services import handout_answers, questionnaires
from clinic.services.errors import MissingError, RefusedError
from clinic.services.handout_answers import OwnForm
from clinic.services.rows import Partner, QuestionnaireResponse
from clinic.web.database import get_db
from clinic.web.pages import show
from clinic.web.partner_access import is_handed_over, is_late, this_partner
from clinic.web.questionnaires.check_in import bp
from clinic.web.questionnaires.forms import page_form
from clinic.web.questionnaires.routes import saved_one
from clinic.web.questionnaires.steps import Walk, walk_of

__all__ = ["bp"]
ONE = "/further/<ref:further_ref>"


def _own(further_ref: str) -> OwnForm:
    """Find a form of the partner's own; nothing is asked before everything is signed."""
    partner = this_partner()
    if walk_of(partner).unsigned:
        raise MissingError(further_ref)
    return handout_answers.find_own(get_db(), partner, further_ref)


def _walk(partner: Partner, own: OwnForm) -> Walk:
    form, kept = own.asked, own.response
    answers = questionnaires.answers_of(get_db(), kept) if kept else {}
    return Walk(partner, form, form.pages, kept, answers, None)


def _response(own: OwnForm) -> QuestionnaireResponse:
    return handout_answers.begin(get_db(), this_partner(), own)


@bp.get("/further")
def list_further() -> ResponseReturnValue:
    """List what waits for this partner: each form by the day it came, and the longer one."""
    walk = walk_of(this_partner())
    waiting = handout_answers.list_waiting(get_db(), walk.partner)
    if walk.unsigned or not waiting:
        return redirect(url_for(".start"))
    return show(
        "questionnaires/list_further.html",
        waiting=waiting,
        longer=None if walk.is_sent else walk.first,
        handed_over=is_handed_over(),
    )


@bp.route(f"{ONE}/<page_key>", methods=["GET", "POST"])
def further(further_ref: str, page_key: str) -> ResponseReturnValue:
    """Ask one part of a form. The button saves without JavaScript too."""
    own = _own(further_ref)
    walk = _walk(this_partner(), own)
    page = walk.page(page_key)
    if own.sent_at:
        return redirect(url_for(".further_received"))
    asked = replace(page, key="further")
    form = page_form(asked, page.items, walk.answers, may_decline=False)
    if form.is_submitted():
        form.validate()
        saves = form.saves()
        with form.refusals():
            if saves:
                questionnaires.save(get_db(), _response(own), saves)
            if not form.errors:
                return _onward(own, walk, page_key)
        form.start_anew()
    if is_late():
        return redirect(url_for("entry.locked"))
    if not own.is_open and not form.is_submitted():
        return redirect(url_for(".start"))
    return show("questionnaires/further.html", form, walk=walk, page=page, further_ref=further_ref)


def _onward(own: OwnForm, walk: Walk, page_key: str) -> ResponseReturnValue:
    page = walk.page(page_key)
    to = walk.before(page) or page if "back" in request.form else walk.after(page)
    ref = own.form.public_id
    if to is None:
        return redirect(url_for(".review_further", further_ref=ref))
    return redirect(url_for(".further", further_ref=ref, page_key=to.key))


@bp.post(f"{ONE}/save")
def save_further(further_ref: str) -> ResponseReturnValue:
    """Save one field as it is filled in; the same operation again is the same save."""
    if not request.form.get("operation"):
        raise MissingError("operation")
    own = _own(further_ref)
    item = _walk(this_partner(), own).item(request.form.get("item", ""))
    return saved_one(item, lambda: _response(own))


@bp.get(f"{ONE}/review")
def review_further(further_ref: str) -> ResponseReturnValue:
    """Show everything once more, with a way back to each part."""
    own = _own(further_ref)
    if not own.is_open:
        return redirect(url_for(".start"))
    walk = _walk(this_partner(), own)
    return show("questionnaires/review_further.html", walk=walk, further_ref=further_ref)


@bp.post(f"{ONE}/send")
def send_further(further_ref: str) -> ResponseReturnValue:
    """Hand one form over, once."""
    own = _own(further_ref)
    if own.sent_at is None:
        try:
            handout_answers.hand_in(get_db(), own, _response(own))
        except RefusedError:
            return redirect(url_for(".start"))
    answer = redirect(url_for(".further_received"))
    # Pages that a browser keeps in memory for its Back button go as well.
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.get("/further/received")
def further_received() -> ResponseReturnValue:
    """Say that it was received, and show no answer."""
    walk = walk_of(this_partner())
    if walk.unsigned:
        return redirect(url_for(".start"))
    return show(
        "questionnaires/further_received.html",
        handed_over=is_handed_over(),
        waiting=handout_answers.list_waiting(get_db(), walk.partner),
        more=not walk.is_sent,
    )
