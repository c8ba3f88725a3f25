"""The caseload, opening a case, and its overview."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.services import cases, formulation, readings
from clinic.services.days import today
from clinic.web import wording
from clinic.web.cases.forms import CaseForm, known_case_form, saved_case
from clinic.web.database import get_db
from clinic.web.next_step import next_step
from clinic.web.pages import find_case, show, show_case

bp = Blueprint("cases", __name__)
LAST_PAGE = 10_000


@bp.get("/")
def caseload() -> ResponseReturnValue:
    """Show the signed-in clinician's own cases."""
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    return show("cases/caseload.html", caseload=cases.list_caseload(get_db(), page))


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
        due=formulation.due_tests(db, case, today()),
    )


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
