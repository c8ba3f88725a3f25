"""The form a partner answers alone: a page at a time, saved as it is filled in, sent once."""

from flask import Blueprint, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.answers import given
from clinic.domain.item_checks import AnswerError, check
from clinic.services import questionnaires
from clinic.services.errors import MissingError
from clinic.web.database import get_db
from clinic.web.fields import clean_text
from clinic.web.pages import show
from clinic.web.partner_access import is_handed_over, this_partner
from clinic.web.questionnaires.consents import consent_form
from clinic.web.questionnaires.forms import DECLINED, page_form, short
from clinic.web.questionnaires.steps import KEY, Walk, walk_of

bp = Blueprint("questionnaires", __name__, url_prefix="/form")


@bp.get("")
def start() -> ResponseReturnValue:
    """Lead to the first thing to do; after sending, only that it was received."""
    partner = this_partner()
    if _is_sent():
        return redirect(url_for(".received"))
    if not _has_signed():
        return redirect(url_for(".welcome"))
    walk = walk_of(partner)
    return redirect(url_for(".page", page_key=walk.pages[0].key))


@bp.route("/welcome", methods=["GET", "POST"])
def welcome() -> ResponseReturnValue:
    """Say who sees what, and have each text signed by itself before anything is stored."""
    if _is_sent():
        return redirect(url_for(".received"))
    form = consent_form(this_partner())
    if form.accepted():
        questionnaires.sign(get_db(), this_partner(), form.signed())
        return redirect(url_for(".start"))
    return show("questionnaires/welcome.html", form, handed_over=is_handed_over())


@bp.route("/page/<page_key>", methods=["GET", "POST"])
def page(page_key: str) -> ResponseReturnValue:
    """Ask one topic. Everything may be skipped; the button saves without JavaScript too."""
    if _is_sent() or not _has_signed():
        return redirect(url_for(".start"))
    walk = walk_of(this_partner())
    shown = walk.page(page_key)
    form = page_form(shown, walk.items(shown), walk.answers)
    if form.accepted():
        saves = form.saves()
        with form.refusals():
            if saves:
                questionnaires.save(get_db(), walk.response, saves)
            if not form.errors:
                return _onward(walk, page_key)
    return show(
        "questionnaires/page.html", form, page=shown, walk=walk, handed_over=is_handed_over()
    )


def _onward(walk: Walk, page_key: str) -> ResponseReturnValue:
    """Go on, or stay when an answer opened a further question on this page."""
    if "back" in request.form:
        before = walk.before(walk.page(page_key))
        return redirect(url_for(".page", page_key=before.key if before else page_key))
    fresh = walk_of(this_partner())
    opened = len(fresh.items(fresh.page(page_key))) > len(walk.items(walk.page(page_key)))
    if opened:
        return redirect(url_for(".page", page_key=page_key))
    following = walk.after(walk.page(page_key))
    target = url_for(".page", page_key=following.key) if following else url_for(".review")
    return redirect(target)


@bp.post("/save")
def save() -> ResponseReturnValue:
    """Save one field as it is filled in; the same operation again is the same save."""
    if _is_sent() or not _has_signed():
        raise MissingError
    walk = walk_of(this_partner())
    item = next((i for p in walk.pages for i in p.items if i.key == request.form["item"]), None)
    if item is None:
        raise MissingError
    try:
        values = [clean_text(value) or "" for value in request.form.getlist("value")]
        declined = "declined" in request.form or values == [DECLINED]
        answer = check(item, given([] if declined else values, declined=declined))
    except (AnswerError, ValueError) as refusal:
        return jsonify(problem=str(refusal)), 422
    operation = short(request.form["operation"])
    each = questionnaires.Save(item.key, item.layer, answer, operation)
    moment = questionnaires.save(get_db(), walk.response, [each])
    return jsonify(saved=f"Saved {moment.astimezone():%H:%M}")


@bp.get("/review")
def review() -> ResponseReturnValue:
    """Show everything once more, with a way back to each page."""
    if _is_sent() or not _has_signed():
        return redirect(url_for(".start"))
    walk = walk_of(this_partner())
    return show("questionnaires/review.html", walk=walk, handed_over=is_handed_over())


@bp.post("/send")
def send() -> ResponseReturnValue:
    """Hand the answers over, once."""
    if not _has_signed():
        raise MissingError
    walk = walk_of(this_partner())
    questionnaires.send(get_db(), this_partner(), walk.response)
    return redirect(url_for(".received"))


@bp.get("/received")
def received() -> ResponseReturnValue:
    """Say that the answers were received, and show none of them."""
    if not _is_sent():
        return redirect(url_for(".start"))
    return show("questionnaires/received.html", handed_over=is_handed_over())


def _is_sent() -> bool:
    response = questionnaires.find_response(get_db(), this_partner(), KEY)
    return response is not None and response.sent_at is not None


def _has_signed() -> bool:
    signed = questionnaires.signed_documents(get_db(), this_partner())
    return consent_form(this_partner()).documents() <= set(signed)
