"""Repair goals: pairs, ratings at appointments, and attainment over time."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.goals import GoalLayer
from clinic.domain.tracks import Tool, is_openness
from clinic.services import appointments, formulation, goals, safety
from clinic.services.days import today
from clinic.services.errors import MissingError
from clinic.services.rows import Case
from clinic.web.contents import concern_of, intake_of
from clinic.web.database import get_db
from clinic.web.explanations import explanation_choices
from clinic.web.goals.attainment import PairView, attainment_table, pair_views
from clinic.web.goals.forms import (
    Offer,
    PairForm,
    goal_form,
    pair_form,
    rating_form,
    saved_goal,
    saved_ratings,
)
from clinic.web.pages import find_case, show_case
from clinic.web.people import THERAPIST_REF, Rater, raters

bp = Blueprint("goals", __name__, url_prefix="/cases/<ref:case_ref>")
HERE = "goals.list_set"


def _offer(case: Case) -> Offer:
    concern = concern_of(case)
    known = formulation.list_explanations(get_db(), case)
    return Offer(case, concern, explanation_choices(concern, known))


def _is_sent(form: PairForm, case: Case, known: str | None = None) -> bool:
    """Tell whether goals were sent that may be set; suggestions asked for are filled in instead."""
    concern = concern_of(case)
    if form.suggested(concern) or not form.accepted():
        return False
    return not form.keeps_shut(_is_shut(case), known)


def _is_shut(case: Case) -> Callable[[str], bool]:
    """Tell of a goal of the library whether it stays shut here; only openness ever does."""
    content = intake_of(case)
    return lambda stub: (
        is_openness(stub) and safety.is_shut(get_db(), case, content, Tool.GOAL, stub)
    )


def _rater(case: Case, ref: str) -> Rater:
    wanted = "" if ref == THERAPIST_REF else ref
    found = next((rater for rater in raters(case) if rater.ref == wanted), None)
    if found is None:
        raise MissingError(ref)
    return found


@bp.get("/goals")
def list_set(case_ref: str) -> ResponseReturnValue:
    """Show every pair over the appointments, as one rater found it, and all raters' scores."""
    db, case = get_db(), find_case(case_ref)
    rater = _rater(case, request.args.get("rater", THERAPIST_REF))
    rows, held = goals.list_goals(db, case), appointments.list_appointments(db, case)
    pairs: list[PairView] = pair_views(rows, held, rater)
    return show_case(
        "goals/list_set.html",
        case,
        HERE,
        pairs=pairs,
        rater=rater,
        raters=raters(case),
        held=held,
        scores=attainment_table(rows, held, raters(case)),
        therapist_ref=THERAPIST_REF,
    )


@bp.route("/goals/new", methods=["GET", "POST"])
def set_pair(case_ref: str) -> ResponseReturnValue:
    """Set a behaviour goal and the issue goal beneath it, with five steps each."""
    case = find_case(case_ref)
    offer = _offer(case)
    form = pair_form(offer, today())
    if _is_sent(form, case):
        with form.refusals():
            goals.set_pair(get_db(), case, form.details())
            flash("The pair is set.")
            return redirect(url_for(".list_set", case_ref=case_ref))
    return show_case("goals/set_pair.html", case, HERE, form)


@bp.route("/goals/<ref:goal_ref>/beside/<any(behaviour, issue):layer>", methods=["GET", "POST"])
def add_beside(case_ref: str, goal_ref: str, layer: str) -> ResponseReturnValue:
    """Add another goal to the pair of an existing one."""
    db, case = get_db(), find_case(case_ref)
    beside = goals.find_goal(db, case, goal_ref)
    offer = _offer(case)
    form = goal_form(offer, GoalLayer(layer), {"goal": {"review_on": beside.review_on}})
    if _is_sent(form, case):
        with form.refusals():
            goals.add_goal(db, case, beside, form.details()[0])
            flash("The goal is set.")
            return redirect(url_for(".list_set", case_ref=case_ref))
    return show_case("goals/add_beside.html", case, HERE, form, beside=beside)


@bp.route("/goals/<ref:goal_ref>", methods=["GET", "POST"])
def change(case_ref: str, goal_ref: str) -> ResponseReturnValue:
    """Change a goal; steps that were rated stay."""
    db, case = get_db(), find_case(case_ref)
    goal = goals.find_goal(db, case, goal_ref)
    known = formulation.list_explanations(db, case)
    offer = _offer(case)
    form = goal_form(offer, goal.layer, saved_goal(case, goal, known))
    if _is_sent(form, case, goal.stub):
        with form.refusals(lambda: saved_goal(case, goal, known)):
            goals.change_goal(db, case, goal, form.details()[0], form.version.data)
            flash("Saved.")
            return redirect(url_for(".list_set", case_ref=case_ref))
    return show_case("goals/change.html", case, HERE, form, goal=goal)


@bp.route("/appointments/<ref:appointment_ref>/ratings/<rater_ref>", methods=["GET", "POST"])
def rate(case_ref: str, appointment_ref: str, rater_ref: str) -> ResponseReturnValue:
    """Write down what one person found with each goal at one appointment."""
    db, case = get_db(), find_case(case_ref)
    appointment = appointments.find_appointment(db, case, appointment_ref)
    rater = _rater(case, rater_ref)
    rows = goals.list_goals(db, case)

    def saved() -> dict[str, object]:
        return saved_ratings(goals.list_goals(db, case), appointment.id, rater.id)

    form = rating_form(rows, saved())
    if form.accepted():
        with form.refusals(saved):
            goals.expect_ratings(db, case, appointment, rater.ref, form.version.data)
            goals.rate_goals(db, case, appointment, rater.ref, form.ratings())
            flash("Saved what was found.")
            return redirect(
                url_for("appointments.show", case_ref=case_ref, appointment_ref=appointment_ref)
            )
    return show_case(
        "goals/rate.html",
        case,
        "appointments.list_held",
        form,
        appointment=appointment,
        rater=rater,
    )
