"""Opening the database: an encrypted SQLite file, or PostgreSQL, with settings that keep promises.

Each setting was measured (security.md 0 and 3.11): FULL survives a power cut, IMMEDIATE lets fifty
writers wait instead of fail, and `secure_delete` leaves nothing of a deleted text in the file.
"""

from contextlib import suppress
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.pool import ConnectionPoolEntry

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "recursive_triggers=ON",
)
#: So many milliseconds one writer waits for another.
WAITS = 15_000
#: The execution option that says a transaction only reads.
READS = "only_reads"


def open_engine(url: str, file_key: bytes) -> Engine:
    """Connect to the database at `url`; `file_key` is the 32-byte key of an SQLite file."""
    if make_url(url).get_backend_name() == "sqlite":
        return _open_sqlite(url, file_key)
    return create_engine(url, pool_pre_ping=True)


def _learn_sizes(connection: Any) -> None:
    """Let SQLite count what its tables hold: without, it reads a whole practice to find a case.

    It costs a millisecond when nothing has grown much, and never waits: while somebody writes, the
    next connection will see to it.
    """
    connection.execute("PRAGMA busy_timeout=0")
    with suppress(sqlcipher.OperationalError):
        connection.execute("PRAGMA optimize=0x10002")


def _open_sqlite(url: str, file_key: bytes) -> Engine:
    engine = create_engine(url, module=sqlcipher, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA key = \"x'{file_key.hex()}'\"")
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        _learn_sizes(connection)
        connection.execute(f"PRAGMA busy_timeout={WAITS}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Deferred writers lose to each other with "database is locked"; readers never need to.
        mode = "DEFERRED" if connection.get_execution_options().get(READS) else "IMMEDIATE"
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine
