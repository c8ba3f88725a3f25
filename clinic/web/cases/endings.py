"""Ending a case, opening it again, and the archive."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.goal_course import STATUS_WORDS
from clinic.domain.said import mark
from clinic.services import case_ends, goals, transfers
from clinic.services.errors import RefusedError, StaleError
from clinic.web.cases.life_forms import EndForm, ReopenForm, saved_version
from clinic.web.cases.routes import bp
from clinic.web.database import get_db
from clinic.web.filters import sentence
from clinic.web.pages import find_case, show_case

HERE = "cases.show"
CHANGED = mark("Somebody else, or another tab, changed this meanwhile. Look again.")


@bp.get("/cases/<ref:case_ref>/life")
def life(case_ref: str) -> ResponseReturnValue:
    """Show how a case was ended and opened before, and what can be done with it now."""
    db, case = get_db(), find_case(case_ref)
    steps = case_ends.list_steps(db, case)
    offer = transfers.open_offer(db, case)
    return show_case("cases/life.html", case, HERE, past=list(reversed(steps)), offer=offer)


@bp.route("/cases/<ref:case_ref>/end", methods=["GET", "POST"])
def end(case_ref: str) -> ResponseReturnValue:
    """End a case with its outcome, beside what became of each goal."""
    db, case = get_db(), find_case(case_ref)
    form = EndForm(data=saved_version(case))
    if form.accepted():
        with form.refusals(lambda: saved_version(case)):
            case_ends.end_case(db, case, form.details(), form.version.data)
            flash("The case has ended. Everything in it stays, and you can open it again.")
            return redirect(url_for(".life", case_ref=case_ref))
    return show_case(
        "cases/end.html",
        case,
        HERE,
        form,
        goals=goals.list_goals(db, case),
        goal_status=STATUS_WORDS,
    )


@bp.route("/cases/<ref:case_ref>/reopen", methods=["GET", "POST"])
def reopen(case_ref: str) -> ResponseReturnValue:
    """Open an ended or archived case again; how it ended stays in its history."""
    case = find_case(case_ref)
    form = ReopenForm(data=saved_version(case))
    if form.accepted():
        with form.refusals(lambda: saved_version(case)):
            case_ends.reopen_case(get_db(), case, form.reason.data, form.version.data)
            flash("The case is open again.")
            return redirect(url_for(".show", case_ref=case_ref))
    return show_case("cases/reopen.html", case, HERE, form)


@bp.post("/cases/<ref:case_ref>/archive")
def archive(case_ref: str) -> ResponseReturnValue:
    """Put an ended case out of sight."""
    case = find_case(case_ref)
    press(lambda: case_ends.archive_case(get_db(), case, case.version), mark("Put away."))
    return redirect(url_for(".life", case_ref=case_ref))


@bp.post("/cases/<ref:case_ref>/restore")
def restore(case_ref: str) -> ResponseReturnValue:
    """Take a case out of the archive, as ended as it was."""
    case = find_case(case_ref)
    press(lambda: case_ends.restore_case(get_db(), case, case.version), mark("Taken out again."))
    return redirect(url_for(".life", case_ref=case_ref))


def press(act: Callable[[], object], done: str) -> bool:
    """Do what a single button asks, and say on the next page whether it was done."""
    try:
        act()
    except (RefusedError, StaleError) as refusal:
        get_db().rollback()
        flash(sentence(refusal.args[0]) if refusal.args else CHANGED, "caution")
        return False
    flash(done)
    return True
