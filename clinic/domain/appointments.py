"""Appointments: one meeting, and who was there. Source: clinical.md 5.9."""

from enum import StrEnum


class AppointmentKind(StrEnum):
    """Who a meeting is with."""

    JOINT = "joint"
    INDIVIDUAL = "individual"
    EXTENDED = "extended"


class Attendance(StrEnum):
    """How one partner took part in an appointment."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left-early"
    ABSENT = "absent"
    DECLINED = "declined"


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
