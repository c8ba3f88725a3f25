"""Words in a clinician's long forms: kept on the server at each pause, and there again later.

A form opts in by itself when it stands on a page of a case and holds words (`clinic.web.forms`);
nothing is kept in the browser's own storage, and without scripts nothing is kept at all.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from wtforms.widgets import html_params

from clinic.domain.said import mark, say
from clinic.services import drafts
from clinic.services.drafts import Kept
from clinic.services.errors import MissingError
from clinic.web.addresses import is_local
from clinic.web.database import get_author_db, get_db
from clinic.web.filters import clock
from clinic.web.language import translate

bp = Blueprint("drafts", __name__, url_prefix="/cases/<ref:case_ref>/drafts")

#: More than any form of ours takes; a form itself is held to `MOST_BYTES`.
MOST_LETTERS = 400_000
#: What is never kept, whatever a page sends.
NEVER = frozenset({"csrf_token", "password", "pin"})
#: A short form that stands on other pages: it is only posted, and keeps its words all the same.
POSTED = frozenset({"formulation.add_quickly"})
#: A form that asks for a password keeps nothing.
CLOSED = frozenset({"room.end"})
TROUBLE = {
    "again": mark("Not kept, trying again"),
    "locked": mark("Not kept: you are signed out. Save, and you can sign in without losing it"),
    "long": mark("Not kept: this is too long"),
}


def case_of(path: str) -> str | None:
    """Give the case that a form's address belongs to; None where there is no such form."""
    if not is_local(path):
        return None
    try:
        adapter = current_app.url_map.bind("")
        rule, found = adapter.match(path.partition("?")[0], method="POST", return_rule=True)
    except HTTPException:
        return None
    shown = "GET" in (rule.methods or ()) or rule.endpoint in POSTED
    shown = shown and rule.endpoint not in CLOSED
    return found.get("case_ref") if shown else None


def keeps_here() -> str | None:
    """Give where the forms of this page keep their words; None where nothing is kept.

    Only on a signed-in clinician's pages of a case, and never while the room looks along.
    """
    case_ref = (request.view_args or {}).get("case_ref")
    if case_ref is None or "browser" not in g or g.get("room"):
        return None
    return url_for("drafts.keep", case_ref=case_ref)


def draft_of_page() -> Kept | None:
    """Give what was typed on this page earlier and not saved, for its author."""
    here = keeps_here() is not None and request.method == "GET"
    return drafts.find(get_db(), _address()) if here and case_of(request.path) else None


def typed_at(path: str) -> MultiDict[str, str]:
    """Give what was typed in a form that stands on other pages and is posted to `path`."""
    found = kept_at(path)
    return as_typed(found) if found else MultiDict()


def kept_at(path: str) -> Kept | None:
    """Give what was typed in a form that stands elsewhere and not saved, for its author."""
    if keeps_here() is None or request.method != "GET":
        return None
    ahead: Mapping[str, Kept | None] = g.get("drafts_ahead", {})
    return ahead[path] if path in ahead else drafts.find(get_db(), path)


def look_ahead(paths: Sequence[str]) -> None:
    """Read at once what was typed in the forms of a page that are posted to these addresses."""
    if keeps_here() is not None and request.method == "GET":
        g.drafts_ahead = drafts.find_all(get_db(), paths)


def as_typed(kept: Kept) -> MultiDict[str, str]:
    """Give kept words as a browser would send them."""
    return MultiDict((name, value) for name, values in kept.fields.items() for value in values)


def mark_of_form() -> Markup:
    """Say to the page's script where a form's words are kept; "" where they are not."""
    where = keeps_here()
    if where is None:
        return Markup()
    texts = {f"data-text-{name}": translate(text) for name, text in TROUBLE.items()}
    sent = {"data-unsaved": True} if request.method == "POST" else {}
    return Markup("<input {}>").format(
        html_params(type="hidden", **{"data-draft": where}, **texts, **sent)
    )


def forget_draft() -> None:
    """Let the draft of the form that is just being saved go, in the transaction that saves it."""
    if keeps_here() is not None:
        drafts.forget(get_db(), _address())


@bp.post("")
def keep(case_ref: str) -> ResponseReturnValue:
    """Keep what stands in a form; nothing that was typed comes back in the answer.

    It is the one address that takes words while the room looks along: a form that was open in
    another tab must not lose them.
    """
    case = drafts.find_place(get_author_db(), case_ref)
    path = _path_in(case_ref, request.args.get("path", ""))
    fields = {name: values for name, values in request.form.lists() if name not in NEVER}
    if sum(len(value) for values in fields.values() for value in values) > MOST_LETTERS:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    moment = drafts.keep(get_db(), case, path, fields)
    if "X-CSRFToken" not in request.headers:
        return redirect(_where_to_go_on(path), HTTPStatus.SEE_OTHER)
    return {"kept": translate(say("Kept at %(time)s", time=clock(moment)))}


@bp.post("/discard")
def discard(case_ref: str) -> ResponseReturnValue:
    """Let a draft go because its author does not want it, and show the form as it was saved."""
    drafts.find_place(get_db(), case_ref)
    path = _path_in(case_ref, request.form.get("path", ""))
    drafts.forget(get_db(), path)
    get_db().commit()
    return redirect(path, HTTPStatus.SEE_OTHER)


def _address() -> str:
    # What a form was opened for may stand behind the question mark, such as a suggestion.
    return request.full_path if request.query_string else request.path


def _path_in(case_ref: str, path: str) -> str:
    if case_of(path) != case_ref:
        raise MissingError(path)
    return path


def _where_to_go_on(path: str) -> str:
    return url_for("room.show", case_ref=g.room) if g.get("room") else path


def init_app(app: Flask) -> None:
    """Keep drafts."""
    app.register_blueprint(bp)
    app.add_template_global(mark_of_form)
    app.add_template_global(_address, "form_address")
