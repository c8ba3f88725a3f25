"""The issue layer of a case: explanations, and what stands around them."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.services import formulation, hints
from clinic.services.days import today
from clinic.web.contents import concern_of, reviewed, rules_of
from clinic.web.database import get_db
from clinic.web.formulation.forms import (
    explanation_form,
    new_explanation,
    saved_explanation,
)
from clinic.web.formulation.standing import evidence_lines, hint_lines, stand_of
from clinic.web.formulation.suggested import Wanted, keep_accepted, wanted_of
from clinic.web.pages import find_case, show_case

bp = Blueprint("formulation", __name__, url_prefix="/cases/<ref:case_ref>")
HERE = "formulation.show"


@bp.get("/issue")
def show(case_ref: str) -> ResponseReturnValue:
    """Show every explanation with what speaks for and against it, least contradicted first."""
    db, case = get_db(), find_case(case_ref)
    concern, found = concern_of(case), hints.workspace(db, case)
    worth = hints.hints_of(db, case, found, reviewed().plain_words, rules_of(case))
    return show_case(
        "formulation/show.html",
        case,
        HERE,
        stands=stand_of(case, concern, found.layer),
        evidence=evidence_lines(case, found.layer.evidence),
        due=formulation.tests_due(found.layer.explanations, today()),
        worth=hint_lines(case, concern, found.layer, worth),
        not_yet=found.around.not_yet,
        concern=concern,
    )


@bp.route("/issue/explanations/new", methods=["GET", "POST"])
def add_explanation(case_ref: str) -> ResponseReturnValue:
    """Propose an explanation, with what would change one's mind."""
    db, case = get_db(), find_case(case_ref)
    concern = concern_of(case)
    wanted: Wanted | None = wanted_of(db, case, request.args)
    start = new_explanation() | (wanted.explanation() if wanted else {})
    form = explanation_form(case, concern, data=start)
    if form.accepted():
        with form.refusals():
            formulation.add_explanation(db, case, form.details())
            keep_accepted(db, case, wanted)
            flash("Added.")
            return redirect(url_for(".show", case_ref=case_ref))
    return show_case(
        "formulation/add_explanation.html", case, HERE, form, concern=concern, wanted=wanted
    )


@bp.route("/issue/explanations/<ref:explanation_ref>", methods=["GET", "POST"])
def change_explanation(case_ref: str, explanation_ref: str) -> ResponseReturnValue:
    """Change an explanation, its confidence or where it stands."""
    db, case = get_db(), find_case(case_ref)
    concern = concern_of(case)
    row = formulation.find_explanation(db, case, explanation_ref)
    form = explanation_form(case, concern, data=saved_explanation(case, row))
    if form.accepted():
        with form.refusals(lambda: saved_explanation(case, row)):
            formulation.change_explanation(db, case, row, form.details(), form.version.data)
            flash("Saved.")
            return redirect(url_for(".show", case_ref=case_ref))
    return show_case("formulation/change_explanation.html", case, HERE, form, concern=concern)
