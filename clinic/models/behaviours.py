"""The symptom layer: what is visible, who reports it, and how each person places it."""

from sqlalchemy import CheckConstraint, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship
from sqlalchemy.schema import SchemaItem

from clinic.domain.agreement import OnsetStatus, Openness
from clinic.domain.behaviours import Frequency, HowKnown, StillHappening, Zone
from clinic.domain.visibility import Layer
from clinic.models.base import Base, inside, only_one_where
from clinic.models.cases import OfCase, Partner
from clinic.models.sealed import EncryptedText


class BehaviourRecord(OfCase, Base):
    """One visible act, from the inventory or in own words. No "why" is asked here.

    `reporter_id` is empty where the therapist saw it; an outsider is a role, never a name. What was
    taken over from a partner's own answers stays in the private layer of that partner.
    """

    __tablename__ = "behaviour_record"

    behaviour: Mapped[str | None] = mapped_column(String(10))
    about_id: Mapped[int]
    reporter_id: Mapped[int | None]
    since_year: Mapped[int | None]
    since_month: Mapped[int | None]
    until_year: Mapped[int | None]
    until_month: Mapped[int | None]
    impact: Mapped[int | None]
    layer: Mapped[Layer] = mapped_column(
        default=Layer.CLINICIAN, server_default=Layer.CLINICIAN.value
    )
    frequency: Mapped[Frequency]
    still_happening: Mapped[StillHappening]
    how_known: Mapped[HowKnown]
    times_raised: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    own_words = EncryptedText(None, empty=True)
    outsider_role = EncryptedText(None, empty=True)
    notes = EncryptedText(None, empty=True)
    raised_when = EncryptedText(None, empty=True)
    agreed_then = EncryptedText(None, empty=True)
    channel = EncryptedText(None, empty=True)
    impact_words = EncryptedText(None, empty=True)
    ratings: Mapped[list["BehaviourRating"]] = relationship(
        lazy="selectin", order_by="BehaviourRating.id", cascade="all, delete-orphan"
    )
    responses: Mapped[list["ObservedResponse"]] = relationship(
        lazy="selectin", order_by="ObservedResponse.response", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    def sealing_person(self) -> str:
        """Seal what came from a partner's own answers with that partner's key."""
        if self.layer is not Layer.PRIVATE:
            return ""
        session = object_session(self)
        owner = session.get(Partner, self.reporter_id) if session and self.reporter_id else None
        return owner.public_id if owner else ""

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Both people are partners of the same case."""
        return (
            inside("partner", "case_id", "about_id"),
            inside("partner", "case_id", "reporter_id"),
            CheckConstraint("since_month BETWEEN 1 AND 12", name="since_month"),
        )


class BehaviourRating(OfCase, Base):
    """Where one person places a behaviour, and its three facets from 0 to 3 (empty: unknown).

    Hidden from fear is a value of its own and no step of concealment. `rater_id` is empty for the
    therapist. Ratings of several people are never merged.
    """

    __tablename__ = "behaviour_rating"

    behaviour_id: Mapped[int] = mapped_column(index=True)
    rater_id: Mapped[int | None]
    zone: Mapped[Zone | None]
    concealment: Mapped[int | None]
    from_fear: Mapped[bool] = mapped_column(default=False, server_default=false())
    function: Mapped[int | None]
    agreement: Mapped[int | None]

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """One a rater; two empty raters would not clash by themselves."""
        return (
            inside("behaviour_record", "case_id", "behaviour_id"),
            inside("partner", "case_id", "rater_id"),
            UniqueConstraint("behaviour_id", "rater_id"),
            only_one_where("behaviour_rating", "behaviour_id", "rater_id IS NULL"),
        )


class ObservedResponse(OfCase, Base):
    """How somebody responded when a behaviour was raised, by its key in the content."""

    __tablename__ = "observed_response"

    behaviour_id: Mapped[int] = mapped_column(index=True)
    response: Mapped[str] = mapped_column(String(10))

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Each response once a behaviour."""
        return (
            inside("behaviour_record", "case_id", "behaviour_id"),
            UniqueConstraint("behaviour_id", "response"),
        )


class OnsetAgreement(OfCase, Base):
    """What was agreed when it began: the therapist's reading, in one row a case."""

    __tablename__ = "onset_agreement"

    status: Mapped[OnsetStatus]
    version: Mapped[int] = mapped_column(default=1)
    wording = EncryptedText(Layer.CLINICIAN, empty=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """One a case."""
        return (UniqueConstraint("case_id"),)


class OnsetPosition(OfCase, Base):
    """What one partner says was agreed, as heard in the room."""

    __tablename__ = "onset_position"

    partner_id: Mapped[int]
    openness: Mapped[Openness]
    words = EncryptedText(Layer.CLINICIAN, empty=True)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """One a partner, who is of the same case."""
        return (
            inside("partner", "case_id", "partner_id"),
            UniqueConstraint("partner_id"),
        )
