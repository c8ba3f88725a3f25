"""Whatever is kept about safety, no byte that a partner or the couple sees changes by it (R11)."""

from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from clinic.domain.guard import NOT_OPEN
from clinic.domain.tracks import Tool
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.models.store import Store
from clinic.services import cases, safety
from tests import factories as made
from tests import safety_factories as safe
from tests.cast import Person
from tests.factories import at_work, case_of
from tests.intake import looks
from tests.services.answering import CONTENT, answer_all
from tests.vignette_answers import LATE_MESSAGES
from tests.web.comparison.handing_in import release

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def check_about_mara(db: ScopedSession, case: Case) -> None:
    safe.make_positive(db, case, place=0)


def check_about_jonas(db: ScopedSession, case: Case) -> None:
    safe.make_positive(db, case, place=1)


def check_that_could_not_be_asked(db: ScopedSession, case: Case) -> None:
    again_on = made.TODAY.replace(year=2027)
    details = {"asked_alone": False, "result": None, "told": "", "judgement": ""}
    safe.make_check(db, case, place=1, again_on=again_on, **details)


def plans(db: ScopedSession, case: Case) -> None:
    for place in (0, 1):
        safe.make_plan(db, case, place=place)


def track(db: ScopedSession, case: Case) -> None:
    safe.make_decision(db, case)


def sheets_opened(db: ScopedSession, case: Case) -> None:
    safe.make_decision(db, case, "sheet")


def considering_control(db: ScopedSession, case: Case) -> None:
    made.make_explanation(db, case, kind="H11")


#: In the order of a case that gets worse; each comes on top of those before.
KEPT: tuple[Callable[[ScopedSession, Case], None], ...] = (
    check_about_mara,
    check_about_jonas,
    check_that_could_not_be_asked,
    plans,
    track,
    sheets_opened,
    considering_control,
)


def test_no_page_or_sheet_of_a_partner_or_the_couple_changes(
    app: Flask, store: Store, house: looks.House, ines: Person
) -> None:
    with time_machine.travel(looks.MOMENT, tick=False):
        keys = looks.page_keys(app, house)
        assert len(keys) > 10
        first = looks.look(app, house, keys) | looks.couple_s(app, ines)
        for keep in KEPT:
            with at_work(store, ines) as db:
                keep(db, case_of(db, ines))
            again = looks.look(app, house, keys) | looks.couple_s(app, ines)
            assert looks.differing(first, again) == [], keep.__name__
        with at_work(store, ines) as db:
            case = case_of(db, ines)
            assert safety.is_shut(db, case, CONTENT, Tool.COMPARISON), "the therapist's side does"


def test_no_answering_sending_and_releasing_changes(
    house: looks.House, ines: Person, tmp_path: Path
) -> None:
    """Jonas answers everything, sends and releases, as before and beside all that is kept."""
    seen: list[looks.Seen] = []
    with time_machine.travel(looks.MOMENT, tick=False):
        for number in range(2):
            again = looks.copied(house, tmp_path / str(number))
            with looks.opened(again) as (app, records):
                if number:
                    with at_work(records, ines) as db:
                        for keep in KEPT:
                            keep(db, cases.find_case(db, ines.case_ref))
                seen.append(looks.walk(app, again) | looks.couple_s(app, ines))
    assert looks.differing(*seen) == []


def test_a_check_leaves_the_couple_the_page_of_a_case_in_which_nothing_was_shown(
    browser, store, ines
) -> None:
    answered = answer_all(store, ines, LATE_MESSAGES)
    url = f"/cases/{answered.case_ref}/answers"
    empty = browser.get(f"{url}/together").response.get_data()
    release(store, answered, "B11")
    browser.press(f"{url}/map", f"{url}/map/B11/reveal")
    assert browser.get(f"{url}/together").response.get_data() != empty
    with at_work(store, ines) as db:
        safe.make_positive(db, cases.find_case(db, answered.case_ref))
    page = browser.get(f"{url}/together")
    assert page.response.get_data() == empty
    assert NOT_OPEN in page.text
    assert f"{NOT_OPEN}." in browser.get(f"{url}/map").text
