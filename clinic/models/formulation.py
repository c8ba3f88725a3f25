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
    """A candidate issue beneath what is visible.

    `about_id` is empty for the relationship; for a pair, `beside` names the second of the two.
    """

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
    beside: Mapped["ExplanationBeside | None"] = relationship(
        lazy="joined", cascade="all, delete-orphan", uselist=False
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Whoever it is about is of the same case."""
        return (inside("partner", "case_id", "about_id"),)

    @property
    def about_ids(self) -> tuple[int, ...]:
        """Whom it is about: one partner, a pair, or nobody for the relationship."""
        second = self.beside.partner_id if self.beside else None
        return tuple(each for each in (self.about_id, second) if each is not None)


class ExplanationBeside(OfCase, Base):
    """The second of the pair an explanation is about, in a case of three or more."""

    __tablename__ = "explanation_beside"

    explanation_id: Mapped[int] = mapped_column(unique=True)
    partner_id: Mapped[int]

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Both are of the same case."""
        return (
            inside("explanation", "case_id", "explanation_id"),
            inside("partner", "case_id", "partner_id"),
        )


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
    link: Mapped["EvidenceLink | None"] = relationship(
        lazy="selectin", cascade="all, delete-orphan", uselist=False
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


class EvidenceLink(OfCase, Base):
    """Where a piece of evidence belongs: the visible behaviour, the appointment, the answer."""

    __tablename__ = "evidence_link"

    evidence_id: Mapped[int] = mapped_column(index=True)
    behaviour_id: Mapped[int | None]
    appointment_id: Mapped[int | None]
    answer_item: Mapped[str | None] = mapped_column(String(80))

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """One for each piece of evidence; all of it of the same case."""
        return (
            inside("evidence_item", "case_id", "evidence_id"),
            inside("behaviour_record", "case_id", "behaviour_id"),
            inside("appointment", "case_id", "appointment_id"),
            UniqueConstraint("evidence_id"),
        )


class EvidenceBearing(OfCase, Base):
    """How one piece of evidence bears on one explanation; `reason` where that is not usual."""

    __tablename__ = "evidence_bearing"

    evidence_id: Mapped[int] = mapped_column(index=True)
    explanation_id: Mapped[int] = mapped_column(index=True)
    bearing: Mapped[Bearing]
    reason = EncryptedText(Layer.CLINICIAN, empty=True)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Both are of the same case; one bearing for each two."""
        return (
            inside("evidence_item", "case_id", "evidence_id"),
            inside("explanation", "case_id", "explanation_id"),
            UniqueConstraint("evidence_id", "explanation_id"),
        )


class Formulation(OfCase, Base):
    """One saved version of the formulation. A new one is added; none is ever changed.

    `snapshot` holds everything the version rests on, as it was. `shared_on` is when the couple was
    given the summary.
    """

    __tablename__ = "formulation"

    number: Mapped[int]
    author_id: Mapped[int]
    roll_up: Mapped[RollUp]
    confidence: Mapped[Confidence]
    review_on: Mapped[dt.date | None]
    shared_on: Mapped[dt.date | None]
    reason = EncryptedText(Layer.CLINICIAN)
    snapshot = EncryptedText(Layer.CLINICIAN, empty=True)
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


class FormulationCitation(OfCase, Base):
    """A version rests on a piece of evidence, which therefore stays.

    The words are frozen here, in the layer and under the key of the evidence itself.
    """

    __tablename__ = "formulation_citation"

    formulation_id: Mapped[int] = mapped_column(index=True)
    evidence_id: Mapped[int] = mapped_column(index=True)
    source_id: Mapped[int | None]
    layer: Mapped[Layer]
    observation = EncryptedText(None)

    def sealing_person(self) -> str:
        """Seal private words with the key of the partner they came from."""
        session = object_session(self)
        source = session.get(Partner, self.source_id) if session and self.source_id else None
        return source.public_id if source else ""

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Both are of the same case; once each."""
        return (
            inside("formulation", "case_id", "formulation_id"),
            inside("evidence_item", "case_id", "evidence_id"),
            inside("partner", "case_id", "source_id"),
            UniqueConstraint("formulation_id", "evidence_id"),
        )


class SummaryReaction(OfCase, Base):
    """What one partner said to the shared summary, and what was corrected."""

    __tablename__ = "summary_reaction"

    formulation_id: Mapped[int] = mapped_column(index=True)
    partner_id: Mapped[int]
    words = EncryptedText(Layer.CLINICIAN)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """One a partner and version, both of the same case."""
        return (
            inside("formulation", "case_id", "formulation_id"),
            inside("partner", "case_id", "partner_id"),
            UniqueConstraint("formulation_id", "partner_id"),
        )


class SuggestionAnswer(OfCase, Base):
    """What the therapist made of one suggestion that rests on a partner's answers."""

    __tablename__ = "suggestion_answer"

    rule: Mapped[str] = mapped_column(String(40))
    partner_id: Mapped[int]
    accepted: Mapped[bool]

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Once a rule and partner of the case."""
        return (
            inside("partner", "case_id", "partner_id"),
            UniqueConstraint("case_id", "rule", "partner_id"),
        )
