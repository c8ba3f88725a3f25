"""A practice's own questionnaires, asked after the intake's pages.

A questionnaire that a practice may use, and loads itself, is asked as it stands: nothing is added
to its wording, and no cut-off or band is invented for its total.

Source: clinical.md 3.0 (delivery of licensed instruments).
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, unique
from types import MappingProxyType

from clinic.domain.conditions import Condition
from clinic.domain.item_scores import ItemScores
from clinic.domain.items import Item, Page, Questionnaire
from clinic.domain.visibility import Layer

#: How many a case may have besides the intake: each makes the evening on the phone longer.
MOST_ADDITIONS = 5
#: Leaves room for `q1-` before it and another partner's position after it.
_LONGEST_KEY = 60
_ADDED = re.compile(r"q[1-9]-")


@unique
class PackFormat(StrEnum):
    """How a practice's file is written."""

    FHIR_R4 = "fhir-r4"
    TOML = "toml"


@dataclass(frozen=True, slots=True)
class Addition:
    """A questionnaire asked besides the intake; `scores` is empty where no answer counts."""

    questionnaire: Questionnaire
    scores: ItemScores

    @property
    def items(self) -> tuple[Item, ...]:
        """List every question, page by page."""
        return tuple(item for page in self.questionnaire.pages for item in page.items)


def bound(questionnaire: Questionnaire, additions: Sequence[Addition]) -> Questionnaire:
    """Give the intake with the pages of further questionnaires after its own.

    Each addition must have its place, as `placed` gives it. Without any, it is the same intake.

    >>> form = Questionnaire("demo", 1, "Demo", 5, (Page("one", "One", (), ()),), "en", "", "")
    >>> [page.key for page in bound(form, placed([Addition(form, {})])).pages]
    ['one', 'q1-one']
    >>> bound(form, []) is form
    True
    """
    if not additions:
        return questionnaire
    further = tuple(page for addition in additions for page in addition.questionnaire.pages)
    minutes = sum(addition.questionnaire.minutes for addition in additions)
    return replace(
        questionnaire,
        pages=(*questionnaire.pages, *further),
        minutes=questionnaire.minutes + minutes,
    )


def placed(additions: Sequence[Addition]) -> tuple[Addition, ...]:
    """Put further questionnaires in their order, with keys that no other one of the case has.

    Keys of pages and items, also in conditions and scores, begin with `q1-`, `q2-` and so on, and
    have 63 letters at most. Every answer is private, whatever layer the file names.

    >>> placed([])
    ()
    """
    return tuple(_placed(addition, place) for place, addition in enumerate(additions, 1))


def is_added(key: str) -> bool:
    """Tell whether a page or an item belongs to a questionnaire besides the intake.

    >>> is_added("q1-page-1"), is_added("about")
    (True, False)
    """
    return bool(_ADDED.match(key))


def _placed(addition: Addition, place: int) -> Addition:
    form = addition.questionnaire
    return Addition(
        replace(form, pages=tuple(_page(page, place) for page in form.pages)),
        MappingProxyType({_key(key, place): counts for key, counts in addition.scores.items()}),
    )


def _page(page: Page, place: int) -> Page:
    items = tuple(
        replace(
            item,
            key=_key(item.key, place),
            layer=Layer.PRIVATE,
            shown_when=_condition(item.shown_when, place),
        )
        for item in page.items
    )
    return replace(page, key=_key(page.key, place), items=items)


def _condition(condition: Condition | None, place: int) -> Condition | None:
    if condition is None:
        return None
    return Condition(
        tuple(
            tuple(replace(one, item=_key(one.item, place)) for one in clause)
            for clause in condition.clauses
        )
    )


def _key(key: str, place: int) -> str:
    # A form adds endings of its own after two hyphens, so no key may hold any.
    if len(key) > _LONGEST_KEY or "--" in key:
        key = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"q{place}-{key}"


def scored_items(addition: Addition) -> Iterator[Item]:
    """Give the questions whose answers count.

    >>> list(scored_items(Addition(Questionnaire("k", 1, "K", 1, (), "en", "", ""), {})))
    []
    """
    return (item for item in addition.items if item.key in addition.scores)
