"""The symptom layer of a case, and what was agreed when it began."""

from flask import Blueprint, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.services import behaviours
from clinic.web.behaviours.forms import (
    behaviour_form,
    onset_form,
    saved_behaviour,
    saved_onset,
)
from clinic.web.behaviours.views import behaviour_view
from clinic.web.database import get_db
from clinic.web.pages import find_case, show_case
from clinic.web.people import raters

bp = Blueprint("behaviours", __name__, url_prefix="/cases/<ref:case_ref>")
HERE = "behaviours.list_recorded"


@bp.get("/behaviours")
def list_recorded(case_ref: str) -> ResponseReturnValue:
    """Show what is visible, behaviour by behaviour, with everybody's own placing."""
    case = find_case(case_ref)
    concern = current_app.extensions["contents"].concern(case)
    rows = behaviours.list_behaviours(get_db(), case)
    return show_case(
        "behaviours/list_recorded.html",
        case,
        HERE,
        views=[behaviour_view(case, concern, row) for row in rows],
    )


@bp.route("/behaviours/new", methods=["GET", "POST"])
def record(case_ref: str) -> ResponseReturnValue:
    """Record a behaviour. The page asks what was seen, never why."""
    case = find_case(case_ref)
    concern = current_app.extensions["contents"].concern(case)
    form = behaviour_form(case, concern)
    if form.accepted():
        with form.refusals():
            behaviours.record_behaviour(get_db(), case, form.details())
            flash("Recorded.")
            return redirect(url_for(".list_recorded", case_ref=case_ref))
    return show_case("behaviours/record.html", case, HERE, form, raters=raters(case))


@bp.route("/behaviours/<ref:behaviour_ref>", methods=["GET", "POST"])
def change(case_ref: str, behaviour_ref: str) -> ResponseReturnValue:
    """Correct a recorded behaviour, or add another person's placing."""
    case = find_case(case_ref)
    row = behaviours.find_behaviour(get_db(), case, behaviour_ref)
    concern = current_app.extensions["contents"].concern(case)
    form = behaviour_form(case, concern, data=saved_behaviour(case, row))
    if form.accepted():
        with form.refusals(lambda: saved_behaviour(case, row)):
            behaviours.change_behaviour(get_db(), case, row, form.details(), form.version.data)
            flash("Saved.")
            return redirect(url_for(".list_recorded", case_ref=case_ref))
    return show_case("behaviours/change.html", case, HERE, form, raters=raters(case))


@bp.route("/agreed", methods=["GET", "POST"])
def agreed(case_ref: str) -> ResponseReturnValue:
    """Write down what was agreed at the time, one account a partner."""
    db, case = get_db(), find_case(case_ref)

    def saved() -> dict[str, object]:
        positions = dict(behaviours.list_onset_positions(db, case))
        return saved_onset(case, behaviours.find_onset(db, case), positions)

    form = onset_form(case, data=saved())
    if form.accepted():
        with form.refusals(saved):
            behaviours.write_onset(db, case, form.details(), form.version.data)
            flash("Saved.")
            return redirect(url_for("formulation.show", case_ref=case_ref))
    return show_case(
        "behaviours/agreed.html",
        case,
        "behaviours.agreed",
        form,
        concern=current_app.extensions["contents"].concern(case),
    )
