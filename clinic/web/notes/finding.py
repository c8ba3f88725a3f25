"""Finding words in one's own notes, and the notes that wait to be signed."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.services import note_search, notes
from clinic.services.days import today
from clinic.web.database import get_db
from clinic.web.notes.forms import FindForm, LimitForm
from clinic.web.notes.routes import bp
from clinic.web.pages import show


@bp.route("/notes/find", methods=["GET", "POST"])
def find() -> ResponseReturnValue:
    """Find words in the notes that the clinician wrote on their own cases."""
    form = FindForm()
    search = note_search.find_words(get_db(), form.words.data) if form.accepted() else None
    return show("notes/find.html", form, search=search)


@bp.route("/notes/unsigned", methods=["GET", "POST"])
def list_unsigned() -> ResponseReturnValue:
    """List the clinician's notes that wait too long to be signed, and say how long that is."""
    db = get_db()
    form = LimitForm(data={"days": notes.find_practice(db).note_days})
    if form.accepted():
        notes.set_note_days(db, form.days.data)
        flash("Saved.")
        return redirect(url_for(".list_unsigned"))
    rows = notes.unsigned_notes(db, today())
    titles = notes.titles_of(db, [row.case_id for row in rows])
    return show("notes/list_unsigned.html", form, rows=rows, titles=titles)
