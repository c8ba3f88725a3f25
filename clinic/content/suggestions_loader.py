"""Reads the rules that turn answers into suggestions, one file a presenting concern.

Every item, answer, behaviour and kind that a rule names must exist in the questionnaire and the
concern it is for; all that do not are named at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, PositiveInt, model_validator
from pydantic_core import PydanticCustomError

from clinic.content.files import read_file, read_folder
from clinic.content.library import Concern, Library
from clinic.content.loader import ContentError
from clinic.content.questionnaire_rows import ItemKey
from clinic.content.rows import Strict
from clinic.content.schema import ContentFile
from clinic.content.wording import Key, Text
from clinic.domain.behaviours import Zone
from clinic.domain.conditions import YES, Clause, Comparison, Condition, Operator
from clinic.domain.formulation import Bearing
from clinic.domain.items import SCALE_STEPS, Item, ItemKind, Listing, Questionnaire
from clinic.domain.suggestions import ALWAYS, Cards, Rule
from clinic.domain.tracks import CONTROL

#: The rules that ship with Undercurrent.
FOLDER = Path(__file__).with_name("suggestions")

Step = Annotated[int, Field(ge=0, le=10)]
Pair = tuple[ItemKey, ItemKey]
NUMBERED = frozenset({Operator.AT_LEAST, Operator.AT_MOST})
NAMED = frozenset({Operator.EQUALS, Operator.DIFFERS})
OFFERED_BY_KIND = {
    ItemKind.SCALE: frozenset(SCALE_STEPS),
    ItemKind.YES_NO: frozenset({"yes", "no"}),
}


class ComparisonRow(Strict):
    """One item beside values or a step; the item alone asks for any answer."""

    item: ItemKey
    values: tuple[str, ...] = ()
    not_values: tuple[str, ...] = ()
    at_least: Step | None = None
    at_most: Step | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if len(self.model_fields_set) > 2:
            raise PydanticCustomError("ways", "compare {item} in one way", {"item": self.item})
        return self

    def clauses(self) -> tuple[Clause, ...]:
        """Return the comparison as rows that must hold; "none of" takes one for each value."""
        if self.not_values:
            differ = (Comparison(self.item, Operator.DIFFERS, one) for one in self.not_values)
            return tuple((one,) for one in differ)
        if self.values:
            return (tuple(Comparison(self.item, Operator.EQUALS, one) for one in self.values),)
        for operator, step in (
            (Operator.AT_LEAST, self.at_least),
            (Operator.AT_MOST, self.at_most),
        ):
            if step is not None:
                return ((Comparison(self.item, operator, str(step)),),)
        return ((Comparison(self.item, Operator.EXISTS, YES),),)


Rows = tuple[Annotated[tuple[ComparisonRow, ...], Field(min_length=1)], ...]


class CardsRow(Strict):
    """What is looked for among the cards of the behaviours."""

    own: Rows = ()
    other: Rows = ()
    differ: tuple[Pair, ...] = ()
    alike: tuple[Pair, ...] = ()
    zones: tuple[Zone, ...] = ()
    fewest: PositiveInt = 1
    most_of: Rows = ()

    def value(self) -> Cards:
        """Return the row as the domain's cards."""
        return Cards(
            _condition(self.own),
            _condition(self.other),
            self.differ,
            self.alike,
            frozenset(self.zones),
            self.fewest,
            _condition(self.most_of) if self.most_of else None,
        )


class RuleRow(Strict):
    """One rule; it proposes one thing and looks for at least one."""

    key: Key
    reason: Text
    explanation: Key | None = None
    evidence: Key | None = None
    about_partner: bool = True
    safety: bool = False
    when: Rows = ()
    other_when: Rows = ()
    cards: CardsRow | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.explanation is None) is (self.evidence is None):
            raise PydanticCustomError("proposes", "propose an explanation or evidence, not both")
        if not (self.when or self.other_when or self.cards):
            raise PydanticCustomError("asks", "say which answers it looks for")
        return self

    def value(self) -> Rule:
        """Return the row as the domain's rule."""
        return Rule(
            self.key,
            self.reason,
            self.explanation or "",
            self.evidence or "",
            _condition(self.when),
            _condition(self.other_when),
            self.cards.value() if self.cards else None,
            self.about_partner,
            self.safety,
        )


class RulesFile(ContentFile):
    """All rules for one concern and one questionnaire."""

    questionnaire: Key
    rules: Annotated[tuple[RuleRow, ...], Field(min_length=1)]


