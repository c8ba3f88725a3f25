"""What a clinician has typed and not saved yet, so that no words are lost between two savings."""

import datetime as dt

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, object_session
from sqlalchemy.schema import SchemaItem

from clinic.domain.visibility import Layer
from clinic.models.accounts import Clinician
from clinic.models.base import Base, inside
from clinic.models.cases import OfCase
from clinic.models.sealed import EncryptedText


class Draft(OfCase, Base):
    """The fields of one open form of one clinician, under that clinician's own key.

    `form` is a hash of the form's address.
    """

    __tablename__ = "draft"

    clinician_id: Mapped[int]
    form: Mapped[str] = mapped_column(String(64))
    saved_at: Mapped[dt.datetime]
    fields = EncryptedText(Layer.PROCESS)

    def sealing_person(self) -> str:
        """Seal it for its author alone."""
        session = object_session(self)
        author = session.get(Clinician, self.clinician_id) if session else None
        return author.public_id if author else ""

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """One a clinician and form."""
        return (
            inside("clinician", "practice_id", "clinician_id"),
            UniqueConstraint("clinician_id", "form"),
        )
