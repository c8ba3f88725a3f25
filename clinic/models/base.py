"""What all tables share: names, ids, times with a zone, and the practice they belong to."""

import datetime as dt
import enum
import secrets
from typing import Annotated, Any

from sqlalchemy import (
    DateTime,
    Dialect,
    Enum,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from clinic.models.sealed import EncryptedText

PUBLIC_ID_BYTES = 16
PUBLIC_ID_LENGTH = 22


def new_public_id() -> str:
    """Make the id that stands in URLs: 128 random bits, so that nobody can count or guess."""
    return secrets.token_urlsafe(PUBLIC_ID_BYTES)


def now() -> dt.datetime:
    """Give the time, always with its zone."""
    return dt.datetime.now(dt.UTC)


class Moment(TypeDecorator[dt.datetime]):
    """A time with a zone, also on SQLite, which would silently drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """Store UTC, and refuse a time that does not say where it was measured."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a zone")
        return value.astimezone(dt.UTC)

    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """Give UTC back with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def values_of(kind: type[enum.Enum]) -> list[str]:
    """List what an enum stores."""
    return [str(member.value) for member in kind]


PrimaryKey = Annotated[int, mapped_column(primary_key=True)]
PublicId = Annotated[
    str, mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
]
CreatedAt = Annotated[dt.datetime, mapped_column(Moment, default=now)]


class Base(DeclarativeBase):
    """The parent of all tables."""

    # Named constraints, so that a migration can drop one on any database.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        dt.datetime: Moment,
        # Store an enum's value, so that renaming a member needs no migration.
        enum.Enum: Enum(
            enum.Enum,
            native_enum=False,
            create_constraint=False,
            length=40,
            values_callable=values_of,
        ),
    }

    def __init_subclass__(cls, **options: Any) -> None:
        """Give every sealed text its column before SQLAlchemy reads the class."""
        for name, sealed in list(vars(cls).items()):
            if isinstance(sealed, EncryptedText):
                setattr(cls, sealed.stored_as, sealed.column(name))
        super().__init_subclass__(**options)


class OfPractice:
    """A row that belongs to one practice; the session filters and guards by it."""

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    # A real column, not a bare annotation: the session's filter is built from it.
    practice_id: Mapped[int] = mapped_column()
    created_at: Mapped[CreatedAt]

    def sealing_person(self) -> str:
        """Name whose key seals this row's personal text; "" where nobody owns it alone."""
        return ""

    def may_be_written_by(self, partner_id: int) -> bool:
        """Tell whether a partner's own session may write this row; most are the clinician's."""
        return False


def inside(parent: str, *columns: str, onto: tuple[str, ...] | None = None) -> ForeignKeyConstraint:
    """Tie a row to its parent within the same practice or case: a composite foreign key.

    `inside("case", "practice_id", "case_id")` refers to case(practice_id, id), so a row can never
    hang below another practice's parent.
    """
    target = onto or (*columns[:-1], "id")
    return ForeignKeyConstraint(columns, [f"{parent}.{column}" for column in target])


def only_one_where(table: str, column: str, condition: str) -> Index:
    """Allow one row a value of `column` among those that meet the condition."""
    return Index(
        f"uq_{table}_{column}_alone",
        column,
        unique=True,
        sqlite_where=text(condition),
        postgresql_where=text(condition),
    )
