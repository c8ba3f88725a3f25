"""What happened in the couple's life, beside which behaviours began or grew."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from clinic.domain.timeline import EventKind
from clinic.domain.visibility import Layer
from clinic.models.base import Base, inside
from clinic.models.cases import OfCase
from clinic.models.sealed import EncryptedText


class LifeEvent(OfCase, Base):
    """A move, a birth, a loss, a hard time. `about_id` is empty where it was all of theirs."""

    __tablename__ = "life_event"

    kind: Mapped[EventKind]
    about_id: Mapped[int | None]
    year: Mapped[int]
    month: Mapped[int | None]
    until_year: Mapped[int | None]
    until_month: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    words = EncryptedText(Layer.CLINICIAN, empty=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """About a partner of the same case, in months of a calendar."""
        return (
            inside("partner", "case_id", "about_id"),
            CheckConstraint("month BETWEEN 1 AND 12", name="month"),
            CheckConstraint("until_month BETWEEN 1 AND 12", name="until_month"),
        )
