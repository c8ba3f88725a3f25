"""Who answers a form: a browser in which the PIN was given, or a tablet that was handed over."""

import datetime as dt

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from clinic.domain.invitations import IDLE
from clinic.services import invitations
from clinic.services.rows import Partner, PartnerSession
from clinic.web.database import get_db, get_store

SEEN_EVERY = dt.timedelta(minutes=1)
#: The form's own blueprint; nothing else is open to a partner, and this is open to nobody else.
FORM = "questionnaires."
#: What a browser that has locked itself may still do.
LATE = frozenset(
    {
        FORM + each
        for each in ("page", "save", "check_in", "save_check_in", "further", "save_further")
    }
)
#: What a handed-over tablet opens beside its form.
ON_TABLET = frozenset({"static", "assets.stylesheet", "entry.leave", "entry.take_back"})


def form_cookie() -> str:
    """Name the cookie of a partner's browser."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    return "__Host-undercurrent-form" if secure else "undercurrent-form"


def let_in(response: BaseResponse, token: str) -> BaseResponse:
    """Give a browser the token of a session in which the PIN was given."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(
        form_cookie(), token, httponly=True, samesite="Lax", secure=secure, path="/"
    )
    return response


def shut_out(response: BaseResponse) -> BaseResponse:
    """Take the token away, and ask the browser to forget what it kept."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.delete_cookie(form_cookie(), path="/", secure=secure, httponly=True)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def form_token() -> str:
    """Give the token this browser sent, or ""."""
    return request.cookies.get(form_cookie(), "")


def find_partner_session() -> PartnerSession | None:
    """Find the partner session of this request."""
    token = form_token()
    return invitations.find_session(get_db(), token, IDLE) if token else None


def require_partner() -> ResponseReturnValue | None:
    """Tie the request to the partner who gave the PIN; otherwise it starts at the door.

    A browser that has locked itself still hands in what was typed, and is shown nothing.
    """
    session = find_partner_session()
    g.late = session is None
    if session is None and request.method == "POST" and request.endpoint in LATE:
        session = invitations.find_late_session(get_db(), form_token())
    if session is None:
        return redirect(url_for("entry.locked"))
    g.partner_session = session
    due = not g.late and invitations.is_due(session, SEEN_EVERY)
    g.form_in_use = session.token_hash if due else None
    g.partner = invitations.enter_as_partner(get_db(), get_store(), session.invitation)
    return None


def is_late() -> bool:
    """Tell whether this browser has locked itself, so that it is shown nothing."""
    return bool(g.get("late"))


def this_partner() -> Partner:
    """Give the partner who answers."""
    partner: Partner = g.partner
    return partner


def is_handed_over() -> bool:
    """Tell whether this is the practice's tablet, which shows one form and nothing else."""
    session = g.get("partner_session")
    return session is not None and session.clinician_id is not None


def is_on_handed_over_tablet() -> bool:
    """Tell whether this browser was handed over, so that it leads back to its form."""
    session = find_partner_session()
    return session is not None and session.clinician_id is not None


def write_down_use(response: Response) -> Response:
    """Note that the form is in use, so that it does not lock under somebody's hands."""
    token_hash: str | None = g.get("form_in_use")
    if token_hash is not None:
        with get_store().session(writes=True) as db:
            invitations.touch(db, token_hash)
            db.commit()
    return response


def whose_form() -> dict[str, str | int]:
    """Tell a partner's pages the practice's name, its line of resources, and when they lock."""
    session = g.get("partner_session")
    if session is None:
        return {}
    practice = invitations.practice_of(get_db(), session.invitation)
    return {
        "partner_practice": practice.name,
        "resource_line": practice.resource_line,
        "idle_seconds": int(IDLE.total_seconds()),
    }


def keep_to_the_form() -> ResponseReturnValue | None:
    """Lead a handed-over tablet back to its form, whatever else is asked for."""
    endpoint = request.endpoint or ""
    if endpoint.startswith(FORM) or endpoint in ON_TABLET or not is_on_handed_over_tablet():
        return None
    return redirect(url_for("questionnaires.start"))


def init_app(app: Flask) -> None:
    """Note the use of forms, after the request's own session has let go of the database."""
    app.before_request(keep_to_the_form)
    app.after_request(write_down_use)
    app.context_processor(whose_form)
