"""The keyboard: which key leads where in a case, and the list that Ctrl+K opens.

Nothing needs it: every way here is a link elsewhere as well. Single keys can be turned off, for
whoever speaks to the computer or rests a hand on it (WCAG 2.1.4).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flask import Blueprint, Flask, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.said import mark
from clinic.web.addresses import STEPS, is_local

bp = Blueprint("shortcuts", __name__)
OFF = "single_keys_off"

#: The letter after "g" that leads to a step of a case.
LETTERS = {
    "cases.show": "o",
    "invitations.overview": "a",
    "behaviours.list_recorded": "s",
    "behaviours.agreed": "w",
    "formulation.show": "i",
    "formulation.roll_up": "r",
    "goals.list_set": "g",
    "appointments.list_held": "p",
    "worksheets.shelf": "k",
    "timeline.show": "t",
    "frames.list_ways": "f",
    "formulation.matrix": "m",
}
#: What can be done in a case beside its steps; the order is that of the list.
ACTIONS = (
    (mark("Add evidence"), "formulation.add_evidence"),
    (mark("Add an explanation"), "formulation.add_explanation"),
    (mark("Record a behaviour"), "behaviours.record"),
    (mark("Set a pair of goals"), "goals.set_pair"),
    (mark("Start an appointment"), "appointments.hold"),
    (mark("Ask for a check-in"), "check_ins.ask"),
    (mark("Agreement map"), "comparison.agreement_map"),
    (mark("What was said alone"), "comparison.ledger"),
    (mark("What must be looked at"), "comparison.tasks"),
    (mark("Names, contacts and policy on secrets"), "cases.change"),
    (mark("Safety, for you alone"), "safety.show"),
)
#: Other pages beside the steps.
PAGES = (
    (mark("Timeline"), "timeline.show"),
    (mark("Matrix"), "formulation.matrix"),
    (mark("Map"), "formulation.issue_map"),
    (mark("From the answers"), "formulation.suggestions_made"),
    (mark("Other ways to look"), "frames.list_ways"),
    (mark("All readings"), "readings.list_saved"),
    (mark("Agreements"), "accords.list_written"),
    (mark("Responses to repair"), "repair_responses.show"),
    (mark("Phases"), "phases.show"),
    (mark("Notes"), "notes.list_notes"),
    (mark("Process notes"), "notes.list_process"),
    (mark("Check-ins"), "check_ins.overview"),
    (mark("What the room would see"), "room.show"),
)
#: Where the short form for evidence stands, and the key that leads to it.
QUICK = (mark("Quick evidence"), "formulation.show", "quick-evidence", "e")


class Way(NamedTuple):
    """One place to go: `letter` follows "g", `key` stands alone; "" for none."""

    label: str
    url: str
    letter: str = ""
    key: str = ""


def ways(case_ref: str) -> list[Way]:
    """List where one can go in a case: its steps, its other pages, then what can be done there."""
    label, endpoint, place, key = QUICK
    quick = Way(label, url_for(endpoint, case_ref=case_ref, _anchor=place), "", key)
    return [*_steps(case_ref), *_ways(PAGES, case_ref), quick, *_ways(ACTIONS, case_ref)]


def _steps(case_ref: str) -> Iterator[Way]:
    for step in STEPS:
        url = url_for(step.endpoint, case_ref=case_ref)
        yield Way(step.label, url, LETTERS.get(step.endpoint, ""))


def _ways(named: Sequence[tuple[str, str]], case_ref: str) -> Iterator[Way]:
    for label, endpoint in named:
        yield Way(label, url_for(endpoint, case_ref=case_ref), LETTERS.get(endpoint, ""))


@bp.post("/shortcuts")
def switch() -> ResponseReturnValue:
    """Turn the single keys off or on for this browser, and show the same page again."""
    session[OFF] = not session.get(OFF)
    back = request.form.get("back", "")
    return redirect(back if is_local(back) else url_for("cases.caseload"), 303)


def init_app(app: Flask) -> None:
    """Give the layout what the keyboard can do."""
    app.register_blueprint(bp)
    app.add_template_global(ways, "ways_of_case")
    app.context_processor(lambda: {"single_keys": not session.get(OFF)})
