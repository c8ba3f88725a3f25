"""What stands beside an appointment: the one before it, and what is due by its day."""

import datetime as dt

import pytest
import time_machine

from clinic.domain.appointments import JoinedBy, Surroundings
from clinic.domain.disclosures import DisclosureStatus
from clinic.domain.formulation import ExplanationStatus
from clinic.domain.repair_responses import RepairMark
from clinic.domain.visibility import Audience
from clinic.models.accounts import Clinician
from clinic.services import accounts, appointment_pages, appointments, disclosures
from clinic.services.appointments import TakingPart, list_appointments
from clinic.services.cases import progress
from clinic.services.disclosures import StepDetails
from clinic.services.errors import MissingError
from clinic.services.goals import list_goals
from clinic.services.repair_responses import Whose, at_appointment, press
from tests import intake_factories as intake
from tests.factories import (
    TODAY,
    at_work,
    case_of,
    fill_case,
    make_appointment,
    make_case,
    make_explanation,
    make_formulation,
    make_pair,
)

BEFORE = TODAY - dt.timedelta(days=1)
LATER = TODAY + dt.timedelta(days=1)


@pytest.fixture
def case(db, ines):
    return case_of(db, ines)


def since(db, case, **changes):
    row = make_appointment(db, case, **changes)
    return appointment_pages.read(db, case, row.public_id).since


def test_in_a_new_case_nothing_is_due_and_nothing_was_before(db, case):
    found = since(db, case)
    assert found.is_quiet
    assert found.before is None


def test_the_one_before_is_the_newest_with_a_lower_number(db, case):
    first, second, third = (make_appointment(db, case) for _ in range(3))
    before = [
        appointment_pages.read(db, case, row.public_id).since.before for row in (third, second)
    ]
    assert [each.ref for each in before] == [second.public_id, first.public_id]


def test_explanations_are_due_by_their_day_while_they_are_active(db, case):
    make_explanation(db, case, test_by=TODAY)
    make_explanation(db, case, test_by=LATER)
    make_explanation(db, case, test_by=BEFORE, status=ExplanationStatus.DROPPED)
    assert since(db, case).tests == 1
    assert since(db, case, held_on=LATER).tests == 2
    assert since(db, case, held_on=BEFORE).tests == 0


def test_promises_are_due_by_their_day_until_something_else_was_decided(db, case):
    row = intake.make_disclosure(db, case)
    promise = StepDetails(DisclosureStatus.OWNER_TO_SHARE, TODAY)
    disclosures.add_step(db, case, row.public_id, promise)
    assert since(db, case, held_on=BEFORE).promises == 0
    assert since(db, case).promises == 1
    shared = StepDetails(DisclosureStatus.SHARED, TODAY)
    disclosures.add_step(db, case, row.public_id, shared)
    assert since(db, case).promises == 0


@time_machine.travel(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), tick=False)
def test_goals_and_the_newest_reading_are_due_by_their_day(db, case):
    make_pair(db, case, review_on=TODAY)
    make_formulation(db, case, review_on=TODAY)
    found = since(db, case)
    assert (found.goals, found.reading_due) == (1, TODAY)
    make_formulation(db, case, based_on=1, review_on=LATER)
    found = since(db, case)
    assert (found.goals, found.reading_due) == (1, None)


@time_machine.travel(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), tick=False)
def test_what_is_due_in_another_case_is_not_due_here(db, case):
    other = make_case(db)
    make_explanation(db, other, test_by=TODAY)
    make_pair(db, other, review_on=TODAY)
    make_formulation(db, other, review_on=TODAY)
    assert since(db, case).is_quiet


def test_who_might_be_overheard_is_said_of_those_who_took_part(db, case, ines):
    _, jonas = ines.partner_refs
    by_phone = TakingPart(surroundings=Surroundings(JoinedBy.PHONE))
    row = make_appointment(db, case, taking_part={jonas: by_phone})
    found = appointment_pages.read(db, case, row.public_id)
    assert found.overheard == [case.partners[1].id]


def test_the_minutes_run_until_it_is_over(db, case):
    start = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False):
        ref = make_appointment(db, case, held_on=start.date()).public_id
    with time_machine.travel(start + dt.timedelta(minutes=20, seconds=59), tick=False):
        timer = appointment_pages.read(db, case, ref).timer
        assert (timer.minutes, timer.runs) == (20, True)
    with time_machine.travel(start + dt.timedelta(minutes=50), tick=False):
        appointments.end_now(db, case, ref)
    with time_machine.travel(start + dt.timedelta(days=2), tick=False):
        timer = appointment_pages.read(db, case, ref).timer
        assert (timer.minutes, timer.runs) == (50, False)


def test_an_appointment_that_nobody_ended_is_not_counted_on_for_ever(db, case):
    start = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False):
        ref = make_appointment(db, case, held_on=start.date()).public_id
    with time_machine.travel(start + appointment_pages.RUNS_FOR, tick=False):
        timer = appointment_pages.read(db, case, ref).timer
    assert (timer.began_at, timer.minutes, timer.runs) == (start, 0, False)


def test_an_appointment_that_has_not_begun_has_no_minutes(db, case):
    ref = make_appointment(db, case).public_id
    timer = appointment_pages.read(db, case, ref).timer
    assert (timer.began_at, timer.minutes, timer.runs, timer.may_begin) == (None, 0, False, False)
    with time_machine.travel(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), tick=False):
        assert appointment_pages.read(db, case, ref).timer.may_begin


def test_an_appointment_of_another_case_has_no_page(db, case):
    ref = make_appointment(db, make_case(db)).public_id
    with pytest.raises(MissingError):
        appointment_pages.read(db, case, ref)


def test_nobody_reads_it_with_the_couples_keys(store, ines):
    with at_work(store, ines) as db:
        ref = make_appointment(db, case_of(db, ines)).public_id
    with store.session(writes=False) as db:
        with db.as_system():
            clinician = db.get_one(Clinician, ines.id)
        accounts.enter_for(db, store, clinician, Audience.COUPLE)
        with pytest.raises(MissingError):
            appointment_pages.read(db, case_of(db, ines), ref)


def test_every_column_is_of_this_appointment_and_case(db, case):
    fill_case(db, case)
    goals = list_goals(db, case)
    row = list_appointments(db, case)[-1]
    page = appointment_pages.read(db, case, row.public_id)
    assert [goal.id for goal in page.board.goals] == [goal.id for goal in goals]
    assert [each.ref for each in page.board.meetings][-1] == row.public_id
    assert set(page.responses) == {partner.id for partner in case.partners}
    assert page.progress == progress(db, case)


def test_what_was_marked_at_another_appointment_is_not_marked_here(db, case):
    first, second = make_appointment(db, case), make_appointment(db, case)
    partner = case.partners[0]
    whose = Whose(at_appointment(first), partner.public_id)
    press(db, case, whose, RepairMark.ACKNOWLEDGES, on=True)
    marks = [
        appointment_pages.read(db, case, row.public_id).responses[partner.id].marks
        for row in (first, second)
    ]
    assert marks == [{RepairMark.ACKNOWLEDGES}, frozenset()]
