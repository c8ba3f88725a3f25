"""Check-ins: what was asked before an appointment, and each partner's own part in it."""

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from clinic.domain.visibility import Layer
from clinic.models.base import Base, inside
from clinic.models.cases import OfCase
from clinic.models.partners import OfPartner
from clinic.models.sealed import EncryptedText


class CheckIn(OfCase, Base):
    """One short form before one appointment, the same for every partner.

    `goals` are those that all of them rate, as they were worded when it was asked, so that an
    answer keeps its meaning. `appointment_id` is set once that appointment is there, `closed_at`
    when the therapist ended it.
    """

    __tablename__ = "check_in"

    due_on: Mapped[dt.date]
    remind_at: Mapped[dt.datetime | None]
    appointment_id: Mapped[int | None] = mapped_column(index=True)
    closed_at: Mapped[dt.datetime | None]
    goals = EncryptedText(Layer.SHARED, empty=True)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Belongs to an appointment of its own case."""
        return (inside("appointment", "case_id", "appointment_id"),)


class CheckInPart(OfPartner, Base):
    """What one partner has to do with one check-in: the way in that was given, and the answers."""

    __tablename__ = "check_in_part"

    check_in_id: Mapped[int] = mapped_column(index=True)
    invitation_id: Mapped[int]
    response_id: Mapped[int | None]

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """One a partner and check-in, all of the same case."""
        return (
            *cls.of_a_partner(),
            inside("check_in", "case_id", "check_in_id"),
            inside("invitation", "case_id", "invitation_id"),
            inside("questionnaire_response", "case_id", "response_id"),
            UniqueConstraint("check_in_id", "partner_id"),
        )
