"""What came out of the answers: disclosures, released rows, safety tasks and scores."""

import datetime as dt

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from clinic.domain.disclosures import DisclosureStatus, Wish
from clinic.domain.visibility import Layer
from clinic.models.base import Base, inside
from clinic.models.partners import OfPartner
from clinic.models.sealed import EncryptedText


class Disclosure(OfPartner, Base):
    """Something one partner said that must not simply be shared, with that partner's wish.

    `policy` is the policy on secrets in force when it was said; it governs the words for ever.
    `promise` is when its owner means to share it, in own words.
    """

    __tablename__ = "disclosure"

    wish: Mapped[Wish]
    policy: Mapped[str] = mapped_column(String(40))
    words = EncryptedText(Layer.PRIVATE)
    promise = EncryptedText(Layer.PRIVATE, empty=True)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Of a partner of the case."""
        return cls.of_a_partner()


class DisclosureStep(OfPartner, Base):
    """One decision about a disclosure. Steps are added, never changed; the newest counts."""

    __tablename__ = "disclosure_step"

    disclosure_id: Mapped[int] = mapped_column(index=True)
    author_id: Mapped[int]
    status: Mapped[DisclosureStatus]
    on: Mapped[dt.date | None]
    reason = EncryptedText(Layer.PRIVATE, empty=True)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Of a disclosure of the same case, by a clinician of the practice."""
        return (
            *cls.of_a_partner(),
            inside("disclosure", "case_id", "disclosure_id"),
            inside("clinician", "practice_id", "author_id"),
        )


class MapRelease(OfPartner, Base):
    """One partner's permission to show one row of the agreement map to the others.

    A release copies that row's answers into the shared layer, and a withdrawal empties them: what
    the couple sees is never read from anybody's private answers.
    """

    __tablename__ = "map_release"

    behaviour: Mapped[str] = mapped_column(String(40))
    withdrawn_at: Mapped[dt.datetime | None]
    revealed_at: Mapped[dt.datetime | None]
    placing = EncryptedText(Layer.SHARED, empty=True)
    agreed = EncryptedText(Layer.SHARED, empty=True)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """One a partner and row."""
        return (*cls.of_a_partner(), UniqueConstraint("partner_id", "behaviour"))


class SafetyTask(OfPartner, Base):
    """Something the treating clinician must look at, seen by nobody else."""

    __tablename__ = "safety_task"

    kind: Mapped[str] = mapped_column(String(40))
    done_at: Mapped[dt.datetime | None]
    words = EncryptedText(Layer.SAFETY, empty=True)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Of a partner of the case."""
        return cls.of_a_partner()


class MeasureScore(OfPartner, Base):
    """One partner's score on a standardised measure, in the layer of its instrument."""

    __tablename__ = "measure_score"

    instrument: Mapped[str] = mapped_column(String(40))
    taken_on: Mapped[dt.date]
    layer: Mapped[Layer]
    score = EncryptedText(None)
    single_items = EncryptedText(None, empty=True)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Of a partner of the case."""
        return cls.of_a_partner()
