"""Appointments and attendance as they are stored."""

import datetime as dt

from clinic.domain.appointments import AppointmentKind, Attendance
from clinic.services import appointments
from tests.factories import (
    TODAY,
    appointment_details,
    at_work,
    case_of,
    make_appointment,
    make_case,
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


def test_appointments_are_numbered_within_their_case(db, ines):
    case = case_of(db, ines)
    mine = [make_appointment(db, case) for _ in range(3)]
    other = make_appointment(db, make_case(db))
    assert [row.number for row in mine] == [1, 2, 3]
    assert other.number == 1
    assert appointments.list_appointments(db, case) == mine


def test_a_corrected_appointment_keeps_what_was_not_corrected(store, ines):
    mara, jonas = ines.partner_refs
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        row = make_appointment(db, case)
        details = appointment_details(
            case,
            held_on=TODAY - dt.timedelta(days=1),
            kind=AppointmentKind.INDIVIDUAL,
            attendance={jonas: Attendance.ABSENT},
        )
        appointments.change_appointment(db, case, row, details, version=1)
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        (row,) = appointments.list_appointments(db, case)
        assert row.held_on == TODAY - dt.timedelta(days=1)
        assert (row.kind, row.version) == (AppointmentKind.INDIVIDUAL, 2)
        assert attendance_of(case, row) == {mara: Attendance.PRESENT, jonas: Attendance.ABSENT}
