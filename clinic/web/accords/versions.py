"""Versions of an agreement: saved, shown, compared, said yes to."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.accords import from_sections
from clinic.services import accord_versions, accord_yeses, accords
from clinic.services.days import today
from clinic.services.errors import RefusedError
from clinic.web.accords.forms import USUAL_TIME, VersionForm, compare_form
from clinic.web.accords.routes import HERE, ONE, bp, to_text
from clinic.web.accords.views import between, compared, topic_lines, yes_lines
from clinic.web.accords.words import CROSSED
from clinic.web.database import get_db
from clinic.web.filters import sentence
from clinic.web.pages import find_case, show_case

#: No agreement has more versions; a longer number would be no number to a database.
NUMBER = f"{ONE}/versions/<int(max=99999):number>"


@bp.route(f"{ONE}/save", methods=["GET", "POST"])
def save_version(case_ref: str, accord_ref: str) -> ResponseReturnValue:
    """Freeze the text as the next version, with the day to look at it again."""
    db, case = get_db(), find_case(case_ref)
    row = accords.find_accord(db, case, accord_ref)
    data = {"version": row.version, "starts_on": today(), "review_on": today() + USUAL_TIME}
    form = VersionForm(data=data)
    if form.accepted():
        with form.refusals(lambda: {"version": row.version}):
            made = accord_versions.save_version(db, case, row, form.details(), form.version.data)
            flash("Saved as a version. Each of them can now say yes to it, or not yet.")
            there = url_for(
                ".show_version", case_ref=case_ref, accord_ref=accord_ref, number=made.number
            )
            return redirect(there)
    topics, members = accords.list_topics(db, row), accords.members_of(case, row)
    return show_case(
        "accords/save_version.html",
        case,
        HERE,
        form,
        accord=row,
        members=[one.name for one in case.partners if one.public_id in members],
        lines=topic_lines(accords.as_written(case, row, topics), members),
        crossed=CROSSED,
    )


@bp.get(NUMBER)
def show_version(case_ref: str, accord_ref: str, number: int) -> ResponseReturnValue:
    """Show one version as it was saved, with everybody's yes to it."""
    db, case = get_db(), find_case(case_ref)
    row = accords.find_accord(db, case, accord_ref)
    version = accord_versions.find_version(db, row, number)
    written = from_sections(accord_versions.frozen(version))
    members, given = accords.members_of(case, row), accord_yeses.yeses(db, case, [version])
    return show_case(
        "accords/show_version.html",
        case,
        HERE,
        accord=row,
        row=version,
        author=accord_versions.author_of(db, version),
        newest=accord_versions.list_versions(db, row)[0],
        between=between(case, members),
        members=[one.name for one in case.partners if one.public_id in members],
        lines=topic_lines(written, members),
        written=written,
        yeses=yes_lines(case, members, given[version.id]),
        crossed=CROSSED,
    )


@bp.get(f"{ONE}/compare")
def compare(case_ref: str, accord_ref: str) -> ResponseReturnValue:
    """Show two versions side by side, field by field."""
    db, case = get_db(), find_case(case_ref)
    row = accords.find_accord(db, case, accord_ref)
    versions = accord_versions.list_versions(db, row)
    facts: dict[str, Any] = {"accord": row, "sections": None}
    if len(versions) < 2:
        return show_case("accords/compare.html", case, HERE, **facts)
    form = compare_form(versions, request.args or None)
    if not request.args or form.validate():
        older, newer = form.numbers()
        before, after = (accord_versions.find_version(db, row, each) for each in (older, newer))
        frozen = accord_versions.frozen
        facts |= {"older": before, "newer": after}
        facts["sections"] = compared(case, frozen(before), frozen(after))
    return show_case("accords/compare.html", case, HERE, form, **facts)


@bp.post(f"{NUMBER}/yes/<ref:partner_ref>")
def say_yes(case_ref: str, accord_ref: str, number: int, partner_ref: str) -> ResponseReturnValue:
    """Note that somebody said yes to the newest version today."""
    db, case = get_db(), find_case(case_ref)
    row = accords.find_accord(db, case, accord_ref)
    version = accord_versions.find_version(db, row, number)
    try:
        accord_yeses.say_yes(db, case, version, partner_ref, today())
        flash("Noted.")
    except RefusedError as refusal:
        db.rollback()
        flash(sentence(refusal.args[0]), "caution")
    return to_text(case_ref, accord_ref)


@bp.post(f"{NUMBER}/take-back/<ref:partner_ref>")
def take_back(case_ref: str, accord_ref: str, number: int, partner_ref: str) -> ResponseReturnValue:
    """Note that somebody took a yes back today."""
    db, case = get_db(), find_case(case_ref)
    row = accords.find_accord(db, case, accord_ref)
    version = accord_versions.find_version(db, row, number)
    accord_yeses.withdraw_yes(db, case, version, partner_ref, today())
    flash("Noted. That it was given stays written.")
    return to_text(case_ref, accord_ref)
