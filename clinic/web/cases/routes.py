"""Opening a case, and its overview."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.phases import COMES_FIRST, GATES
from clinic.services import cases, phases, readings, safety, waiting
from clinic.services.days import today
from clinic.services.rows import Case
from clinic.web import wording
from clinic.web.cases.forms import CaseForm, known_case_form, saved_case
from clinic.web.cases.views import looks
from clinic.web.contents import intake_of, reviewed
from clinic.web.database import get_db
from clinic.web.next_step import next_step
from clinic.web.pages import find_case, show, show_case

bp = Blueprint("cases", __name__)


@bp.route("/cases/new", methods=["GET", "POST"])
def open_case() -> ResponseReturnValue:
    """Open a case with two or more partners."""
    form = CaseForm()
    hints = wording.SECRETS_POLICY_HINTS
    if not form.wants_another() and form.accepted():
        with form.refusals():
            case = cases.open_case(get_db(), form.details())
            return redirect(url_for(".show", case_ref=case.public_id))
    return show("cases/open_case.html", form, policy_hints=hints)


@bp.get("/cases/<ref:case_ref>", endpoint="show")
def show_overview(case_ref: str) -> ResponseReturnValue:
    """Show where a case stands, and what comes next."""
    db, case = get_db(), find_case(case_ref)
    reading = readings.latest_formulation(db, case)
    roll_up = reading.roll_up if reading else None
    progress = cases.progress(db, case)
    return show_case(
        "cases/show.html",
        case,
        "cases.show",
        next_step=next_step(progress, roll_up),
        progress=progress,
        formulation=reading,
        looks=looks(waiting.waiting_of(db, case, today()), case.public_id),
        phase=_phase(case),
        comes_first=COMES_FIRST if _is_gated(case) else "",
    )


def _phase(case: Case) -> str:
    known = reviewed().phases
    return known[phases.present(known, phases.list_moves(get_db(), case))].title


def _is_gated(case: Case) -> bool:
    return safety.track_of(get_db(), case, intake_of(case)).track.name in GATES


@bp.route("/cases/<ref:case_ref>/details", methods=["GET", "POST"])
def change(case_ref: str) -> ResponseReturnValue:
    """Change names, contacts and the policy on secrets."""
    case = find_case(case_ref)
    form = known_case_form(case)
    if form.accepted():
        with form.refusals(lambda: saved_case(case)):
            cases.change_case(get_db(), case, form.details(), form.version.data)
            flash("Saved.")
            return redirect(url_for(".show", case_ref=case_ref))
    hints = wording.SECRETS_POLICY_HINTS
    return show_case("cases/change.html", case, "cases.show", form, policy_hints=hints)
