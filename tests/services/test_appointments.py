"""Appointments and attendance as they are stored."""

import datetime as dt

import pytest
import time_machine

from clinic.domain.appointments import AppointmentKind, Attendance, JoinedBy, Surroundings
from clinic.models.base import now
from clinic.services import appointments
from clinic.services.appointments import TakingPart
from clinic.services.errors import MissingError, RefusedError
from tests.factories import (
    TODAY,
    appointment_details,
    at_work,
    case_of,
    make_appointment,
    make_case,
)

FROM_AFAR = TakingPart(
    12,
    "a parked car near the harbour",
    Surroundings(JoinedBy.VIDEO, is_private=True, same_place=False, is_alone=None),
)


def attendance_of(case, row):
    refs = {partner.id: partner.public_id for partner in case.partners}
    return {refs[each.partner_id]: each.attendance for each in row.attendances}


def test_an_appointment_is_kept_as_it_was_held(store, ines):
    with at_work(store, ines) as db:
        ref = make_appointment(db, case_of(db, ines)).public_id
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        row = appointments.find_appointment(db, case, ref)
        assert (row.number, row.held_on, row.kind) == (1, TODAY, AppointmentKind.JOINT)
        assert attendance_of(case, row) == dict(appointment_details(case).attendance)


def test_from_where_somebody_takes_part_is_kept_as_it_was_told(store, ines):
    _, jonas = ines.partner_refs
    with at_work(store, ines) as db:
        make_appointment(db, case_of(db, ines), taking_part={jonas: FROM_AFAR})
    with at_work(store, ines) as db:
        (row,) = appointments.list_appointments(db, case_of(db, ines))
        first, second = row.attendances
        assert (second.minutes_late, second.place) == (12, FROM_AFAR.place)
        assert second.surroundings == FROM_AFAR.surroundings
        assert (first.minutes_late, first.place, first.surroundings) == (None, "", Surroundings())


def test_appointments_are_numbered_within_their_case(db, ines):
    case = case_of(db, ines)
    mine = [make_appointment(db, case) for _ in range(3)]
    other = make_appointment(db, make_case(db))
    assert [row.number for row in mine] == [1, 2, 3]
    assert other.number == 1
    assert appointments.list_appointments(db, case) == mine
    assert appointments.newest_appointment(db, case) == mine[-1]


def test_a_case_without_appointments_has_no_newest_one(db, ines):
    assert appointments.newest_appointment(db, case_of(db, ines)) is None


def test_a_long_list_comes_in_pages_newest_first(db, ines):
    case = case_of(db, ines)
    for _ in range(appointments.PAGE + 2):
        make_appointment(db, case)
    first, second, third = (appointments.list_held(db, case, page) for page in (1, 2, 3))
    assert [row.number for row in first.rows] == list(range(appointments.PAGE + 2, 2, -1))
    assert [row.number for row in second.rows] == [2, 1]
    assert [page.more for page in (first, second, third)] == [True, False, False]
    assert not third.rows


def test_a_corrected_appointment_keeps_what_was_not_corrected(store, ines):
    mara, jonas = ines.partner_refs
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        row = make_appointment(db, case, taking_part={jonas: FROM_AFAR})
        details = appointment_details(
            case,
            held_on=TODAY - dt.timedelta(days=1),
            kind=AppointmentKind.INDIVIDUAL,
            attendance={jonas: Attendance.NOT_ASKED},
        )
        appointments.change_appointment(db, case, row, details, version=1)
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        (row,) = appointments.list_appointments(db, case)
        assert row.held_on == TODAY - dt.timedelta(days=1)
        assert (row.kind, row.version) == (AppointmentKind.INDIVIDUAL, 2)
        assert attendance_of(case, row) == {mara: Attendance.PRESENT, jonas: Attendance.NOT_ASKED}
        assert row.attendances[1].place == FROM_AFAR.place


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        (AppointmentKind.INDIVIDUAL, Attendance.PRESENT, Attendance.ABSENT),
        (AppointmentKind.INDIVIDUAL, Attendance.NOT_ASKED, Attendance.NOT_ASKED),
        (AppointmentKind.JOINT, Attendance.PRESENT, Attendance.NOT_ASKED),
        (AppointmentKind.EXTENDED, Attendance.NOT_ASKED, Attendance.NOT_ASKED),
    ],
)
def test_as_many_are_asked_as_the_kind_says(db, ines, kind, first, second):
    attendance = dict(zip(ines.partner_refs, (first, second), strict=True))
    with pytest.raises(RefusedError) as refusal:
        make_appointment(db, case_of(db, ines), kind=kind, attendance=attendance)
    assert refusal.value.field == "kind"
    db.rollback()
    assert not appointments.list_appointments(db, case_of(db, ines))


def test_an_appointment_of_today_begins_now_and_one_of_another_day_does_not(db, ines):
    case = case_of(db, ines)
    noon = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    with time_machine.travel(noon, tick=False):
        assert make_appointment(db, case, held_on=noon.date()).began_at == noon
        before = noon.date() - dt.timedelta(days=1)
        assert make_appointment(db, case, held_on=before).began_at is None


def test_an_appointment_begins_and_ends_once(db, ines):
    case = case_of(db, ines)
    row = make_appointment(db, case)
    appointments.begin_now(db, case, row.public_id)
    appointments.end_now(db, case, row.public_id)
    began, ended = row.began_at, row.ended_at
    assert began <= ended <= now()
    appointments.begin_now(db, case, row.public_id)
    appointments.end_now(db, case, row.public_id)
    assert (row.began_at, row.ended_at) == (began, ended)


def test_the_clock_of_another_case_does_not_exist(db, ines):
    row = make_appointment(db, make_case(db))
    for act in (appointments.begin_now, appointments.end_now):
        with pytest.raises(MissingError):
            act(db, case_of(db, ines), row.public_id)


def test_an_end_before_the_beginning_is_refused(db, ines):
    case = case_of(db, ines)
    times = {"began_at": now(), "ended_at": now() - dt.timedelta(minutes=1)}
    with pytest.raises(RefusedError) as refusal:
        make_appointment(db, case, **times)
    assert refusal.value.field == "ended_at"
