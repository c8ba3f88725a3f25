"""A questionnaire: its pages, its items, and which answers an item takes.

A page may repeat, one card for each behaviour the therapist chose; an item may be asked once for
each other partner. Nobody's name is ever part of a key, because keys are stored unsealed.

Source: Questionnaire in FHIR R4, as far as a form on a phone needs it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum, unique

from clinic.domain.answers import LONGEST, NOTHING, AnswerState, Given
from clinic.domain.cases import together
from clinic.domain.conditions import NO, YES, Condition, holds
from clinic.domain.said import fill, mark, own, say
from clinic.domain.visibility import Layer

#: The steps of every scale of ours.
SCALE_STEPS = tuple(str(step) for step in range(11))

_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
#: The sign between several values where they are stored, and others that no keyboard types.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,9}([.,][0-9]{1,6})?")

Named = tuple[str, str]


class AnswerError(ValueError):
    """An answer that the item does not take; its first part is a sentence for the partner."""


@unique
class ItemKind(StrEnum):
    """How an item is answered: TEXT takes several lines, WORDS one."""

    TEXT = "text"
    WORDS = "words"
    CHOICE = "choice"
    SEVERAL = "several"
    SCALE = "scale"
    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes-no"


@unique
class Listing(StrEnum):
    """What is only known once the case is known."""

    BEHAVIOURS = "behaviours"
    OTHERS = "others"


@unique
class Flag(StrEnum):
    """What an answer asks the treating clinician to look at. No other person is told."""

    SAFETY = "safety"
    MONITORING = "monitoring"
    IN_PERSON = "in-person"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that is offered. The key is stored and never changes its meaning."""

    key: str
    label: str


YES_NO = (Choice(YES, mark("Yes")), Choice(NO, mark("No")))


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    `low` and `high` name the ends of a scale; `lowest` and `highest` bound a number, both
    included. `own_words` takes an answer that is not offered. `at_most` counts chosen values.
    `choices_from` and `per_other` are filled in by `pages_for`. `raises` tells which answers
    the treating clinician must look at.
    """

    key: str
    kind: ItemKind
    text: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    layer: Layer = Layer.PRIVATE
    low: str = ""
    high: str = ""
    shown_when: Condition | None = None
    choices_from: Listing | None = None
    per_other: bool = False
    own_words: bool = False
    at_most: int | None = None
    lowest: float | None = None
    highest: float | None = None
    longest: int = LONGEST
    raises: tuple[tuple[str, Flag], ...] = ()

    @property
    def offered(self) -> tuple[Choice, ...]:
        """What can be picked in words: its own choices, or yes and no."""
        return self.choices or (YES_NO if self.kind is ItemKind.YES_NO else ())


@dataclass(frozen=True, slots=True)
class Page:
    """One topic. `signs` names the consent that is signed on it."""

    key: str
    title: str
    intro: tuple[str, ...]
    items: tuple[Item, ...]
    reminder: str = ""
    repeat: Listing | None = None
    signs: str | None = None


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What is asked, page by page; `minutes` is how long it takes, about."""

    key: str
    version: int
    title: str
    minutes: int
    pages: tuple[Page, ...]
    language: str
    licence: str
    source: str


def pages_for(
    questionnaire: Questionnaire, behaviours: Sequence[Named], others: Sequence[str]
) -> tuple[Page, ...]:
    """Give the pages one partner sees: one card a behaviour, one question an other partner.

    `behaviours` are (key, label); `others` are the first names of the other partners in the
    case's order. On a card, an item's key is `<behaviour>.<item>`. With several others, the key
    of an item asked about each ends in `.1`, `.2` and so on; with one it stays as it is.

    >>> item = Item("guess", ItemKind.YES_NO, "Would {other} mind?", per_other=True)
    >>> page = Page("cards", "Cards", ("Read this.",), (item,), repeat=Listing.BEHAVIOURS)
    >>> form = Questionnaire("demo", 1, "Demo", 5, (page,), "en-GB", "CC-BY-4.0", "Example")
    >>> [card] = pages_for(form, [("B01", "Has friends")], ["Lou", "Kim"])
    >>> (card.key, card.title, [(one.key, one.text) for one in card.items])  # doctest: +ELLIPSIS
    ('cards.B01', 'Has friends', [('B01.guess.1', 'Would Lou mind?'), ('B01.guess.2', ...)])
    >>> pages_for(form, [], ["Lou"])
    ()
    """
    listed = {
        Listing.BEHAVIOURS: tuple(Choice(key, label) for key, label in behaviours),
        Listing.OTHERS: tuple(
            Choice(f"other-{place}", own(name)) for place, name in enumerate(others, 1)
        ),
    }
    known = [_with_people(page, others, listed) for page in questionnaire.pages]
    return tuple(card for page in known for card in _cards(page, behaviours))


def is_shown(item: Item, answers: Mapping[str, Given]) -> bool:
    """Tell whether an item is asked, as far as these answers count.

    >>> is_shown(Item("hope", ItemKind.TEXT, "What do you hope for?"), {})
    True
    """
    return item.shown_when is None or holds(item.shown_when, answers)


def counted(items: Iterable[Item], answers: Mapping[str, Given]) -> dict[str, Given]:
    """Give the answers that count: one to each item that is asked, in the items' order.

    The answer to a hidden item stays stored, but neither counts nor shows another item.
    """
    counting: dict[str, Given] = {}
    for item in items:
        if is_shown(item, counting):
            counting[item.key] = answers.get(item.key, NOTHING)
    return counting


