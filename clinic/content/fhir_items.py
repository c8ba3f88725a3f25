"""One FHIR question as the domain's item; what cannot be carried over is noted by its linkId."""

from collections.abc import Mapping

from clinic.content.fhir_conditions import Asked
from clinic.content.fhir_extensions import bounds_of, known_extensions
from clinic.content.fhir_options import options_of, stored_key
from clinic.content.fhir_parts import Part
from clinic.domain.answers import LONGEST
from clinic.domain.conditions import Clause, Condition
from clinic.domain.items import Item, ItemKind
from clinic.domain.said import say

KINDS: Mapping[str, ItemKind] = {
    "boolean": ItemKind.YES_NO,
    "choice": ItemKind.CHOICE,
    "decimal": ItemKind.DECIMAL,
    "integer": ItemKind.INTEGER,
    "open-choice": ItemKind.CHOICE,
    "string": ItemKind.WORDS,
    "text": ItemKind.TEXT,
}
_CHOICES = frozenset({"choice", "open-choice"})
_NUMBERS = frozenset({"integer", "decimal"})
_ANSWERS = frozenset({"answerOption", "answerValueSet"})

#: What every item may say; "required" is passed over, because here every question can be left out.
FIELDS = frozenset(
    {"linkId", "type", "text", "prefix", "item", "enableWhen", "enableBehavior", "repeats"}
)
PASSED_OVER = frozenset({"code", "definition", "required"})


def question(
    part: Part, kind: str, clauses: tuple[Clause, ...], value_sets: Mapping[str, Part]
) -> Asked:
    """Read one question that is asked under these conditions."""
    part.allow(FIELDS | _ANSWERS | {"maxLength", "readOnly"}, PASSED_OVER)
    if part.is_set("readOnly"):
        part.refuse(say("“readOnly” is not supported: nobody could answer it"))
    several = part.is_set("repeats")
    if several and kind not in _CHOICES:
        part.refuse(say("“repeats” is not supported for %(kind)s", kind=kind))
    if kind not in _CHOICES and (extra := sorted(_ANSWERS & part.values.keys())):
        part.refuse(say("“%(extra)s” is not supported for %(kind)s", extra=extra[0], kind=kind))
    options = options_of(part, value_sets) if kind in _CHOICES else ()
    lowest, highest = _bounds(part, kind)
    item = Item(
        stored_key(part.text("linkId")),
        ItemKind.SEVERAL if several and kind in _CHOICES else KINDS[kind],
        words_of(part, needed=True),
        choices=tuple(option.choice for option in options),
        shown_when=Condition(clauses) if clauses else None,
        own_words=kind == "open-choice",
        lowest=lowest,
        highest=highest,
        longest=_longest(part),
    )
    return Asked(item, options)


def words_of(part: Part, *, needed: bool = False) -> str:
    """Give an item's text, after its number if it has one."""
    words = part.text("text", needed=needed)
    prefix = part.text("prefix")
    return f"{prefix} {words}" if prefix and words else words


def _bounds(part: Part, kind: str) -> tuple[float | None, float | None]:
    if kind in _NUMBERS:
        return bounds_of(part)
    known_extensions(part)
    return None, None


def _longest(part: Part) -> int:
    longest = part.whole("maxLength")
    if longest is not None and longest < 1:
        part.refuse(say("“maxLength” is below 1"))
    return min(longest or LONGEST, LONGEST)
