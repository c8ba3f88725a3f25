"""Appointments, and how each partner took part."""

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.schema import SchemaItem

from clinic.domain.appointments import AppointmentKind, Attendance
from clinic.models.base import Base, inside
from clinic.models.cases import OfCase


class Appointment(OfCase, Base):
    """One meeting, numbered within its case."""

    __tablename__ = "appointment"

    number: Mapped[int]
    held_on: Mapped[dt.date]
    kind: Mapped[AppointmentKind]
    version: Mapped[int] = mapped_column(default=1)
    attendances: Mapped[list["AppointmentAttendance"]] = relationship(
        lazy="selectin", order_by="AppointmentAttendance.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Numbered within the case."""
        return (UniqueConstraint("case_id", "number"),)


class AppointmentAttendance(OfCase, Base):
    """How one partner took part in one appointment."""

    __tablename__ = "appointment_attendance"

    appointment_id: Mapped[int] = mapped_column(index=True)
    partner_id: Mapped[int]
    attendance: Mapped[Attendance]

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Both are of the same case; one row for each two."""
        return (
            inside("appointment", "case_id", "appointment_id"),
            inside("partner", "case_id", "partner_id"),
            UniqueConstraint("appointment_id", "partner_id"),
        )