@dataclass(frozen=True)
class _Known:
    """What rules may name: items asked once, items of cards, and the concern's keys."""

    once: Mapping[str, Item]
    on_cards: Mapping[str, Item]
    concern: Concern


def load_suggestions(
    library: Library, questionnaires: Mapping[str, Questionnaire], folder: Path = FOLDER
) -> Mapping[str, tuple[Rule, ...]]:
    """Read the rules of every concern by its key. Raises one ContentError for all faults."""
    read = partial(load_rules, library=library, questionnaires=questionnaires)
    return read_folder(folder, read)


def load_rules(
    path: Path, library: Library, questionnaires: Mapping[str, Questionnaire]
) -> tuple[Rule, ...]:
    """Read one concern's rules in the file's order; its key is the file's name."""
    file = read_file(path, RulesFile)
    concern = library.concerns.get(path.stem)
    questionnaire = questionnaires.get(file.questionnaire)
    if concern is None or questionnaire is None:
        missing = path.stem if concern is None else file.questionnaire
        raise ContentError([f"{path.name}: there is no {missing}"])
    rules = tuple(row.value() for row in file.rules)
    known = _known(questionnaire, concern)
    faults = [f"{rule.key}: {fault}" for rule in rules for fault in _faults(rule, known)]
    keys = [rule.key for rule in rules]
    faults += [f"{key} is used twice" for key in dict.fromkeys(keys) if keys.count(key) > 1]
    if faults:
        raise ContentError(f"{path.name}: {fault}" for fault in faults)
    return rules


def _condition(rows: Rows) -> Condition:
    """Put the comparisons of a row side by side; only a row of its own can hold "none of"."""
    clauses: list[Clause] = []
    for row in rows:
        parts = [part for one in row for part in one.clauses()]
        alone = len(row) == 1
        clauses += parts if alone else [tuple(one for part in parts for one in part)]
    return Condition(tuple(clauses)) if clauses else ALWAYS


def _known(questionnaire: Questionnaire, concern: Concern) -> _Known:
    pages = questionnaire.pages
    once = {item.key: item for page in pages if not page.repeat for item in page.items}
    on_cards = {item.key: item for page in pages if page.repeat for item in page.items}
    return _Known(once, on_cards, concern)


def _faults(rule: Rule, known: _Known) -> Iterator[str]:
    if rule.explanation and rule.explanation not in known.concern.explanations:
        yield f"{rule.explanation} is not an explanation"
    if rule.evidence and rule.evidence not in known.concern.evidence:
        yield f"{rule.evidence} is not a kind of evidence"
    elif _is_about_control(rule, known.concern) and not rule.safety:
        yield "what bears on control is for the therapist alone: safety = true"
    for condition in (rule.when, rule.other_when):
        yield from _misfits(condition, known.once, known.concern)
    if rule.cards:
        yield from _card_misfits(rule.cards, known)


def _is_about_control(rule: Rule, concern: Concern) -> bool:
    if rule.explanation:
        return rule.explanation == CONTROL
    return concern.evidence[rule.evidence].bearings.get(CONTROL) is Bearing.SUPPORTS


def _card_misfits(cards: Cards, known: _Known) -> Iterator[str]:
    for condition in (cards.own, cards.other, cards.most_of or ALWAYS):
        yield from _misfits(condition, known.on_cards, known.concern)
    named = {item for pair in (*cards.differ, *cards.alike) for item in pair}
    yield from (f"there is no {item} on a card" for item in sorted(named - known.on_cards.keys()))


def _misfits(condition: Condition, items: Mapping[str, Item], concern: Concern) -> Iterator[str]:
    for one in (one for clause in condition.clauses for one in clause):
        item = items.get(one.item)
        if item is None:
            yield f"{one.item} is not an item here"
        elif one.operator in NUMBERED and item.kind is not ItemKind.SCALE:
            yield f"{one.item} is no scale"
        elif one.operator in NAMED and one.value not in _offered(item, concern):
            yield f"{one.item} does not offer {one.value}"


def _offered(item: Item, concern: Concern) -> frozenset[str]:
    offered = {choice.key for choice in item.choices} | OFFERED_BY_KIND.get(item.kind, frozenset())
    if item.choices_from is Listing.BEHAVIOURS:
        offered |= concern.behaviours.keys()
    return frozenset(offered)
