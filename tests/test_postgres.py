"""The tests' own PostgreSQL: copies are separate, and nothing of it stays."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text

from tests.postgres import GUARD, drop_database, fresh_database, running_postgres


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running_postgres() as url:
        yield url


def ask(url: str, *statements: str) -> list[object]:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements[:-1]:
            connection.execute(text(statement))
        answer = list(connection.execute(text(statements[-1])).scalars())
    engine.dispose()
    return answer


def folder_of(url: str) -> Path:
    return Path(str(make_url(url).query["host"]))


def test_text_of_any_script_is_kept_and_sorts_the_same_everywhere(server: str) -> None:
    assert ask(server, "SELECT 'Łukasz Žižek'") == ["Łukasz Žižek"]
    assert ask(server, "SELECT datcollate FROM pg_database WHERE datname = 'postgres'") == [
        "C.UTF-8"
    ]


def test_a_copy_holds_what_its_template_held_and_does_not_write_back(server: str) -> None:
    template = fresh_database(server)
    ask(template, "CREATE TABLE goal (name text)", "INSERT INTO goal VALUES ('one') RETURNING name")
    copy = fresh_database(server, template)
    assert ask(copy, "INSERT INTO goal VALUES ('two')", "SELECT name FROM goal") == ["one", "two"]
    assert ask(template, "SELECT name FROM goal") == ["one"]


def test_a_dropped_database_is_gone_even_while_in_use(server: str) -> None:
    url = fresh_database(server)
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        drop_database(server, url)
        connection.invalidate()
    engine.dispose()
    assert make_url(url).database not in ask(server, "SELECT datname FROM pg_database")


def test_the_server_listens_to_no_network(server: str) -> None:
    assert ask(server, "SHOW listen_addresses") == [""]
    assert folder_of(server).stat().st_mode & 0o077 == 0


def test_nothing_stays_when_the_server_is_no_longer_needed() -> None:
    with running_postgres() as url:
        assert folder_of(url).exists()
    assert not folder_of(url).exists()


def test_nothing_stays_when_a_test_run_is_killed() -> None:
    code = (
        "from tests.postgres import running_postgres\n"
        "with running_postgres() as url:\n"
        "    print(url, flush=True)\n"
        "    input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        folder = folder_of(run.stdout.readline().strip())
        assert folder.exists()
        run.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not folder.exists()


def test_the_next_server_removes_what_a_killed_guard_left() -> None:
    with subprocess.Popen(
        [sys.executable, str(GUARD), "5432"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as guard:
        assert guard.stdout is not None
        left = Path(guard.stdout.readline().strip().removeprefix("ready "))
        connection = psycopg.connect(host=str(left), port=5432, user="postgres")
        guard.kill()
    connection.execute("SELECT 1")
    with running_postgres():
        assert not left.exists()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    connection.close()
