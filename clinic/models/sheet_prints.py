"""What was printed: which sheets, for whom, and the PDF itself as it left the printer."""

from sqlalchemy.orm import Mapped, object_session
from sqlalchemy.schema import SchemaItem

from clinic.domain.visibility import Layer
from clinic.domain.worksheets import Paper, TypeSize
from clinic.models.base import Base, inside
from clinic.models.cases import OfCase, Partner
from clinic.models.sealed import EncryptedText


class SheetPrint(OfCase, Base):
    """One PDF that was printed. Rows are added, never changed.

    `layer` is that of whoever it was for, and `partner_id` the one person whose sheet it is.
    `items` is JSON, `digest` the SHA-256 of the PDF in hex, and `pdf` its bytes in base64.
    """

    __tablename__ = "sheet_print"

    layer: Mapped[Layer]
    partner_id: Mapped[int | None]
    author_id: Mapped[int]
    paper: Mapped[Paper]
    size: Mapped[TypeSize]
    fillable: Mapped[bool]
    items = EncryptedText(None)
    digest = EncryptedText(None)
    pdf = EncryptedText(None)

    def sealing_person(self) -> str:
        """Seal what was printed for one person with that person's key."""
        session = object_session(self)
        partner = session.get(Partner, self.partner_id) if session and self.partner_id else None
        return partner.public_id if partner else ""

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """For a partner of the case, by a clinician of the practice."""
        return (
            inside("partner", "case_id", "partner_id"),
            inside("clinician", "practice_id", "author_id"),
        )
