"""Safety, for the treating clinician alone: checks, plans, the track and what stays shut."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.guard import NOT_OPEN
from clinic.domain.tracks import TRACK_WORDS
from clinic.services import cases, private_checks, safety, safety_plans
from clinic.services.days import today
from clinic.services.errors import MissingError
from clinic.services.safety_marks import TRACK
from clinic.web.access import who
from clinic.web.contents import intake_of
from clinic.web.database import get_db
from clinic.web.filters import sentence
from clinic.web.pages import find_case, show_case
from clinic.web.safety.forms import PlanForm, check_form, decision_form, saved_plan
from clinic.web.safety.views import (
    check_line,
    decision_lines,
    leans_out,
    partner_lines,
    reason_lines,
    tool_lines,
)
from clinic.web.safety.words import BOXES, HELP, KIND, PROMPTS

bp = Blueprint("safety", __name__, url_prefix="/cases/<ref:case_ref>")
HERE = "cases.show"


@bp.get("/safety")
def show(case_ref: str) -> ResponseReturnValue:
    """Show the track with its reasons, each partner's checks and plan, and what is shut."""
    db, case = get_db(), find_case(case_ref)
    state = safety.track_of(db, case, intake_of(case))
    checks, plans = private_checks.list_checks(db, case), safety_plans.plan_days(db, case)
    return show_case(
        "safety/show.html",
        case,
        HERE,
        track=TRACK_WORDS[state.track.name],
        reasons=reason_lines(case, state),
        shut=state.shut,
        leans_out=leans_out(state),
        lines=partner_lines(case, checks, plans, today()),
        tools=tool_lines(state),
        decisions=decision_lines(safety.list_decisions(db, case)),
        closed=sentence(NOT_OPEN),
        resources=who().practice.resource_line,
        help_words=HELP,
        track_kind=TRACK,
    )


@bp.route("/safety/<ref:partner_ref>/check", methods=["GET", "POST"])
def check(case_ref: str, partner_ref: str) -> ResponseReturnValue:
    """Write down what came of asking one partner alone; earlier times stay below."""
    db, case = get_db(), find_case(case_ref)
    partner, form = cases.find_partner(case, partner_ref), check_form(today())
    if form.accepted():
        with form.refusals():
            private_checks.add_check(db, case, partner_ref, form.details(), today())
            flash("Written down.")
            return redirect(url_for(".show", case_ref=case_ref))
    earlier = private_checks.list_checks(db, case)[partner_ref]
    return show_case(
        "safety/check.html",
        case,
        HERE,
        form,
        partner=partner,
        prompts=PROMPTS,
        earlier=[check_line(row) for row in earlier],
    )


@bp.route("/safety/<ref:partner_ref>/plan", methods=["GET", "POST"])
def plan(case_ref: str, partner_ref: str) -> ResponseReturnValue:
    """Write one partner's plan anew; earlier versions stay below."""
    db, case = get_db(), find_case(case_ref)
    partner = cases.find_partner(case, partner_ref)
    versions = safety_plans.list_plans(db, case, partner_ref)
    form = PlanForm(data=saved_plan(versions))
    if form.accepted():
        with form.refusals(lambda: saved_plan(safety_plans.list_plans(db, case, partner_ref))):
            words, based_on = form.words(), form.version.data
            safety_plans.add_plan(db, case, partner_ref, words, based_on)
            flash("Saved as a new version. Earlier ones are kept.")
            return redirect(url_for(".plan", case_ref=case_ref, partner_ref=partner_ref))
    return show_case(
        "safety/plan.html", case, HERE, form, partner=partner, versions=versions, boxes=BOXES
    )


# Nothing in the address says what it is: browsers print it at the edge of the paper.
@bp.get("/page/<ref:partner_ref>")
def print_plan(case_ref: str, partner_ref: str) -> ResponseReturnValue:
    """Show the newest plan alone, to print for this one partner; it names nobody."""
    versions = safety_plans.list_plans(get_db(), find_case(case_ref), partner_ref)
    if not versions:
        raise MissingError(partner_ref)
    return render_template(
        "safety/print_plan.html",
        words=versions[0].words,
        boxes=BOXES,
        resources=who().practice.resource_line,
        help_words=HELP,
    )


@bp.route("/safety/decide/<decision_kind>", methods=["GET", "POST"])
def decide(case_ref: str, decision_kind: str) -> ResponseReturnValue:
    """Decide about the track, or about one tool that is shut, with a reason."""
    db, case = get_db(), find_case(case_ref)
    if decision_kind not in safety.kinds():
        raise MissingError(decision_kind)
    form = decision_form(decision_kind)
    if form.accepted():
        with form.refusals():
            safety.decide(db, case, decision_kind, form.reason.data, holds=form.holds_now())
            flash("Written down.")
            return redirect(url_for(".show", case_ref=case_ref))
    earlier = [one for one in safety.list_decisions(db, case) if one.kind == decision_kind]
    return show_case(
        "safety/decide.html",
        case,
        HERE,
        form,
        about=KIND[decision_kind],
        is_track=decision_kind == TRACK,
        earlier=decision_lines(earlier),
    )
