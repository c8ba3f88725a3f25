"""A sentence that holds facts, so that it can still be said in another language further up.

Rules and services say things in plain English and know no reader. What they say with a fact in it
("Keep it to 5 lines") carries its pattern and its facts along; a page looks the pattern up in the
reader's language (gettext).
"""

from collections.abc import Mapping
from typing import Any


class Said(str):
    """A sentence in English that remembers its pattern and its facts.

    `many` is the pattern for every number but one; "" where nothing is counted.
    """

    pattern: str
    many: str
    facts: Mapping[str, Any]

    __slots__ = ("facts", "many", "pattern")


def say(pattern: str, /, **facts: object) -> Said:
    """Say a sentence with facts in it; raises KeyError where the pattern names another fact.

    >>> say("Keep it to %(most)s lines", most=5)
    'Keep it to 5 lines'
    >>> say("Keep it to %(most)s lines", most=5).pattern
    'Keep it to %(most)s lines'
    """
    return _said(pattern, "", facts)


def say_count(one: str, many: str, number: int, /, **facts: object) -> Said:
    """Say a sentence about a number of things; both patterns may name it as `number`.

    >>> say_count("%(number)s question left out", "%(number)s questions left out", 2)
    '2 questions left out'
    >>> say_count("%(number)s question left out", "%(number)s questions left out", 1)
    '1 question left out'
    """
    return _said(one, many, {"number": number, **facts})


def _said(pattern: str, many: str, facts: Mapping[str, Any]) -> Said:
    chosen = many if many and facts["number"] != 1 else pattern
    made = Said(chosen % facts)
    made.pattern, made.many, made.facts = pattern, many, facts
    return made


def mark(text: str) -> str:
    """Show a text to translators, and give it back as it is.

    >>> mark("Not rated")
    'Not rated'
    """
    return text
