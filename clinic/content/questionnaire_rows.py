"""What a questionnaire's file may hold, item by item, and how that becomes the domain's value."""

import re
from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, PositiveInt, model_validator
from pydantic_core import PydanticCustomError

from clinic.content.rows import Strict
from clinic.content.wording import Key, Remark, Text
from clinic.domain.conditions import NO, YES, Comparison, Condition, Operator, any_of
from clinic.domain.items import SCALE_STEPS, Choice, Flag, Item, ItemKind, Listing, Page
from clinic.domain.visibility import Layer

#: Room for a behaviour's key before it and another partner's position after it.
ItemKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?$", max_length=50)]

GAPS = re.compile(r"\{.*?\}|[{}]")
LISTED = frozenset({ItemKind.CHOICE, ItemKind.SEVERAL})


class ChoiceRow(Strict):
    """One answer that is offered."""

    key: Key
    label: Text


class ConditionRow(Strict):
    """Shown when an earlier item was answered, or was answered with one of these values."""

    item: ItemKey
    values: tuple[str, ...] = ()

    def value(self) -> Condition:
        """Return the row as the domain's condition."""
        if self.values:
            return any_of(self.item, *self.values)
        return Condition(((Comparison(self.item, Operator.EXISTS, YES),),))


class ItemRow(Strict):
    """One question, with what its kind needs and nothing else."""

    key: ItemKey
    kind: ItemKind
    text: Text
    hint: Remark = ""
    choices: tuple[ChoiceRow, ...] = ()
    choices_from: Listing | None = None
    layer: Layer = Layer.PRIVATE
    low: Remark = ""
    high: Remark = ""
    at_most: PositiveInt | None = None
    per_other: bool = False
    shown_when: ConditionRow | None = None
    raises: dict[str, Flag] = {}  # noqa: RUF012 - pydantic copies it for every row

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        if faults := list(self._faults()):
            raise PydanticCustomError("item", "{faults}", {"faults": "; ".join(faults)})
        return self

    def _faults(self) -> Iterator[str]:
        if (self.kind in LISTED) is not bool(self.choices or self.choices_from):
            yield "choice and several list their choices, and no other kind does"
        if (self.kind is ItemKind.SCALE) is not bool(self.low and self.high):
            yield "a scale names both its ends, and no other kind does"
        if self.at_most and self.kind is not ItemKind.SEVERAL:
            yield "only several answers can be limited"
        if len({choice.key for choice in self.choices}) < len(self.choices):
            yield "a choice's key is used twice"
        if unknown := sorted(self.raises.keys() - self.offered()):
            yield f"no such answer: {', '.join(unknown)}"
        if unknown := sorted(set(GAPS.findall(self.text + self.hint)) - self._gaps()):
            yield f"nothing fills {', '.join(unknown)}"

    def _gaps(self) -> set[str]:
        return {"{others}", "{other}"} if self.per_other else {"{others}"}

    def offered(self) -> frozenset[str]:
        """Name the answers that stand in the file."""
        if self.kind is ItemKind.SCALE:
            return frozenset(SCALE_STEPS)
        if self.kind is ItemKind.YES_NO:
            return frozenset({YES, NO})
        return frozenset(choice.key for choice in self.choices)

    def value(self) -> Item:
        """Return the row as the domain's item."""
        return Item(
            self.key,
            self.kind,
            self.text,
            self.hint,
            tuple(Choice(choice.key, choice.label) for choice in self.choices),
            self.layer,
            self.low,
            self.high,
            self.shown_when.value() if self.shown_when else None,
            self.choices_from,
            self.per_other,
            at_most=self.at_most,
            raises=tuple(self.raises.items()),
        )


class PageRow(Strict):
    """One topic: something to read, to answer or to sign."""

    key: Key
    title: Text
    intro: tuple[Text, ...] = ()
    reminder: Remark = ""
    repeat: Listing | None = None
    signs: Key | None = None
    items: tuple[ItemRow, ...] = ()

    @model_validator(mode="after")
    def _signs_or_asks(self) -> Self:
        if self.signs and self.items:
            raise PydanticCustomError("signs", "a page to sign asks nothing else")
        if self.repeat is Listing.OTHERS:
            raise PydanticCustomError("repeat", "only behaviours repeat a page")
        if self.repeat and any(item.shown_when for item in self.items):
            raise PydanticCustomError("repeat", "on a repeating page everything is shown")
        return self

    def value(self) -> Page:
        """Return the row as the domain's page."""
        items = tuple(item.value() for item in self.items)
        return Page(self.key, self.title, self.intro, items, self.reminder, self.repeat, self.signs)
