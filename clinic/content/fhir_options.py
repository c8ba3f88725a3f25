"""The answers a FHIR choice offers, from the item itself or from a value set inside the file.

Nothing is ever fetched: a value set that is not in the file is refused by its address.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clinic.content.fhir_extensions import known_extensions, score_of
from clinic.content.fhir_parts import Part
from clinic.domain.items import Choice
from clinic.domain.said import say

MOST_OPTIONS = 200
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LONGEST_KEY = 60
_CODING = frozenset(
    {"abstract", "code", "designation", "display", "inactive", "system", "userSelected", "version"}
)


@dataclass(frozen=True)
class Option:
    """One offered answer; `code` is what a condition names it by, with the system it is from."""

    choice: Choice
    system: str
    code: str
    score: Decimal | None


def stored_key(name: str) -> str:
    """Give the key a name from outside is stored by: itself where it is plain, else a digest.

    The same name always has the same key.
    """
    if len(name) <= _LONGEST_KEY and _PLAIN.fullmatch(name):
        return name
    slug = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:20]
    digest = hashlib.sha256(name.encode()).hexdigest()[:12]
    return f"{slug}-{digest}".lstrip("-")


def options_of(item: Part, value_sets: Mapping[str, Part]) -> tuple[Option, ...]:
    """Give every answer an item offers, each once and at least one; faults are noted."""
    if "answerValueSet" in item.values:
        if "answerOption" in item.values:
            item.refuse(say("answerOption and answerValueSet cannot both be there"))
        found = tuple(_from_value_set(item, value_sets))
    else:
        rows = item.parts("answerOption", MOST_OPTIONS)
        found = tuple(option for row in rows if (option := _from_option(row)))
    keys = [option.choice.key for option in found]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        item.refuse(say("the answer “%(key)s” is offered twice", key=key))
    if not found:
        item.refuse(say("it offers no answers"))
    return found


def _from_option(row: Part) -> Option | None:
    row.allow({"valueCoding", "valueString", "valueInteger", "initialSelected"})
    if row.is_set("initialSelected"):
        row.refuse(say("“initialSelected” is not supported: nothing is chosen beforehand"))
    score = score_of(row)
    match row.value_of("value"):
        case "valueCoding":
            coding = row.part("valueCoding")
            return _from_coding(coding, score) if coding else None
        case "valueString":
            words = row.text("valueString", needed=True)
            return Option(Choice(stored_key(words), words), "", words, score)
        case "valueInteger":
            number = row.whole("valueInteger")
            return Option(Choice(str(number), str(number)), "", str(number), score)
    return None


def _from_coding(coding: Part, score: Decimal | None, system: str = "") -> Option:
    coding.allow(_CODING)
    code = coding.text("code", needed=True)
    label = coding.text("display") or code
    own = score_of(coding)
    chosen = score if own is None else own
    return Option(Choice(stored_key(code), label), system or coding.text("system"), code, chosen)


def _from_value_set(item: Part, value_sets: Mapping[str, Part]) -> Iterator[Option]:
    address = item.text("answerValueSet", needed=True)
    value_set = value_sets.get(address.removeprefix("#")) if address.startswith("#") else None
    if value_set is None:
        item.refuse(say("the value set %(address)s is not in the file", address=address))
        return
    if expansion := value_set.part("expansion"):
        yield from _from_expansion(expansion)
    elif compose := value_set.part("compose"):
        yield from _from_compose(compose)
    else:
        item.refuse(say("the value set %(address)s lists nothing", address=address))


def _from_expansion(expansion: Part) -> Iterator[Option]:
    for row in expansion.parts("contains", MOST_OPTIONS):
        if any(row.values.get(field) for field in ("contains", "abstract", "inactive")):
            row.refuse(say("only a flat list of codes is supported"))
        else:
            yield _from_coding(row, None)


def _from_compose(compose: Part) -> Iterator[Option]:
    compose.allow({"include", "inactive", "lockedDate"})
    for include in compose.parts("include", 20):
        include.allow({"system", "version", "concept"})
        known_extensions(include)
        system = include.text("system")
        rows = include.parts("concept", MOST_OPTIONS)
        if not rows:
            include.refuse(say("only codes that are listed one by one are supported"))
        for row in rows:
            yield _from_coding(row, None, system)
