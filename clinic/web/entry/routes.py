"""The door of a partner's form. Looking at it changes nothing; only buttons do (security.md T5)."""

from http import HTTPStatus

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.invitations import initials
from clinic.services import browsers, invitations
from clinic.services.errors import MissingError, ThrottledError
from clinic.services.rows import Invitation
from clinic.web.access import sign_browser_in
from clinic.web.database import get_db, get_store
from clinic.web.entry.forms import (
    ChoosePinForm,
    ChoosePinWithCodeForm,
    DoorForm,
    PinForm,
    TakeBackForm,
)
from clinic.web.pages import show
from clinic.web.partner_access import find_partner_session, form_token, let_in, shut_out

bp = Blueprint("entry", __name__)
CONTINUE, CONFIRMED, PIN = "continue", "confirmed", "pin"


@bp.route("/f/<token:token>", methods=["GET", "POST"])
def door(token: str) -> ResponseReturnValue:
    """Lead a partner in: a page without names, then initials, then a PIN."""
    try:
        return _lead_in(token)
    except MissingError:
        # One page for a link that never was, has ended, or was opened by somebody else meanwhile.
        return render_template("entry/_gone.html"), HTTPStatus.NOT_FOUND


def _lead_in(token: str) -> ResponseReturnValue:
    invitation = invitations.find_by_token(get_db(), token)
    step = request.form.get("step") if request.method == "POST" else None
    if step == PIN:
        return _try_pin(token, invitation)
    if step == CONTINUE and invitation.pin_hash is None:
        return _confirm(invitation)
    if step in {CONTINUE, CONFIRMED}:
        return _ask_pin(invitation)
    return show("entry/door.html", DoorForm(formdata=None))


@bp.get("/locked")
def locked() -> ResponseReturnValue:
    """Say that the form has locked itself, and how to come back."""
    return show("entry/locked.html")


@bp.get("/leave")
def leave() -> ResponseReturnValue:
    """Close the form at once and show something ordinary."""
    with get_store().session(writes=True) as db:
        invitations.leave(db, form_token())
    return shut_out(redirect(current_app.config["LEAVE_TO"]))


@bp.route("/take-back", methods=["GET", "POST"])
def take_back() -> ResponseReturnValue:
    """Give the tablet back to the clinician, who signs in with the password."""
    form = TakeBackForm()
    if form.accepted():
        with form.refusals():
            clinician = invitations.take_back(get_db(), form_token(), form.password.data)
            token = browsers.start(get_db(), clinician)
            return sign_browser_in(shut_out(redirect(url_for("cases.caseload"))), token)
    elif find_partner_session() is None:
        return redirect(url_for("accounts.sign_in"))
    return show("entry/take_back.html", form)


def _confirm(invitation: Invitation) -> ResponseReturnValue:
    letters = initials(invitations.partner_name(get_db(), get_store(), invitation))
    return show("entry/_confirm.html", DoorForm(formdata=None), letters=letters)


def _ask_pin(invitation: Invitation) -> ResponseReturnValue:
    return show("entry/_pin.html", _pin_form(invitation, blank=True), first=_is_first(invitation))


def _try_pin(token: str, invitation: Invitation) -> ResponseReturnValue:
    form, first = _pin_form(invitation), _is_first(invitation)
    if form.accepted():
        try:
            with form.refusals():
                return _inside(_came_in(token, form, first))
        except ThrottledError:
            return show("entry/_too_many.html")
    return show("entry/_pin.html", form, first=first)


def _came_in(token: str, form: ChoosePinForm | PinForm, first: bool) -> str:  # noqa: FBT001
    if first:
        code = form["start_code"].data if "start_code" in form else ""
        return invitations.claim(get_db(), get_store(), token, form.pin.data, code)
    return invitations.come_back(get_db(), token, form.pin.data)


def _inside(token: str) -> ResponseReturnValue:
    # The page cookie stays: a form left open in another tab can then still save what is in it.
    return let_in(redirect(url_for("questionnaires.start")), token)


def _is_first(invitation: Invitation) -> bool:
    return invitation.pin_hash is None


def _pin_form(invitation: Invitation, *, blank: bool = False) -> ChoosePinForm | PinForm:
    kind: type[ChoosePinForm | PinForm] = PinForm
    if _is_first(invitation):
        kind = ChoosePinWithCodeForm if invitation.start_code_hash else ChoosePinForm
    return kind(formdata=None) if blank else kind()
