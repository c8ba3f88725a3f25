"""Getting the records ready: keys at first run, tables up to date, and clear words when not."""

import errno
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, OperationalError

from clinic.keyring.derivation import KEY_BYTES
from clinic.keyring.errors import KeyProblemError
from clinic.keyring.master import (
    MasterKey,
    new_master_key,
    read_master_key,
    recovery_code,
    write_master_key,
)
from clinic.models.accounts import Practice
from clinic.models.engine import READS, open_engine
from clinic.models.keys import DataKey
from clinic.models.store import Store, open_store

ROOT = Path(__file__).resolve().parents[2]
SHEET_NAME = "recovery-sheet.txt"
DISK_FULL = "The disk with {} is full. Free some space and start again."


class StartError(Exception):
    """Undercurrent cannot start; the message says what to do."""


@dataclass(frozen=True)
class Place:
    """Where an installation keeps its records and its key."""

    data_folder: Path
    key_file: Path
    database_url: str

    def database_file(self) -> Path | None:
        """Give the SQLite file, or None on a database server."""
        url = make_url(self.database_url)
        return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def open_records(place: Place) -> Store:
    """Open an installation that has been prepared, or raise StartError saying what is wrong."""
    return _saying_what_to_do(place, lambda: _opened(place))


def prepare_records(place: Place) -> Store:
    """Make key, folder and tables where they are missing, and bring the tables up to date."""
    return _saying_what_to_do(place, lambda: _prepared(place))


def open_store_at(place: Place) -> Store:
    """Open the store with the key file, whatever state its tables are in."""
    return open_store(place.database_url, read_master_key(place.key_file))


def restore_key(place: Place, key: MasterKey) -> None:
    """Put back a key typed in from the recovery sheet."""
    write_master_key(place.key_file, key)


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to a revision, each step in a transaction of its own."""
    command.upgrade(alembic_config(engine), revision)


def alembic_config(engine: Engine) -> Config:
    """Tell alembic where the migrations are, and give it the opened database."""
    config = Config(toml_file=str(ROOT / "pyproject.toml"))
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["engine"] = engine
    return config


@cache
def newest_revision() -> str | None:
    """Name the revision that this program works with."""
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head()


def _opened(place: Place) -> Store:
    store = open_store_at(place)
    with _closed_on_a_fault(store):
        _check(store)
    return store


def _prepared(place: Place) -> Store:
    place.data_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if _is_new(place):
        _make_key(place.key_file)
    store = open_store_at(place)
    with _closed_on_a_fault(store):
        migrate(store.engine)
        _make_first_data_key(store)
        _check(store)
    return store


def _is_new(place: Place) -> bool:
    file = place.database_file()
    if file is not None:
        return not file.exists()
    engine = open_engine(place.database_url, b"")
    try:
        return not inspect(engine).has_table("data_key")
    finally:
        engine.dispose()


def _make_key(key_file: Path) -> None:
    # A start that was cut short may have left a key without its sheet: then the sheet is made now.
    if not key_file.exists():
        write_master_key(key_file, new_master_key())
    key = read_master_key(key_file)
    sheet = key_file.with_name(SHEET_NAME)
    sheet.touch(mode=0o600)
    sheet.write_text(recovery_sheet(key, key_file), encoding="utf-8")


def recovery_sheet(key: MasterKey, key_file: Path) -> str:
    """Write the sheet that a practice prints once and keeps in its safe."""
    groups = recovery_code(key).split()
    rows = ["   ".join(groups[start : start + 4]) for start in range(0, len(groups), 4)]
    code = "\n".join(f"        {row}" for row in rows)
    return (
        "UNDERCURRENT RECOVERY SHEET\n\n"
        "Print this sheet, keep it in your safe, then delete this file.\n"
        "Without the key your records cannot be read by anyone, you included.\n"
        "Whoever has this sheet and your database can read everything in it.\n\n"
        f"{code}\n\n"
        f"The key belongs at {key_file}.\n"
        "If that file is lost, type the sheet in with: flask --app wsgi restore-key\n"
    )


def _make_first_data_key(store: Store) -> None:
    with store.session(writes=True) as db, db.as_system():
        if db.scalars(select(DataKey)).first() is None:
            if db.scalars(select(Practice)).first() is not None:
                raise StartError("The data keys are missing from the database. Restore a backup.")
            wrapped = store.master.wrap(secrets.token_bytes(KEY_BYTES), 1)
            db.add(DataKey(version=1, wrapped=wrapped))
            db.commit()


def _check(store: Store) -> None:
    with store.engine.execution_options(**{READS: True}).connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        raise StartError("The database is empty. Prepare it with: flask --app wsgi migrate")
    if revision != newest_revision():
        raise StartError(
            "The database is not up to date with this Undercurrent, or is newer. Bring it up to"
            " date with: flask --app wsgi migrate"
        )
    store.keyring("")


@contextmanager
def _closed_on_a_fault(store: Store) -> Iterator[None]:
    try:
        yield
    except BaseException:
        store.engine.dispose()
        raise


def _saying_what_to_do(place: Place, work: Callable[[], Store]) -> Store:
    try:
        return work()
    except KeyProblemError as fault:
        raise StartError(str(fault)) from fault
    except PermissionError as fault:
        raise StartError(
            f"{fault.filename} may not be written by this account. Choose another folder with"
            " UNDERCURRENT_DATA and UNDERCURRENT_KEY, or change its owner."
        ) from fault
    except OSError as fault:
        raise StartError(_about_disk(place, fault)) from fault
    except CommandError as fault:
        raise StartError(
            "The database was written by a newer Undercurrent than this one. Start the newer one."
        ) from fault
    except OperationalError as fault:
        raise StartError(_about_connection(place, fault)) from fault
    except DatabaseError as fault:
        raise StartError(
            f"The database {place.database_file() or 'server'} cannot be read with this key. Either"
            " the key file is another installation's, or the database is damaged: put back the"
            " right key, or restore a backup."
        ) from fault


def _about_connection(place: Place, fault: OperationalError) -> str:
    if isinstance(storage_problem(fault), StorageFullError):
        return DISK_FULL.format(place.data_folder)
    if place.database_file():
        return f"The database {place.database_file()} cannot be used: {fault.orig}."
    return (
        "The database cannot be reached. Check that it runs and that DATABASE_URL is right:"
        f" {make_url(place.database_url).render_as_string(hide_password=True)}"
    )


def _about_disk(place: Place, fault: OSError) -> str:
    if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DISK_FULL.format(place.data_folder)
    return f"{place.data_folder} or {place.key_file} cannot be used: {fault.strerror}."


class StorageFullError(Exception):
    """There is no room left to save."""


def storage_problem(fault: Exception) -> Exception:
    """Turn a database's way of saying "the disk is full" into StorageFullError."""
    if isinstance(fault, OperationalError):
        said = str(fault.orig).lower()
        if "disk is full" in said or "no space left" in said:
            return StorageFullError()
    return fault
