"""What becomes of a goal: met, parted with, taken up again, or gone on with on other steps."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.services import goal_course, goals
from clinic.web.database import get_db
from clinic.web.goals.course_forms import new_steps_form, saved_status, saved_steps, status_form
from clinic.web.goals.routes import HERE, bp
from clinic.web.pages import find_case, show_case


@bp.route("/goals/<ref:goal_ref>/status", methods=["GET", "POST"])
def change_status(case_ref: str, goal_ref: str) -> ResponseReturnValue:
    """Write down that a goal was met, parted with or taken up again, with the reason."""
    db, case = get_db(), find_case(case_ref)
    goal = goals.find_goal(db, case, goal_ref)
    form = status_form(goal)
    if form.accepted():
        with form.refusals(lambda: saved_status(goal)):
            goal_course.change_status(db, case, goal, form.details(), form.version.data)
            flash("Written down.")
            return redirect(url_for(".list_set", case_ref=case_ref))
    return show_case("goals/change_status.html", case, HERE, form, goal=goal)


@bp.route("/goals/<ref:goal_ref>/steps", methods=["GET", "POST"])
def write_new_steps(case_ref: str, goal_ref: str) -> ResponseReturnValue:
    """Close a goal's scale and begin a new one with other steps."""
    db, case = get_db(), find_case(case_ref)
    goal = goals.find_goal(db, case, goal_ref)
    form = new_steps_form(goal)
    if form.accepted():
        with form.refusals(lambda: saved_steps(goal)):
            goal_course.write_new_steps(db, case, goal, form.details(), form.version.data)
            flash("The new steps hold.")
            return redirect(url_for(".list_set", case_ref=case_ref))
    return show_case("goals/write_new_steps.html", case, HERE, form, goal=goal)
