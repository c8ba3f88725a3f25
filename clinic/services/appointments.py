"""Appointments, who took part in them, and from where."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from clinic.domain.appointments import AppointmentKind, Attendance, Surroundings, fits
from clinic.domain.said import mark
from clinic.models.appointments import Appointment, AppointmentAttendance
from clinic.models.base import now
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services import audit, check_ins
from clinic.services.cases import find_in_case, find_partner
from clinic.services.days import today
from clinic.services.errors import RefusedError
from clinic.services.open_cases import require_open
from clinic.services.versions import expect_version

PAGE = 25

_MISFITS = {
    AppointmentKind.INDIVIDUAL: mark("An individual appointment is with one partner"),
    AppointmentKind.JOINT: mark(
        "A joint appointment is with two partners or more. Say who was asked"
    ),
    AppointmentKind.EXTENDED: mark("Say which partner was asked"),
}


@dataclass(frozen=True)
class TakingPart:
    """What else is known of how one partner took part; minutes are 0 to 600, None is not known."""

    minutes_late: int | None = None
    place: str = ""
    surroundings: Surroundings = field(default_factory=Surroundings)


@dataclass(frozen=True)
class AppointmentDetails:
    """When a meeting was, with whom, and how each partner took part, by public id."""

    held_on: dt.date
    kind: AppointmentKind
    attendance: Mapping[str, Attendance]
    taking_part: Mapping[str, TakingPart] = field(default_factory=dict)
    began_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None


@dataclass(frozen=True)
class Held:
    """One page of a case's appointments, newest first."""

    rows: Sequence[Appointment]
    page: int
    more: bool


def list_appointments(db: ScopedSession, case: Case) -> Sequence[Appointment]:
    """List a case's appointments, first to last."""
    query = select(Appointment).where(Appointment.case_id == case.id).order_by(Appointment.number)
    return db.scalars(query).all()


def list_held(db: ScopedSession, case: Case, page: int = 1) -> Held:
    """List a case's appointments, newest first, twenty-five a page."""
    query = (
        select(Appointment)
        .where(Appointment.case_id == case.id)
        .order_by(Appointment.number.desc())
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    rows = db.scalars(query).all()
    return Held(rows[:PAGE], page, more=len(rows) > PAGE)


def find_appointment(db: ScopedSession, case: Case, ref: str) -> Appointment:
    """Find one appointment of a case."""
    return find_in_case(db, Appointment, case, ref)


def newest_appointment(db: ScopedSession, case: Case) -> Appointment | None:
    """Give the appointment of a case that was written down last."""
    query = select(Appointment).where(Appointment.case_id == case.id)
    return db.scalars(query.order_by(Appointment.number.desc()).limit(1)).first()


def hold_appointment(db: ScopedSession, case: Case, details: AppointmentDetails) -> Appointment:
    """Add the next appointment of a case; one of today begins now.

    Raises RefusedError when more or fewer partners were asked than the kind says, and when the
    case has ended.
    """
    db.refresh(case, with_for_update=True)
    require_open(db, case)
    newest = db.scalar(select(func.max(Appointment.number)).where(Appointment.case_id == case.id))
    row = Appointment(
        case_id=case.id, practice_id=case.practice_id, number=(newest or 0) + 1, attendances=[]
    )
    _write(db, case, row, details)
    if row.began_at is None and row.held_on == today():
        row.began_at = now()
    check_ins.take_in(db, case, row)
    audit.record(db, "appointment.held", row.public_id)
    db.commit()
    return row


def change_appointment(
    db: ScopedSession, case: Case, row: Appointment, details: AppointmentDetails, version: int
) -> None:
    """Correct an appointment. Raises StaleError when it was changed since `version`.

    Raises RefusedError when it ends before it begins, or more or fewer partners were asked than
    the kind says.
    """
    expect_version(db, row, version)
    _write(db, case, row, details)
    audit.record(db, "appointment.changed", row.public_id)
    db.commit()


def begin_now(db: ScopedSession, case: Case, ref: str) -> Appointment:
    """Write down that an appointment begins at this moment, unless it has begun."""
    row = _locked(db, case, ref)
    row.began_at = row.began_at or now()
    audit.record(db, "appointment.begun", row.public_id)
    db.commit()
    return row


def end_now(db: ScopedSession, case: Case, ref: str) -> Appointment:
    """Write down that an appointment is over at this moment, unless it was over before."""
    row = _locked(db, case, ref)
    row.ended_at = row.ended_at or now()
    audit.record(db, "appointment.ended", row.public_id)
    db.commit()
    return row


def _locked(db: ScopedSession, case: Case, ref: str) -> Appointment:
    row = find_appointment(db, case, ref)
    db.refresh(row, with_for_update={"of": Appointment})
    return row


def _write(db: ScopedSession, case: Case, row: Appointment, details: AppointmentDetails) -> None:
    _check_times(details)
    row.held_on, row.kind = details.held_on, details.kind
    row.began_at, row.ended_at = details.began_at, details.ended_at
    for ref, attendance in details.attendance.items():
        found = _attendance_of(row, find_partner(case, ref).id)
        found.attendance = attendance
        if ref in details.taking_part:
            _write_taking_part(found, details.taking_part[ref])
    if not fits(row.kind, [each.attendance for each in row.attendances]):
        raise RefusedError(_MISFITS[row.kind], "kind")
    db.add(row)
    # A change in the attendance alone must also count as a change of the appointment.
    flag_modified(row, "kind")
    db.flush()


def _check_times(details: AppointmentDetails) -> None:
    began, ended = details.began_at, details.ended_at
    if began and ended and ended < began:
        raise RefusedError("It cannot have ended before it began", "ended_at")


def _attendance_of(row: Appointment, partner_id: int) -> AppointmentAttendance:
    for known in row.attendances:
        if known.partner_id == partner_id:
            return known
    row.attendances.append(AppointmentAttendance(partner_id=partner_id))
    return row.attendances[-1]


def _write_taking_part(row: AppointmentAttendance, known: TakingPart) -> None:
    at = known.surroundings
    row.minutes_late, row.place = known.minutes_late, known.place
    row.joined_by, row.is_private = at.joined_by, at.is_private
    row.same_place, row.is_alone = at.same_place, at.is_alone
