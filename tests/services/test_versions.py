"""Two people at the same thing: one is saved, the other is told, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from clinic.domain.appointments import Attendance
from clinic.domain.behaviours import Zone
from clinic.services import appointments, behaviours
from clinic.services.errors import StaleError
from tests.factories import (
    appointment_details,
    at_work,
    behaviour_details,
    case_of,
    make_appointment,
    make_behaviour,
)
from tests.services.acts import SAVES
from tests.services.state import whole_state


@pytest.mark.parametrize("kind", SAVES)
def test_a_second_save_from_an_old_page_is_refused(kind, store, ines):
    save = SAVES[kind]
    with at_work(store, ines) as db:
        ref = save.make(db, case_of(db, ines))
    with at_work(store, ines) as db:
        save.again(db, case_of(db, ines), ref, 1)
    with at_work(store, ines) as db, pytest.raises(StaleError):
        save.again(db, case_of(db, ines), ref, 1)
    with at_work(store, ines) as db:
        save.again(db, case_of(db, ines), ref, 2)


@pytest.mark.parametrize("kind", SAVES)
def test_of_two_saves_at_the_same_moment_one_is_told(kind, store, ines):
    save = SAVES[kind]
    with at_work(store, ines) as db:
        ref = save.make(db, case_of(db, ines))
    assert at_the_same_moment(store, ines, save, ref, 1) == ["saved", "told"]


def test_of_two_first_accounts_of_the_onset_at_the_same_moment_one_is_told(store, ines):
    save = SAVES["onset"]
    assert at_the_same_moment(store, ines, save, "", 0) == ["saved", "told"]


def test_of_two_first_readings_at_the_same_moment_one_is_told(store, ines):
    save = SAVES["formulation"]
    assert at_the_same_moment(store, ines, save, "", 0) == ["saved", "told"]


def test_of_two_first_plans_at_the_same_moment_one_is_told(store, ines):
    save = SAVES["plan"]
    assert at_the_same_moment(store, ines, save, "", 0) == ["saved", "told"]


def at_the_same_moment(store, person, save, *page):
    both = Barrier(2)
    takes_turns = store.engine.dialect.name == "sqlite"

    def attempt(_):
        # SQLite takes turns from the first read; a server lets both read before either saves.
        if takes_turns:
            both.wait(10)
        with at_work(store, person) as db:
            case = case_of(db, person)
            if not takes_turns:
                both.wait(10)
            try:
                save.again(db, case, *page)
            except StaleError:
                return "told"
            return "saved"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(attempt, range(2)))


def test_two_appointments_held_at_the_same_moment_both_get_a_number(store, ines, engine_name):
    both = Barrier(2)

    def hold(_):
        if engine_name == "sqlite":
            both.wait(10)
        with at_work(store, ines) as db:
            case = case_of(db, ines)
            if engine_name == "postgresql":
                both.wait(10)
            return make_appointment(db, case).number

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(hold, range(2))) == [1, 2]


def test_a_change_in_the_attendance_alone_counts_as_a_change_of_the_appointment(db, ines):
    case = case_of(db, ines)
    row = make_appointment(db, case)
    changed = appointment_details(case, attendance={ines.partner_refs[0]: Attendance.ABSENT})
    appointments.change_appointment(db, case, row, changed, 1)
    with pytest.raises(StaleError):
        appointments.change_appointment(db, case, row, changed, 1)


def test_a_change_in_a_placing_alone_counts_as_a_change_of_the_behaviour(db, ines):
    case = case_of(db, ines)
    row = make_behaviour(db, case)
    changed = behaviour_details(case, placings={"": behaviours.Placing(Zone.WITHIN)})
    behaviours.change_behaviour(db, case, row, changed, 1)
    with pytest.raises(StaleError):
        behaviours.change_behaviour(db, case, row, changed, 1)


@pytest.mark.parametrize("kind", SAVES)
def test_a_refused_second_save_changes_nothing(kind, store, ines):
    save = SAVES[kind]
    with at_work(store, ines) as db:
        ref = save.make(db, case_of(db, ines))
        before = whole_state(db)
    with at_work(store, ines) as db:
        with pytest.raises(StaleError):
            save.again(db, case_of(db, ines), ref, 7)
        db.commit()
    with at_work(store, ines) as db:
        assert whole_state(db) == before
