"""What partners' answers may point to: proposed with its grounds, and never added by itself."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.services import suggestions
from clinic.web.contents import concern_of, intake_of, rules_of
from clinic.web.database import get_db
from clinic.web.formulation.routes import HERE, bp
from clinic.web.formulation.suggested import find_wanted, proposals
from clinic.web.pages import find_case, show_case


@bp.get("/issue/suggestions")
def suggestions_made(case_ref: str) -> ResponseReturnValue:
    """Show what the answers may point to, each with its reason and what it rests on."""
    db, case = get_db(), find_case(case_ref)
    found = suggestions.offered(db, case, intake_of(case), rules_of(case))
    shown = proposals(case, concern_of(case), found)
    return show_case(
        "formulation/suggestions_made.html",
        case,
        HERE,
        waiting=[each for each in shown if each.accepted is None and not each.for_safety],
        for_safety=[each for each in shown if each.accepted is None and each.for_safety],
        answered=[each for each in shown if each.accepted is not None],
    )


@bp.post("/issue/suggestions/<ref:suggestion_ref>/decline")
def decline_suggestion(case_ref: str, suggestion_ref: str) -> ResponseReturnValue:
    """Put a suggestion aside; it can still be taken up later."""
    db, case = get_db(), find_case(case_ref)
    find_wanted(db, case, suggestion_ref).answer(db, case, accepted=False)
    flash("Put aside. It stays below, under what you have answered.")
    return redirect(url_for(".suggestions_made", case_ref=case_ref))
