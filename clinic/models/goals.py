"""Repair goals in pairs, what became of them, and what each rater found at each appointment."""

import datetime as dt

from sqlalchemy import CheckConstraint, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.schema import SchemaItem

from clinic.domain.goal_course import GoalStatus, StatusChange, status_on
from clinic.domain.goals import Attainment, GoalLayer, weight_from
from clinic.domain.tracks import is_openness
from clinic.domain.visibility import Layer
from clinic.models.base import Base, inside
from clinic.models.cases import OfCase
from clinic.models.sealed import EncryptedText


class GoalPair(OfCase, Base):
    """What ties behaviour goals to the issue goals beneath them."""

    __tablename__ = "goal_pair"


class Goal(OfCase, Base):
    """Something its owners can do. Behaviour and issue goals share a pair.

    Steps that are written anew begin another goal, which continues this one from `begins_on` on.
    """

    __tablename__ = "goal"

    pair_id: Mapped[int]
    stub: Mapped[str | None] = mapped_column(String(10))
    layer: Mapped[GoalLayer]
    explanation_id: Mapped[int | None]
    weight: Mapped[float]
    review_on: Mapped[dt.date]
    start_level: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    importance: Mapped[int | None]
    difficulty: Mapped[int | None]
    about_openness: Mapped[bool] = mapped_column(default=False, server_default=false())
    ends_on: Mapped[dt.date | None]
    begins_on: Mapped[dt.date | None]
    # Without a constraint: a database of an earlier version cannot be given one afterwards.
    continues_id: Mapped[int | None]
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
    course: Mapped[list["GoalChange"]] = relationship(lazy="selectin", order_by="GoalChange.id")

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

    @property
    def weighs(self) -> float:
        """Give what the goal weighs: importance times difficulty where both are rated."""
        if self.importance is None or self.difficulty is None:
            return self.weight
        return weight_from(self.importance, self.difficulty)

    @property
    def is_openness(self) -> bool:
        """Tell whether it is about openness between the partners."""
        return self.about_openness or is_openness(self.stub or "")

    def status_on(self, day: dt.date) -> GoalStatus:
        """Give where the goal stood on a day."""
        changes = [StatusChange(change.status, change.since) for change in self.course]
        return status_on(changes, day)

    @property
    def status(self) -> GoalStatus:
        """Give where the goal stands after everything that was written down."""
        return self.course[-1].status if self.course else GoalStatus.ACTIVE

    def is_open_on(self, day: dt.date) -> bool:
        """Tell whether the goal is worked on that day: begun, active, its last day not over."""
        begun = self.begins_on is None or self.begins_on <= day
        ended = self.ends_on is not None and self.ends_on < day
        return begun and not ended and self.status_on(day) is GoalStatus.ACTIVE

    def can_be_rated_on(self, day: dt.date) -> bool:
        """Tell whether a rating of that day makes sense: also on the day on which the goal ends."""
        return self.is_open_on(day) or self.is_open_on(day - dt.timedelta(days=1))


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


class GoalChange(OfCase, Base):
    """What a goal became, from a day on, and why. Rows are only ever added."""

    __tablename__ = "goal_change"

    goal_id: Mapped[int] = mapped_column(index=True)
    status: Mapped[GoalStatus]
    since: Mapped[dt.date]
    reason = EncryptedText(Layer.CLINICIAN)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Stay with a goal of the same case."""
        return (inside("goal", "case_id", "goal_id"),)


class GoalRating(OfCase, Base):
    """What one rater found at one appointment. Ratings are added, never changed.

    `rater_id` is empty for the therapist. The newest row of a rater and appointment counts.
    `kept` tells whether what was planned was kept since last time; empty is not reported.
    """

    __tablename__ = "goal_rating"

    goal_id: Mapped[int] = mapped_column(index=True)
    appointment_id: Mapped[int] = mapped_column(index=True)
    rater_id: Mapped[int | None]
    level: Mapped[int | None]
    own: Mapped[int | None]
    kept: Mapped[bool | None]

    def may_be_written_by(self, partner_id: int) -> bool:
        """Let a partner say what that partner found, in a check-in for example."""
        return self.rater_id == partner_id

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
