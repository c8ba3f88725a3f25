"""Encrypted columns: text that only opens with the right keyring, in its own row."""

from typing import Any, Protocol, cast, overload

from sqlalchemy import LargeBinary
from sqlalchemy.orm import MappedColumn, mapped_column, object_session
from sqlalchemy.orm.attributes import set_attribute

from clinic.domain.visibility import Layer
from clinic.keyring.ring import Keyring, Place


class Sealable(Protocol):
    """A row that can hold sealed text."""

    __tablename__: str
    public_id: str

    def sealing_person(self) -> str:
        """Name whose key seals its personal text."""


class EncryptedText:
    """A text column stored only as ciphertext, bound to table, column, row and person.

    Its layer is fixed, or, with `layer=None`, read from the row's own `layer`. What is set is
    sealed when the session writes; what is read is opened with that session's keyring, which
    raises ClosedLayerError when it was made for an audience that must not read it.
    """

    def __init__(self, layer: Layer | None, *, empty: bool = False) -> None:
        self.layer = layer
        self.nullable = empty

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.stored_as = f"sealed_{name}"

    def column(self, name: str) -> MappedColumn[Any]:
        """Make the column that holds the ciphertext."""
        return mapped_column(name, LargeBinary, nullable=self.nullable)

    @overload
    def __get__(self, row: None, owner: type) -> "EncryptedText": ...
    @overload
    def __get__(self, row: object, owner: type) -> str: ...
    def __get__(self, row: object | None, owner: type) -> "EncryptedText | str":
        if row is None:
            return self
        waiting = self._waiting(row)
        if waiting is not None:
            return waiting
        sealed = getattr(row, self.stored_as)
        return keyring_of(row).open(sealed, self.place(cast("Sealable", row))) if sealed else ""

    def __set__(self, row: object, text: str) -> None:
        row.__dict__[f"plain_{self.name}"] = text
        # Something must change in the mapped column, or the session would not write the row.
        set_attribute(row, self.stored_as, b"")

    def seal(self, row: Sealable, keyring: Keyring) -> None:
        """Replace what waits in memory by its ciphertext, just before it is written."""
        text = self._waiting(row)
        row.__dict__.pop(f"plain_{self.name}", None)
        if text is not None:
            empty = not text and self.nullable
            sealed = None if empty else keyring.seal(text, self.place(row))
            set_attribute(row, self.stored_as, sealed)

    def _waiting(self, row: object) -> str | None:
        # A rollback or a refresh takes the mark away: then what was set has been undone.
        marked = row.__dict__.get(self.stored_as) == b""
        return row.__dict__.get(f"plain_{self.name}") if marked else None

    def place(self, row: Sealable) -> Place:
        """Name the one place where this text opens."""
        layer = self.layer or cast("Layer", row.layer)  # type: ignore[attr-defined]
        return Place(row.__tablename__, self.name, row.public_id, layer, row.sealing_person())


def sealed_texts(kind: type) -> list[EncryptedText]:
    """List the encrypted columns of a table."""
    return [text for text in vars(kind).values() if isinstance(text, EncryptedText)]


def keyring_of(row: object) -> Keyring:
    """Find the keyring of the session a row was read with."""
    session = object_session(row)
    if session is None:
        raise LookupError("a sealed text opens only within its session")
    return cast("Keyring", session.info["keyring"]())
