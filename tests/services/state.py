"""Everything stored, for tests that nothing changed."""

from sqlalchemy import inspect, select

from clinic.models.base import Base
from clinic.models.scope import ScopedSession


def whole_state(db: ScopedSession) -> list[tuple[object, ...]]:
    """Read every column of every row of every table."""
    rows: list[tuple[object, ...]] = []
    with db.as_system():
        for mapper in sorted(Base.registry.mappers, key=str):
            key = inspect(mapper.class_).primary_key
            for row in db.execute(select(mapper.local_table).order_by(*key)):
                rows.append((mapper.class_.__name__, *row))
    return rows