def check(item: Item, given: Given) -> Given:
    """Give the answer as it is stored, or refuse what the item does not offer.

    Skipped and declined are always taken, whatever was chosen before. Raises AnswerError.

    >>> item = Item("trust", ItemKind.SCALE, "How much trust?")
    >>> check(item, Given(AnswerState.ANSWERED, ("7",))).value
    '7'
    >>> check(item, Given(AnswerState.ANSWERED, ("11",)))
    Traceback (most recent call last):
    ...
    clinic.domain.items.AnswerError: Choose a number from 0 to 10.
    """
    if given.state is not AnswerState.ANSWERED:
        return Given(given.state)
    if item.kind is not ItemKind.SEVERAL and len(given.values) != 1:
        raise AnswerError("Give one answer.")
    return Given(given.state, _CHECKS[item.kind](item, given.values))


def plain_number(number: Decimal) -> str:
    """Write a number the one way in which it is stored and compared.

    >>> plain_number(Decimal("2.50")), plain_number(Decimal("-0"))
    ('2.5', '0')
    """
    return format(number.normalize() + 0, "f")


def _with_people(
    page: Page, others: Sequence[str], listed: Mapping[Listing, tuple[Choice, ...]]
) -> Page:
    items = tuple(
        replace(one, choices=(*listed.get(one.choices_from, ()), *one.choices))
        if one.choices_from
        else one
        for item in page.items
        for one in _for_each(item, others)
    )
    everybody = together(others) if others else ""
    return replace(
        page,
        intro=tuple(fill(line, others=everybody) for line in page.intro),
        items=tuple(_told(item, others=everybody) for item in items),
    )


def _for_each(item: Item, others: Sequence[str]) -> Iterator[Item]:
    if not item.per_other:
        yield item
        return
    for place, name in enumerate(others, 1):
        key = f"{item.key}.{place}" if len(others) > 1 else item.key
        yield _told(replace(item, key=key), other=name)


def _told(item: Item, **names: str) -> Item:
    return replace(item, text=fill(item.text, **names), hint=fill(item.hint, **names))


def _cards(page: Page, behaviours: Sequence[Named]) -> Iterator[Page]:
    if page.repeat is None:
        yield page
        return
    for place, (behaviour, label) in enumerate(behaviours):
        items = tuple(replace(item, key=f"{behaviour}.{item.key}") for item in page.items)
        intro = () if place else page.intro
        yield replace(
            page, key=f"{page.key}.{behaviour}", title=label, intro=intro, items=items, repeat=None
        )


def _text(item: Item, values: tuple[str, ...]) -> tuple[str, ...]:
    if len(values[0]) > item.longest:
        raise AnswerError(
            say(
                "This is longer than %(most)s letters. Please make it shorter.",
                most=f"{item.longest:,}",
            )
        )
    if _UNFIT.search(values[0]):
        raise AnswerError("This holds a sign that cannot be stored. Please type it again.")
    return values


def _choice(item: Item, values: tuple[str, ...]) -> tuple[str, ...]:
    if values[0] in _offered(item):
        return values
    if not item.own_words:
        raise AnswerError("Choose one of the answers.")
    return _text(item, values)


def _several(item: Item, values: tuple[str, ...]) -> tuple[str, ...]:
    own = [value for value in values if value not in _offered(item)]
    if len(set(values)) < len(values) or len(own) > item.own_words:
        raise AnswerError("Choose from the answers, each once.")
    if item.at_most is not None and len(values) > item.at_most:
        raise AnswerError(say("Choose %(most)s at most.", most=item.at_most))
    for words in own:
        _text(item, (words,))
    return values


def _scale(_item: Item, values: tuple[str, ...]) -> tuple[str, ...]:
    if values[0] not in SCALE_STEPS:
        raise AnswerError("Choose a number from 0 to 10.")
    return values


def _yes_no(_item: Item, values: tuple[str, ...]) -> tuple[str, ...]:
    if values[0] not in {YES, NO}:
        raise AnswerError("Choose yes or no.")
    return values


def _integer(item: Item, values: tuple[str, ...]) -> tuple[str, ...]:
    if not _WHOLE.fullmatch(values[0].strip()):
        raise AnswerError("Enter a whole number, such as 3.")
    return _number(item, values[0])


def _decimal(item: Item, values: tuple[str, ...]) -> tuple[str, ...]:
    if not _DECIMAL.fullmatch(values[0].strip()):
        raise AnswerError("Enter a number, such as 3 or 2.5.")
    return _number(item, values[0].replace(",", "."))


def _number(item: Item, text: str) -> tuple[str, ...]:
    number = Decimal(text.strip())
    if item.lowest is not None and number < item.lowest:
        raise AnswerError(say("Enter %(lowest)s or more.", lowest=f"{item.lowest:g}"))
    if item.highest is not None and number > item.highest:
        raise AnswerError(say("Enter %(highest)s or less.", highest=f"{item.highest:g}"))
    return (plain_number(number),)


def _offered(item: Item) -> frozenset[str]:
    return frozenset(choice.key for choice in item.choices)


_CHECKS: Mapping[ItemKind, Callable[[Item, tuple[str, ...]], tuple[str, ...]]] = {
    ItemKind.TEXT: _text,
    ItemKind.WORDS: _text,
    ItemKind.CHOICE: _choice,
    ItemKind.SEVERAL: _several,
    ItemKind.SCALE: _scale,
    ItemKind.INTEGER: _integer,
    ItemKind.DECIMAL: _decimal,
    ItemKind.YES_NO: _yes_no,
}
