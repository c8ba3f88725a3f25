"""The timeline of a case: what happened in their life, and behaviours beside it."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.services import behaviours, timeline
from clinic.services.days import today
from clinic.services.errors import StaleError
from clinic.services.rows import BehaviourRecord, Case
from clinic.web.contents import concern_of
from clinic.web.database import get_db
from clinic.web.filters import said
from clinic.web.pages import find_case, show_case
from clinic.web.timeline.forms import DeletingForm, event_form, saved_event
from clinic.web.timeline.views import course_line, drawing, event_line, tick_label
from clinic.web.timeline.words import EVERYBODY

bp = Blueprint("timeline", __name__, url_prefix="/cases/<ref:case_ref>/timeline")
HERE = "behaviours.list_recorded"


def _label(case: Case, row: BehaviourRecord) -> str:
    known = concern_of(case).behaviours
    return said(known[row.behaviour].label) if row.behaviour else row.own_words


@bp.get("")
def show(case_ref: str) -> ResponseReturnValue:
    """Draw events above and behaviours below one axis, with the same in words beside it."""
    db, case = get_db(), find_case(case_ref)
    events = [event_line(row) for row in timeline.list_events(db, case)]
    rows = behaviours.list_behaviours(db, case)
    courses = [course_line(row, _label(case, row)) for row in rows]
    return show_case(
        "timeline/show.html",
        case,
        HERE,
        drawing=drawing(events, courses, today()),
        events=events,
        courses=[line for line in courses if line.since],
        undated=[line for line in courses if not line.since],
        everybody=EVERYBODY,
        tick_label=tick_label,
    )


@bp.route("/new", methods=["GET", "POST"])
def add_event(case_ref: str) -> ResponseReturnValue:
    """Add something that happened in their life. The page asks what and when, never why."""
    case = find_case(case_ref)
    form = event_form(case)
    if form.accepted():
        with form.refusals():
            timeline.add_event(get_db(), case, form.details())
            flash("Added.")
            return redirect(url_for(".show", case_ref=case_ref))
    return show_case("timeline/add_event.html", case, HERE, form)


@bp.route("/<ref:event_ref>", methods=["GET", "POST"])
def change_event(case_ref: str, event_ref: str) -> ResponseReturnValue:
    """Correct an event, or take it away."""
    db, case = get_db(), find_case(case_ref)
    row = timeline.find_event(db, case, event_ref)
    form = event_form(case, data=saved_event(case, row))
    if form.accepted():
        with form.refusals(lambda: saved_event(case, row)):
            timeline.change_event(db, case, row, form.details(), form.version.data)
            flash("Saved.")
            return redirect(url_for(".show", case_ref=case_ref))
    return show_case("timeline/change_event.html", case, HERE, form, event=row)


@bp.post("/<ref:event_ref>/delete")
def delete_event(case_ref: str, event_ref: str) -> ResponseReturnValue:
    """Delete an event as it was seen; one that was changed meanwhile is shown again first."""
    db, case = get_db(), find_case(case_ref)
    row = timeline.find_event(db, case, event_ref)
    try:
        timeline.delete_event(db, row, DeletingForm().version.data)
    except StaleError:
        db.rollback()
        flash("This was changed meanwhile. Look at it again before you delete it.", "caution")
        return redirect(url_for(".change_event", case_ref=case_ref, event_ref=event_ref))
    flash("Deleted.")
    return redirect(url_for(".show", case_ref=case_ref))
