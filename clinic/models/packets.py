"""Packets that are printed in the background: what was ordered, and how far each has come."""

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.domain.visibility import Layer
from clinic.domain.worksheets import Paper, SheetAudience, TypeSize
from clinic.models.base import Base, OfPractice, inside
from clinic.models.sealed import EncryptedText


class PacketJob(OfPractice, Base):
    """Packets that a clinician ordered together; nothing is printed before it is started.

    `blank` says that no sheet is filled in.
    """

    __tablename__ = "packet_job"
    __table_args__ = (
        UniqueConstraint("practice_id", "id"),
        inside("clinician", "practice_id", "clinician_id"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    clinician_id: Mapped[int] = mapped_column(index=True)
    blank: Mapped[bool]
    paper: Mapped[Paper]
    size: Mapped[TypeSize]
    started_at: Mapped[dt.datetime | None]
    stopped_at: Mapped[dt.datetime | None]


class PacketPart(OfPractice, Base):
    """One packet of a job: leased to a worker, then printed, or given up with a reason.

    What was printed from a case lies among the case's prints, in its audience's own layer; `file`
    holds blank sheets of no case alone, in base64. `made` counts the sheets printed so far.
    """

    __tablename__ = "packet_part"
    __table_args__ = (
        UniqueConstraint("practice_id", "id"),
        UniqueConstraint("job_id", "position"),
        inside("packet_job", "practice_id", "job_id"),
        inside("case", "practice_id", "case_id"),
        inside("partner", "case_id", "partner_id"),
        inside("sheet_print", "case_id", "print_id"),
    )

    job_id: Mapped[int]
    position: Mapped[int]
    case_id: Mapped[int | None] = mapped_column(index=True)
    partner_id: Mapped[int | None]
    audience: Mapped[SheetAudience]
    sheets: Mapped[str] = mapped_column(String(400))
    copies: Mapped[int] = mapped_column(default=1)
    made: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[dt.datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    failed_at: Mapped[dt.datetime | None]
    print_id: Mapped[int | None]
    problem = EncryptedText(Layer.CLINICIAN, empty=True)
    file = EncryptedText(Layer.CLINICIAN, empty=True)
