"""Progress notes, what was added to signed ones, and process notes in a place of their own.

Whoever writes to these tables: the database refuses every change of a signed note and of an
addition (see migration 0016).
"""

import datetime as dt

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, object_session
from sqlalchemy.schema import SchemaItem

from clinic.domain.notes import AdditionKind
from clinic.domain.visibility import Layer
from clinic.models.accounts import Clinician
from clinic.models.base import Base, inside
from clinic.models.cases import OfCase
from clinic.models.sealed import EncryptedText


class Note(OfCase, Base):
    """One author's progress note on one appointment; a draft until `signed_at`.

    `texts` is JSON, one text a place of its form. `signed` is the exact text that was signed, and
    `digest` its hash.
    """

    __tablename__ = "note"

    appointment_id: Mapped[int] = mapped_column(index=True)
    author_id: Mapped[int] = mapped_column(index=True)
    format: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[dt.datetime]
    signed_at: Mapped[dt.datetime | None]
    texts = EncryptedText(Layer.CLINICIAN)
    signed = EncryptedText(Layer.CLINICIAN, empty=True)
    digest = EncryptedText(Layer.CLINICIAN, empty=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """One an appointment of the case and clinician of the practice."""
        return (
            inside("appointment", "case_id", "appointment_id"),
            inside("clinician", "practice_id", "author_id"),
            UniqueConstraint("appointment_id", "author_id"),
        )


class NoteAddition(OfCase, Base):
    """What was added to a signed note. Additions are added, never changed.

    `served_on` is the day it is about, `written_on` the day it was written. `digest` ties the
    addition to the note that it stands beside.
    """

    __tablename__ = "note_addition"

    note_id: Mapped[int] = mapped_column(index=True)
    author_id: Mapped[int]
    kind: Mapped[AdditionKind]
    served_on: Mapped[dt.date]
    written_on: Mapped[dt.date]
    words = EncryptedText(Layer.CLINICIAN)
    reason = EncryptedText(Layer.CLINICIAN)
    author_name = EncryptedText(Layer.CLINICIAN)
    digest = EncryptedText(Layer.CLINICIAN)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """To a note of the case, by a clinician of the practice."""
        return (
            inside("note", "case_id", "note_id"),
            inside("clinician", "practice_id", "author_id"),
        )


class ProcessNote(OfCase, Base):
    """What its author thinks and keeps apart from the record, under the author's own key."""

    __tablename__ = "process_note"

    author_id: Mapped[int] = mapped_column(index=True)
    on: Mapped[dt.date]
    version: Mapped[int] = mapped_column(default=1)
    words = EncryptedText(Layer.PROCESS)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    def sealing_person(self) -> str:
        """Seal it for its author alone."""
        session = object_session(self)
        author = session.get(Clinician, self.author_id) if session else None
        return author.public_id if author else ""

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """By a clinician of the practice."""
        return (inside("clinician", "practice_id", "author_id"),)
