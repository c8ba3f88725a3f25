"""What only the treating clinician keeps about safety, partner by partner (clinical.md 5.4)."""

import datetime as dt

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from clinic.domain.questionnaires import ScreenResult
from clinic.domain.visibility import Layer
from clinic.models.base import Base, inside
from clinic.models.cases import OfCase
from clinic.models.partners import OfPartner
from clinic.models.sealed import EncryptedText


class PrivateCheck(OfPartner, Base):
    """One time a partner was asked about safety in person. Checks are added, never changed.

    `asked_alone` is False where it could not be asked safely; then nothing was asked.
    """

    __tablename__ = "private_check"

    author_id: Mapped[int]
    asked_on: Mapped[dt.date]
    asked_alone: Mapped[bool]
    result: Mapped[ScreenResult]
    again_on: Mapped[dt.date | None]
    told = EncryptedText(Layer.SAFETY, empty=True)
    judgement = EncryptedText(Layer.SAFETY, empty=True)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Of a partner of the case, by a clinician of the practice."""
        return (*cls.of_a_partner(), inside("clinician", "practice_id", "author_id"))


class SafetyPlan(OfPartner, Base):
    """What one partner means to do to stay unharmed. A new one is added; the newest counts."""

    __tablename__ = "safety_plan"

    number: Mapped[int]
    words = EncryptedText(Layer.SAFETY)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Of a partner of the case."""
        return cls.of_a_partner()


class SafetyDecision(OfCase, Base):
    """What the therapist decided about the safety track, with a reason; the newest counts.

    `kind` is a tool that was opened in spite of the track, or the track itself.
    """

    __tablename__ = "safety_decision"

    author_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    holds: Mapped[bool]
    reason = EncryptedText(Layer.SAFETY)

    def sealing_person(self) -> str:
        """Seal it with a key of its own: no partner's keyring holds it."""
        return self.public_id

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """By a clinician of the practice."""
        return (inside("clinician", "practice_id", "author_id"),)
