"""Answers drawn at random: what anybody might say to anything, or leave out, or decline."""

import random
from collections.abc import Iterator, Sequence

from clinic.domain.answers import Given, given
from clinic.domain.items import SCALE_STEPS, Item, ItemKind, Page

WORDS = ("no", "We moved.\nThen it got silent.", "ä ö ü ß", "<b>bold</b>", "x" * 900)


def drawn(chance: random.Random, pages: Sequence[Page]) -> dict[str, Given]:
    """Answer a whole form: between nothing and everything, as the draw decides."""
    share = chance.random()
    items = [item for page in pages for item in page.items]
    return {item.key: answer(chance, item) for item in items if chance.random() < share}


def answer(chance: random.Random, item: Item) -> Given:
    if chance.random() < 0.15:
        return given([], declined=True)
    if item.kind in {ItemKind.TEXT, ItemKind.WORDS}:
        return given([chance.choice(WORDS)])
    if item.kind is ItemKind.SCALE:
        return given([chance.choice(SCALE_STEPS)])
    offered = [choice.key for choice in item.choices] or ["yes", "no"]
    if item.kind is ItemKind.SEVERAL:
        most = item.at_most or len(offered)
        return given(chance.sample(offered, chance.randint(1, most)))
    return given([chance.choice(offered)])


def seeds(many: int) -> Iterator[random.Random]:
    """Give so many draws, the same every time."""
    for seed in range(many):
        yield random.Random(seed)  # noqa: S311 - a test that repeats itself
