"""A sheet is the same, byte for byte, whatever was said in private or written for the therapist."""

import os
from dataclasses import replace

import pytest
import time_machine

from clinic.domain.visibility import Layer
from clinic.domain.worksheets import SheetAudience
from clinic.services import accords, couple_map, frames
from tests import factories as made
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.factories import at_work
from tests.print_factories import make_print
from tests.services.answering import as_partner, treating
from tests.web.addresses import OF_PARTNERS
from tests.web.room.conftest import start
from tests.web.test_leaks import DAY, SEED, Teller
from tests.web.worksheets.conftest import SHEETS
from tests.web.worksheets.handing_out import EVERYTHING, print_out

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
        theme = frames.add_theme(db, case, "deep", teller.words()).public_id
        frames.write_frames(db, case, {f"deep.pattern.{theme}.": teller.words()}, {})
        [accord] = accords.list_accords(db, case)
        # What is only being written is in no version yet.
        accords.write_crossed(db, accord, teller.words(), accord.version)
        make_print(db, case, teller.words().encode(), reader_ref=person.partner_refs[1])
    with as_partner(store, filled.answered, "Jonas") as (db, _):
        # One release alone shows nothing, and nor does taking it back.
        (couple_map.release if seed % 2 == 0 else couple_map.withdraw)(db, RELEASED_BY_ONE)


def given_to_mara(browser, filled, sheet: str):
    """Print a sheet as it goes to Mara, with the headers it comes with, and each picture of it."""
    choices = {"filled": EVERYTHING}
    if SHEETS[sheet].has_one_reader or SHEETS[sheet].whose:
        choices["reader"] = filled.refs["Mara"]
    answer = print_out(browser, filled.url, sheet, **choices)
    assert answer.mimetype == "application/pdf", answer.get_data(as_text=True)
    page = browser.client.get(f"{filled.url}/{sheet}/pages/1.png", query_string=choices)
    assert page.mimetype == "image/png"
    return [(each.data, sorted(each.headers.items())) for each in (answer, page)]


def test_nothing_private_changes_a_byte_of_any_sheet_that_is_filled_in(app, store, ines, filled):
    person = replace(
        ines, case_ref=filled.answered.case_ref, partner_refs=tuple(filled.refs.values())
    )
    with treating(store, ines, filled.answered) as (db, case):
        made.make_behaviour(db, case)
    with time_machine.travel(DAY, tick=False):
        browser = Browser(app).sign_in(ines.email, PASSWORD)
        first = {sheet: given_to_mara(browser, filled, sheet) for sheet in FILLED}
        for world in range(WORLDS):
            tell_something_else(store, person, filled, world)
            for sheet in FILLED:
                again = given_to_mara(browser, filled, sheet)
                assert again == first[sheet], f"world {world}: {sheet}"


@pytest.mark.parametrize("sheet", FILLED)
def test_every_sheet_that_can_be_filled_is_filled_with_something(browser, filled, sheet):
    """Otherwise the test above could not fail."""
    reader = filled.refs["Mara"]
    blank, whole = (
        print_out(browser, filled.url, sheet, reader=reader, filled=choice).data
        for choice in ("", EVERYTHING)
    )
    assert blank != whole


def test_nobody_but_the_therapist_has_a_list_of_what_was_printed(app, browser, store, filled):
    """Neither a partner's way in nor the room leads there, so that it can tell nobody anything."""
    print_out(browser, filled.url, "w13", reader=filled.refs["Jonas"])
    endpoints = [rule.endpoint for rule in app.url_map.iter_rules() if "print" in rule.endpoint]
    assert not [each for each in endpoints if each.startswith(OF_PARTNERS)]
    start(browser, filled.answered.case_ref)
    for path in ("", "/printed", "/w13"):
        answer = browser.client.get(filled.url + path)
        assert (answer.status_code, answer.location) == (
            303,
            f"/cases/{filled.answered.case_ref}/room",
        )
