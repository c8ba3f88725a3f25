"""Who may come in: practices, clinicians, their signed-in browsers, and wrong guesses."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.models.base import Base, CreatedAt, OfPractice, PrimaryKey, PublicId


class Practice(Base):
    """The organisation that owns the data."""

    __tablename__ = "practice"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    name: Mapped[str] = mapped_column(String(200))
    resource_line: Mapped[str] = mapped_column(String(400), default="")
    #: A note that is not signed after so many days is listed.
    note_days: Mapped[int] = mapped_column(default=7, server_default=text("7"))
    created_at: Mapped[CreatedAt]


class Clinician(OfPractice, Base):
    """A person who signs in to work with cases."""

    __tablename__ = "clinician"
    __table_args__ = (UniqueConstraint("practice_id", "id"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    disabled_at: Mapped[dt.datetime | None]
    practice: Mapped[Practice] = relationship(lazy="joined")


class BrowserSession(Base):
    """One signed-in browser. Its cookie holds a token; only the token's hash is here."""

    __tablename__ = "browser_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    clinician_id: Mapped[int] = mapped_column(ForeignKey("clinician.id"), index=True)
    created_at: Mapped[CreatedAt]
    seen_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    #: The case that the room looks at; until the password is given again, nothing else is shown.
    in_room: Mapped[str | None] = mapped_column(String(22))
    clinician: Mapped[Clinician] = relationship(lazy="joined")


class Attempts(Base):
    """Wrong guesses within a window of time, counted where every server process sees them."""

    __tablename__ = "attempts"

    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    count: Mapped[int]
    started_at: Mapped[dt.datetime]


class SetupCode(Base):
    """The one-time code that lets the first visitor create the practice."""

    __tablename__ = "setup_code"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    code_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[CreatedAt]
