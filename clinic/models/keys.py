"""Data keys: what seals the records, itself locked by the master key."""

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from clinic.models.base import Base, CreatedAt


class DataKey(Base):
    """One version of the key that seals records. Older versions stay for what they sealed."""

    __tablename__ = "data_key"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[CreatedAt]
