"""Entering scores of standardised measures, and reading them over time."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.instruments import Instrument
from clinic.services import measures
from clinic.services.days import today
from clinic.services.errors import MissingError
from clinic.services.rows import Case
from clinic.web.contents import reviewed
from clinic.web.database import get_db
from clinic.web.measures.forms import ScoreForm, score_form
from clinic.web.measures.views import change_source, courses, facts, histories, shelf, title
from clinic.web.pages import find_case, show_case

bp = Blueprint("measures", __name__, url_prefix="/cases/<ref:case_ref>/measures")
HERE = "invitations.overview"


@bp.get("")
def choose(case_ref: str) -> ResponseReturnValue:
    """Show the measures whose scores can be entered."""
    groups = shelf(reviewed().instruments)
    return show_case("measures/choose.html", find_case(case_ref), HERE, groups=groups)


@bp.route("/<instrument_key>", methods=["GET", "POST"])
def enter(case_ref: str, instrument_key: str) -> ResponseReturnValue:
    """Enter a partner's score on one measure, beside those entered before."""
    case, instrument = find_case(case_ref), _instrument(instrument_key)
    form = score_form(case, instrument, today())
    if form.accepted():
        with form.refusals():
            return _entered(case, instrument, form)
    found = measures.history(get_db(), case, instrument)
    since = request.args.get("since", "")
    return show_case(
        "measures/enter.html",
        case,
        HERE,
        form,
        instrument=instrument,
        measure_title=title(instrument),
        facts=facts(instrument),
        change_source=change_source(instrument),
        histories=histories(case, instrument, found, since),
        courses=courses(case, instrument, found, since),
    )


def _instrument(key: str) -> Instrument:
    instruments = reviewed().instruments
    if key not in instruments:
        raise MissingError(key)
    return instruments[key]


def _entered(case: Case, instrument: Instrument, form: ScoreForm) -> ResponseReturnValue:
    db = get_db()
    before = len(measures.list_tasks(db, case))
    measures.enter_score(db, case, form.partner(), instrument, form.details())
    if len(measures.list_tasks(db, case)) > before:
        flash("Saved. Please look at this now.", "caution")
        return redirect(url_for("comparison.tasks", case_ref=case.public_id))
    flash("Saved.")
    return redirect(url_for(".enter", case_ref=case.public_id, instrument_key=instrument.key))
