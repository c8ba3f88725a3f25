"""Backing up an SQLite database while it is in use (security.md 3.12).

Copying the file is not a backup: five hundred saved rows were missing from such a copy, which
still called itself sound. This writes a whole, encrypted copy and proves that it opens.
"""

from contextlib import closing
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clinic.models.audit import AuditLine
from clinic.models.store import Store, open_store


class BackupError(Exception):
    """There is no backup; the message says why."""


def back_up(store: Store, target: Path) -> int:
    """Write a verified copy to `target` and give how many audit lines it holds.

    The copy opens with the same key. Raises BackupError, leaving no file, when the target exists,
    has no room, or the copy turns out unsound; and on PostgreSQL, which has pg_dump.
    """
    if store.engine.dialect.name != "sqlite":
        raise BackupError("Use pg_dump for PostgreSQL, and keep the key file beside it apart.")
    if target.exists():
        raise BackupError(f"{target} exists already; it was left as it is.")
    draft = target.with_name(f".{target.name}.draft")
    draft.unlink(missing_ok=True)
    try:
        _copy(store, draft)
        lines = _prove(store, draft)
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return lines


def _copy(store: Store, target: Path) -> None:
    # A raw connection, because VACUUM cannot run inside the transaction others begin.
    with closing(store.engine.raw_connection()) as connection:
        try:
            connection.cursor().execute("VACUUM INTO ?", (str(target),))
        except Exception as fault:
            raise BackupError(f"The copy could not be written: {fault}.") from fault
    target.chmod(0o600)


def _prove(store: Store, copy: Path) -> int:
    opened = open_store(f"sqlite:///{copy}", store.master)
    try:
        with closing(opened.engine.raw_connection()) as connection:
            (said,) = connection.cursor().execute("PRAGMA integrity_check").fetchone()
        if said != "ok":
            raise BackupError(f"The copy is not sound: {said}.")
        opened.keyring("")
        with Session(opened.engine) as session:
            return session.scalar(select(func.count()).select_from(AuditLine)) or 0
    finally:
        opened.engine.dispose()
        for ending in ("-wal", "-shm"):
            copy.with_name(copy.name + ending).unlink(missing_ok=True)
