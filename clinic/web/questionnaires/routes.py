"""The form a partner answers alone: a page at a time, saved as it is filled in, sent once."""

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.answers import given
from clinic.domain.items import AnswerError, Page, check, counted
from clinic.services import disclosures, questionnaires
from clinic.services.errors import MissingError, RefusedError
from clinic.services.rows import QuestionnaireResponse
from clinic.web.database import get_db
from clinic.web.fields import clean_text
from clinic.web.pages import show
from clinic.web.partner_access import is_handed_over, this_partner
from clinic.web.questionnaires.consents import consent_form, consent_of
from clinic.web.questionnaires.forms import DECLINED, page_form, short
from clinic.web.questionnaires.steps import KEY, Walk, walk_of

bp = Blueprint("questionnaires", __name__, url_prefix="/form")


@bp.get("")
def start() -> ResponseReturnValue:
    """Lead to the first thing to do; after sending, only that it was received."""
    walk = walk_of(this_partner())
    if walk.is_sent:
        return redirect(url_for(".received"))
    return _to(walk.unsigned or next(page for page in walk.pages if not page.signs))


@bp.route("/page/<page_key>", methods=["GET", "POST"])
def page(page_key: str) -> ResponseReturnValue:
    """Ask one topic, or have one text signed. The button saves without JavaScript too."""
    walk = walk_of(this_partner())
    shown = walk.page(page_key)
    if walk.is_sent or not walk.is_open(shown):
        return redirect(url_for(".start"))
    return _sign(walk, shown) if shown.signs else _ask(walk, shown)


def _sign(walk: Walk, shown: Page) -> ResponseReturnValue:
    form = consent_form(consent_of(walk.partner, shown))
    if form.accepted():
        questionnaires.sign(get_db(), walk.partner, [form.signed()])
        return _onward(walk, shown)
    return show(
        "questionnaires/sign.html", form, page=shown, walk=walk, handed_over=is_handed_over()
    )


def _ask(walk: Walk, shown: Page) -> ResponseReturnValue:
    form = page_form(shown, walk.items(shown), walk.answers)
    if form.accepted():
        saves = form.saves()
        with form.refusals():
            if saves:
                questionnaires.save(get_db(), _response(walk), saves)
            if not form.errors:
                return _onward(walk, shown)
    return show(
        "questionnaires/page.html", form, page=shown, walk=walk, handed_over=is_handed_over()
    )


def _response(walk: Walk) -> QuestionnaireResponse:
    return walk.response or questionnaires.begin(
        get_db(), walk.partner, KEY, walk.questionnaire.version
    )


def _onward(walk: Walk, shown: Page) -> ResponseReturnValue:
    """Go on; stay when an answer opened a further question on this page."""
    if "back" in request.form:
        return _to(walk.before(shown) or shown)
    fresh = walk_of(walk.partner)
    if len(fresh.items(shown)) > len(walk.items(shown)):
        flash("Saved. One more question has opened on this page.")
        return _to(shown)
    following = walk.after(shown)
    return _to(following) if following else redirect(url_for(".review"))


def _to(target: Page) -> ResponseReturnValue:
    return redirect(url_for("questionnaires.page", page_key=target.key))


@bp.post("/save")
def save() -> ResponseReturnValue:
    """Save one field as it is filled in; the same operation again is the same save."""
    walk = walk_of(this_partner())
    if walk.is_sent or walk.unsigned:
        raise MissingError
    item = walk.item(request.form.get("item", ""))
    try:
        values = [clean_text(value) or "" for value in request.form.getlist("value")]
        declined = "declined" in request.form or values == [DECLINED]
        answer = check(item, given([] if declined else values, declined=declined))
        operation = short(request.form.get("operation", ""))
        each = questionnaires.Save(item.key, item.layer, answer, operation)
        moment = questionnaires.save(get_db(), _response(walk), [each])
    except (AnswerError, RefusedError, ValueError) as refusal:
        return jsonify(problem=str(refusal)), 422
    return jsonify(saved=f"Saved {moment.astimezone():%H:%M}")


@bp.get("/review")
def review() -> ResponseReturnValue:
    """Show everything once more, with a way back to each page."""
    walk = walk_of(this_partner())
    if walk.is_sent or walk.unsigned:
        return redirect(url_for(".start"))
    return show("questionnaires/review.html", walk=walk, handed_over=is_handed_over())


@bp.post("/send")
def send() -> ResponseReturnValue:
    """Hand the answers over, once."""
    walk = walk_of(this_partner())
    if walk.unsigned:
        raise MissingError
    if not walk.is_sent:
        items = [item for each in walk.pages for item in each.items]
        disclosures.note_kept(get_db(), walk.partner, counted(items, walk.answers))
        questionnaires.send(get_db(), walk.partner, _response(walk))
    return redirect(url_for(".received"))


@bp.get("/received")
def received() -> ResponseReturnValue:
    """Say that the answers were received, and show none of them."""
    if not walk_of(this_partner()).is_sent:
        return redirect(url_for(".start"))
    return show("questionnaires/received.html", handed_over=is_handed_over())
