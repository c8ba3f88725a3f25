"""Mail that waits to be sent, written in the transaction of what it is about."""

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from clinic.domain.visibility import Layer
from clinic.models.base import Base
from clinic.models.partners import OfPartner
from clinic.models.sealed import EncryptedText


class OutboxMail(OfPartner, Base):
    """One mail to one partner: leased by a worker, sent, tried again later, or given up.

    `message_id` stays the same over all tries, so a mail that arrives twice is recognised.
    """

    __tablename__ = "outbox_mail"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), index=True)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    due_at: Mapped[dt.datetime] = mapped_column(index=True)
    leased_until: Mapped[dt.datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[dt.datetime | None]
    given_up_at: Mapped[dt.datetime | None]
    last_problem: Mapped[str] = mapped_column(String(200), default="")
    recipient = EncryptedText(Layer.PRIVATE)
    subject = EncryptedText(Layer.PRIVATE)
    body = EncryptedText(Layer.PRIVATE)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Of a partner of the case."""
        return cls.of_a_partner()
