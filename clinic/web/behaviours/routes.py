"""The symptom layer of a case, and what was agreed when it began."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.services import behaviours, comparison
from clinic.services.cases import find_partner
from clinic.services.comparison import Handed
from clinic.services.errors import MissingError
from clinic.services.rows import Case, Partner
from clinic.web.behaviours.forms import behaviour_form, saved_behaviour
from clinic.web.behaviours.onset import onset_form, saved_onset
from clinic.web.behaviours.told import list_told, prefilled
from clinic.web.behaviours.views import behaviour_view, owner_of
from clinic.web.contents import concern_of, intake_of
from clinic.web.database import get_db
from clinic.web.pages import find_case, show_case
from clinic.web.people import raters

bp = Blueprint("behaviours", __name__, url_prefix="/cases/<ref:case_ref>")
HERE = "behaviours.list_recorded"


def _answers(case: Case) -> Sequence[Handed]:
    return comparison.side_by_side(get_db(), case, intake_of(case))


@bp.get("/behaviours")
def list_recorded(case_ref: str) -> ResponseReturnValue:
    """Show what is visible, behaviour by behaviour, and what the answers tell beside it."""
    case = find_case(case_ref)
    rows = behaviours.list_behaviours(get_db(), case)
    return show_case(
        "behaviours/list_recorded.html",
        case,
        HERE,
        views=[behaviour_view(case, concern_of(case), row) for row in rows],
        told=list_told(_answers(case), rows),
    )


@bp.route("/behaviours/new", methods=["GET", "POST"])
def record(case_ref: str) -> ResponseReturnValue:
    """Record a behaviour. The page asks what was seen, never why."""
    case = find_case(case_ref)
    form = behaviour_form(case, concern_of(case))
    if form.accepted():
        with form.refusals():
            behaviours.record_behaviour(get_db(), case, form.details())
            flash("Recorded.")
            return redirect(url_for(".list_recorded", case_ref=case_ref))
    return show_case("behaviours/record.html", case, HERE, form, raters=raters(case))


@bp.route("/behaviours/told/<ref:teller_ref>/<told>", methods=["GET", "POST"])
def take_over(case_ref: str, teller_ref: str, told: str) -> ResponseReturnValue:
    """Look over what one partner told in the answers, and record it as that partner's own."""
    case = find_case(case_ref)
    teller = find_partner(case, teller_ref)
    form = behaviour_form(case, concern_of(case), teller, data=_prefilled(case, teller, told))
    if form.accepted():
        with form.refusals():
            behaviours.record_behaviour(get_db(), case, form.details())
            flash("Recorded.")
            return redirect(url_for(".list_recorded", case_ref=case_ref))
    facts = {"raters": raters(case), "owner": teller}
    return show_case("behaviours/take_over.html", case, HERE, form, **facts)


def _prefilled(case: Case, teller: Partner, told: str) -> dict[str, object]:
    each = next((one for one in _answers(case) if one.partner is teller), None)
    if each is None:
        raise MissingError(told)
    return prefilled(case, concern_of(case), each, told)


@bp.route("/behaviours/<ref:behaviour_ref>", methods=["GET", "POST"])
def change(case_ref: str, behaviour_ref: str) -> ResponseReturnValue:
    """Correct a recorded behaviour, or add another person's placing."""
    case = find_case(case_ref)
    row = behaviours.find_behaviour(get_db(), case, behaviour_ref)
    owner = owner_of(case, row)
    form = behaviour_form(case, concern_of(case), owner, data=saved_behaviour(case, row))
    if form.accepted():
        with form.refusals(lambda: saved_behaviour(case, row)):
            behaviours.change_behaviour(get_db(), case, row, form.details(), form.version.data)
            flash("Saved.")
            return redirect(url_for(".list_recorded", case_ref=case_ref))
    facts = {"raters": raters(case), "owner": owner}
    return show_case("behaviours/change.html", case, HERE, form, **facts)


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
    concern = concern_of(case)
    return show_case("behaviours/agreed.html", case, "behaviours.agreed", form, concern=concern)
