"""The opened store: database and keys together, and the sessions that work on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from clinic.keyring.errors import KeyProblemError
from clinic.keyring.master import MasterKey
from clinic.keyring.ring import Keyring, practice_keyring
from clinic.models.engine import READS, open_engine
from clinic.models.keys import DataKey
from clinic.models.scope import ScopedSession


@dataclass
class Store:
    """One installation's records: where sessions come from, and the keys they are given."""

    engine: Engine
    master: MasterKey = field(repr=False)
    _data_keys: Mapping[int, bytes] = field(default_factory=dict, repr=False)

    def session(self, *, writes: bool) -> ScopedSession:
        """Begin a piece of work. One that only reads never waits for one that writes."""
        engine = self.engine if writes else self.engine.execution_options(**{READS: True})
        return ScopedSession(engine, audit_key=self.master.derive("audit"))

    def keyring(self, practice: str) -> Keyring:
        """Make the whole keyring of a practice, by its public id."""
        if not self._data_keys:
            self._data_keys = self._read_data_keys()
        return practice_keyring(practice, self._data_keys)

    def _read_data_keys(self) -> dict[int, bytes]:
        with Session(self.engine) as session:
            rows = session.scalars(select(DataKey)).all()
            if not rows:
                raise KeyProblemError(
                    "The data keys are missing from the database. Restore a backup."
                )
            return {row.version: self.master.unwrap(row.wrapped, row.version) for row in rows}


def open_store(database_url: str, master: MasterKey) -> Store:
    """Open the database with the master key's own file key."""
    return Store(open_engine(database_url, master.derive("database file")), master)
