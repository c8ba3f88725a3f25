"""Where a case stands among the phases, and moving it on or back."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.phases import GATES
from clinic.services import phases, safety
from clinic.services.rows import Case
from clinic.web.contents import intake_of, reviewed
from clinic.web.database import get_db
from clinic.web.pages import find_case, show_case
from clinic.web.phases.forms import meanwhile, move_form
from clinic.web.phases.views import past_ticks, phase_views

bp = Blueprint("phases", __name__, url_prefix="/cases/<ref:case_ref>/phases")
HERE = "cases.show"


@bp.get("")
def show(case_ref: str) -> ResponseReturnValue:
    """Show every phase with its aim and boxes, what comes first, and how the case came here."""
    db, case, known = get_db(), find_case(case_ref), reviewed().phases
    moves, ticks = phases.list_moves(db, case), phases.list_ticks(db, case)
    return show_case(
        "phases/show.html",
        case,
        HERE,
        views=phase_views(case, known, moves, ticks),
        first=_first(case),
        moves=list(reversed(moves)),
        titles={key: phase.title for key, phase in known.items()},
        past=past_ticks(case, known, ticks),
    )


def _first(case: Case) -> str:
    found = safety.track_of(get_db(), case, intake_of(case)).track.name
    return found.value if found in GATES else ""


@bp.post("/ticks")
def tick(case_ref: str) -> ResponseReturnValue:
    """Tick one box, or take its tick back; the page comes back where it was."""
    case, place = find_case(case_ref), request.form.get("place", "")
    holds = request.form.get("holds") == "yes"
    phases.tick(get_db(), case, reviewed().phases, place, holds=holds)
    return redirect(url_for(".show", case_ref=case_ref, _anchor=place.partition(".")[0]), 303)


@bp.route("/move", methods=["GET", "POST"])
def move(case_ref: str) -> ResponseReturnValue:
    """Move a case to another phase, with a reason where something is left open."""
    db, case, known = get_db(), find_case(case_ref), reviewed().phases
    moves = phases.list_moves(db, case)
    form = move_form(known, moves)
    if form.accepted():
        with form.refusals(lambda: meanwhile(known, phases.list_moves(db, case))):
            ways = phases.Ways(known, intake_of(case))
            phases.move(db, case, ways, form.details(), form.version.data)
            flash("Moved. Earlier phases stay in the history.")
            return redirect(url_for(".show", case_ref=case_ref))
    return show_case(
        "phases/move.html",
        case,
        HERE,
        form,
        here=known[phases.present(known, moves)],
        hints={key: phase.aim for key, phase in known.items()},
    )
