"""Closed by default: who is signed in, and the few pages that anybody may open."""

from http import HTTPStatus

from flask import Flask, Request, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response as BaseResponse

from clinic.domain.visibility import Audience
from clinic.services import accounts
from clinic.services.rows import Clinician
from clinic.web.database import get_db, get_store
from clinic.web.partner_access import FORM, is_on_handed_over_tablet, require_partner
from clinic.web.room_access import find_browser, is_in_room, keep_to_the_room

#: Everything else needs a signed-in clinician.
PUBLIC = frozenset(
    {
        "static",
        "assets.stylesheet",
        "accounts.set_up",
        "accounts.sign_in",
        "accounts.hold_words",
        "entry.door",
        "entry.leave",
        "entry.locked",
        "entry.take_back",
    }
)


class SignedIn(UserMixin):
    """Who is signed in, as Flask-Login hands it to pages. The truth is the browser session."""

    def __init__(self, clinician: Clinician) -> None:
        self.clinician = clinician
        self.id = clinician.id
        self.name = clinician.name
        self.practice = clinician.practice.name


def cookie_name() -> str:
    """Name the sign-in cookie; the prefix makes browsers insist on HTTPS and this one host."""
    return "__Host-undercurrent" if current_app.config["SESSION_COOKIE_SECURE"] else "undercurrent"


def load_signed_in(_request: Request) -> SignedIn | None:
    """Find who sent this request, and tie the request's session to that practice."""
    token = request.cookies.get(cookie_name())
    browser = find_browser(token) if token else None
    if browser is None:
        return None
    g.browser, g.room = browser, browser.in_room or ""
    if g.room:
        # The second wall: what the couple may not read cannot be opened, whatever a page asks.
        accounts.enter_for(get_db(), get_store(), browser.clinician, Audience.COUPLE)
    else:
        accounts.enter(get_db(), get_store(), browser.clinician)
    return SignedIn(browser.clinician)


def require_sign_in() -> ResponseReturnValue | None:
    """Let strangers see public pages only; everything else leads to the sign-in page."""
    if request.method != "GET" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(HTTPStatus.FORBIDDEN)
    if is_in_room(request.cookies.get(cookie_name(), "")) and current_user.is_authenticated:
        return keep_to_the_room()
    if (request.endpoint or "").startswith(FORM):
        return require_partner()
    if request.endpoint in PUBLIC or current_user.is_authenticated:
        return None
    if is_on_handed_over_tablet():
        return redirect(url_for("questionnaires.start"))
    # A password is typed again; it must never come back in a page, not even sealed.
    not_held = request.endpoint in {None, "accounts.sign_out", "accounts.change_password"}
    if request.method == "POST" and not not_held and request.cookies.get(cookie_name()):
        # 307: the browser sends the same words again, to be held until somebody has signed in.
        return redirect(url_for("accounts.hold_words", path=request.full_path), code=307)
    # After signing in, a page that was merely looked at is opened again.
    wanted = request.full_path if request.method == "GET" and request.endpoint else None
    return redirect(url_for("accounts.sign_in", next=wanted))


def sign_browser_in(response: BaseResponse, token: str) -> BaseResponse:
    """Give a browser the token of a clinician's sign-in."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(
        cookie_name(), token, httponly=True, samesite="Lax", secure=secure, path="/"
    )
    return response


def who() -> Clinician:
    """Give the signed-in clinician."""
    clinician: Clinician = current_user.clinician
    return clinician


def init_app(app: Flask) -> None:
    """Close every page, and let Flask-Login tell pages who is there."""
    # Templates are told by `pages` who is there; asking again would break the page about a fault.
    logins = LoginManager(app, add_context_processor=False)
    logins.session_protection = None
    logins.request_loader(load_signed_in)
    app.before_request(require_sign_in)
