"""What is open while the room looks at the screen: a few pages of one case, and nothing else.

Closed unless named here. The request's session holds the couple's keys besides, so that even a
wrong page could open nothing that is not theirs (see `access`).
"""

from http import HTTPStatus
from typing import Any

from flask import g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from clinic.services import browsers
from clinic.web.database import get_db
from clinic.web.drafts import case_of

#: Open for the one case that the room looks at.
OF_THE_CASE = frozenset(
    {
        "room.show",
        "room.start",
        "room.end",
        "room.print_blank",
        "comparison.couple",
        "accords.read_together",
    }
)
#: Open whatever the room looks at. Words of a form in another tab are taken, and never shown.
ANYWHERE = frozenset(
    {
        "static",
        "assets.stylesheet",
        "accounts.sign_out",
        "drafts.keep",
        "entry.leave",
        "room.state",
    }
)
#: Files that are the same for everybody; no browser is looked for.
FILES = frozenset({"static", "assets.stylesheet"})


def find_browser(token: str) -> Any:
    """Find the signed-in browser of this request, once; None where there is none."""
    if "found_browser" not in g:
        g.found_browser = browsers.find(get_db(), token) if token else None
    return g.found_browser


def is_in_room(token: str) -> bool:
    """Tell whether this browser shows a case to the room."""
    browser = find_browser(token) if request.endpoint not in FILES else None
    return bool(browser and browser.in_room)


def keep_to_the_room() -> ResponseReturnValue | None:
    """Lead whatever is not open to the room's own page; words that were sent are kept first."""
    # A message from before may say what the room need not know.
    session.pop("_flashes", None)
    case_ref = (request.view_args or {}).get("case_ref")
    if request.endpoint in ANYWHERE or (request.endpoint in OF_THE_CASE and case_ref == g.room):
        return None
    if request.method == "POST" and (theirs := case_of(request.path)):
        # 307: the browser sends the same words again, to be kept as a draft.
        keep = url_for("drafts.keep", case_ref=theirs, path=request.path)
        return redirect(keep, HTTPStatus.TEMPORARY_REDIRECT)
    return redirect(url_for("room.show", case_ref=g.room), HTTPStatus.SEE_OTHER)
