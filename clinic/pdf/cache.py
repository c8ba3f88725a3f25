"""Keeps printed sheets for a while in memory, so that the same sheet again costs nothing.

What is kept is sealed with a key made from the very order that made it. Whoever cannot write
that order again, word for word, can neither find the sheet nor open it: when the words are gone,
so is the print. Nothing is written to disk.
"""

import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

#: The most that is kept, in bytes: some five hundred sheets.
MOST_BYTES = 16 * 1024 * 1024

#: How long anything is kept, in seconds.
MOST_SECONDS = 60 * 60

_NONCE = 12


class _Sealed(NamedTuple):
    text: bytes
    since: float


class Cache:
    """What was made, by the order that made it. Safe to use from many threads."""

    def __init__(
        self,
        most_bytes: int = MOST_BYTES,
        most_seconds: float = MOST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most_bytes, self._most_seconds, self._clock = most_bytes, most_seconds, clock
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Drop everything, and the secrets it was sealed with."""
        # A process that was forked must not wait for a lock that its parent held.
        self._lock = Lock()
        self._finding, self._sealing = secrets.token_bytes(32), secrets.token_bytes(32)
        self._kept: OrderedDict[bytes, _Sealed] = OrderedDict()
        self._bytes = 0

    def find(self, order: bytes) -> bytes | None:
        """Return what this order made, or None."""
        address = _hashed(self._finding, order)
        with self._lock:
            self._drop_old()
            sealed = self._kept.get(address)
            if sealed is None:
                return None
            self._kept.move_to_end(address)
        nonce, text = sealed.text[:_NONCE], sealed.text[_NONCE:]
        return AESGCM(_hashed(self._sealing, order)).decrypt(nonce, text, address)

    def keep(self, order: bytes, made: bytes) -> None:
        """Keep what an order made; what was used longest ago makes room."""
        address, nonce = _hashed(self._finding, order), secrets.token_bytes(_NONCE)
        text = AESGCM(_hashed(self._sealing, order)).encrypt(nonce, made, address)
        with self._lock:
            self._drop_old()
            self._drop(address)
            self._kept[address] = _Sealed(nonce + text, self._clock())
            self._bytes += len(nonce + text)
            while self._bytes > self._most_bytes:
                self._drop(next(iter(self._kept)))

    def _drop_old(self) -> None:
        too_old = self._clock() - self._most_seconds
        for address in [each for each, sealed in self._kept.items() if sealed.since < too_old]:
            self._drop(address)

    def _drop(self, address: bytes) -> None:
        sealed = self._kept.pop(address, None)
        self._bytes -= len(sealed.text) if sealed else 0


def _hashed(secret: bytes, order: bytes) -> bytes:
    return hmac.digest(secret, order, "sha256")
