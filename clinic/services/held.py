"""Words of somebody whose sign-in ended while they were writing, held until they sign in again.

They travel sealed in the sign-in page itself: nothing is stored, nobody who walks by can read
them, and they open for the same clinician only, for as long as a working day.
"""

import base64
import json
import secrets
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinic.models.store import Store

NONCE_BYTES = 12
LASTS_SECONDS = 12 * 60 * 60

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Held:
    """What was sent, and where to."""

    path: str
    fields: Fields


def hold(store: Store, clinician_id: int, held: Held) -> str:
    """Seal what a clinician sent, as text that can stand in a page."""
    content = json.dumps([time.time(), held.path, list(held.fields)]).encode()
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher(store).encrypt(nonce, zlib.compress(content), _owner(clinician_id))
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def release(store: Store, clinician_id: int, text: str) -> Held | None:
    """Open what was held for this clinician; None when it is another's, changed or too old."""
    try:
        sealed = base64.urlsafe_b64decode(text.encode())
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        content = _cipher(store).decrypt(nonce, rest, _owner(clinician_id))
    except (ValueError, InvalidTag):
        return None
    moment, path, fields = json.loads(zlib.decompress(content))
    if time.time() - moment > LASTS_SECONDS:
        return None
    return Held(path, [(name, value) for name, value in fields])


def _cipher(store: Store) -> AESGCM:
    return AESGCM(store.master.derive("held words"))


def _owner(clinician_id: int) -> bytes:
    return f"clinician|{clinician_id}".encode()
