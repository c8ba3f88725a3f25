"""Versions of the formulation: saved whole, kept for good, and never lost between two savers."""

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import inspect

from clinic.domain.visibility import Audience
from clinic.models.accounts import Clinician
from clinic.models.base import now
from clinic.models.store import Store
from clinic.services import accounts, readings
from clinic.services.errors import MissingError, RefusedError, StaleError
from tests.cast import Person
from tests.factories import (
    TODAY,
    at_work,
    case_of,
    make_explanation,
    make_formulation,
    roll_up_details,
)

#: How often two clinicians save at the same moment (security.md R7).
ROUNDS = 200


@pytest.fixture
def shared(store, ines):
    """The number of a reading whose summary was shared."""
    with at_work(store, ines) as db:
        number = make_formulation(db, case_of(db, ines)).number
        readings.share_summary(db, case_of(db, ines), number, TODAY)
        return number


def save(store: Store, person: Person, both: Barrier, words: str, number: int) -> Sequence[str]:
    """Save from a page made at `number`; whoever is told reads the other's text and saves again.

    Gives the texts that this saver was shown as somebody else's.
    """
    takes_turns = store.engine.dialect.name == "sqlite"
    if takes_turns:
        both.wait(30)
    with at_work(store, person) as db:
        case = case_of(db, person)
        if not takes_turns:
            both.wait(30)
        details = roll_up_details(reason=words)
        try:
            readings.save_formulation(db, case, details, number)
        except StaleError:
            db.rollback()
            latest = readings.latest_formulation(db, case)
            told = [latest.reason]
            readings.save_formulation(db, case, details, latest.number)
            return told
    return []


def test_of_two_who_save_at_the_same_moment_neither_loses_a_word(store, ines):
    both, expected = Barrier(2), []
    with ThreadPoolExecutor(2) as pool:
        for turn in range(ROUNDS):
            texts = [f"round {turn}, first", f"round {turn}, second"]
            tasks = [pool.submit(save, store, ines, both, text, 2 * turn) for text in texts]
            first, second = (task.result(60) for task in tasks)
            assert sorted(map(len, (first, second))) == [0, 1], "one of them is told"
            assert (first, second) in [([texts[1]], []), ([], [texts[0]])], "and sees the other"
            expected += texts
    with at_work(store, ines, writes=False) as db:
        kept = readings.list_formulations(db, case_of(db, ines))
        assert sorted(row.reason for row in kept) == sorted(expected)
        assert [row.number for row in kept] == list(range(2 * ROUNDS, 0, -1))


def test_a_list_of_readings_opens_nothing_of_what_they_rest_on(store, ines):
    with at_work(store, ines) as db:
        make_explanation(db, case_of(db, ines))
        make_formulation(db, case_of(db, ines))
    with at_work(store, ines, writes=False) as db:
        (row,) = readings.list_formulations(db, case_of(db, ines))
        assert "sealed_snapshot" in inspect(row).unloaded
        assert readings.frozen(db, row)[0].key == "reading"


def test_readings_name_who_wrote_them(store, cast, ines):
    with at_work(store, ines) as db:
        row = make_formulation(db, case_of(db, ines))
        assert readings.authors(db, [row]) == {ines.id: "Ines Ferrara"}
        assert readings.authors(db, []) == {}


@pytest.mark.parametrize("strengths", ["", " \n "])
def test_a_reading_without_a_strength_is_refused(db, ines, strengths):
    with pytest.raises(RefusedError, match="at least one strength") as refused:
        make_formulation(db, case_of(db, ines), strengths=strengths)
    assert refused.value.field == "strengths"


def test_a_day_of_review_that_has_passed_is_refused(db, ines):
    case, today = case_of(db, ines), now().date()
    with pytest.raises(RefusedError, match="passed already") as refused:
        make_formulation(db, case, review_on=today - dt.timedelta(days=2))
    assert refused.value.field == "review_on"
    assert make_formulation(db, case, review_on=today).review_on == today


def test_a_summary_that_is_not_there_cannot_be_shared(db, ines):
    case = case_of(db, ines)
    make_formulation(db, case, couple_summary="")
    with pytest.raises(RefusedError, match="Write the summary first"):
        readings.share_summary(db, case, 1, TODAY)
    with pytest.raises(MissingError):
        readings.share_summary(db, case, 2, TODAY)


def test_a_summary_is_not_shared_on_a_day_to_come(db, ines):
    case = case_of(db, ines)
    make_formulation(db, case)
    with pytest.raises(RefusedError, match="not come yet"):
        readings.share_summary(db, case, 1, now().date() + dt.timedelta(days=2))


def test_the_day_of_a_first_sharing_stays(store, ines, shared):
    with at_work(store, ines) as db:
        readings.share_summary(db, case_of(db, ines), shared, TODAY)
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        with pytest.raises(RefusedError, match="that day stays"):
            readings.share_summary(db, case, shared, TODAY - dt.timedelta(days=1))
    with at_work(store, ines) as db:
        assert readings.find_formulation(db, case_of(db, ines), shared).shared_on == TODAY


def test_a_reaction_needs_a_summary_that_was_shared(db, ines):
    case = case_of(db, ines)
    make_formulation(db, case)
    with pytest.raises(RefusedError, match="when the summary was shared"):
        readings.write_reaction(db, case, 1, ines.partner_refs[0], "that is how it was")


def test_a_reaction_that_another_tab_has_changed_is_told(store, ines, shared):
    mara = ines.partner_refs[0]
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        readings.expect_reaction(db, case, shared, mara, "")
        readings.write_reaction(db, case, shared, mara, "one")
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        for before in ("", "two"):
            with pytest.raises(StaleError):
                readings.expect_reaction(db, case, shared, mara, before)
        readings.expect_reaction(db, case, shared, mara, "one")


def test_the_couple_s_session_reads_the_summary_and_their_names(store, ines, shared):
    with store.session(writes=False) as db:
        with db.as_system():
            clinician = db.get_one(Clinician, ines.id)
        accounts.enter_for(db, store, clinician, Audience.COUPLE)
        seen = readings.couple_reading(db, ines.case_ref, shared)
        assert seen == readings.CoupleReading("Mara and Jonas", "You both want evenings back")
        with pytest.raises(MissingError):
            readings.couple_reading(db, ines.case_ref, 9)
