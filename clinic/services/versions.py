"""Two people, or two tabs, at the same thing: the second is told instead of overwriting."""

from typing import Protocol

from clinic.models.scope import ScopedSession
from clinic.services.errors import StaleError


class Versioned(Protocol):
    """A row that counts its changes."""

    version: int


def expect_version(db: ScopedSession, row: Versioned, version: int) -> None:
    """Raise StaleError when the row was saved since the page with `version` was shown.

    The row stays locked until the commit, so two at the same moment cannot both pass.
    """
    # Of this table alone: PostgreSQL locks no row that an outer join may leave out.
    db.refresh(row, with_for_update={"of": type(row)})
    if row.version != version:
        raise StaleError
