"""A sheet is the same, byte for byte, whatever was said in private or written for the therapist."""

import os
from dataclasses import replace

import pytest
import time_machine

from clinic.domain.visibility import Layer
from clinic.domain.worksheets import SheetAudience
from clinic.services import couple_map, frames
from tests import factories as made
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.factories import at_work
from tests.services.answering import as_partner, treating
from tests.web.test_leaks import DAY, SEED, Teller
from tests.web.worksheets.conftest import SHEETS

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

#: UNDERCURRENT_FULL=1 tries all of them.
WORLDS = 200 if os.environ.get("UNDERCURRENT_FULL") else 3
RELEASED_BY_ONE = "B18"
FILLED = [
    key
    for key, one in SHEETS.items()
    if one.prefill and one.audience is not SheetAudience.THERAPIST
]


def tell_something_else(store, person, filled, seed: int) -> None:
    """Change all that is private to anybody or the therapist's own, and nothing that is shared."""
    teller = Teller(SEED + seed)
    with at_work(store, person) as db:
        teller.change_the_other(db, person)
        case = made.case_of(db, person)
        for layer in (Layer.PRIVATE, Layer.SAFETY, Layer.CLINICIAN):
            source = person.partner_refs[0]
            made.make_evidence(db, case, layer=layer, source=source, observation=teller.words())
        made.make_explanation(db, case, statement=teller.words(), reason=teller.words())
        known = frames.entries(db, case).get("plan.not-yet..")
        version = {"plan.not-yet..": known.version if known else 0}
        frames.write_frames(db, case, {"plan.not-yet..": teller.words()}, version)
    with as_partner(store, filled.answered, "Jonas") as (db, _):
        # One release alone shows nothing, and nor does taking it back.
        (couple_map.release if seed % 2 == 0 else couple_map.withdraw)(db, RELEASED_BY_ONE)


def print_one(browser, filled, sheet: str):
    query = {"paper": "A4", "fill": "case"}
    if SHEETS[sheet].has_one_reader or SHEETS[sheet].whose:
        query["reader"] = filled.refs["Mara"]
    answer = browser.client.get(f"{filled.url}/{sheet}.pdf", query_string=query)
    assert answer.mimetype == "application/pdf", answer.get_data(as_text=True)
    return answer.data, sorted(answer.headers.items())


def test_nothing_private_changes_a_byte_of_any_sheet_that_is_filled_in(app, store, ines, filled):
    person = replace(
        ines, case_ref=filled.answered.case_ref, partner_refs=tuple(filled.refs.values())
    )
    with treating(store, ines, filled.answered) as (db, case):
        made.make_behaviour(db, case)
    with time_machine.travel(DAY, tick=False):
        browser = Browser(app).sign_in(ines.email, PASSWORD)
        first = {sheet: print_one(browser, filled, sheet) for sheet in FILLED}
        for world in range(WORLDS):
            tell_something_else(store, person, filled, world)
            for sheet in FILLED:
                assert print_one(browser, filled, sheet) == first[sheet], f"world {world}: {sheet}"


@pytest.mark.parametrize("sheet", FILLED)
def test_every_sheet_that_can_be_filled_is_filled_with_something(browser, filled, sheet):
    """Otherwise the test above could not fail."""
    query = {"paper": "A4", "reader": filled.refs["Mara"]}
    two = [
        browser.client.get(f"{filled.url}/{sheet}.pdf", query_string={**query, "fill": fill}).data
        for fill in ("blank", "case")
    ]
    assert two[0] != two[1]
