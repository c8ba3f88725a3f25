"""Cases and the partners in them."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship
from sqlalchemy.schema import SchemaItem

from clinic.domain.case_ends import CaseStatus
from clinic.domain.cases import ContactBy, SecretsPolicy, together
from clinic.domain.visibility import Layer
from clinic.models.base import Base, OfPractice, inside
from clinic.models.sealed import EncryptedText


class Case(OfPractice, Base):
    """Two or more partners in one relationship, treated by one clinician."""

    __tablename__ = "case"
    __table_args__ = (
        UniqueConstraint("practice_id", "id"),
        inside("clinician", "practice_id", "clinician_id"),
        # The order of a caseload, so that a page of it is found without sorting all cases.
        Index(None, "clinician_id", "status", "opened_on"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    clinician_id: Mapped[int] = mapped_column(index=True)
    concern: Mapped[str] = mapped_column(String(60))
    secrets_policy: Mapped[SecretsPolicy]
    opened_on: Mapped[dt.date]
    status: Mapped[CaseStatus] = mapped_column(
        default=CaseStatus.OPEN, server_default=text("'open'")
    )
    version: Mapped[int] = mapped_column(default=1)
    label = EncryptedText(Layer.SHARED)
    partners: Mapped[list["Partner"]] = relationship(
        lazy="selectin",
        order_by="Partner.position",
        collection_class=ordering_list("position"),
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def title(self) -> str:
        """Call a case by the names of its partners."""
        return together([partner.name for partner in self.partners])


class OfCase(OfPractice):
    """A row that belongs to one case."""

    case_id: Mapped[int] = mapped_column(index=True)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        """Tie the row to a case of its own practice."""
        return (
            UniqueConstraint("practice_id", "id"),
            UniqueConstraint("case_id", "id"),
            inside("case", "practice_id", "case_id"),
            *cls.further_constraints(),
        )

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Name what else holds for this table."""
        return ()


class Partner(OfCase, Base):
    """A person in a case. Name and ways to reach them are sealed."""

    __tablename__ = "partner"

    position: Mapped[int]
    contact_by: Mapped[ContactBy]
    name = EncryptedText(Layer.SHARED)
    contact_details = EncryptedText(Layer.PRIVATE, empty=True)
    contact_notes = EncryptedText(Layer.PRIVATE, empty=True)

    def sealing_person(self) -> str:
        """Seal a partner's private texts with that partner's own key."""
        return self.public_id
