"""Repair goals in pairs, their five anchors, and what each rater found at each appointment."""

import datetime as dt

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.schema import SchemaItem

from clinic.domain.goals import Attainment, GoalLayer
from clinic.domain.visibility import Layer
from clinic.models.base import Base, inside
from clinic.models.cases import OfCase
from clinic.models.sealed import EncryptedText


class GoalPair(OfCase, Base):
    """What ties behaviour goals to the issue goals beneath them."""

    __tablename__ = "goal_pair"


class Goal(OfCase, Base):
    """Something its owners can do. Behaviour and issue goals share a pair."""

    __tablename__ = "goal"

    pair_id: Mapped[int]
    stub: Mapped[str | None] = mapped_column(String(10))
    layer: Mapped[GoalLayer]
    explanation_id: Mapped[int | None]
    weight: Mapped[float]
    review_on: Mapped[dt.date]
    start_level: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    wording = EncryptedText(Layer.SHARED)
    much_less = EncryptedText(Layer.SHARED)
    less = EncryptedText(Layer.SHARED)
    expected = EncryptedText(Layer.SHARED)
    more = EncryptedText(Layer.SHARED)
    much_more = EncryptedText(Layer.SHARED)
    owners: Mapped[list["GoalOwner"]] = relationship(
        lazy="selectin", order_by="GoalOwner.id", cascade="all, delete-orphan"
    )
    ratings: Mapped[list["GoalRating"]] = relationship(lazy="selectin", order_by="GoalRating.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Pair and explanation are of the same case; weight and start level in range."""
        return (
            inside("goal_pair", "case_id", "pair_id"),
            inside("explanation", "case_id", "explanation_id"),
            CheckConstraint("weight >= 0", name="weight"),
            CheckConstraint("start_level BETWEEN -2 AND 2", name="start_level"),
        )

    def anchors(self) -> dict[Attainment, str]:
        """Give the five described outcomes, from much less to much more than expected."""
        texts = (self.much_less, self.less, self.expected, self.more, self.much_more)
        return dict(zip(Attainment, texts, strict=True))


class GoalOwner(OfCase, Base):
    """A partner who has taken on a goal. A goal of all partners has one row each."""

    __tablename__ = "goal_owner"

    goal_id: Mapped[int] = mapped_column(index=True)
    partner_id: Mapped[int]

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Both are of the same case; one row for each two."""
        return (
            inside("goal", "case_id", "goal_id"),
            inside("partner", "case_id", "partner_id"),
            UniqueConstraint("goal_id", "partner_id"),
        )


class GoalRating(OfCase, Base):
    """What one rater found at one appointment. Ratings are added, never changed.

    `rater_id` is empty for the therapist. The newest row of a rater and appointment counts.
    """

    __tablename__ = "goal_rating"

    goal_id: Mapped[int] = mapped_column(index=True)
    appointment_id: Mapped[int] = mapped_column(index=True)
    rater_id: Mapped[int | None]
    level: Mapped[int | None]
    own: Mapped[int | None]

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """All are of the same case; both scales in range."""
        return (
            inside("goal", "case_id", "goal_id"),
            inside("appointment", "case_id", "appointment_id"),
            inside("partner", "case_id", "rater_id"),
            CheckConstraint("level BETWEEN -2 AND 2", name="level"),
            CheckConstraint("own BETWEEN 0 AND 10", name="own"),
        )
