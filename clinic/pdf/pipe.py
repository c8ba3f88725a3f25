"""How the web process and a press talk: messages with their length in front.

Both ends use this file, so neither needs a marker that a text could contain.
"""

import json
import struct
from typing import IO

from clinic.domain.said import Said, say

_LENGTH = struct.Struct(">I")

#: The longest message either end takes, in bytes; a longer one means a broken pipe.
MAX_MESSAGE = 64 * 1024 * 1024

#: First byte of a reply: a PDF follows, or a sentence saying why there is none.
PRINTED = b"P"
REFUSED = b"R"


class ClosedPipeError(Exception):
    """The other end has gone, or does not speak this language."""


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


def refusal(why: Said) -> bytes:
    """Give the reply that says why there is no PDF; its facts stay apart for other languages."""
    return REFUSED + json.dumps([why.pattern, dict(why.facts)]).encode()


def sentence(reply: bytes) -> Said:
    """Read why there is no PDF."""
    pattern, facts = json.loads(reply[len(REFUSED) :])
    return say(pattern, **facts)


def _exactly(stream: IO[bytes], count: int) -> bytes:
    try:
        part = stream.read(count)
    except (OSError, ValueError) as error:
        raise ClosedPipeError from error
    if len(part) < count:
        raise ClosedPipeError
    return part
