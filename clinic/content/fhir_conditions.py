"""When a FHIR item is enabled: enableWhen and enableBehavior, as the domain's condition."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from clinic.content.fhir_extensions import known_extensions
from clinic.content.fhir_options import Option
from clinic.content.fhir_parts import Part
from clinic.domain.conditions import NO, YES, Clause, Comparison, Operator
from clinic.domain.items import Item, ItemKind, plain_number
from clinic.domain.said import say

MOST_CONDITIONS = 20

_NUMBERS = frozenset({ItemKind.INTEGER, ItemKind.DECIMAL})
_TEXTS = frozenset({ItemKind.TEXT, ItemKind.WORDS})
_LISTS = frozenset({ItemKind.CHOICE, ItemKind.SEVERAL})
_ORDERING = frozenset({Operator.ABOVE, Operator.BELOW, Operator.AT_LEAST, Operator.AT_MOST})


@dataclass(frozen=True)
class Asked:
    """A question that came before, with the answers it offers."""

    item: Item
    options: tuple[Option, ...]


def clauses_of(item: Part, asked: Mapping[str, Asked]) -> tuple[Clause, ...]:
    """Give what must hold for an item; `asked` are the questions before it, by linkId.

    Faults are noted: a question that does not come before, a value it cannot have, an operator or
    type that is not supported.
    """
    rows = item.parts("enableWhen", MOST_CONDITIONS)
    behaviour = item.text("enableBehavior")
    if behaviour not in {"", "all", "any"}:
        item.refuse(say("the enableBehavior “%(behaviour)s” is not supported", behaviour=behaviour))
    if len(rows) > 1 and not behaviour:
        item.refuse(say("with several enableWhen, “enableBehavior” is needed"))
    found = tuple(comparison for row in rows if (comparison := _comparison(row, asked)))
    if behaviour == "any":
        return (found,) if found else ()
    return tuple((comparison,) for comparison in found)


def _comparison(row: Part, asked: Mapping[str, Asked]) -> Comparison | None:
    known_extensions(row)
    question = row.text("question", needed=True)
    operator = _operator(row)
    field = row.value_of("answer")
    row.allow({"question", "operator", field})
    if question not in asked:
        row.refuse(
            say(
                "“%(question)s” is not a supported question before this one", question=question[:40]
            )
        )
        return None
    if operator is None or not field:
        return None
    value = _value(row, field, operator, asked[question])
    return None if value is None else Comparison(asked[question].item.key, operator, value)


def _operator(row: Part) -> Operator | None:
    sign = row.text("operator", needed=True)
    if sign in set(Operator):
        return Operator(sign)
    row.refuse(say("the operator “%(sign)s” is not supported", sign=sign[:20]))
    return None


def _value(row: Part, field: str, operator: Operator, asked: Asked) -> str | None:
    kind = asked.item.kind
    if operator in _ORDERING and kind not in _NUMBERS:
        row.refuse(say("“%(operator)s” is supported for numbers only", operator=operator))
        return None
    if operator is Operator.EXISTS:
        return _yes_no(row) if _fits(row, field, "answerBoolean") else None
    if kind in _LISTS:
        return _offered(row, field, asked)
    if kind in _NUMBERS:
        fits = _fits(row, field, "answerInteger", "answerDecimal")
        return _plain(row.number(field)) if fits else None
    if kind in _TEXTS:
        return row.text(field, needed=True) if _fits(row, field, "answerString") else None
    return _yes_no(row) if _fits(row, field, "answerBoolean") else None


def _fits(row: Part, field: str, *fields: str) -> bool:
    if field not in fields:
        row.refuse(
            say(
                "“%(field)s” does not fit here; %(fields)s would",
                field=field,
                fields=" or ".join(fields),
            )
        )
    return field in fields


def _yes_no(row: Part) -> str:
    return YES if row.is_set("answerBoolean") else NO


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else plain_number(number)


def _offered(row: Part, field: str, asked: Asked) -> str | None:
    if not _fits(row, field, "answerCoding", "answerString", "answerInteger"):
        return None
    system, code = _named(row, field)
    for option in asked.options:
        # A condition may leave the system out; then the code alone decides.
        if option.code == code and system in {"", option.system}:
            return option.choice.key
    row.refuse(say("“%(code)s” is not an answer to that question", code=code[:40]))
    return None


def _named(row: Part, field: str) -> tuple[str, str]:
    if field == "answerCoding":
        coding = row.part(field)
        return (coding.text("system"), coding.text("code", needed=True)) if coding else ("", "")
    if field == "answerInteger":
        return "", str(row.whole(field))
    return "", row.text(field, needed=True)
