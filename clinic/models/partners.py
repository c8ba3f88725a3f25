"""Rows that belong to one partner of a case, and are sealed with that partner's key."""

from sqlalchemy.orm import Mapped, mapped_column, object_session
from sqlalchemy.schema import SchemaItem

from clinic.models.base import inside
from clinic.models.cases import OfCase, Partner


class OfPartner(OfCase):
    """A row that belongs to one partner; a partner's own session sees no other partner's."""

    # A real column: the session's filter is built from it.
    partner_id: Mapped[int] = mapped_column(index=True)

    def sealing_person(self) -> str:
        """Seal private and safety texts with the owner's key."""
        session = object_session(self)
        owner = session.get(Partner, self.partner_id) if session else None
        return owner.public_id if owner else ""

    def may_be_written_by(self, partner_id: int) -> bool:
        """Let its owner write it, and no other partner."""
        return self.partner_id == partner_id

    @classmethod
    def of_a_partner(cls) -> tuple[SchemaItem, ...]:
        """Tie the row to a partner of its own case."""
        return (inside("partner", "case_id", "partner_id"),)
