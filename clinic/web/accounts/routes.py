"""Setting up a practice once, signing in and out, and changing one's password."""

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from clinic.domain.said import mark
from clinic.services import accounts, browsers, held
from clinic.services.errors import MissingError
from clinic.services.rows import Clinician
from clinic.web.access import cookie_name, who
from clinic.web.accounts.forms import PasswordForm, SetUpForm, SignInForm
from clinic.web.addresses import is_local
from clinic.web.database import get_db, get_store
from clinic.web.pages import show

bp = Blueprint("accounts", __name__)


@bp.route("/set-up", methods=["GET", "POST"])
def set_up() -> ResponseReturnValue:
    """Create the practice and its first clinician; gone once that has happened."""
    if not accounts.needs_setup(get_db()):
        raise MissingError
    form = SetUpForm()
    if form.accepted():
        with form.refusals():
            clinician = accounts.set_up(get_db(), form.code.data, form.new_practice())
            flash("Your practice is ready. Print the recovery sheet and keep it in your safe.")
            return _signed_in(clinician, url_for("cases.caseload"))
    return show("accounts/set_up.html", form)


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Let a clinician in; the answer to a wrong name and a wrong password is the same."""
    if current_user.is_authenticated:
        return redirect(url_for("cases.caseload"))
    if accounts.needs_setup(get_db()):
        return redirect(url_for(".set_up"))
    form = SignInForm()
    if form.accepted():
        clinician = accounts.check_credentials(get_db(), form.email.data, form.password.data)
        if clinician is not None:
            kept = held.release(get_store(), clinician.id, form.held.data or "")
            return _with_words(clinician, kept) if kept else _signed_in(clinician, _wanted())
        form.form_errors.append(mark("E-mail address or password is not right"))
    return show("accounts/sign_in.html", form, holds_words=bool(form.held.data))


@bp.post("/sign-in/words")
def hold_words() -> ResponseReturnValue:
    """Hold what somebody sent after the sign-in had ended, and ask them to sign in again."""
    owner = browsers.owner_of(get_db(), request.cookies.get(cookie_name(), ""))
    path = request.args.get("path", "")
    if owner is None or not is_local(path):
        return redirect(url_for(".sign_in"))
    fields = [(name, value) for name, value in request.form.items(multi=True)]
    words = [(name, value) for name, value in fields if name != "csrf_token"]
    form = SignInForm(formdata=None)
    form.held.data = held.hold(get_store(), owner, held.Held(path, words))
    return show("accounts/sign_in.html", form, holds_words=True)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this browser's sign-in, here and in the database."""
    browsers.end(get_db(), request.cookies.get(cookie_name(), ""))
    return _forgetting(redirect(url_for(".sign_in")))


@bp.route("/password", methods=["GET", "POST"])
def change_password() -> ResponseReturnValue:
    """Change one's own password, which signs out every browser."""
    form = PasswordForm()
    if form.accepted():
        with form.refusals():
            accounts.change_password(get_db(), who().id, form.old.data, form.password.data)
            flash("Your password is changed. Sign in with the new one.")
            return _forgetting(redirect(url_for(".sign_in")), keep_messages=True)
    return show("accounts/change_password.html", form)


def _wanted() -> str:
    wanted = request.args.get("next", "")
    return wanted if is_local(wanted) else url_for("cases.caseload")


def _with_words(clinician: Clinician, kept: held.Held) -> BaseResponse:
    response = _signed_in(clinician, "")
    response.status_code = 200
    del response.headers["Location"]
    response.set_data(render_template("accounts/_held.html", held=kept))
    return response


def _signed_in(clinician: Clinician, target: str) -> Response:
    token = browsers.start(get_db(), clinician)
    # A new session at every sign-in: what an earlier visitor of this browser had is worth nothing.
    messages = session.get("_flashes", [])
    session.clear()
    # Flask-WTF remembers within a request the form token it made for the session that just ended.
    g.pop("csrf_token", None)
    session["_flashes"] = messages
    response = Response(status=303, headers={"Location": target})
    response.set_cookie(
        cookie_name(), token, httponly=True, samesite="Lax", secure=_secure(), path="/"
    )
    return response


def _forgetting(response: BaseResponse, *, keep_messages: bool = False) -> BaseResponse:
    messages = session.get("_flashes", []) if keep_messages else []
    session.clear()
    session["_flashes"] = messages
    g.pop("browser", None)
    response.delete_cookie(cookie_name(), path="/", secure=_secure(), httponly=True)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])
