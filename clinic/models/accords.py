"""The agreements that partners write together, their frozen versions, and each partner's yes."""

import datetime as dt

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.schema import SchemaItem

from clinic.domain.accords import Position, TopicStatus
from clinic.domain.visibility import Layer
from clinic.models.base import Base, inside
from clinic.models.cases import OfCase
from clinic.models.sealed import EncryptedText


class Accord(OfCase, Base):
    """The text that is being written, between some partners or all; each change counts.

    `crossed` is what happens in the first 24 hours if a line is crossed.
    """

    __tablename__ = "accord"

    version: Mapped[int] = mapped_column(default=1)
    crossed = EncryptedText(Layer.SHARED, empty=True)
    members: Mapped[list["AccordMember"]] = relationship(
        lazy="selectin", order_by="AccordMember.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class AccordMember(OfCase, Base):
    """A partner whom an agreement is between."""

    __tablename__ = "accord_member"

    accord_id: Mapped[int] = mapped_column(index=True)
    partner_id: Mapped[int]

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Both are of the same case; one row for each two."""
        return (
            inside("accord", "case_id", "accord_id"),
            inside("partner", "case_id", "partner_id"),
            UniqueConstraint("accord_id", "partner_id"),
        )


class AccordTopic(OfCase, Base):
    """One topic of the text being written. One grown from the map keeps its behaviour's key."""

    __tablename__ = "accord_topic"

    accord_id: Mapped[int] = mapped_column(index=True)
    behaviour: Mapped[str | None] = mapped_column(String(40))
    status: Mapped[TopicStatus]
    starts_on: Mapped[dt.date | None]
    review_on: Mapped[dt.date | None]
    version: Mapped[int] = mapped_column(default=1)
    title = EncryptedText(Layer.SHARED)
    wording = EncryptedText(Layer.SHARED, empty=True)
    positions: Mapped[list["AccordPosition"]] = relationship(
        lazy="selectin", order_by="AccordPosition.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Of an agreement of the same case; a row of the map becomes one topic."""
        return (
            inside("accord", "case_id", "accord_id"),
            UniqueConstraint("accord_id", "behaviour"),
        )


class AccordPosition(OfCase, Base):
    """Where one partner stands on a topic, as it was said together."""

    __tablename__ = "accord_position"

    topic_id: Mapped[int] = mapped_column(index=True)
    partner_id: Mapped[int]
    position: Mapped[Position]

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Both are of the same case; one row for each two."""
        return (
            inside("accord_topic", "case_id", "topic_id"),
            inside("partner", "case_id", "partner_id"),
            UniqueConstraint("topic_id", "partner_id"),
        )


class AccordVersion(OfCase, Base):
    """An agreement frozen under the next number. Rows are added, never changed.

    `review_on` is the first day on which anything of it is to be looked at again.
    """

    __tablename__ = "accord_version"

    accord_id: Mapped[int] = mapped_column(index=True)
    number: Mapped[int]
    author_id: Mapped[int]
    saved_on: Mapped[dt.date]
    review_on: Mapped[dt.date]
    reason = EncryptedText(Layer.SHARED)
    snapshot = EncryptedText(Layer.SHARED)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Of an agreement of the same case, by a clinician of the practice; numbered within it."""
        return (
            inside("accord", "case_id", "accord_id"),
            inside("clinician", "practice_id", "author_id"),
            UniqueConstraint("accord_id", "number"),
        )


class AccordYes(OfCase, Base):
    """One partner's yes to one version, and the day on which it was taken back."""

    __tablename__ = "accord_yes"

    version_id: Mapped[int] = mapped_column(index=True)
    partner_id: Mapped[int]
    given_on: Mapped[dt.date]
    withdrawn_on: Mapped[dt.date | None]

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Both are of the same case."""
        return (
            inside("accord_version", "case_id", "version_id"),
            inside("partner", "case_id", "partner_id"),
        )
