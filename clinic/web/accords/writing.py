"""Writing an agreement: its topics, what is grown from the map, and the first 24 hours."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.said import say_count
from clinic.services import accord_growth, accords, comparison
from clinic.services.errors import RefusedError, StaleError
from clinic.web.accords.forms import CrossedForm, DeletingForm, saved_topic, topic_form
from clinic.web.accords.routes import HERE, ONE, bp, to_text
from clinic.web.contents import concern_of, intake_of
from clinic.web.database import get_db
from clinic.web.filters import said, sentence
from clinic.web.pages import find_case, show_case


@bp.route(f"{ONE}/topics/new", methods=["GET", "POST"])
def add_topic(case_ref: str, accord_ref: str) -> ResponseReturnValue:
    """Add a topic; one of those that most agreements have may stand in it already."""
    db, case = get_db(), find_case(case_ref)
    row = accords.find_accord(db, case, accord_ref)
    offered = concern_of(case).agreement_topics
    chosen = offered.get(request.args.get("topic", ""))
    data = {"title": said(chosen.title)} if chosen else {}
    form = topic_form(case, accords.members_of(case, row), data=data)
    if form.accepted():
        with form.refusals():
            accords.add_topic(db, case, row, form.details())
            flash("Added.")
            return to_text(case_ref, accord_ref)
    facts = {"accord": row, "offered": offered, "chosen": chosen}
    return show_case("accords/add_topic.html", case, HERE, form, **facts)


@bp.route(f"{ONE}/topics/<ref:topic_ref>", methods=["GET", "POST"])
def change_topic(case_ref: str, accord_ref: str, topic_ref: str) -> ResponseReturnValue:
    """Change a topic of the text being written, or take it out."""
    db, case = get_db(), find_case(case_ref)
    row = accords.find_accord(db, case, accord_ref)
    topic, members = accords.find_topic(db, row, topic_ref), accords.members_of(case, row)
    form = topic_form(case, members, data=saved_topic(case, members, topic))
    if form.accepted():
        with form.refusals(lambda: saved_topic(case, members, topic)):
            accords.change_topic(db, case, topic, form.details(), form.version.data)
            flash("Saved.")
            return to_text(case_ref, accord_ref)
    return show_case("accords/change_topic.html", case, HERE, form, accord=row, topic=topic)


@bp.post(f"{ONE}/topics/<ref:topic_ref>/delete")
def delete_topic(case_ref: str, accord_ref: str, topic_ref: str) -> ResponseReturnValue:
    """Take a topic out as it was seen; one that was changed meanwhile is shown again first."""
    db, case = get_db(), find_case(case_ref)
    row = accords.find_accord(db, case, accord_ref)
    topic = accords.find_topic(db, row, topic_ref)
    try:
        accords.delete_topic(db, topic, DeletingForm().version.data)
    except StaleError:
        db.rollback()
        flash("This was changed meanwhile. Look at it again before you take it out.", "caution")
        there = url_for(
            ".change_topic", case_ref=case_ref, accord_ref=accord_ref, topic_ref=topic_ref
        )
        return redirect(there)
    flash("Taken out. Versions that were saved with it keep it.")
    return to_text(case_ref, accord_ref)


@bp.post(f"{ONE}/grow")
def grow(case_ref: str, accord_ref: str) -> ResponseReturnValue:
    """Add as topics what all of them released on the agreement map and were shown."""
    db, case = get_db(), find_case(case_ref)
    row, content = accords.find_accord(db, case, accord_ref), intake_of(case)
    labels = {
        key: said(label) for key, label in comparison.asked_behaviours(db, case, content.concern)
    }
    try:
        added = accord_growth.grow(db, case, row, content, labels)
        flash(said(say_count("%(number)s topic added.", "%(number)s topics added.", added)))
    except RefusedError as refusal:
        db.rollback()
        flash(sentence(refusal.args[0]), "caution")
    return to_text(case_ref, accord_ref)


@bp.route(f"{ONE}/first-day", methods=["GET", "POST"])
def write_crossed(case_ref: str, accord_ref: str) -> ResponseReturnValue:
    """Write what happens in the first 24 hours if a line is crossed."""
    db, case = get_db(), find_case(case_ref)
    row = accords.find_accord(db, case, accord_ref)

    def saved() -> dict[str, Any]:
        return {"version": row.version, "words": row.crossed}

    form = CrossedForm(data=saved())
    if form.accepted():
        with form.refusals(saved):
            accords.write_crossed(db, row, form.words.data or "", form.version.data)
            flash("Saved.")
            return to_text(case_ref, accord_ref)
    return show_case("accords/write_crossed.html", case, HERE, form, accord=row)
