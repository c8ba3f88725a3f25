"""The issue layer of a case: explanations, evidence for and against, and the roll-up."""

from collections.abc import Sequence

from flask import Blueprint, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.content.library import Concern
from clinic.domain.visibility import Layer
from clinic.services import formulation
from clinic.services.rows import Case, EvidenceItem
from clinic.web import wording
from clinic.web.database import get_db
from clinic.web.formulation.forms import (
    RollUpForm,
    evidence_form,
    explanation_form,
    saved_evidence,
    saved_explanation,
    saved_roll_up,
    today,
)
from clinic.web.formulation.standing import stand_of
from clinic.web.pages import find_case, show_case

bp = Blueprint("formulation", __name__, url_prefix="/cases/<ref:case_ref>")
HERE = "formulation.show"


def _concern(case: Case) -> Concern:
    concern: Concern = current_app.extensions["contents"].concern(case)
    return concern


def _for_the_room(evidence: Sequence[EvidenceItem]) -> Sequence[EvidenceItem]:
    """Put what somebody said alone last, below what a glance at the screen meets first."""
    open_to_all = {Layer.SHARED, Layer.CLINICIAN}
    return sorted(evidence, key=lambda item: item.layer not in open_to_all)


@bp.get("/issue")
def show(case_ref: str) -> ResponseReturnValue:
    """Show every explanation with what speaks for and against it, least contradicted first."""
    case = find_case(case_ref)
    concern = _concern(case)
    layer = formulation.issue_layer(get_db(), case)
    return show_case(
        "formulation/show.html",
        case,
        HERE,
        stands=stand_of(case, concern, layer),
        evidence=_for_the_room(layer.evidence),
        explanations=layer.explanations,
        concern=concern,
        tells_apart=wording.DIAGNOSTICITY_SHORT,
    )


@bp.route("/issue/explanations/new", methods=["GET", "POST"])
def add_explanation(case_ref: str) -> ResponseReturnValue:
    """Propose an explanation, with what would change one's mind."""
    case = find_case(case_ref)
    concern = _concern(case)
    form = explanation_form(case, concern)
    if form.accepted():
        with form.refusals():
            formulation.add_explanation(get_db(), case, form.details())
            flash("Added.")
            return redirect(url_for(".show", case_ref=case_ref))
    return show_case("formulation/add_explanation.html", case, HERE, form, concern=concern)


@bp.route("/issue/explanations/<ref:explanation_ref>", methods=["GET", "POST"])
def change_explanation(case_ref: str, explanation_ref: str) -> ResponseReturnValue:
    """Change an explanation, its confidence or where it stands."""
    db, case = get_db(), find_case(case_ref)
    concern = _concern(case)
    row = formulation.find_explanation(db, case, explanation_ref)
    form = explanation_form(case, concern, data=saved_explanation(case, row))
    if form.accepted():
        with form.refusals(lambda: saved_explanation(case, row)):
            formulation.change_explanation(db, case, row, form.details(), form.version.data)
            flash("Saved.")
            return redirect(url_for(".show", case_ref=case_ref))
    return show_case("formulation/change_explanation.html", case, HERE, form, concern=concern)


@bp.route("/issue/evidence/new", methods=["GET", "POST"])
def add_evidence(case_ref: str) -> ResponseReturnValue:
    """Add an observation and weigh it against every explanation."""
    db, case = get_db(), find_case(case_ref)
    explanations = formulation.list_explanations(db, case)
    form = evidence_form(case, _concern(case), explanations, data={"observed_on": today()})
    if form.accepted():
        with form.refusals():
            formulation.add_evidence(db, case, form.details())
            flash("Added.")
            return redirect(url_for(".show", case_ref=case_ref))
    return show_case("formulation/add_evidence.html", case, HERE, form, concern=_concern(case))


@bp.route("/issue/evidence/<ref:evidence_ref>", methods=["GET", "POST"])
def change_evidence(case_ref: str, evidence_ref: str) -> ResponseReturnValue:
    """Correct an observation, or weigh it anew."""
    db, case = get_db(), find_case(case_ref)
    explanations = formulation.list_explanations(db, case)
    row = formulation.find_evidence(db, case, evidence_ref)
    form = evidence_form(
        case, _concern(case), explanations, data=saved_evidence(case, explanations, row)
    )
    if form.accepted():
        with form.refusals(lambda: saved_evidence(case, explanations, row)):
            formulation.change_evidence(db, case, row, form.details(), form.version.data)
            flash("Saved.")
            return redirect(url_for(".show", case_ref=case_ref))
    return show_case("formulation/change_evidence.html", case, HERE, form, concern=_concern(case))


@bp.route("/roll-up", methods=["GET", "POST"])
def roll_up(case_ref: str) -> ResponseReturnValue:
    """Say where the reading stands, and write the summary for the couple by hand."""
    db, case = get_db(), find_case(case_ref)
    latest = formulation.latest_formulation(db, case)
    form = RollUpForm(data=saved_roll_up(latest))
    if form.accepted():
        with form.refusals(lambda: saved_roll_up(formulation.latest_formulation(db, case))):
            formulation.save_formulation(db, case, form.details(), form.version.data)
            flash("Saved as a new reading. Earlier ones are kept below.")
            return redirect(url_for(".roll_up", case_ref=case_ref))
    return show_case(
        "formulation/roll_up.html",
        case,
        "formulation.roll_up",
        form,
        roll_up_hints=wording.ROLL_UP_HINTS,
        readings=formulation.list_formulations(db, case),
    )
