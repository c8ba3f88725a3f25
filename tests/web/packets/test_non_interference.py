"""A packet is the same, byte for byte, whatever was said in private or noted for the therapist."""

import os
from dataclasses import replace

import pytest
import time_machine

from clinic.domain.worksheets import SheetAudience
from tests import factories as made
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.services.answering import treating
from tests.web.packets.conftest import keys, print_packet
from tests.web.test_leaks import DAY
from tests.web.worksheets.test_non_interference import tell_something_else

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

#: UNDERCURRENT_FULL=1 tries all of them.
WORLDS = 200 if os.environ.get("UNDERCURRENT_FULL") else 3


def test_nothing_private_changes_a_byte_of_a_partner_s_or_a_couple_s_packet(
    app, store, ines, filled
):
    person = replace(
        ines, case_ref=filled.answered.case_ref, partner_refs=tuple(filled.refs.values())
    )
    with treating(store, ines, filled.answered) as (db, case):
        made.make_behaviour(db, case)
    wanted = {
        filled.refs["Mara"]: keys(SheetAudience.PARTNER),
        "together": keys(SheetAudience.COUPLE),
    }
    with time_machine.travel(DAY, tick=False):
        browser = Browser(app).sign_in(ines.email, PASSWORD)

        def printed() -> dict[str, bytes]:
            answers = {
                whom: print_packet(browser, filled, whom, sheets, fill="case")
                for whom, sheets in wanted.items()
            }
            assert {answer.mimetype for answer in answers.values()} == {"application/pdf"}
            return {whom: answer.data for whom, answer in answers.items()}

        first = printed()
        for world in range(WORLDS):
            tell_something_else(store, person, filled, world)
            assert printed() == first, f"world {world}"
