"""The audit log only grows, and whatever is done to it behind its back shows."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from clinic.models.audit import AuditHead, AuditLine
from clinic.models.scope import ScopeError
from clinic.services import audit
from clinic.services.audit import Read
from tests.factories import at_work

DROPPED = {
    "sqlite": [f"DROP TRIGGER audit_line_no_{act}" for act in ("update", "delete", "replace")],
    "postgresql": ["DROP TRIGGER audit_line_only_grows ON audit_line"],
}

#: What somebody with the database in hand might write into a column.
EDITS = {
    "number": "number + 1000",
    "at": "'2001-01-01 00:00:00+00:00'",
    "practice_id": "7",
    "clinician_id": "NULL",
    "action": "'case.shut'",
    "subject": "'somebody else'",
    "previous": "digest",
    "digest": "'0'",
}

LINE = "at, practice_id, clinician_id, 'nothing', subject, previous"

#: Ways to put a line in another's place, by its number or by its digest.
REPLACING = {
    "sqlite": [
        f"INSERT OR REPLACE INTO audit_line SELECT number, {LINE}, 'd' FROM audit_line"  # noqa: S608
        " WHERE number = 2",
        f"INSERT OR REPLACE INTO audit_line SELECT 9999, {LINE}, digest FROM audit_line"  # noqa: S608
        " WHERE number = 2",
    ],
    "postgresql": [
        "INSERT INTO audit_line SELECT * FROM audit_line WHERE number = 2"
        " ON CONFLICT (number) DO UPDATE SET action = 'nothing'",
        f"INSERT INTO audit_line SELECT 9999, {LINE}, digest FROM audit_line WHERE number = 2"  # noqa: S608
        " ON CONFLICT (digest) DO UPDATE SET action = 'nothing'",
    ],
}


@pytest.fixture
def lines(store, ines):
    """The numbers of a chain of at least six lines."""
    with at_work(store, ines) as db:
        for step in range(6):
            audit.record(db, "case.read", f"case-{step}")
        db.commit()
        return db.scalars(select(AuditLine.number).order_by(AuditLine.number)).all()


def tamper(store, engine_name, *statements):
    with store.engine.begin() as connection:
        for statement in (*DROPPED[engine_name], *statements):
            connection.execute(text(statement))


def broken(store):
    with store.session(writes=False) as db:
        return audit.first_broken_line(db)


def test_a_whole_chain_has_no_broken_line(store, lines):
    assert len(lines) >= 6
    assert broken(store) is None


def test_a_log_without_lines_is_whole(blank):
    assert broken(blank) is None


def test_dropping_the_triggers_alone_breaks_nothing(store, lines, engine_name):
    tamper(store, engine_name)
    assert broken(store) is None


@pytest.mark.parametrize("column", EDITS)
def test_an_edited_column_is_found_in_its_line(column, store, lines, engine_name):
    third = lines[2]
    tamper(
        store,
        engine_name,
        f"UPDATE audit_line SET {column} = {EDITS[column]} WHERE number = {third}",  # noqa: S608
    )
    assert broken(store) == third


def test_every_column_is_edited_above():
    assert set(EDITS) == {column.name for column in AuditLine.__table__.columns}


@pytest.mark.parametrize("index", [0, 1, 3, -2, -1])
def test_a_removed_line_is_found_at_either_end_and_in_the_middle(index, store, lines, engine_name):
    gone = lines[index]
    tamper(store, engine_name, f"DELETE FROM audit_line WHERE number = {gone}")  # noqa: S608
    assert broken(store) == gone


def test_a_log_that_was_emptied_is_found(store, lines, engine_name):
    tamper(store, engine_name, "DELETE FROM audit_line")
    assert broken(store) == 1


def test_a_lost_end_of_the_chain_is_found(store, lines, engine_name):
    tamper(store, engine_name, "DELETE FROM audit_head")
    assert broken(store) == lines[-1] + 1


def test_a_tail_cut_off_together_with_its_count_is_found_by_the_head_s_digest(
    store, lines, engine_name
):
    last = lines[-1]
    tamper(
        store,
        engine_name,
        f"DELETE FROM audit_line WHERE number = {last}",  # noqa: S608
        "UPDATE audit_head SET count = count - 1",
    )
    assert broken(store) == last


def test_two_lines_that_changed_places_are_found(store, lines, engine_name):
    second, third = lines[1], lines[2]
    tamper(
        store,
        engine_name,
        f"UPDATE audit_line SET number = 0 WHERE number = {second}",  # noqa: S608
        f"UPDATE audit_line SET number = {second} WHERE number = {third}",  # noqa: S608
        f"UPDATE audit_line SET number = {third} WHERE number = 0",  # noqa: S608
    )
    assert broken(store) == second


def test_a_line_chained_without_the_key_is_found(store, lines, engine_name, ines):
    with at_work(store, ines) as db, db.as_system():
        head = db.get_one(AuditHead, 1)
        line = AuditLine(
            number=head.count + 1,
            at=dt.datetime.now(dt.UTC),
            action="case.read",
            subject="",
            previous=head.digest,
        )
        line.digest = audit.digest(line, b"guessed")
        db.add(line)
        head.count, head.digest = line.number, line.digest
        db.commit()
    assert broken(store) == lines[-1] + 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_line SET action = 'nothing'",
        "UPDATE audit_line SET action = action WHERE number = 2",
        "DELETE FROM audit_line",
        "DELETE FROM audit_line WHERE number = 2",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete_a_line(statement, store, lines):
    with store.engine.connect() as connection, pytest.raises(DBAPIError, match="only grows"):
        connection.execute(text(statement))
    assert broken(store) is None


@pytest.mark.parametrize("way", [0, 1], ids=["by number", "by digest"])
def test_the_database_itself_refuses_to_replace_a_line(way, store, lines, engine_name):
    with store.engine.connect() as connection, pytest.raises(DBAPIError, match="only grows"):
        connection.execute(text(REPLACING[engine_name][way]))
    assert broken(store) is None


@pytest.mark.parametrize("statement", REPLACING["sqlite"], ids=["by number", "by digest"])
@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_line_is_not_replaced_on_a_connection_without_our_settings_either(
    statement, store, lines
):
    connection = store.engine.raw_connection()
    connection.execute("PRAGMA recursive_triggers=OFF")
    with pytest.raises(store.engine.dialect.loaded_dbapi.Error, match="only grows"):
        connection.execute(statement)
    connection.close()
    assert broken(store) is None


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_the_log_is_not_emptied_at_a_stroke(store, lines):
    with store.engine.connect() as connection, pytest.raises(DBAPIError, match="only grows"):
        connection.execute(text("TRUNCATE audit_line"))
    assert broken(store) is None


def test_a_second_line_with_the_same_number_or_digest_is_refused(store, lines):
    with store.engine.connect() as connection:
        line = dict(connection.execute(select(AuditLine.__table__)).mappings().first())
        for changes in ({"number": 9999}, {"digest": "0"}):
            with pytest.raises(DBAPIError), connection.begin_nested():
                connection.execute(insert(AuditLine.__table__).values(line | changes))
    assert broken(store) is None


def test_lines_added_at_the_same_moment_keep_one_chain(store, cast):
    def add(person):
        for step in range(5):
            with at_work(store, person) as db:
                audit.record(db, "case.read", f"{step}")
                audit.record(db, "case.read", f"{step} again")
                db.commit()

    people = list(cast.values()) * 3
    with store.session(writes=False) as db, db.as_system():
        before = db.get_one(AuditHead, 1).count
    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(add, people))
    with store.session(writes=False) as db, db.as_system():
        assert db.get_one(AuditHead, 1).count == before + len(people) * 10
    assert broken(store) is None


def test_the_first_line_of_a_log_begins_the_chain(blank):
    with blank.session(writes=True) as db, db.as_system():
        audit.record(db, "sign-in.refused")
        db.commit()
        line = db.scalars(select(AuditLine)).one()
        assert (line.number, line.previous) == (1, audit.START)
        assert (line.practice_id, line.clinician_id, line.subject) == (None, None, "")
    assert broken(blank) is None


def test_a_line_that_is_not_committed_never_was(store, ines, lines):
    with at_work(store, ines) as db:
        audit.record(db, "case.read", "undone")
    with at_work(store, ines) as db:
        assert db.scalars(select(AuditLine).where(AuditLine.subject == "undone")).all() == []
    assert broken(store) is None


def test_a_line_needs_to_know_who_acts(store):
    with store.session(writes=True) as db, pytest.raises(ScopeError):
        audit.record(db, "case.read")


def test_what_was_read_is_written_down_once_each_in_order(store, ines):
    with at_work(store, ines) as db:
        for subject in ("one", "two", "one"):
            audit.note_read(db, "case.read", subject)
        audit.record_reads(db, audit.reads_of(db))
    with at_work(store, ines) as db:
        read = db.scalars(select(AuditLine).order_by(AuditLine.number.desc()).limit(2)).all()
        assert [(line.action, line.subject) for line in reversed(read)] == [
            ("case.read", "one"),
            ("case.read", "two"),
        ]
        assert {line.clinician_id for line in read} == {ines.id}


def test_a_session_in_which_nothing_was_read_lists_nothing(db):
    assert audit.reads_of(db) == []
    audit.note_read(db, "case.read", "one")
    assert audit.reads_of(db) == [Read("case.read", "one")]
