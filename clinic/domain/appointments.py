"""Appointments: one meeting, who was there, and from where. Source: clinical.md 5.9."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class AppointmentKind(StrEnum):
    """Who a meeting is with."""

    JOINT = "joint"
    INDIVIDUAL = "individual"
    EXTENDED = "extended"


class Attendance(StrEnum):
    """How one partner took part in an appointment; NOT_ASKED where it was meant for others."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left-early"
    ABSENT = "absent"
    DECLINED = "declined"
    NOT_ASKED = "not-asked"


class JoinedBy(StrEnum):
    """What carries somebody's voice to an appointment."""

    ROOM = "room"
    VIDEO = "video"
    PHONE = "phone"


#: Somebody who was not there cannot have rated a goal in the room.
TOOK_PART = frozenset({Attendance.PRESENT, Attendance.LATE, Attendance.LEFT_EARLY})


def took_part(attendance: Attendance) -> bool:
    """Tell whether somebody was in the appointment, if only for a while.

    >>> took_part(Attendance.LATE)
    True
    >>> took_part(Attendance.DECLINED)
    False
    """
    return attendance in TOOK_PART


def fits(kind: AppointmentKind, attendances: Iterable[Attendance]) -> bool:
    """Tell whether as many partners were asked as the kind says.

    Individual is with one partner, joint with two or more; somebody who was asked and did not
    come counts. Extended has people from outside the case, so one partner is enough.

    >>> fits(AppointmentKind.JOINT, [Attendance.PRESENT, Attendance.ABSENT])
    True
    >>> fits(AppointmentKind.INDIVIDUAL, [Attendance.PRESENT, Attendance.LATE])
    False
    """
    asked = sum(attendance is not Attendance.NOT_ASKED for attendance in attendances)
    if kind is AppointmentKind.INDIVIDUAL:
        return asked == 1
    return asked >= (2 if kind is AppointmentKind.JOINT else 1)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """From where somebody takes part, as far as it is known; None is not known."""

    joined_by: JoinedBy | None = None
    is_private: bool | None = None
    same_place: bool | None = None
    is_alone: bool | None = None


def may_be_overheard(at: Surroundings) -> bool:
    """Tell whether somebody who is not in the room might not be alone and out of hearing.

    What is not known counts as it might be: then nothing about safety is asked (clinical.md 5.9).

    >>> may_be_overheard(Surroundings(JoinedBy.VIDEO, is_private=True, is_alone=True))
    False
    >>> may_be_overheard(Surroundings(JoinedBy.PHONE))
    True
    >>> may_be_overheard(Surroundings(JoinedBy.ROOM))
    False
    """
    if at.joined_by in {None, JoinedBy.ROOM}:
        return False
    return not (at.is_private and at.is_alone) or bool(at.same_place)


def minutes_between(began: dt.datetime, ended: dt.datetime) -> int:
    """Count the full minutes from one moment to another; 0 where the clock was set back.

    >>> began = dt.datetime(2026, 3, 14, 10, 0)
    >>> minutes_between(began, dt.datetime(2026, 3, 14, 10, 50, 59))
    50
    """
    return max(0, int((ended - began).total_seconds()) // 60)
