"""The keyring: which layers of a practice's records a piece of code can open at all.

Text is sealed with AES-256-GCM under a key of its practice, layer and person, and bound to its
place (table, column, row, person): moved elsewhere it no longer opens. A keyring narrowed to an
audience holds only that audience's keys, so a wrong query yields nothing readable (T14).
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinic.domain.visibility import VISIBLE_TO_OWNER, Audience, Layer, open_layers
from clinic.keyring.derivation import derive
from clinic.keyring.errors import ClosedLayerError, KeyProblemError

#: Layers whose key differs from person to person.
PERSONAL = frozenset({Layer.PRIVATE, Layer.SAFETY, Layer.PROCESS})

FORMAT = 1
NONCE_BYTES = 12
HEADER_BYTES = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed text lives, and whose it is. `person` is "" where nobody owns it alone."""

    table: str
    column: str
    row: str
    layer: Layer
    person: str = ""

    def label(self) -> bytes:
        """Give what the sealed text is bound to."""
        return "|".join((self.table, self.column, self.row, self.person)).encode()


@dataclass(frozen=True)
class Keyring:
    """The keys one audience may use within one practice."""

    current: int
    layer_keys: Mapping[tuple[int, Layer], bytes] = field(repr=False)
    person_keys: Mapping[tuple[int, Layer, str], bytes] = field(repr=False, default_factory=dict)
    _made: dict[tuple[int, Layer, str], AESGCM] = field(
        repr=False, default_factory=dict, compare=False
    )

    def seal(self, text: str, place: Place) -> bytes:
        """Lock a text to its place: format, key version, nonce, then AES-GCM ciphertext."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        header = bytes((FORMAT,)) + self.current.to_bytes(HEADER_BYTES - 1, "big")
        cipher = self._cipher(self.current, place)
        return header + nonce + cipher.encrypt(nonce, text.encode(), header + place.label())

    def open(self, sealed: bytes, place: Place) -> str:
        """Read a sealed text.

        Raises ClosedLayerError when this keyring lacks the layer's key, and KeyProblemError when
        the text was changed or moved from another place.
        """
        header, rest = sealed[:HEADER_BYTES], sealed[HEADER_BYTES:]
        changed = KeyProblemError(
            f"A sealed text in {place.table}.{place.column} was changed outside Undercurrent."
        )
        version = int.from_bytes(header[1:], "big")
        if len(rest) < NONCE_BYTES or not 0 < version <= self.current:
            raise changed
        cipher = self._cipher(version, place)
        try:
            plain = cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], header + place.label())
        except InvalidTag:
            raise changed from None
        return plain.decode()

    def narrowed(self, audience: Audience, person: str = "") -> "Keyring":
        """Keep only what an audience may open; `person` is the partner or author it is.

        What is personal to somebody is kept as that one person's key, never as the layer's.
        """
        for_all = open_layers(audience) - {Layer.PROCESS}
        own = VISIBLE_TO_OWNER.get(audience, frozenset()) | (
            open_layers(audience) & {Layer.PROCESS}
        )
        return Keyring(
            current=self.current,
            layer_keys={
                (version, layer): key
                for (version, layer), key in self.layer_keys.items()
                if layer in for_all
            },
            person_keys={
                (version, layer, person): derive(key, "person", person)
                for (version, layer), key in self.layer_keys.items()
                if person and layer in own
            },
        )

    def _cipher(self, version: int, place: Place) -> AESGCM:
        person = place.person if place.layer in PERSONAL else ""
        known = (version, place.layer, person)
        if known not in self._made:
            self._made[known] = AESGCM(self._key(version, place.layer, person))
        return self._made[known]

    def _key(self, version: int, layer: Layer, person: str) -> bytes:
        if (version, layer) in self.layer_keys:
            return derive(self.layer_keys[version, layer], "person", person)
        if (version, layer, person) in self.person_keys:
            return self.person_keys[version, layer, person]
        raise ClosedLayerError(f"this keyring does not open the {layer.value} layer")


def practice_keyring(practice: str, data_keys: Mapping[int, bytes]) -> Keyring:
    """Make a practice's whole keyring from its versioned data keys; the newest one seals."""
    return Keyring(
        current=max(data_keys),
        layer_keys={
            (version, layer): derive(key, "layer", practice, layer.value)
            for version, key in data_keys.items()
            for layer in Layer
        },
    )
