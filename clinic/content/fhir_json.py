"""Reads a JSON file from outside without trusting it: bounded in size, depth and kinds of value.

How deep it goes is measured before it is parsed, because a parser that calls itself gives up in
its own way on a file that is nothing but brackets.
"""

import json
import re
from decimal import Decimal
from typing import Any, NoReturn

from clinic.content.loader import ContentError
from clinic.domain.said import say

MOST_BYTES = 1_000_000
#: An item inside an item is two levels deeper, so this is some thirty groups inside each other.
DEEPEST = 64

# Possessive, so that no file can make the search go back over what it has read.
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def read_json(content: bytes) -> dict[str, Any]:
    """Give the one object of a JSON file, its fractions as Decimal.

    Raises ContentError for what is too large or too deep, is no JSON in UTF-8, names a field
    twice, or holds signs that cannot be stored.
    """
    if len(content) > MOST_BYTES:
        raise ContentError([f"file: it is larger than {MOST_BYTES:,} bytes"])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ContentError(["file: it is not in UTF-8"]) from None
    if _depth(text) > DEEPEST:
        raise ContentError([f"file: it is nested more than {DEEPEST} levels deep"])
    document = _parsed(text)
    if not isinstance(document, dict):
        raise ContentError(["file: it does not hold one JSON object"])
    return document


def is_storable(text: str) -> bool:
    """Tell whether a text has no signs that a database or a page would stumble over."""
    return not _UNFIT.search(text)


def _depth(text: str) -> int:
    deepest = level = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        if found[0] in "[{":
            level += 1
            deepest = max(deepest, level)
        elif found[0] in "]}":
            level -= 1
    return deepest


def _parsed(text: str) -> object:
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_object
        )
    except json.JSONDecodeError as error:
        raise ContentError([say("file: it is no JSON: %(error)s", error=error)]) from None
    except ValueError as error:  # a number of thousands of digits
        raise ContentError([say("file: %(error)s", error=error)]) from None


def _refuse(name: str) -> NoReturn:
    raise ContentError([say("file: %(name)s is not a JSON number", name=name)])


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise ContentError([say("file: “%(name)s” stands twice in one object", name=name[:40])])
        found[name] = value
    return found
