"""Appointments and who took part."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from clinic.domain.appointments import AppointmentKind, Attendance
from clinic.models.appointments import Appointment, AppointmentAttendance
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.cases import find_in_case, find_partner
from clinic.services.versions import expect_version


@dataclass(frozen=True)
class AppointmentDetails:
    """When a meeting was, with whom, and how each partner took part, by public id."""

    held_on: dt.date
    kind: AppointmentKind
    attendance: Mapping[str, Attendance]


def list_appointments(db: ScopedSession, case: Case) -> Sequence[Appointment]:
    """List a case's appointments, first to last."""
    query = select(Appointment).where(Appointment.case_id == case.id).order_by(Appointment.number)
    return db.scalars(query).all()


def find_appointment(db: ScopedSession, case: Case, ref: str) -> Appointment:
    """Find one appointment of a case."""
    return find_in_case(db, Appointment, case, ref)


def hold_appointment(db: ScopedSession, case: Case, details: AppointmentDetails) -> Appointment:
    """Add the next appointment of a case."""
    db.refresh(case, with_for_update=True)
    earlier = list_appointments(db, case)
    row = Appointment(
        case_id=case.id,
        practice_id=case.practice_id,
        number=earlier[-1].number + 1 if earlier else 1,
    )
    _write(db, case, row, details)
    audit.record(db, "appointment.held", row.public_id)
    db.commit()
    return row


def change_appointment(
    db: ScopedSession, case: Case, row: Appointment, details: AppointmentDetails, version: int
) -> None:
    """Correct an appointment. Raises StaleError when it was changed since `version`."""
    expect_version(db, row, version)
    _write(db, case, row, details)
    audit.record(db, "appointment.changed", row.public_id)
    db.commit()


def _write(db: ScopedSession, case: Case, row: Appointment, details: AppointmentDetails) -> None:
    row.held_on, row.kind = details.held_on, details.kind
    db.add(row)
    # A change in the attendance alone must also count as a change of the appointment.
    flag_modified(row, "kind")
    for ref, attendance in details.attendance.items():
        _write_attendance(row, find_partner(case, ref).id, attendance)
    db.flush()


def _write_attendance(row: Appointment, partner_id: int, attendance: Attendance) -> None:
    for known in row.attendances:
        if known.partner_id == partner_id:
            known.attendance = attendance
            return
    row.attendances.append(AppointmentAttendance(partner_id=partner_id, attendance=attendance))
