"""The therapist's pages over the answers; one page of them is for the couple to see."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.disclosures import NEXT
from clinic.domain.guard import NOT_OPEN
from clinic.domain.tracks import Tool
from clinic.domain.visibility import Audience
from clinic.services import cases, comparison, couple_map, disclosures, measures
from clinic.services.days import today
from clinic.services.errors import MissingError, RefusedError
from clinic.services.rows import Case, ScopedSession
from clinic.web.access import who
from clinic.web.comparison import words
from clinic.web.comparison.answers import topics
from clinic.web.comparison.forms import StepForm
from clinic.web.comparison.maps import CouplePair, PairMap, couple_pairs, pair_maps
from clinic.web.comparison.tasks import task_lines
from clinic.web.comparison.totals import totals
from clinic.web.comparison.watching import watched
from clinic.web.contents import intake_of, reviewed
from clinic.web.database import get_db, get_narrow_db, get_treating_db
from clinic.web.filters import sentence
from clinic.web.pages import find_case, show_case

bp = Blueprint("comparison", __name__, url_prefix="/cases/<ref:case_ref>/answers")
HERE = "invitations.overview"


def _names(case: Case) -> Mapping[str, str]:
    return {partner.public_id: partner.name for partner in case.partners}


@bp.get("")
def show(case_ref: str) -> ResponseReturnValue:
    """Show safety first, then where each stands, then the answers topic by topic."""
    db, case = get_db(), find_case(case_ref)
    content, names = intake_of(case), _names(case)
    handed = comparison.side_by_side(db, case, content)
    state = comparison.guard(db, case, content)
    behaviours = comparison.asked_behaviours(db, case, content.concern)
    # All partners are asked the same, so what one of them was asked is what all were.
    asked = handed[0].asked.questionnaire if handed else content.questionnaire
    return show_case(
        "comparison/show.html",
        case,
        HERE,
        handed=handed,
        shut=state.is_shut(Tool.COMPARISON),
        watched=watched(case, state, handed),
        open_tasks=[task for task in measures.list_tasks(db, case) if task.done_at is None],
        due=disclosures.promises_due(db, case, today()),
        stances=comparison.ambivalence(db, case, content),
        by_ref=names,
        standpoints=words.STANDPOINT,
        topics=topics(asked, behaviours, names, handed),
        totals=totals(handed),
    )


@bp.get("/map")
def agreement_map(case_ref: str) -> ResponseReturnValue:
    """Show each pair's placings and guesses, and which rows may be shown to them."""
    case = find_case(case_ref)
    try:
        pairs, closed = _pairs(case), ""
    except RefusedError as refusal:
        pairs, closed = [], sentence(refusal.args[0])
    return show_case("comparison/agreement_map.html", case, HERE, pairs=pairs, closed=closed)


def _pairs(case: Case) -> list[PairMap]:
    db, content = get_db(), intake_of(case)
    maps = comparison.agreement_map(db, case, content)
    # What is shown is asked in the couple's own session: it is what they would see.
    couple = get_narrow_db(who(), Audience.COUPLE)
    return pair_maps(
        maps,
        couple_map.list_releases(db, case),
        couple_map.couple_map(couple, case.public_id, content.concern),
        _names(case),
        dict(comparison.asked_behaviours(db, case, content.concern)),
    )


@bp.post("/map/<behaviour>/reveal")
def reveal(case_ref: str, behaviour: str) -> ResponseReturnValue:
    """Put one row that both of a pair released on the page for them."""
    db, case = get_db(), find_case(case_ref)
    if behaviour not in dict(comparison.asked_behaviours(db, case, intake_of(case).concern)):
        raise MissingError(behaviour)
    try:
        couple_map.reveal(db, case, intake_of(case), behaviour)
        flash("It is now on the page for both.")
    except RefusedError as refusal:
        db.rollback()
        flash(sentence(refusal.args[0]), "caution")
    return redirect(url_for(".agreement_map", case_ref=case_ref))


@bp.get("/together")
def couple(case_ref: str) -> ResponseReturnValue:
    """Show the couple what each of them released, and nothing else.

    While it is shut, and while there is nothing on it, the page is the same.
    """
    treating = get_treating_db(who())
    case = cases.find_case(treating, case_ref)
    try:
        couple_map.open_couple_map(treating, case, intake_of(case))
        pairs = _shown(get_narrow_db(who(), Audience.COUPLE), case_ref)
    except RefusedError:
        pairs = []
    return render_template(
        "comparison/couple.html", pairs=pairs, closed=sentence(NOT_OPEN), case_ref=case_ref
    )


def _shown(db: ScopedSession, case_ref: str) -> list[CouplePair]:
    case = cases.find_case(db, case_ref)
    concern = intake_of(case).concern
    labels = dict(comparison.asked_behaviours(db, case, concern))
    return couple_pairs(couple_map.couple_map(db, case_ref, concern), _names(case), labels)


@bp.get("/kept")
def ledger(case_ref: str) -> ResponseReturnValue:
    """Show what was said alone, with its owner's wish and what became of it; due ones first."""
    case = find_case(case_ref)
    return show_case(
        "comparison/ledger.html",
        case,
        HERE,
        entries=disclosures.ledger(get_db(), case, today()),
        wishes=words.WISH,
        policies=words.POLICY,
        step_words=words.STEP,
        next_steps=NEXT,
    )


@bp.route("/kept/<ref:disclosure_ref>", methods=["GET", "POST"])
def decide(case_ref: str, disclosure_ref: str) -> ResponseReturnValue:
    """Write down what is decided about something that was said alone."""
    db, case = get_db(), find_case(case_ref)
    entry = _entry(case, disclosure_ref)
    form = StepForm()
    if form.accepted():
        with form.refusals():
            disclosures.add_step(db, case, disclosure_ref, form.details())
            flash("Written down.")
            return redirect(url_for(".ledger", case_ref=case_ref))
    return show_case(
        "comparison/decide.html",
        case,
        HERE,
        form,
        entry=entry,
        wishes=words.WISH,
        policies=words.POLICY,
    )


def _entry(case: Case, disclosure_ref: str) -> disclosures.Entry:
    for entry in disclosures.ledger(get_db(), case, today()):
        if entry.disclosure.public_id == disclosure_ref:
            return entry
    raise MissingError(disclosure_ref)


@bp.get("/to-look-at")
def tasks(case_ref: str) -> ResponseReturnValue:
    """Show what must be looked at, open ones first."""
    case = find_case(case_ref)
    lines = task_lines(get_db(), case, reviewed().instruments)
    return show_case("comparison/tasks.html", case, HERE, lines=lines)


@bp.post("/to-look-at/<ref:task_ref>/done")
def finish(case_ref: str, task_ref: str) -> ResponseReturnValue:
    """Note that it was looked at."""
    measures.finish_task(get_db(), find_case(case_ref), task_ref)
    flash("Noted as looked at.")
    return redirect(url_for(".tasks", case_ref=case_ref))
