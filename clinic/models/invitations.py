"""Invitations, and the browsers in which a partner has given the PIN."""

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.schema import SchemaItem

from clinic.domain.invitations import Handing
from clinic.models.base import Base, CreatedAt
from clinic.models.partners import OfPartner


class Invitation(OfPartner, Base):
    """One partner's way in. Its link holds a token; only the token's hash is here."""

    __tablename__ = "invitation"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    handing: Mapped[Handing]
    expires_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]
    claimed_at: Mapped[dt.datetime | None]
    reminded_at: Mapped[dt.datetime | None]
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    start_code_hash: Mapped[str | None] = mapped_column(String(200))
    wrong_pins: Mapped[int] = mapped_column(default=0)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Of a partner of the case."""
        return cls.of_a_partner()


class PartnerSession(Base):
    """One browser in which a partner has given the PIN, or a tablet that was handed over.

    `clinician_id` is set on a tablet: it shows the form alone until that password is given.
    """

    __tablename__ = "partner_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), index=True)
    clinician_id: Mapped[int | None] = mapped_column(ForeignKey("clinician.id"))
    created_at: Mapped[CreatedAt]
    seen_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    invitation: Mapped[Invitation] = relationship(lazy="joined")
