"""Responses to repair: pressed, taken back, remarked on, and told to nobody who looks along."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from clinic.domain.repair_responses import RepairMark
from clinic.keyring.errors import ClosedLayerError
from clinic.models.audit import AuditLine
from clinic.models.repair_responses import RepairResponse
from clinic.services import appointments, cases, repair_responses
from clinic.services.days import today
from clinic.services.errors import MissingError, StaleError
from clinic.services.repair_responses import Response, Whose, at_appointment, on_day
from tests import accord_factories as made
from tests.factories import (
    appointment_details,
    at_work,
    case_of,
    make_appointment,
    make_case,
)
from tests.services.answering import as_couple
from tests.web.test_queries import statements

DENIES, LEVER = RepairMark.DENIES, RepairMark.LEVER
KEPT, NOT_KEPT = RepairMark.OPENNESS_KEPT, RepairMark.OPENNESS_NOT


@pytest.fixture
def case(db, ines):
    return case_of(db, ines)


@pytest.fixture
def held(db, case):
    row = make_appointment(db, case)
    return repair_responses.find_occasion(db, case, row.public_id)


def marks_on(db, case, occasion, place=0):
    found = repair_responses.responses_on(db, case, occasion)
    return found[case.partners[place].id].marks


def count(db, kind):
    return db.scalar(select(func.count(kind.id)))


def test_a_press_is_saved_and_a_second_one_takes_it_back(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        occasion = at_appointment(make_appointment(db, case))
        at = made.whose(case, 0, occasion)
        assert repair_responses.press(db, case, at, DENIES, on=True) == {DENIES}
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        again = repair_responses.find_occasion(db, case, occasion.ref)
        assert marks_on(db, case, again) == {DENIES}
        assert repair_responses.press(db, case, at, DENIES, on=False) == frozenset()
        assert marks_on(db, case, again) == frozenset()


def test_each_partner_has_marks_of_their_own(db, case, held):
    made.press(db, case, DENIES, at=made.whose(case, 0, held))
    made.press(db, case, LEVER, KEPT, at=made.whose(case, 1, held))
    assert marks_on(db, case, held, 0) == {DENIES}
    assert marks_on(db, case, held, 1) == {LEVER, KEPT}


def test_an_answer_about_openness_replaces_the_one_before(db, case, held):
    made.press(db, case, KEPT, NOT_KEPT, at=made.whose(case, 0, held))
    assert marks_on(db, case, held) == {NOT_KEPT}


def test_an_appointment_and_its_day_are_two_occasions(db, case, held):
    made.press(db, case, DENIES, at=made.whose(case, 0, held))
    made.press(db, case, LEVER, at=made.whose(case, 0, on_day(held.day)))
    assert marks_on(db, case, held) == {DENIES}
    assert marks_on(db, case, on_day(held.day)) == {LEVER}


def test_the_same_press_sent_twice_leaves_one_line_in_the_audit_log(db, case, held):
    at = made.whose(case, 0, held)
    before = db.scalar(select(func.max(AuditLine.number)))
    for _ in range(2):
        repair_responses.press(db, case, at, DENIES, on=True)
    assert db.scalar(select(func.max(AuditLine.number))) == before + 1


def test_taking_back_what_was_never_pressed_makes_no_row(db, case, held):
    repair_responses.press(db, case, made.whose(case, 0, held), DENIES, on=False)
    assert count(db, RepairResponse) == 0


def test_what_the_panel_shows_is_read_in_one_statement(store, db, case, held):
    made.press(db, case, DENIES, at=made.whose(case, 0, held))
    db.expire_all()
    assert [case.public_id, held.appointment_id, *case.partners]
    with statements(store) as sent:
        found = repair_responses.responses_on(db, case, held)
    assert len(sent) == 1
    first, second = case.partners
    assert found == {
        first.id: Response(first.id, frozenset({DENIES})),
        second.id: Response(second.id),
    }


def test_an_occasion_is_an_appointment_or_a_day_that_has_come(db, case, held):
    assert repair_responses.find_occasion(db, case, "2026-03-14").day == made.BETWEEN
    ahead = (today() + dt.timedelta(days=3)).isoformat()
    for ref in (ahead, "2026-02-30", "20260314", "x" * 22, "", "²026-03-14"):
        with pytest.raises(MissingError):
            repair_responses.find_occasion(db, case, ref)


def test_an_appointment_of_another_case_is_no_occasion(db, case, held):
    with pytest.raises(MissingError):
        repair_responses.find_occasion(db, make_case(db), held.ref)


def test_a_partner_of_another_case_is_not_there(db, case, held, cast):
    for ref in (cast["tomas"].partner_refs[0], "", "x" * 22):
        with pytest.raises(MissingError):
            repair_responses.press(db, case, Whose(held, ref), DENIES, on=True)


def test_a_remark_is_kept_beside_the_marks_and_a_press_never_makes_it_stale(db, case, held):
    at, partner = made.whose(case, 0, held), case.partners[0].id
    repair_responses.write_remark(db, case, at, "after a pause", 0)
    made.press(db, case, DENIES, at=at)
    repair_responses.write_remark(db, case, at, "after a long pause", 1)
    found = repair_responses.responses_on(db, case, held)[partner]
    assert found == Response(partner, frozenset({DENIES}), "after a long pause", 2)


def test_a_remark_from_an_old_page_is_refused(db, case, held):
    at = made.whose(case, 0, held)
    repair_responses.write_remark(db, case, at, "first", 0)
    with pytest.raises(StaleError):
        repair_responses.write_remark(db, case, at, "second", 0)
    assert repair_responses.responses_on(db, case, held)[case.partners[0].id].remark == "first"


def test_everything_is_listed_by_day_and_follows_an_appointment_whose_day_was_corrected(db, case):
    row = make_appointment(db, case)
    occasion = repair_responses.find_occasion(db, case, row.public_id)
    made.press(db, case, DENIES, at=made.whose(case, 0, occasion))
    made.press(db, case, LEVER)
    moved = appointment_details(case, held_on=made.BETWEEN - dt.timedelta(days=7))
    appointments.change_appointment(db, case, row, moved, row.version)
    found = repair_responses.list_responses(db, case)
    assert [(each.day, each.number, each.ref) for each in found] == [
        (moved.held_on, 1, row.public_id),
        (made.BETWEEN, None, made.BETWEEN.isoformat()),
    ]


def test_what_was_pressed_and_taken_back_is_no_entry(db, case):
    made.press(db, case, DENIES)
    repair_responses.press(db, case, made.whose(case), DENIES, on=False)
    assert not repair_responses.list_responses(db, case)


def test_two_first_presses_at_the_same_moment_are_both_kept(store, ines, engine_name):
    both = Barrier(2)

    def press(mark):
        if engine_name == "sqlite":
            both.wait(10)
        with at_work(store, ines) as db:
            case = case_of(db, ines)
            if engine_name == "postgresql":
                both.wait(10)
            repair_responses.press(db, case, made.whose(case), mark, on=True)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, (DENIES, LEVER)))
    with at_work(store, ines) as db:
        assert marks_on(db, case_of(db, ines), on_day(made.BETWEEN)) == {DENIES, LEVER}


def test_a_session_for_the_couple_is_told_that_there_is_no_such_thing(store, ines):
    with at_work(store, ines) as db:
        made.fill_responses(db, case_of(db, ines))
    with as_couple(store, ines) as db:
        case = cases.find_case(db, ines.case_ref)
        for ask in (
            lambda: repair_responses.responses_on(db, case, on_day(made.BETWEEN)),
            lambda: repair_responses.list_responses(db, case),
            lambda: repair_responses.press(db, case, made.whose(case), DENIES, on=True),
            lambda: repair_responses.write_remark(db, case, made.whose(case), "x", 0),
        ):
            with pytest.raises(MissingError):
                ask()


def test_even_a_wrong_query_could_not_open_what_was_marked(store, ines):
    with at_work(store, ines) as db:
        made.fill_responses(db, case_of(db, ines))
    with as_couple(store, ines) as db:
        row = db.scalars(select(RepairResponse)).all()[-1]
        for name in ("marks", "remark"):
            with pytest.raises(ClosedLayerError):
                getattr(row, name)
