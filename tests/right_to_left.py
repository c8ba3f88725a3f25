"""A sheet in a language nobody speaks, written from right to left: English in Hebrew letters."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from clinic.domain.worksheets import Worksheet

HEBREW = "אבגדהוזחטיכלמנסעפצקרשתאבגד"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
TABLE = str.maketrans(LETTERS + LETTERS.upper(), HEBREW * 2)
#: What a sheet is known by, and not read.
KEPT = {"key", "language", "licence", "source", "audience", "phase", "prefill", "repeat", "field"}


def turned(worksheet: Worksheet) -> Worksheet:
    """The same sheet with every word of it written from right to left."""
    return replace(worksheet, language="he", **_turned_fields(worksheet))


def word(english: str) -> str:
    """A word or a sentence as that sheet says it."""
    return english.translate(TABLE)


def _turned_fields(value: Any) -> dict[str, Any]:
    named = [each.name for each in fields(value) if each.name not in KEPT]
    return {name: _turned(getattr(value, name)) for name in named}


def _turned(value: Any) -> Any:
    if isinstance(value, str):
        return word(value)
    if isinstance(value, tuple):
        return tuple(map(_turned, value))
    return replace(value, **_turned_fields(value)) if is_dataclass(value) else value
