"""Process notes: a page of their own, for their author alone."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.services import process_notes
from clinic.services.days import today
from clinic.services.errors import StaleError
from clinic.web.database import get_db
from clinic.web.notes.forms import DeletingForm, ProcessForm, saved_process_note
from clinic.web.notes.routes import CASE, HERE, bp
from clinic.web.pages import find_case, show_case


@bp.get(f"{CASE}/process-notes")
def list_process(case_ref: str) -> ResponseReturnValue:
    """List the author's own process notes on a case."""
    db, case = get_db(), find_case(case_ref)
    rows = process_notes.list_process_notes(db, case)
    return show_case("notes/list_process.html", case, HERE, rows=rows)


@bp.route(f"{CASE}/process-notes/new", methods=["GET", "POST"])
def add_process(case_ref: str) -> ResponseReturnValue:
    """Write a process note."""
    db, case = get_db(), find_case(case_ref)
    form = ProcessForm(data={"on": today()})
    if form.accepted():
        with form.refusals():
            process_notes.add_process_note(db, case, form.details())
            flash("Saved.")
            return redirect(url_for(".list_process", case_ref=case_ref))
    return show_case("notes/add_process.html", case, HERE, form)


@bp.route(f"{CASE}/process-notes/<ref:process_ref>", methods=["GET", "POST"])
def change_process(case_ref: str, process_ref: str) -> ResponseReturnValue:
    """Change a process note, or delete it."""
    db, case = get_db(), find_case(case_ref)
    row = process_notes.find_process_note(db, case, process_ref)
    form = ProcessForm(data=saved_process_note(row))
    if form.accepted():
        with form.refusals(lambda: saved_process_note(row)):
            process_notes.change_process_note(db, row, form.details(), form.version.data)
            flash("Saved.")
            return redirect(url_for(".list_process", case_ref=case_ref))
    return show_case("notes/change_process.html", case, HERE, form, row=row)


@bp.post(f"{CASE}/process-notes/<ref:process_ref>/delete")
def delete_process(case_ref: str, process_ref: str) -> ResponseReturnValue:
    """Delete a process note as it was seen; one that was changed meanwhile is shown again first."""
    db, case = get_db(), find_case(case_ref)
    row = process_notes.find_process_note(db, case, process_ref)
    try:
        process_notes.delete_process_note(db, row, DeletingForm().version.data)
    except StaleError:
        db.rollback()
        flash("This was changed meanwhile. Look at it again before you delete it.", "caution")
        return redirect(url_for(".change_process", case_ref=case_ref, process_ref=process_ref))
    flash("Deleted.")
    return redirect(url_for(".list_process", case_ref=case_ref))
