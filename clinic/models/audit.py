"""The audit log: who did or read what and when, as ids, chained so that tampering shows."""

import datetime as dt

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.models.base import Base


class AuditLine(Base):
    """One act. Lines are added, never changed: triggers refuse, and the chain would not fit."""

    __tablename__ = "audit_line"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime]
    practice_id: Mapped[int | None] = mapped_column(index=True)
    clinician_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80))
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64), unique=True)


class AuditHead(Base):
    """Where the chain ends. Locked by whoever adds a line, so that two never fork it."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    count: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
