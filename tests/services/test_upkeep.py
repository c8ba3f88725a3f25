"""Preparing and opening an installation; and when it cannot be, a sentence that says what to do."""

import os
import stat
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from clinic.keyring.errors import KeyProblemError
from clinic.keyring.master import from_recovery_code, new_master_key, write_master_key
from clinic.services import upkeep
from clinic.services.upkeep import StartError, StorageFullError, storage_problem
from tests.factories import at_work, case_of
from tests.services.state import whole_state

NOWHERE = "postgresql+psycopg://nobody:hidden-word@127.0.0.1:1/records"

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"])
both_ways = pytest.mark.parametrize("start", [upkeep.open_records, upkeep.prepare_records])


def refusal(start, place):
    """Give the sentence with which a start is refused."""
    with pytest.raises(StartError) as refused:
        start(place)
    return str(refused.value)


def printed_code(place):
    """Read the code off the sheet as a person would: the lines that stand apart."""
    sheet = place.key_file.with_name(upkeep.SHEET_NAME).read_text(encoding="utf-8")
    return " ".join(line for line in sheet.splitlines() if line.startswith(" " * 8))


def test_a_first_start_makes_key_sheet_and_tables(new_place):
    store = upkeep.prepare_records(new_place)
    with store.session(writes=False) as db:
        kinds = {row[0] for row in whole_state(db)}
        assert kinds == {"AuditHead", "DataKey"}, "the start of the audit log and a data key"
    store.engine.dispose()
    sheet = new_place.key_file.with_name(upkeep.SHEET_NAME)
    for secret in (new_place.key_file, sheet):
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(new_place.data_folder.stat().st_mode) == 0o700


def test_a_second_start_changes_nothing(new_place):
    def start():
        store = upkeep.prepare_records(new_place)
        with store.session(writes=False) as db:
            state = whole_state(db)
        store.engine.dispose()
        secrets = [path.read_bytes() for path in sorted(new_place.key_file.parent.iterdir())]
        return state, secrets

    assert start() == start()


def test_preparing_records_in_use_keeps_every_row(place, store):
    with store.session(writes=False) as db:
        before = whole_state(db)
    upkeep.prepare_records(place).engine.dispose()
    with store.session(writes=False) as db:
        assert whole_state(db) == before


def test_the_printed_sheet_brings_a_lost_key_back(new_place):
    store = upkeep.prepare_records(new_place)
    store.engine.dispose()
    code = printed_code(new_place)
    new_place.key_file.unlink()
    assert "restore-key" in refusal(upkeep.open_records, new_place)
    upkeep.restore_key(new_place, from_recovery_code(code))
    again = upkeep.open_records(new_place)
    assert again.master == store.master
    again.engine.dispose()
    assert stat.S_IMODE(new_place.key_file.stat().st_mode) == 0o600


def test_a_restored_key_never_replaces_another(place, key_file):
    before = key_file.read_bytes()
    with pytest.raises(KeyProblemError, match="already a key"):
        upkeep.restore_key(place, new_master_key())
    assert key_file.read_bytes() == before


@both_ways
def test_records_without_their_key_are_left_alone(start, place, tmp_path):
    lost = replace(place, key_file=tmp_path / "lost" / "master.key")
    assert "is missing" in refusal(start, lost)
    assert not lost.key_file.parent.exists(), "no other key and no other sheet was made"


@both_ways
def test_another_installation_s_key_is_refused(start, place, tmp_path):
    other = replace(place, key_file=tmp_path / "other" / "master.key")
    write_master_key(other.key_file, new_master_key())
    sentence = refusal(start, other)
    assert "right key" in sentence or "does not belong" in sentence
    assert os.listdir(other.key_file.parent) == ["master.key"]


@both_ways
def test_a_damaged_key_is_refused_and_kept_for_whoever_can_mend_it(start, place, tmp_path):
    damaged = replace(place, key_file=tmp_path / "damaged" / "master.key")
    write_master_key(damaged.key_file, new_master_key())
    content = damaged.key_file.read_bytes()[:-9]
    damaged.key_file.write_bytes(content)
    assert "is damaged" in refusal(start, damaged)
    assert damaged.key_file.read_bytes() == content


@both_ways
def test_a_key_that_others_can_read_is_refused(start, place, tmp_path):
    loose = replace(place, key_file=tmp_path / "loose" / "master.key")
    write_master_key(loose.key_file, new_master_key())
    loose.key_file.chmod(0o644)
    assert f"chmod 600 {loose.key_file}" in refusal(start, loose)


@sqlite_only
@both_ways
def test_a_damaged_database_is_refused_and_left_as_it_is(start, place):
    file = place.database_file()
    content = bytearray(file.read_bytes())
    content[100:200] = b"\0" * 100
    file.write_bytes(content)
    assert "restore a backup" in refusal(start, place)
    assert file.read_bytes() == content


