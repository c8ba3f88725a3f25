"""Whatever one partner answers in private, no byte that the others or the couple see changes (R11).

Only one partner's answers differ between two looks: drawn at random, left out, declined, sent or
not, in the intake, in a check-in whose ratings come into an appointment, and in sheets that were
handed out to be done at home.
"""

from pathlib import Path

import pytest
import time_machine
from flask import Flask

from clinic.models.store import Store
from tests.cast import Person
from tests.intake.conftest import FULL
from tests.intake.looks import (
    MOMENT,
    House,
    Seen,
    checks,
    copied,
    couple_s,
    differing,
    look,
    mara_answers,
    mara_checks_in,
    mara_does_a_sheet,
    opened,
    page_keys,
    questions,
    walk,
)
from tests.intake.random_answers import drawn, seeds

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
SHEETS = ("w04", "w12", "w15")
LOOKS, WALKS = (200, 12) if FULL else (25, 2)


def test_no_page_of_one_partner_changes_with_the_answers_of_the_other(
    app: Flask, store: Store, house: House, ines: Person
) -> None:
    with time_machine.travel(MOMENT, tick=False):
        pages, keys = questions(app, store, house), page_keys(app, house)
        assert len(keys) > 25
        check_in, first = checks(store, house), look(app, house, keys)
        for number, chance in enumerate(seeds(LOOKS), start=1):
            last = number == LOOKS
            mara_answers(store, house, pages, drawn(chance, pages), send=last)
            mara_checks_in(store, house, check_in, drawn(chance, check_in), send=last)
            if number % 5 == 1:
                mara_does_a_sheet(store, ines, chance, SHEETS[number % 3], send=number % 2 == 1)
            # A third of the topics each time: each is looked at many times.
            again = look(app, house, keys[number % 3 :: 3])
            assert not [what for what in again if again[what] != first[what]], f"seed {number - 1}"


def test_no_walk_mail_or_sheet_changes_with_the_answers_of_the_other(
    house: House, ines: Person, tmp_path: Path
) -> None:
    everything: list[Seen] = []
    with time_machine.travel(MOMENT, tick=False):
        for number, chance in enumerate(seeds(WALKS)):
            again = copied(house, tmp_path / str(number))
            with opened(again) as (app, records):
                pages = questions(app, records, again)
                if number:
                    sends, check_in = number % 2 == 1, checks(records, again)
                    mara_answers(records, again, pages, drawn(chance, pages), send=sends)
                    own = drawn(chance, check_in)
                    mara_checks_in(records, again, check_in, own, send=sends)
                    mara_does_a_sheet(records, ines, chance, SHEETS[number % 3], send=sends)
                everything.append(walk(app, again) | couple_s(app, ines))
    for number, seen in enumerate(everything[1:], start=1):
        assert not differing(everything[0], seen), f"seed {number}"
