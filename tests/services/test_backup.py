"""A backup is whole, encrypted, and proven; whatever goes wrong leaves no file behind."""

import shutil
from pathlib import Path

import pytest

from clinic.models.store import Store, open_store
from clinic.services import caseload, cases, upkeep
from clinic.services.backup import BackupError, back_up
from tests.cast import Person, enter_as

on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)


@on_sqlite
def test_a_backup_holds_what_was_saved_and_opens_with_the_key(
    store: Store, ines: Person, tmp_path: Path
) -> None:
    target = tmp_path / "backup.db"
    assert back_up(store, target) > 0
    copy = open_store(f"sqlite:///{target}", store.master)
    with copy.session(writes=False) as db:
        enter_as(db, copy, ines.id)
        assert [line.title for line in caseload.list_cases(db).lines] == ["Mara and Jonas"]
    copy.engine.dispose()
    assert b"SQLite format" not in target.read_bytes()[:32]


@on_sqlite
def test_a_backup_never_replaces_a_file(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    target.write_text("something else")
    with pytest.raises(BackupError, match="exists already"):
        back_up(store, target)
    assert target.read_text() == "something else"


@on_sqlite
def test_a_backup_without_a_place_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="could not be written"):
        back_up(store, tmp_path / "no such folder" / "backup.db")
    assert not list(tmp_path.glob("**/*.draft"))


@on_postgresql
def test_postgresql_has_its_own_tool(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="pg_dump"):
        back_up(store, tmp_path / "backup.db")


@on_sqlite
def test_a_restored_backup_is_the_practice_again(
    store: Store, place: upkeep.Place, ines: Person, tmp_path: Path
) -> None:
    back_up(store, tmp_path / "backup.db")
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shutil.copy(tmp_path / "backup.db", folder / "undercurrent.db")
    url = f"sqlite:///{folder / 'undercurrent.db'}"
    restored = upkeep.open_records(upkeep.Place(folder, place.key_file, url))
    with restored.session(writes=False) as db:
        enter_as(db, restored, ines.id)
        assert cases.find_case(db, ines.case_ref).title == "Mara and Jonas"
    restored.engine.dispose()
