"""Questionnaires that a practice has loaded itself, each as the file that it was."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.domain.packs import PackFormat
from clinic.domain.visibility import Layer
from clinic.models.base import Base, OfPractice, inside
from clinic.models.sealed import EncryptedText


class QuestionnairePack(OfPractice, Base):
    """One loaded file. It never changes: a changed file is another row.

    `licence` is the practice's own line about its terms; `scored` counts the questions whose
    answers count. What is in it is nobody's secret within the practice: partners are asked it.
    """

    __tablename__ = "questionnaire_pack"
    __table_args__ = (
        UniqueConstraint("practice_id", "id"),
        inside("clinician", "practice_id", "loaded_by_id"),
        # A file that was withdrawn may be loaded again.
        Index(
            "uq_questionnaire_pack_sha256_alone",
            "practice_id",
            "sha256",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    loaded_by_id: Mapped[int]
    format: Mapped[PackFormat]
    sha256: Mapped[str] = mapped_column(String(64))
    questions: Mapped[int]
    scored: Mapped[int]
    withdrawn_at: Mapped[dt.datetime | None]
    title = EncryptedText(Layer.SHARED)
    licence = EncryptedText(Layer.SHARED)
    file = EncryptedText(Layer.SHARED)
