"""The life of a case: its phases, its ending, and its way to a colleague. Rows are only added."""

import datetime as dt

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from clinic.domain.case_ends import CaseOutcome, LifeStep, TransferState
from clinic.domain.visibility import Layer
from clinic.models.base import Base, inside, only_one_where
from clinic.models.cases import OfCase
from clinic.models.sealed import EncryptedText


class PhaseTick(OfCase, Base):
    """A box that was ticked, or whose tick was taken back; the newest row of a box counts."""

    __tablename__ = "phase_tick"

    phase: Mapped[str] = mapped_column(String(40))
    criterion: Mapped[str] = mapped_column(String(40))
    partner_id: Mapped[int | None]
    holds: Mapped[bool]
    ticked_on: Mapped[dt.date]
    author_id: Mapped[int]

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """About a partner of the case, by a clinician of the practice."""
        return (
            inside("partner", "case_id", "partner_id"),
            inside("clinician", "practice_id", "author_id"),
        )


class PhaseMove(OfCase, Base):
    """One move from phase to phase, with how much was left open behind it; the newest counts."""

    __tablename__ = "phase_move"

    number: Mapped[int]
    phase: Mapped[str] = mapped_column(String(40))
    left_open: Mapped[int]
    moved_on: Mapped[dt.date]
    author_id: Mapped[int]
    reason = EncryptedText(Layer.CLINICIAN, empty=True)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Numbered within the case, by a clinician of the practice."""
        return (
            inside("clinician", "practice_id", "author_id"),
            UniqueConstraint("case_id", "number"),
        )


class CaseLifeStep(OfCase, Base):
    """A case that was ended, opened again, put into the archive or taken out of it.

    An ending has an outcome and may have a closing summary.
    """

    __tablename__ = "case_life_step"

    kind: Mapped[LifeStep]
    taken_on: Mapped[dt.date]
    outcome: Mapped[CaseOutcome | None]
    author_id: Mapped[int]
    reason = EncryptedText(Layer.CLINICIAN, empty=True)
    summary = EncryptedText(Layer.CLINICIAN, empty=True)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """By a clinician of the practice."""
        return (inside("clinician", "practice_id", "author_id"),)


class CaseTransfer(OfCase, Base):
    """A case offered to a colleague of the practice, and what became of the offer."""

    __tablename__ = "case_transfer"

    from_id: Mapped[int] = mapped_column(index=True)
    to_id: Mapped[int] = mapped_column(index=True)
    state: Mapped[TransferState]
    settled_at: Mapped[dt.datetime | None]
    words = EncryptedText(Layer.CLINICIAN, empty=True)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Between two clinicians of the practice; one open offer a case."""
        return (
            inside("clinician", "practice_id", "from_id"),
            inside("clinician", "practice_id", "to_id"),
            only_one_where("case_transfer", "case_id", "settled_at IS NULL"),
        )
