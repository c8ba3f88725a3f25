"""Repair goals: pairs, ratings at appointments, and attainment over time."""

from collections.abc import Callable, Mapping, Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.goal_course import GoalStatus
from clinic.domain.goal_hints import GoalHint
from clinic.domain.goals import GoalLayer
from clinic.domain.tracks import Tool, is_openness
from clinic.services import appointments, formulation, goal_board, goals, safety
from clinic.services.errors import MissingError
from clinic.services.rows import Case
from clinic.web.contents import concern_of, intake_of
from clinic.web.database import get_db
from clinic.web.explanations import explanation_choices
from clinic.web.goal_ratings import rating_form, saved_ratings
from clinic.web.goals.attainment import Seen, attainment_table, pair_views
from clinic.web.goals.courses import hints_for
from clinic.web.goals.forms import (
    Offer,
    PairForm,
    Wanted,
    goal_form,
    new_days,
    openness_key,
    pair_form,
    saved_goal,
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
    """Tell whether goals were sent that may be set, and not only suggestions asked for."""
    concern = concern_of(case)
    if form.suggested(concern) or form.looked_over() or not form.accepted():
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


def _hints(case: Case, form: PairForm) -> Mapping[str, Sequence[GoalHint]]:
    """Give what is worth a second look in each goal's words, by the name of its group."""
    return {
        name: hints_for(case, part["wording"].data or "", part["owners"].data)
        for name in form.parts
        if (part := form[name].form)["owners"].data
    }


@bp.get("/goals")
def list_set(case_ref: str) -> ResponseReturnValue:
    """Show every pair over the appointments, as one rater found it, and all raters' scores."""
    case = find_case(case_ref)
    people, rater = raters(case), _rater(case, request.args.get("rater", THERAPIST_REF))
    board = goal_board.goal_board(get_db(), case)
    refs = {partner.id: partner.public_id for partner in case.partners}
    hints = {
        goal.public_id: hints_for(case, goal.wording, owners)
        for goal in board.goals
        if (owners := [refs[owner.partner_id] for owner in goal.owners])
        if goal.status is GoalStatus.ACTIVE
    }
    return show_case(
        "goals/list_set.html",
        case,
        HERE,
        pairs=pair_views(board.goals, Seen(board.meetings, rater, people)),
        rater=rater,
        raters=people,
        held=board.meetings,
        hints=hints,
        scores=attainment_table(board.goals, board.meetings, people),
        therapist_ref=THERAPIST_REF,
    )


def _wanted(offer: Offer) -> Wanted:
    """Read from the address what a new pair is to begin from; what is not there is left out."""
    explanation = request.args.get("explanation", "")
    known = explanation in {ref for ref, _ in offer.explanations}
    stub = offer.concern.goals.get(request.args.get("goal", ""))
    return Wanted(explanation if known else "", stub)


@bp.route("/goals/new", methods=["GET", "POST"])
def set_pair(case_ref: str) -> ResponseReturnValue:
    """Set a behaviour goal and the issue goal beneath it, with five steps each."""
    case = find_case(case_ref)
    offer = _offer(case)
    form = pair_form(offer, _wanted(offer))
    if _is_sent(form, case):
        with form.refusals():
            goals.set_pair(get_db(), case, form.details())
            flash("The pair is set.")
            return redirect(url_for(".list_set", case_ref=case_ref))
    return show_case("goals/set_pair.html", case, HERE, form, hints=_hints(case, form))


@bp.route("/goals/<ref:goal_ref>/beside/<any(behaviour, issue):layer>", methods=["GET", "POST"])
def add_beside(case_ref: str, goal_ref: str, layer: str) -> ResponseReturnValue:
    """Add another goal to the pair of an existing one."""
    db, case = get_db(), find_case(case_ref)
    beside = goals.find_goal(db, case, goal_ref)
    offer = _offer(case)
    form = goal_form(offer, GoalLayer(layer), {"goal": new_days()})
    if _is_sent(form, case):
        with form.refusals():
            goals.add_goal(db, case, beside, form.details()[0])
            flash("The goal is set.")
            return redirect(url_for(".list_set", case_ref=case_ref))
    return show_case(
        "goals/add_beside.html", case, HERE, form, beside=beside, hints=_hints(case, form)
    )


@bp.route("/goals/<ref:goal_ref>", methods=["GET", "POST"])
def change(case_ref: str, goal_ref: str) -> ResponseReturnValue:
    """Change a goal; steps that were rated stay."""
    db, case = get_db(), find_case(case_ref)
    goal = goals.find_goal(db, case, goal_ref)
    known = formulation.list_explanations(db, case)
    offer = _offer(case)
    form = goal_form(offer, goal.layer, saved_goal(case, goal, known), goal)
    if _is_sent(form, case, openness_key(goal.stub or "", goal.about_openness)):
        with form.refusals(lambda: saved_goal(case, goal, known)):
            goals.change_goal(db, case, goal, form.details()[0], form.version.data)
            flash("Saved.")
            return redirect(url_for(".list_set", case_ref=case_ref))
    return show_case("goals/change.html", case, HERE, form, goal=goal, hints=_hints(case, form))


@bp.route("/appointments/<ref:appointment_ref>/ratings/<rater_ref>", methods=["GET", "POST"])
def rate(case_ref: str, appointment_ref: str, rater_ref: str) -> ResponseReturnValue:
    """Write down what one person found with each goal at one appointment."""
    db, case = get_db(), find_case(case_ref)
    appointment = appointments.find_appointment(db, case, appointment_ref)
    rater = _rater(case, rater_ref)
    rows = goals.list_goals(db, case)

    def saved() -> dict[str, object]:
        return saved_ratings(goals.list_goals(db, case), appointment.id, rater.id)

    form = rating_form(rows, appointment.held_on, saved())
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
