"""How each partner answered to repair, at one appointment or on one day between."""

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from clinic.domain.visibility import Layer
from clinic.models.base import Base, inside
from clinic.models.cases import OfCase
from clinic.models.sealed import EncryptedText


class RepairResponse(OfCase, Base):
    """What was marked for one partner on one occasion: an appointment, or a day.

    The marks are sealed as well as the remark, so that a session for the couple cannot even tell
    what was marked. `version` counts the remark's changes alone: a press never makes it stale.
    """

    __tablename__ = "repair_response"

    partner_id: Mapped[int] = mapped_column(index=True)
    appointment_id: Mapped[int | None] = mapped_column(index=True)
    seen_on: Mapped[dt.date | None]
    version: Mapped[int] = mapped_column(default=0)
    marks = EncryptedText(Layer.CLINICIAN, empty=True)
    remark = EncryptedText(Layer.CLINICIAN, empty=True)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Of a partner and an appointment of the same case; one row for each occasion."""
        return (
            inside("partner", "case_id", "partner_id"),
            inside("appointment", "case_id", "appointment_id"),
            UniqueConstraint("appointment_id", "partner_id"),
            UniqueConstraint("partner_id", "seen_on"),
            CheckConstraint("(appointment_id IS NULL) <> (seen_on IS NULL)", name="occasion"),
        )