@sqlite_only
@both_ways
def test_a_database_that_is_another_kind_of_file_is_refused(start, place):
    place.database_file().write_text("a letter", encoding="utf-8")
    assert "cannot be read with this key" in refusal(start, place)
    assert place.database_file().read_text(encoding="utf-8") == "a letter"


@sqlite_only
def test_a_server_that_cannot_be_reached_leaves_nothing_behind(new_place):
    away = replace(new_place, database_url=NOWHERE)
    sentence = refusal(upkeep.prepare_records, away)
    assert "cannot be reached" in sentence
    assert "hidden-word" not in sentence
    assert not away.key_file.parent.exists()


@sqlite_only
def test_a_server_that_went_away_is_named_when_opening(place):
    sentence = refusal(upkeep.open_records, replace(place, database_url=NOWHERE))
    assert "127.0.0.1" in sentence
    assert "hidden-word" not in sentence


def test_records_that_were_never_prepared_are_not_opened(new_place):
    write_master_key(new_place.key_file, new_master_key())
    new_place.data_folder.mkdir()
    assert "flask --app wsgi migrate" in refusal(upkeep.open_records, new_place)


@pytest.mark.parametrize(
    ("revision", "advice"),
    [("0003", "flask --app wsgi migrate"), ("9999", "newer")],
)
def test_records_of_another_version_are_not_opened(revision, advice, place, store):
    with store.engine.begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))  # noqa: S608
    assert advice in refusal(upkeep.open_records, place)


def test_records_of_a_newer_version_are_not_touched(place, store):
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with store.session(writes=False) as db:
        before = whole_state(db)
    assert "Start the newer one" in refusal(upkeep.prepare_records, place)
    with store.session(writes=False) as db:
        assert whole_state(db) == before


@both_ways
def test_records_whose_data_keys_were_lost_are_refused(start, place, store):
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM data_key"))
    assert "data keys are missing" in refusal(start, place)
    with store.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM data_key")) == 0


@both_ways
def test_records_whose_data_key_was_damaged_are_refused(start, place, store):
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE data_key SET wrapped = :cut").bindparams(cut=b"cut"))
    assert "does not belong" in refusal(start, place)


def test_a_start_cut_short_after_the_key_makes_the_sheet_next_time(new_place):
    key = new_master_key()
    write_master_key(new_place.key_file, key)
    upkeep.prepare_records(new_place).engine.dispose()
    assert from_recovery_code(printed_code(new_place)) == key


def test_a_start_cut_short_before_the_data_key_is_finished_next_time(new_place):
    store = upkeep.prepare_records(new_place)
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM data_key"))
    store.engine.dispose()
    assert "data keys are missing" in refusal(upkeep.open_records, new_place)
    upkeep.prepare_records(new_place).engine.dispose()
    upkeep.open_records(new_place).engine.dispose()


def test_the_sheet_once_thrown_away_is_not_made_again(new_place):
    upkeep.prepare_records(new_place).engine.dispose()
    sheet = new_place.key_file.with_name(upkeep.SHEET_NAME)
    sheet.unlink()
    upkeep.prepare_records(new_place).engine.dispose()
    assert not sheet.exists()


@sqlite_only
def test_a_file_where_the_data_folder_should_be_is_refused(new_place):
    new_place.data_folder.parent.mkdir()
    new_place.data_folder.write_text("a letter", encoding="utf-8")
    assert str(new_place.data_folder) in refusal(upkeep.prepare_records, new_place)
    assert not new_place.key_file.exists()


@sqlite_only
def test_a_folder_where_the_database_should_be_is_refused(place):
    place.database_file().unlink()
    place.database_file().mkdir()
    assert str(place.database_file()) in refusal(upkeep.open_records, place)


def test_what_was_prepared_opens_and_reads(place, ines):
    store = upkeep.open_records(place)
    with at_work(store, ines) as db:
        assert case_of(db, ines).title == "Mara and Jonas"
    store.engine.dispose()


def test_a_place_knows_its_database_file(place, engine_name):
    assert (place.database_file() is None) == (engine_name == "postgresql")


@pytest.mark.parametrize(
    ("said", "full"),
    [
        ("database or disk is full", True),
        ('could not extend file "base/1": No space left on device', True),
        ("database is locked", False),
        ("the connection was full of noise", False),
    ],
)
def test_a_full_disk_is_told_from_other_faults(said, full):
    fault = OperationalError("INSERT INTO full_disk", {}, Exception(said))
    assert isinstance(storage_problem(fault), StorageFullError) == full


def test_any_other_fault_stays_what_it_was():
    fault = ValueError("database or disk is full")
    assert storage_problem(fault) is fault
