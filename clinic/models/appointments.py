"""Appointments, and how each partner took part."""

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.schema import SchemaItem

from clinic.domain.appointments import AppointmentKind, Attendance, JoinedBy, Surroundings
from clinic.domain.visibility import Layer
from clinic.models.base import Base, inside
from clinic.models.cases import OfCase
from clinic.models.sealed import EncryptedText


class Appointment(OfCase, Base):
    """One meeting, numbered within its case. Its times are informal: nothing rests on them."""

    __tablename__ = "appointment"

    number: Mapped[int]
    held_on: Mapped[dt.date]
    kind: Mapped[AppointmentKind]
    version: Mapped[int] = mapped_column(default=1)
    began_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    attendances: Mapped[list["AppointmentAttendance"]] = relationship(
        lazy="selectin", order_by="AppointmentAttendance.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Numbered within the case."""
        return (UniqueConstraint("case_id", "number"),)


class AppointmentAttendance(OfCase, Base):
    """How one partner took part in one appointment, and from where; None is not known.

    `place` is where somebody is who joins from afar. Nobody but the clinician may read it: another
    partner could use it to find out where this one lives now.
    """

    __tablename__ = "appointment_attendance"

    appointment_id: Mapped[int] = mapped_column(index=True)
    partner_id: Mapped[int]
    attendance: Mapped[Attendance]
    minutes_late: Mapped[int | None]
    joined_by: Mapped[JoinedBy | None]
    is_private: Mapped[bool | None]
    same_place: Mapped[bool | None]
    is_alone: Mapped[bool | None]
    place = EncryptedText(Layer.CLINICIAN, empty=True)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Both are of the same case; one row for each two."""
        return (
            inside("appointment", "case_id", "appointment_id"),
            inside("partner", "case_id", "partner_id"),
            UniqueConstraint("appointment_id", "partner_id"),
        )

    @property
    def surroundings(self) -> Surroundings:
        """Give from where this partner took part."""
        return Surroundings(self.joined_by, self.is_private, self.same_place, self.is_alone)
