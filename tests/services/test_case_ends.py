"""Ending, opening again and the archive: everything stays, and an ended case takes nothing new."""

import datetime as dt

import pytest

from clinic.domain.case_ends import CaseOutcome, CaseStatus, LifeStep
from clinic.services import case_ends, goals
from clinic.services.errors import RefusedError, StaleError
from tests import factories as made
from tests import life_factories as life
from tests.factories import at_work, case_of, fill_case
from tests.services.state import whole_state


def test_an_ending_keeps_outcome_day_reason_and_summary(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        life.end(db, case)
        assert case.status is CaseStatus.ENDED
    with at_work(store, ines, writes=False) as db:
        step = case_ends.last_ending(case_ends.list_steps(db, case_of(db, ines)))
        assert (step.kind, step.outcome, step.on) == (
            LifeStep.ENDED,
            CaseOutcome.PARTED_WELL,
            life.later(0),
        )
        assert (step.reason, step.summary) == ("they decided in March", "what helped was time")
        assert step.author == "Ines Ferrara"


def test_opening_again_keeps_how_it_ended(db, ines):
    case = case_of(db, ines)
    life.end(db, case)
    case_ends.reopen_case(db, case, "they came back", case.version)
    steps = case_ends.list_steps(db, case)
    assert [step.kind for step in steps] == [LifeStep.ENDED, LifeStep.REOPENED]
    assert case_ends.last_ending(steps) is None
    assert case.status is CaseStatus.OPEN


def test_an_archived_case_still_says_how_it_ended(db, ines):
    case = case_of(db, ines)
    life.end(db, case)
    case_ends.archive_case(db, case, case.version)
    assert case.status is CaseStatus.ARCHIVED
    assert case_ends.last_ending(case_ends.list_steps(db, case)).summary == "what helped was time"
    case_ends.restore_case(db, case, case.version)
    assert case.status is CaseStatus.ENDED


def test_a_case_goes_from_the_archive_straight_back_to_work(db, ines):
    case = case_of(db, ines)
    life.end(db, case)
    case_ends.archive_case(db, case, case.version)
    case_ends.reopen_case(db, case, "they came back", case.version)
    assert case.status is CaseStatus.OPEN


OUT_OF_ORDER = {
    "archived while open": lambda db, case: case_ends.archive_case(db, case, case.version),
    "restored while open": lambda db, case: case_ends.restore_case(db, case, case.version),
    "opened while open": lambda db, case: case_ends.reopen_case(db, case, "x", case.version),
    "ended before it began": lambda db, case: life.end(
        db, case, ended_on=case.opened_on - dt.timedelta(days=1)
    ),
    "ended in time to come": lambda db, case: life.end(db, case, ended_on=life.later(3)),
    "ended without a reason": lambda db, case: life.end(db, case, reason="  "),
}


@pytest.mark.parametrize("kind", OUT_OF_ORDER)
def test_what_does_not_follow_is_refused_and_changes_nothing(kind, store, ines):
    with at_work(store, ines) as db:
        before = whole_state(db)
    with at_work(store, ines) as db, pytest.raises(RefusedError):
        OUT_OF_ORDER[kind](db, case_of(db, ines))
    with at_work(store, ines) as db:
        assert whole_state(db) == before


def test_an_ended_case_is_not_ended_twice(db, ines):
    case = case_of(db, ines)
    life.end(db, case)
    with pytest.raises(RefusedError, match="already"):
        life.end(db, case)


def test_opening_again_needs_a_reason(db, ines):
    case = case_of(db, ines)
    life.end(db, case)
    with pytest.raises(RefusedError, match="why you open"):
        case_ends.reopen_case(db, case, " ", case.version)


def test_an_ending_from_an_old_page_is_told(db, ines):
    case = case_of(db, ines)
    version = case.version
    life.end(db, case)
    with pytest.raises(StaleError):
        case_ends.reopen_case(db, case, "too soon", version)


BEGINNINGS = {
    "appointment": made.make_appointment,
    "pair of goals": made.make_pair,
    "goal": lambda db, case: goals.add_goal(
        db, case, goals.list_goals(db, case)[0], made.goal_details(case)
    ),
}


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_an_ended_case_takes_no_new_beginning_until_it_is_opened_again(kind, store, ines):
    with at_work(store, ines) as db:
        fill_case(db, case_of(db, ines))
        life.end(db, case_of(db, ines))
        before = whole_state(db)
    with at_work(store, ines) as db, pytest.raises(RefusedError, match="has ended"):
        BEGINNINGS[kind](db, case_of(db, ines))
    with at_work(store, ines) as db:
        assert whole_state(db) == before
        case = case_of(db, ines)
        case_ends.reopen_case(db, case, "they came back", case.version)
        BEGINNINGS[kind](db, case)


def test_what_an_ended_case_holds_can_still_be_put_right(db, ines):
    case = case_of(db, ines)
    behaviour = made.make_behaviour(db, case)
    life.end(db, case)
    made.make_evidence(db, case, observation="remembered after the end")
    assert behaviour.public_id
