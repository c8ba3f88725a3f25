"""How the web process and a press talk: messages with their length in front.

Both ends use this file, so neither needs a marker that a text could contain.
"""

import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from clinic.domain.said import Said, say

_LENGTH = struct.Struct(">I")

#: The longest message either end takes, in bytes; a longer one means a broken pipe.
MAX_MESSAGE = 64 * 1024 * 1024

#: First byte of a reply: what was made follows, or a sentence saying why there is none.
PRINTED = b"P"
REFUSED = b"R"


class ClosedPipeError(Exception):
    """The other end has gone, or does not speak this language."""


@dataclass(frozen=True, slots=True)
class Order:
    """One piece of work: what a press is to do, what it needs to know, and what it works on."""

    work: str
    facts: Mapping[str, str] = field(default_factory=dict)
    parts: Sequence[bytes] = ()

    def packed(self) -> bytes:
        """Write it as one message."""
        head = json.dumps([self.work, dict(self.facts)]).encode()
        return _joined((head, *self.parts))

    @classmethod
    def unpacked(cls, message: bytes) -> "Order":
        """Read it from one message."""
        head, *parts = _split(message)
        work, facts = json.loads(head)
        return cls(work, facts, parts)


def send(stream: IO[bytes], message: bytes) -> None:
    """Write one message; ClosedPipeError when nobody reads any more."""
    try:
        stream.write(_LENGTH.pack(len(message)) + message)
        stream.flush()
    except (OSError, ValueError) as error:
        raise ClosedPipeError from error


def receive(stream: IO[bytes]) -> bytes:
    """Read one whole message; ClosedPipeError when it never comes whole."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > MAX_MESSAGE:
        raise ClosedPipeError
    return _exactly(stream, length)


def delivery(made: Sequence[bytes]) -> bytes:
    """Give the reply that brings what was made."""
    return PRINTED + _joined(made)


def delivered(reply: bytes) -> Sequence[bytes]:
    """Read what was made."""
    return list(_split(reply[len(PRINTED) :]))


def refusal(why: Said) -> bytes:
    """Give the reply that says why there is no PDF; its facts stay apart for other languages."""
    return REFUSED + json.dumps([why.pattern, dict(why.facts)]).encode()


def sentence(reply: bytes) -> Said:
    """Read why there is no PDF."""
    pattern, facts = json.loads(reply[len(REFUSED) :])
    return say(pattern, **facts)


def _joined(parts: Sequence[bytes]) -> bytes:
    return b"".join(_LENGTH.pack(len(part)) + part for part in parts)


def _split(message: bytes) -> Iterator[bytes]:
    place = 0
    while place < len(message):
        (length,) = _LENGTH.unpack_from(message, place)
        place += _LENGTH.size + length
        yield message[place - length : place]


def _exactly(stream: IO[bytes], count: int) -> bytes:
    try:
        part = stream.read(count)
    except (OSError, ValueError) as error:
        raise ClosedPipeError from error
    if len(part) < count:
        raise ClosedPipeError
    return part
