"""Frames beside the formulation: factors, themes, the cycle; all optional, slot by slot."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from clinic.domain.visibility import Layer
from clinic.models.base import Base
from clinic.models.cases import OfCase
from clinic.models.sealed import EncryptedText


class FrameTheme(OfCase, Base):
    """One theme of a couple, where a frame is filled in theme by theme."""

    __tablename__ = "frame_theme"

    frame: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(default=1)
    title = EncryptedText(Layer.CLINICIAN)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class FrameEntry(OfCase, Base):
    """What stands in one slot of a frame. `place` names the slot, whom it is about, and the theme.

    The place is a key of the content with random ids, so that one text is one row.
    """

    __tablename__ = "frame_entry"

    place: Mapped[str] = mapped_column(String(140))
    version: Mapped[int] = mapped_column(default=1)
    words = EncryptedText(Layer.CLINICIAN, empty=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """One text a place."""
        return (UniqueConstraint("case_id", "place"),)


class FrameAgreement(OfCase, Base):
    """What everybody agreed to say about one slot of a frame, whatever the themes are.

    All of them may read it; nothing of a `FrameEntry` is ever copied here.
    """

    __tablename__ = "frame_agreement"

    place: Mapped[str] = mapped_column(String(140))
    version: Mapped[int] = mapped_column(default=1)
    words = EncryptedText(Layer.SHARED, empty=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """One text a place."""
        return (UniqueConstraint("case_id", "place"),)
