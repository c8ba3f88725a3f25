"""Evidence of a case: added in full or in ten seconds, weighed anew, and taken away."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.said import mark
from clinic.services import appointments, evidence, formulation, issue_map
from clinic.services.errors import RefusedError, StaleError
from clinic.services.rows import Case, ScopedSession
from clinic.web.addresses import is_local
from clinic.web.contents import concern_of
from clinic.web.database import get_db
from clinic.web.filters import sentence
from clinic.web.formulation.evidence_forms import (
    QUICK,
    DeletingForm,
    QuickForm,
    Weighed,
    evidence_form,
    from_quick,
    new_evidence,
    quick_form,
    saved_evidence,
)
from clinic.web.formulation.routes import HERE, bp
from clinic.web.formulation.suggested import Wanted, keep_accepted, wanted_of
from clinic.web.pages import find_case, show_case

CHANGED = mark("This was changed meanwhile. Look at it again before you delete it.")


def _weighed(db: ScopedSession, case: Case) -> Weighed:
    return Weighed(
        case,
        concern_of(case),
        formulation.list_explanations(db, case),
        issue_map.list_visible(db, case),
        appointments.list_appointments(db, case),
    )


@bp.route("/issue/evidence/new", methods=["GET", "POST"])
def add_evidence(case_ref: str) -> ResponseReturnValue:
    """Add an observation and weigh it against every explanation."""
    db, case = get_db(), find_case(case_ref)
    wanted: Wanted | None = wanted_of(db, case, request.args)
    start = new_evidence() | (wanted.evidence() if wanted else {})
    form = evidence_form(_weighed(db, case), data=start)
    form.answer = wanted.item if wanted else ""
    if form.accepted():
        with form.refusals():
            evidence.add_evidence(db, case, form.details())
            keep_accepted(db, case, wanted)
            flash("Added.")
            return redirect(url_for(".show", case_ref=case_ref))
    return show_case("formulation/add_evidence.html", case, HERE, form, wanted=wanted)


@bp.post("/issue/evidence/quick")
def add_quickly(case_ref: str) -> ResponseReturnValue:
    """Add what the short form sent; what is refused comes back in the full form, word for word."""
    db, case = get_db(), find_case(case_ref)
    form = evidence_form(_weighed(db, case), formdata=from_quick(request.form))
    if form.accepted():
        with form.refusals():
            evidence.add_evidence(db, case, form.details())
            flash("Added to the evidence.")
            return redirect(_back(case_ref))
    return show_case("formulation/add_evidence.html", case, HERE, form)


def _back(case_ref: str) -> str:
    """Give the page of this case on which the short form stood."""
    page = request.form.get(f"{QUICK}then", "")
    inside = is_local(page) and page.startswith(f"/cases/{case_ref}")
    return page if inside else url_for(".show", case_ref=case_ref)


@bp.route("/issue/evidence/<ref:evidence_ref>", methods=["GET", "POST"])
def change_evidence(case_ref: str, evidence_ref: str) -> ResponseReturnValue:
    """Correct an observation, or weigh it anew."""
    db, case = get_db(), find_case(case_ref)
    row = evidence.find_evidence(db, case, evidence_ref)
    weighed = _weighed(db, case)
    form = evidence_form(weighed, data=saved_evidence(weighed, row))
    form.answer = (row.link.answer_item or "") if row.link else ""
    if form.accepted():
        with form.refusals(lambda: saved_evidence(weighed, row)):
            evidence.change_evidence(db, case, row, form.details(), form.version.data)
            flash("Saved.")
            return redirect(url_for(".show", case_ref=case_ref))
    return show_case("formulation/change_evidence.html", case, HERE, form, row=row)


@bp.post("/issue/evidence/<ref:evidence_ref>/delete")
def delete_evidence(case_ref: str, evidence_ref: str) -> ResponseReturnValue:
    """Delete evidence as it was seen, unless a saved version rests on it."""
    db, case = get_db(), find_case(case_ref)
    row = evidence.find_evidence(db, case, evidence_ref)
    try:
        evidence.delete_evidence(db, case, row, DeletingForm().version.data)
    except (RefusedError, StaleError) as refusal:
        db.rollback()
        flash(sentence(refusal.args[0]) if refusal.args else CHANGED, "caution")
        return redirect(url_for(".change_evidence", case_ref=case_ref, evidence_ref=evidence_ref))
    flash("Deleted.")
    return redirect(url_for(".show", case_ref=case_ref))


@bp.app_template_global()
def quick_evidence_form(case: Case) -> QuickForm:
    """Give the short form to whatever page of a case shows it."""
    return quick_form(case, concern_of(case))
