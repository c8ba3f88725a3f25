"""The boundary of a practice: a session sees and writes one practice's rows, or says no.

Filtering alone leaks in seven of twenty-four query shapes (security.md 3.9). So the session also
refuses whatever it cannot filter, guards every write, and the tables carry composite foreign keys.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql.dml import Delete, Update
from sqlalchemy.sql.selectable import Select

from clinic.domain.visibility import Audience
from clinic.keyring.ring import Keyring
from clinic.models.base import OfPractice, new_public_id
from clinic.models.partners import OfPartner
from clinic.models.sealed import sealed_texts

Row = TypeVar("Row")


class ScopeError(Exception):
    """A query or a write that does not say, or oversteps, whose records it is about."""


@dataclass(frozen=True)
class Scope:
    """Whose records a session may touch, for whom, and with which keys."""

    practice_id: int
    audience: Audience
    keyring: Keyring
    clinician_id: int | None = None
    #: Set where a partner is at work: then nobody else's own rows are read or written.
    partner_id: int | None = None


class ScopedSession(Session):
    """A session that belongs to one practice from the moment `enter` is called."""

    def __init__(self, *args: Any, audit_key: bytes = b"", **options: Any) -> None:
        super().__init__(*args, **options)
        self.audit_key = audit_key
        self._scope: Scope | None = None
        self._system = 0
        self.info["keyring"] = lambda: self.scope.keyring

    @property
    def scope(self) -> Scope:
        """Give the scope, or raise ScopeError when nobody has set one."""
        if self._scope is None:
            raise ScopeError("no practice has been set for this session")
        return self._scope

    def enter(self, scope: Scope) -> None:
        """Set whose records this session is about, once and for all."""
        if self._scope is not None:
            raise ScopeError("a session never changes its practice")
        self._scope = scope

    @contextmanager
    def as_system(self) -> Iterator[None]:
        """Work across practices, for what has none yet: sign-in, set-up, upkeep."""
        self._system += 1
        try:
            yield
        finally:
            self._system -= 1

    @property
    def is_system(self) -> bool:
        """Tell whether the session works across practices just now."""
        return self._system > 0

    def connection(self, *args: Any, **options: Any) -> Connection:
        """Refuse: a bare connection is not filtered."""
        if not self.is_system:
            raise ScopeError("a bare connection sees every practice")
        return super().connection(*args, **options)

    def get(self, entity: type[Row] | Mapper[Row], ident: Any, **options: Any) -> Row | None:
        """Find a row by its inner id; one of another practice that is in memory stays unseen."""
        row = super().get(entity, ident, **options)
        if self.is_system or not isinstance(row, OfPractice):
            return row
        return row if row.practice_id == self.scope.practice_id else None

    def bulk_save_objects(self, *_args: Any, **_options: Any) -> None:
        """Refuse: rows written in bulk are neither guarded nor sealed."""
        raise ScopeError("rows written in bulk are neither guarded nor sealed")

    bulk_insert_mappings = bulk_save_objects
    bulk_update_mappings = bulk_save_objects


def _filtered(state: ORMExecuteState) -> bool:
    statement = state.statement
    return state.is_orm_statement and isinstance(statement, Select | Update | Delete)


@event.listens_for(ScopedSession, "do_orm_execute")
def keep_inside(state: ORMExecuteState) -> None:
    """Add the practice to every query; refuse the shapes to which it cannot be added."""
    session = state.session
    if not isinstance(session, ScopedSession) or session.is_system:
        return
    practice_id = session.scope.practice_id
    if state.is_column_load or state.is_relationship_load:
        return
    if not _filtered(state):
        raise ScopeError("only queries on mapped classes can be kept within a practice")
    state.statement = state.statement.options(
        with_loader_criteria(
            OfPractice, lambda row: row.practice_id == practice_id, include_aliases=True
        )
    )
    partner_id = session.scope.partner_id
    if partner_id is not None:
        state.statement = state.statement.options(
            with_loader_criteria(
                OfPartner, lambda row: row.partner_id == partner_id, include_aliases=True
            )
        )


@event.listens_for(ScopedSession, "before_flush")
def guard_and_seal(session: ScopedSession, _context: object, _rows: object) -> None:
    """Write rows of this practice only, and every sealed text as ciphertext."""
    rows = [
        row
        for row in (*session.new, *session.dirty, *session.deleted)
        if isinstance(row, OfPractice)
    ]
    for row in rows:
        row.public_id = row.public_id or new_public_id()
        if not session.is_system:
            _keep_in_practice(row, session.scope.practice_id)
            _keep_to_owner(row, session.scope.partner_id)
    for row in rows:
        for text in sealed_texts(type(row)):
            text.seal(row, session.scope.keyring)  # type: ignore[arg-type]


def _keep_in_practice(row: OfPractice, practice_id: int) -> None:
    known: int | None = row.practice_id
    if known is None:
        row.practice_id = practice_id
    elif known != practice_id:
        raise ScopeError("that row belongs to another practice")


def _keep_to_owner(row: OfPractice, partner_id: int | None) -> None:
    if partner_id is not None and not row.may_be_written_by(partner_id):
        raise ScopeError("a partner writes only what is that partner's own")
