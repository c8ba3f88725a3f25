"""Saved readings: all of them, one in full, two side by side, and what the couple was given."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.visibility import Audience
from clinic.services import readings
from clinic.services.cases import find_partner
from clinic.services.days import today
from clinic.services.rows import Case
from clinic.web.access import who
from clinic.web.database import get_db, get_narrow_db
from clinic.web.pages import find_case, show_case
from clinic.web.readings.forms import ReactionForm, ShareForm, compare_form
from clinic.web.readings.views import compared, groups
from clinic.web.summary_hints import summary_hints

bp = Blueprint("readings", __name__, url_prefix="/cases/<ref:case_ref>/readings")
HERE = "formulation.roll_up"
#: No case has more readings; a longer number would be no number to a database.
NUMBER = "<int(max=99999):number>"


@bp.get("")
def list_saved(case_ref: str) -> ResponseReturnValue:
    """Show every saved reading, newest first, with who wrote it and why."""
    db, case = get_db(), find_case(case_ref)
    rows = readings.list_formulations(db, case)
    authors = readings.authors(db, rows)
    return show_case("readings/list_saved.html", case, HERE, rows=rows, authors=authors)


@bp.get(f"/{NUMBER}")
def show(case_ref: str, number: int) -> ResponseReturnValue:
    """Show one reading in full, as it was saved, and what became of its summary."""
    db, case = get_db(), find_case(case_ref)
    row = readings.find_formulation(db, case, number)
    return show_case(
        "readings/show.html",
        case,
        HERE,
        row=row,
        author=readings.authors(db, [row])[row.author_id],
        groups=groups(db, case, row),
        reactions=readings.reactions(db, row),
    )


@bp.get("/compare")
def compare(case_ref: str) -> ResponseReturnValue:
    """Show two readings side by side, field by field."""
    db, case = get_db(), find_case(case_ref)
    rows = {row.number: row for row in readings.list_formulations(db, case)}
    if len(rows) < 2:
        return show_case("readings/compare.html", case, HERE, sections=None)
    form = compare_form(list(rows.values()), request.args or None)
    if request.args and not form.validate():
        return show_case("readings/compare.html", case, HERE, form, sections=None)
    older, newer = (rows[number] for number in form.numbers())
    sections = compared(db, case, older, newer)
    return show_case(
        "readings/compare.html", case, HERE, form, older=older, newer=newer, sections=sections
    )


@bp.get(f"/{NUMBER}/preview")
def preview(case_ref: str, number: int) -> ResponseReturnValue:
    """Show exactly what the couple sees of a reading, read with their keys alone."""
    find_case(case_ref)
    couple = readings.couple_reading(get_narrow_db(who(), Audience.COUPLE), case_ref, number)
    back = url_for(".show", case_ref=case_ref, number=number)
    return render_template("readings/preview.html", couple=couple, back=back)


@bp.route(f"/{NUMBER}/share", methods=["GET", "POST"])
def share_summary(case_ref: str, number: int) -> ResponseReturnValue:
    """Note on which day the couple was given the summary."""
    db, case = get_db(), find_case(case_ref)
    row = readings.find_formulation(db, case, number)
    form = ShareForm(data={"on": row.shared_on or today()})
    if form.accepted():
        with form.refusals():
            readings.share_summary(db, case, number, form.on.data)
            flash("Noted. Each of them can now say what fits and what does not.")
            return redirect(url_for(".show", case_ref=case_ref, number=number))
    hints = summary_hints(case, row.couple_summary)
    return show_case("readings/share_summary.html", case, HERE, form, row=row, hints=hints)


@bp.route(f"/{NUMBER}/reactions/<ref:partner_ref>", methods=["GET", "POST"])
def write_reaction(case_ref: str, number: int, partner_ref: str) -> ResponseReturnValue:
    """Keep what one partner said to the summary, corrections included."""
    db, case = get_db(), find_case(case_ref)
    row, partner = readings.find_formulation(db, case, number), find_partner(case, partner_ref)
    form = ReactionForm(data=_saved_reaction(case, number, partner_ref))
    if form.accepted():
        with form.refusals(lambda: _saved_reaction(case, number, partner_ref)):
            readings.expect_reaction(db, case, number, partner_ref, form.version.data or "")
            readings.write_reaction(db, case, number, partner_ref, form.words.data)
            flash("Saved.")
            return redirect(url_for(".show", case_ref=case_ref, number=number))
    return show_case("readings/write_reaction.html", case, HERE, form, row=row, partner=partner)


def _saved_reaction(case: Case, number: int, partner_ref: str) -> dict[str, Any]:
    db = get_db()
    known = readings.reactions(db, readings.find_formulation(db, case, number))
    found = known.get(find_partner(case, partner_ref).id)
    words = found.words if found else ""
    return {"version": words, "words": words}
