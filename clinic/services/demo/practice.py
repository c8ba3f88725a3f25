"""Making the demo practice: whole or not at all, and never beside another practice.

All of it is one transaction of the database, within which the services' own commits are no more
than savepoints. A start that is cut off leaves nothing behind, so a demo that is there is complete.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from clinic.content.vignettes_loader import Demo
from clinic.content.vignettes_schema import ClinicianRow
from clinic.models.accounts import Clinician, Practice
from clinic.models.base import new_public_id
from clinic.models.scope import ScopedSession
from clinic.models.store import Store
from clinic.services import accounts, audit
from clinic.services.demo.cases import bring_in
from clinic.services.errors import RefusedError
from clinic.services.passwords import check_password, hash_password, matches


@dataclass(frozen=True)
class SignIn:
    """How somebody signs in to the demo; no password where it was changed since."""

    clinician: str
    email: str
    password: str | None = field(repr=False)


def prepare_demo(store: Store, demo: Demo, today: dt.date) -> Sequence[SignIn]:
    """Make the demo practice unless it is there already, and tell who can sign in.

    Raises RefusedError, and changes nothing, when the database holds any other practice.
    """
    # Read now: once the transaction has begun, SQLite lets no second connection in.
    store.keyring("")
    try:
        _make_unless_there(store, demo, today)
    except IntegrityError:
        # PostgreSQL lets two starts begin at once. The quicker one has made it by now.
        _make_unless_there(store, demo, today)
    return _sign_ins(store, demo)


def _make_unless_there(store: Store, demo: Demo, today: dt.date) -> None:
    with store.engine.begin() as connection:
        with _session(store, connection) as db, db.as_system():
            names = list(db.scalars(select(Practice.name)))
        if not names:
            _fill(store, connection, demo, today)
        elif names != [demo.practice.name]:
            raise RefusedError(
                "This database holds a practice of its own, so the demo stays out of it. Start the"
                " demo with script/demo, which keeps it in a folder apart"
            )


def _session(store: Store, connection: Connection) -> ScopedSession:
    """Begin a piece of work inside the one transaction; its commits wait for that one's end."""
    return ScopedSession(
        connection,
        audit_key=store.master.derive("audit"),
        join_transaction_mode="create_savepoint",
    )


def _fill(store: Store, connection: Connection, demo: Demo, today: dt.date) -> None:
    with _session(store, connection) as db, db.as_system():
        practice = Practice(
            public_id=new_public_id(),
            name=demo.practice.name,
            resource_line=demo.practice.resource_line,
        )
        ids = [_add_clinician(db, practice, row) for row in demo.practice.clinicians]
        audit.record(db, "practice.created", practice.public_id, ids[0])
        db.commit()
    for id_, row in zip(ids, demo.practice.clinicians, strict=True):
        with _session(store, connection) as db:
            with db.as_system():
                clinician = db.get_one(Clinician, id_)
            accounts.enter(db, store, clinician)
            for name in row.treats:
                bring_in(db, demo.vignettes[name], demo.concern, today)


def _add_clinician(db: ScopedSession, practice: Practice, row: ClinicianRow) -> int:
    check_password(row.password, (practice.name, row.name, row.email))
    wanted = accounts.NewPractice(practice.name, row.name, row.email, row.password)
    password_hash = hash_password(row.password)
    return accounts.create_clinician(db, practice, wanted, password_hash).id


def _sign_ins(store: Store, demo: Demo) -> Sequence[SignIn]:
    with store.session(writes=False) as db, db.as_system():
        hashes = {row.email: row.password_hash for row in db.scalars(select(Clinician))}
    return [
        SignIn(
            row.name,
            row.email,
            row.password if matches(hashes.get(row.email), row.password) else None,
        )
        for row in demo.practice.clinicians
    ]
