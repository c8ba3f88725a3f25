"""A PostgreSQL server of the tests' own, and databases in it.

It is made from the programs the system has, listens on a socket that only this account can reach,
never waits for the disk, and is gone when the tests end, however they end: see `postgres_guard.py`.
Each process of a parallel run starts its own, which takes about a second.
"""

import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url

GUARD = Path(__file__).with_name("postgres_guard.py")
PORT = 5432
#: The connection that makes and drops each server's databases: opening one takes as long as that.
ADMINS: dict[str, psycopg.Connection] = {}


@contextmanager
def running_postgres() -> Iterator[str]:
    """Yield the URL of a server's first database, as its superuser; stop the server afterwards."""
    command = [sys.executable, str(GUARD), str(PORT)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # Ctrl-C is for the tests; the guard outlives them by a moment, to clean up.
        start_new_session=True,
    ) as guard:
        assert guard.stdin is not None
        assert guard.stdout is not None
        answer = guard.stdout.readline().strip()
        if not answer.startswith("ready "):
            raise RuntimeError(f"PostgreSQL did not start: {answer}\n{guard.stdout.read()}")
        folder = answer.removeprefix("ready ")
        url = f"postgresql+psycopg://postgres@/postgres?host={folder}&port={PORT}"
        try:
            yield url
        finally:
            if url in ADMINS:
                ADMINS.pop(url).close()
            guard.stdin.close()


def fresh_database(admin_url: str, template: str | None = None) -> str:
    """Make a database and give its URL: empty, or a copy of the one whose URL is `template`.

    PostgreSQL refuses to copy a database that anyone is connected to: dispose of its engine first.
    """
    url = make_url(admin_url).set(database=f"test_{secrets.token_hex(6)}")
    source = make_url(template).database if template else "template0"
    # With no disk to wait for, copying files takes a ninth of the time that the default takes.
    copy = "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"
    _run(admin_url, copy, url.database, source)
    return url.render_as_string(hide_password=False)


def drop_database(admin_url: str, url: str) -> None:
    """Remove a database made by `fresh_database`, closing whatever is still connected to it."""
    _run(admin_url, "DROP DATABASE {} WITH (FORCE)", make_url(url).database)


def _run(admin_url: str, statement: str, *names: str | None) -> None:
    if admin_url not in ADMINS:
        address = make_url(admin_url).set(drivername="postgresql")
        ADMINS[admin_url] = psycopg.connect(
            address.render_as_string(hide_password=False), autocommit=True
        )
    ADMINS[admin_url].execute(SQL(statement).format(*(Identifier(str(name)) for name in names)))
