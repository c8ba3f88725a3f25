"""The issue layer: explanations, the evidence that bears on them, and the roll-up."""

import datetime as dt

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship
from sqlalchemy.schema import SchemaItem

from clinic.domain.formulation import (
    Bearing,
    Confidence,
    Diagnosticity,
    ExplanationStatus,
    RollUp,
)
from clinic.domain.visibility import Layer
from clinic.models.base import Base, inside
from clinic.models.cases import OfCase, Partner
from clinic.models.sealed import EncryptedText


class Explanation(OfCase, Base):
    """A candidate issue beneath what is visible; `about_id` is empty for the relationship."""

    __tablename__ = "explanation"

    kind: Mapped[str | None] = mapped_column(String(10))
    about_id: Mapped[int | None]
    confidence: Mapped[Confidence]
    status: Mapped[ExplanationStatus]
    test_by: Mapped[dt.date | None]
    version: Mapped[int] = mapped_column(default=1)
    statement = EncryptedText(Layer.CLINICIAN)
    reason = EncryptedText(Layer.CLINICIAN, empty=True)
    would_change_my_mind = EncryptedText(Layer.CLINICIAN)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Whoever it is about is of the same case."""
        return (inside("partner", "case_id", "about_id"),)


class EvidenceItem(OfCase, Base):
    """An observation with its source, date and layer. `source_id` is empty for the therapist."""

    __tablename__ = "evidence_item"

    kind: Mapped[str | None] = mapped_column(String(10))
    source_id: Mapped[int | None]
    observed_on: Mapped[dt.date]
    diagnosticity: Mapped[Diagnosticity]
    layer: Mapped[Layer]
    version: Mapped[int] = mapped_column(default=1)
    observation = EncryptedText(None)
    bearings: Mapped[list["EvidenceBearing"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    def sealing_person(self) -> str:
        """Seal a private observation with the key of the partner it came from."""
        session = object_session(self)
        source = session.get(Partner, self.source_id) if session and self.source_id else None
        return source.public_id if source else ""

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Whoever said it is of the same case."""
        return (inside("partner", "case_id", "source_id"),)


class EvidenceBearing(OfCase, Base):
    """How one piece of evidence bears on one explanation."""

    __tablename__ = "evidence_bearing"

    evidence_id: Mapped[int] = mapped_column(index=True)
    explanation_id: Mapped[int] = mapped_column(index=True)
    bearing: Mapped[Bearing]

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Both are of the same case; one bearing for each two."""
        return (
            inside("evidence_item", "case_id", "evidence_id"),
            inside("explanation", "case_id", "explanation_id"),
            UniqueConstraint("evidence_id", "explanation_id"),
        )


class Formulation(OfCase, Base):
    """One saved reading of the case. A new one is added; none is ever changed."""

    __tablename__ = "formulation"

    number: Mapped[int]
    author_id: Mapped[int]
    roll_up: Mapped[RollUp]
    confidence: Mapped[Confidence]
    reason = EncryptedText(Layer.CLINICIAN)
    responsibility = EncryptedText(Layer.CLINICIAN, empty=True)
    strengths = EncryptedText(Layer.CLINICIAN)
    couple_summary = EncryptedText(Layer.SHARED, empty=True)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Numbered within the case, written by a clinician of the practice."""
        return (
            UniqueConstraint("case_id", "number"),
            inside("clinician", "practice_id", "author_id"),
        )
