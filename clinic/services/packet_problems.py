"""Why a packet was not printed: a sentence kept with its facts, so that any language can say it."""

import json
from typing import Any

from clinic.domain.said import Said, say, say_count


def write_problem(why: str) -> str:
    """Write a sentence down with its pattern and facts."""
    return json.dumps(_packed(why))


def read_problem(text: str) -> str:
    """Read a sentence that was written down; "" where there is none."""
    return _unpacked(json.loads(text)) if text else ""


def _packed(fact: Any) -> Any:
    if not isinstance(fact, Said):
        return fact if isinstance(fact, int) else str(fact)
    return [fact.pattern, fact.many, {name: _packed(each) for name, each in fact.facts.items()}]


def _unpacked(packed: Any) -> Any:
    if not isinstance(packed, list):
        return packed
    pattern, many, facts = packed
    known = {name: _unpacked(each) for name, each in facts.items()}
    return say_count(pattern, many, known.pop("number"), **known) if many else say(pattern, **known)
