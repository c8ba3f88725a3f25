"""The form a partner answers alone: a page at a time, saved as it is filled in, sent once."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.answers import Given
from clinic.domain.items import AnswerError, Item, Page, check
from clinic.domain.said import say
from clinic.services import questionnaires
from clinic.services.check_in_answers import find_asked
from clinic.services.errors import MissingError, RefusedError
from clinic.services.handout_answers import list_waiting
from clinic.services.rows import QuestionnaireResponse
from clinic.web.contents import INTAKE
from clinic.web.database import get_db
from clinic.web.field_rules import clean_text
from clinic.web.filters import clock
from clinic.web.forms import BaseForm
from clinic.web.language import translate
from clinic.web.pages import show
from clinic.web.partner_access import is_handed_over, is_late, this_partner
from clinic.web.questionnaires.consents import consent_form, consent_of, in_language
from clinic.web.questionnaires.forms import (
    DECLINED,
    WAS,
    answer_of,
    fingerprint,
    page_form,
    save_of,
)
from clinic.web.questionnaires.steps import Walk, walk_of

bp = Blueprint("questionnaires", __name__, url_prefix="/form")


@bp.get("")
def start() -> ResponseReturnValue:
    """Lead to the first thing to do; after sending, only that it was received."""
    walk = walk_of(this_partner())
    if walk.unsigned is None and (waits := _waiting(walk)):
        return redirect(waits)
    if walk.is_sent:
        return redirect(url_for(".received"))
    return _to(walk.unsigned or walk.first)


def _waiting(walk: Walk) -> str:
    """Give the address of what comes first just now: a check-in, then sheets to do at home."""
    if asked := find_asked(get_db(), walk.partner):
        return url_for(".check_in", check_in_ref=asked.check_in.public_id)
    waiting = list_waiting(get_db(), walk.partner)
    if len(waiting) == 1 and walk.is_sent:
        [own] = waiting
        return url_for(".further", further_ref=own.form.public_id, page_key=own.first_page)
    return url_for(".list_further") if waiting else ""


@bp.route("/page/<page_key>", methods=["GET", "POST"])
def page(page_key: str) -> ResponseReturnValue:
    """Ask one topic, or have one text signed. The button saves without JavaScript too."""
    walk = walk_of(this_partner())
    shown = walk.page(page_key)
    if walk.is_sent or not walk.is_open(shown):
        return redirect(url_for(".start"))
    return _sign(walk, shown) if shown.signs else _ask(walk, shown)


def _sign(walk: Walk, shown: Page) -> ResponseReturnValue:
    # Said once: what is read is what is signed.
    consent = in_language(consent_of(walk.partner, shown))
    is_next = walk.unsigned is not None and walk.unsigned.key == shown.key
    form = consent_form(consent) if is_next else None
    if request.method == "POST" and form is None:
        return _onward(walk, shown)
    if form and not is_late() and form.accepted():
        questionnaires.sign(get_db(), walk.partner, [form.signed()])
        return _signed(walk, shown)
    if is_late():
        return redirect(url_for("entry.locked"))
    return _show("questionnaires/_sign.html", walk, form, page=shown, consent=consent)


def _signed(walk: Walk, shown: Page) -> ResponseReturnValue:
    """Go on; after the last signature, what is asked just now comes first."""
    is_last = walk_of(walk.partner).unsigned is None
    waits = _waiting(walk) if is_last else ""
    return redirect(url_for(".start")) if waits else _onward(walk, shown)


def _ask(walk: Walk, shown: Page) -> ResponseReturnValue:
    form = page_form(shown, _asked(walk, shown), walk.answers)
    if form.is_submitted():
        form.validate()
        saves = form.saves()
        with form.refusals():
            # One refused answer keeps nobody from having the others saved.
            if saves:
                questionnaires.save(get_db(), _response(walk), saves)
            if not form.errors:
                return _onward(walk, shown)
        form.start_anew()
    if is_late():
        return redirect(url_for("entry.locked"))
    return _show("questionnaires/page.html", walk, form, page=shown)


def _asked(walk: Walk, shown: Page) -> list[Item]:
    """List what is asked, and what was asked when the page was opened."""
    asked = {item.key for item in walk.items(shown)}
    return [item for item in shown.items if item.key in asked or item.key + WAS in request.form]


def _show(
    template: str, walk: Walk, form: BaseForm | None = None, **facts: Any
) -> ResponseReturnValue:
    return show(template, form, walk=walk, handed_over=is_handed_over(), **facts)


def _response(walk: Walk) -> QuestionnaireResponse:
    return walk.response or questionnaires.begin(
        get_db(), walk.partner, INTAKE, walk.questionnaire.version
    )


def _onward(walk: Walk, shown: Page) -> ResponseReturnValue:
    """Go on; stay when an answer opened a further question on this page.

    What was on the page is what it sent: its script has saved the answers that opened more already.
    """
    now = walk_of(walk.partner)
    if "back" in request.form:
        return _to(now.before(shown) or shown)
    if any(item.key + WAS not in request.form for item in now.items(shown)):
        flash("Saved. There is more to answer on this page now.")
        return _to(shown)
    following = now.after(shown)
    return _to(following) if following else redirect(url_for(".review"))


def _to(target: Page) -> ResponseReturnValue:
    return redirect(url_for("questionnaires.page", page_key=target.key))


@bp.post("/save")
def save() -> ResponseReturnValue:
    """Save one field as it is filled in; the same operation again is the same save."""
    if not request.form.get("operation"):
        raise MissingError("operation")
    walk = walk_of(this_partner())
    if walk.unsigned:
        raise MissingError
    item = walk.item(request.form.get("item", ""))
    return saved_one(item, lambda: _response(walk))


def saved_one(item: Item, response: Callable[[], QuestionnaireResponse]) -> ResponseReturnValue:
    """Save the field that a page's script sent, and say so; a refusal is said as well."""
    try:
        answer = _answer(item)
        each = save_of(item, answer, request.form.get("operation"), request.form.get("turn"))
        moment = questionnaires.save(get_db(), response(), [each])
    except (AnswerError, RefusedError, ValueError) as refusal:
        return jsonify(problem=translate(refusal.args[0])), HTTPStatus.UNPROCESSABLE_ENTITY
    saved = translate(say("Saved %(time)s", time=clock(moment)))
    return jsonify(saved=saved, was=fingerprint(answer), locked=is_late())


def _answer(item: Item) -> Given:
    values = [clean_text(value) or "" for value in request.form.getlist("value")]
    declined = "declined" in request.form or values == [DECLINED]
    own = clean_text(request.form.get("own")) if item.own_words else ""
    return check(item, answer_of(item, values, own or "", declined=declined))


@bp.get("/review")
def review() -> ResponseReturnValue:
    """Show everything once more, with a way back to each page."""
    walk = walk_of(this_partner())
    if walk.is_sent or walk.unsigned:
        return redirect(url_for(".start"))
    return _show("questionnaires/review.html", walk)


@bp.post("/send")
def send() -> ResponseReturnValue:
    """Hand the answers over, once."""
    walk = walk_of(this_partner())
    if walk.unsigned:
        raise MissingError
    if not walk.is_sent:
        questionnaires.send(get_db(), walk.partner, _response(walk), walk.every_item)
    response = redirect(url_for(".received"))
    # Pages that a browser keeps in memory for its Back button go as well.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.get("/received")
def received() -> ResponseReturnValue:
    """Say that the answers were received, and show none of them."""
    walk = walk_of(this_partner())
    if not walk.is_sent:
        return redirect(url_for(".start"))
    return _show("questionnaires/received.html", walk)
