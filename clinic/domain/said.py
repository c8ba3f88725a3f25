"""A sentence that holds facts, so that it can still be said in another language further up.

Rules and services say things in plain English and know no reader. What they say with a fact in it
("Keep it to 5 lines") carries its pattern and its facts along; a page looks the pattern up in the
reader's language (gettext).

A text from content has gaps such as {other}; what fills them is a fact as well.
"""

import re
from collections.abc import Mapping
from typing import Any

#: Where a text from content takes a fact.
GAP = re.compile(r"\{([a-z]+)\}")


class Said(str):
    """A sentence in English that remembers its pattern and its facts.

    `many` is the pattern for every number but one; "" where nothing is counted.
    """

    pattern: str
    many: str
    facts: Mapping[str, Any]

    __slots__ = ("facts", "many", "pattern")

    def filled(self, pattern: str, facts: Mapping[str, Any]) -> str:
        """Put facts into the sentence's own pattern, or into that of another language."""
        return pattern % facts


class Filled(Said):
    """A text from content whose gaps, such as {other}, are filled."""

    __slots__ = ()

    def filled(self, pattern: str, facts: Mapping[str, Any]) -> str:
        """Put facts into the gaps; a gap without a fact stays."""
        return GAP.sub(lambda gap: str(facts.get(gap[1], gap[0])), pattern)


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


def own(text: str) -> Said:
    """Mark what a person typed, such as a name: it stays as it is in every language.

    >>> own("May").pattern
    '%(own)s'
    """
    return _said("%(own)s", "", {"own": text})


def phrase(text: str) -> Said:
    """Make a text from content a fact that another sentence holds, said in the reader's language.

    >>> say("%(what)s: %(part)s", what=phrase("What helps"), part=phrase("100 % rest"))
    'What helps: 100 % rest'
    """
    made = Filled(text)
    made.pattern, made.many, made.facts = text, "", {}
    return made


def fill(text: str, /, **facts: object) -> str:
    """Fill the gaps of a text from content; one without these gaps stays as it is.

    >>> fill("How close did you feel to {others}?", others="Lou")
    'How close did you feel to Lou?'
    >>> fill(fill("Would {other} tell {others}?", other="Lou"), others="Kim").pattern
    'Would {other} tell {others}?'
    """
    pattern = text.pattern if isinstance(text, Filled) else str(text)
    if not facts.keys() & set(GAP.findall(pattern)):
        return text
    known = {**text.facts, **facts} if isinstance(text, Filled) else facts
    made = Filled(Filled().filled(pattern, known))
    made.pattern, made.many, made.facts = pattern, "", known
    return made


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
