"""When a question is asked: only if earlier answers fit.

A condition is a row of clauses that must all hold; of a clause's comparisons, one is enough. So a
condition inside a conditional group is the clauses of both, one after the other.

An answer that was declined is no answer.

Source: enableWhen and its operators in FHIR R4, "!=" as R4B and R5 word it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum, unique
from operator import ge, gt, le, lt

from clinic.domain.answers import NOTHING, Given

YES = "yes"
NO = "no"


@unique
class Operator(StrEnum):
    """How an earlier answer is compared."""

    EXISTS = "exists"
    EQUALS = "="
    DIFFERS = "!="
    ABOVE = ">"
    BELOW = "<"
    AT_LEAST = ">="
    AT_MOST = "<="


_ORDER: Mapping[Operator, Callable[[Decimal, Decimal], bool]] = {
    Operator.ABOVE: gt,
    Operator.BELOW: lt,
    Operator.AT_LEAST: ge,
    Operator.AT_MOST: le,
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One earlier item's answer beside a value; for "exists" the value is "yes" or "no"."""

    item: str
    operator: Operator
    value: str


Clause = tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when every clause has a comparison that holds."""

    clauses: tuple[Clause, ...]


def any_of(item: str, *values: str) -> Condition:
    """Ask that an earlier item was answered with one of these values.

    >>> any_of("alone", "yes").clauses[0][0].value
    'yes'
    >>> holds(any_of("alone", "yes"), {})
    False
    """
    return Condition((tuple(Comparison(item, Operator.EQUALS, value) for value in values),))


def holds(condition: Condition, answers: Mapping[str, Given]) -> bool:
    """Tell whether a condition holds; a missing answer fits only "exists: no" and "differs".

    >>> holds(Condition(((Comparison("tried", Operator.EXISTS, "no"),),)), {})
    True
    >>> holds(Condition(()), {})
    True
    """
    return all(any(_fits(one, answers) for one in clause) for clause in condition.clauses)


def _fits(comparison: Comparison, answers: Mapping[str, Given]) -> bool:
    values = answers.get(comparison.item, NOTHING).values
    match comparison.operator:
        case Operator.EXISTS:
            return bool(values) is (comparison.value == YES)
        case Operator.EQUALS:
            return comparison.value in values
        case Operator.DIFFERS:
            return comparison.value not in values
    return any(_ordered(comparison, value) for value in values)


def _ordered(comparison: Comparison, value: str) -> bool:
    try:
        return _ORDER[comparison.operator](Decimal(value), Decimal(comparison.value))
    except InvalidOperation:  # words have no order
        return False
