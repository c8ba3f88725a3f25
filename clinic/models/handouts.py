"""Sheets that were handed out, what came back, and those that a partner does at home."""

import datetime as dt

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, object_session
from sqlalchemy.schema import SchemaItem

from clinic.domain.handouts import Medium, Returned
from clinic.domain.visibility import Layer
from clinic.models.base import Base, inside
from clinic.models.cases import OfCase, Partner
from clinic.models.partners import OfPartner
from clinic.models.sealed import EncryptedText


class Handout(OfCase, Base):
    """One sheet handed out to one partner, or to all of them together.

    What came of it lies in the layer of the sheet's audience: private to its partner, or shared.
    `version` counts the changes of those words alone: a press never makes them stale.
    """

    __tablename__ = "handout"

    sheet: Mapped[str] = mapped_column(String(40))
    sheet_version: Mapped[int]
    medium: Mapped[Medium]
    layer: Mapped[Layer]
    partner_id: Mapped[int | None] = mapped_column(index=True)
    appointment_id: Mapped[int | None] = mapped_column(index=True)
    handed_out_on: Mapped[dt.date]
    author_id: Mapped[int]
    returned: Mapped[Returned | None]
    returned_on: Mapped[dt.date | None]
    taken_back_at: Mapped[dt.datetime | None]
    version: Mapped[int] = mapped_column(default=0)
    outcome = EncryptedText(None, empty=True)

    def sealing_person(self) -> str:
        """Seal what came of a sheet for one person with that person's key."""
        session = object_session(self)
        owner = session.get(Partner, self.partner_id) if session and self.partner_id else None
        return owner.public_id if owner else ""

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Of a partner and an appointment of the same case; private exactly when it is for one."""
        return (
            inside("partner", "case_id", "partner_id"),
            inside("appointment", "case_id", "appointment_id"),
            inside("clinician", "practice_id", "author_id"),
            CheckConstraint("(partner_id IS NULL) = (layer <> 'private')", name="reader"),
        )


class HandoutForm(OfPartner, Base):
    """A sheet that one partner does at home: what is asked, as it was then, and the answers.

    It holds all that the partner's own session needs, so that no handout is ever read there.
    """

    __tablename__ = "handout_form"

    handout_id: Mapped[int]
    response_id: Mapped[int | None]
    closed_at: Mapped[dt.datetime | None]
    asked = EncryptedText(Layer.PRIVATE)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """One a handout, all of the same case."""
        return (
            *cls.of_a_partner(),
            inside("handout", "case_id", "handout_id"),
            inside("questionnaire_response", "case_id", "response_id"),
            UniqueConstraint("handout_id"),
        )
