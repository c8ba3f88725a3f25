"""The database itself: settings of every connection, waiting writers, and an unreadable file."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DatabaseError

from clinic.keyring.master import new_master_key
from clinic.models.engine import READS, open_engine
from clinic.models.keys import DataKey
from clinic.models.store import open_store

THREADS = 20
WRITES = 20

IN_FORCE = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 15000,
    "secure_delete": 1,
    "trusted_schema": 0,
    "recursive_triggers": 1,
}

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"])


@pytest.fixture
def begun(store):
    """Every way in which a transaction was begun."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        if statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    return seen


@sqlite_only
def test_every_connection_of_the_pool_has_every_setting(store):
    connections = [store.engine.raw_connection() for _ in range(4)]
    for connection in connections:
        for pragma, value in IN_FORCE.items():
            assert connection.execute(f"PRAGMA {pragma}").fetchone() == (value,), pragma
    for connection in connections:
        connection.close()


@sqlite_only
def test_a_session_that_writes_takes_its_turn_at_once(store, begun):
    with store.session(writes=True) as db, db.as_system():
        db.scalars(select(DataKey)).all()
    assert begun == ["BEGIN IMMEDIATE"]


@sqlite_only
def test_a_session_that_only_reads_never_waits_for_one_that_writes(store, begun):
    with store.session(writes=True) as writer, writer.as_system():
        writer.scalars(select(DataKey)).all()
        with store.session(writes=False) as reader, reader.as_system():
            assert reader.scalar(select(func.count()).select_from(DataKey)) == 1
    assert begun == ["BEGIN IMMEDIATE", "BEGIN DEFERRED"]


def test_many_writers_at_once_all_get_through(store):
    with store.session(writes=True) as db, db.as_system():
        db.add(DataKey(version=1000, wrapped=b"0"))
        db.commit()

    def write(_):
        for _ in range(WRITES):
            with store.session(writes=True) as db, db.as_system():
                row = db.get_one(DataKey, 1000, with_for_update=True)
                row.wrapped = str(int(row.wrapped) + 1).encode()
                db.commit()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(write, range(THREADS)))
    with store.session(writes=False) as db, db.as_system():
        assert int(db.get_one(DataKey, 1000).wrapped) == THREADS * WRITES


@sqlite_only
def test_the_file_is_unreadable_without_the_key(store, place):
    file = place.database_file()
    for driver in (sqlite3, sqlcipher):
        connection = driver.connect(file)
        with pytest.raises(driver.DatabaseError, match="not a database"):
            connection.execute("SELECT count(*) FROM sqlite_master")
        connection.close()
    assert b"SQLite format" not in file.read_bytes()


@sqlite_only
def test_the_file_is_unreadable_with_another_key(store, place):
    other = open_store(place.database_url, new_master_key())
    with (
        other.session(writes=False) as db,
        db.as_system(),
        pytest.raises(DatabaseError, match="not a database"),
    ):
        db.scalars(select(DataKey)).all()
    other.engine.dispose()


@sqlite_only
def test_a_rolled_back_change_of_tables_leaves_nothing(store):
    with store.engine.connect() as connection:
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        connection.rollback()
        tables = text("SELECT count(*) FROM sqlite_master WHERE name = 'half'")
        assert connection.scalar(tables) == 0


def test_readers_and_writers_share_one_pool(store):
    reads = store.engine.execution_options(**{READS: True})
    assert reads.pool is store.engine.pool


def test_a_server_needs_no_file_key(settings, engine_name, store):
    if engine_name == "sqlite":
        assert store.engine.dialect.driver == "pysqlite"
        assert store.engine.dialect.loaded_dbapi is sqlcipher
        return
    engine = open_engine(settings.database_url, b"")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM data_key")) == 1
    engine.dispose()
