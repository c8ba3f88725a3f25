"""A worksheet as a form that one person fills in on a phone, made from the sheet's own file.

A section becomes a page, and what leaves room to write becomes an item. What belongs to paper is
left out: a signature, because the PIN says whose words they are; what the therapist fills in; and
room to draw. All of it lies in the private layer of whoever answers.

Source: clinical.md 6.0 and 6.1.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clinic.domain import blocks, grids
from clinic.domain.blocks import Block
from clinic.domain.handouts import HANDOUT
from clinic.domain.items import Choice, Item, ItemKind, Page, Questionnaire
from clinic.domain.said import mark, phrase, say
from clinic.domain.worksheets import Section, Worksheet

#: A wall of empty rows helps nobody on a phone; who has more to say has it on paper.
MOST_ROWS = 3

PART = mark("%(what)s: %(part)s")
CELL = mark("%(what)s (%(number)s): %(part)s")
NUMBERED = mark("%(what)s %(number)s")


def home_form(worksheet: Worksheet, behaviours: Sequence[str] = ()) -> Questionnaire:
    """Make the form of a sheet; `behaviours` are the labels that its rows place.

    Keys tell places on the sheet and never what stands there, because keys are stored unsealed.
    """
    sections = [each for section in worksheet.sections for each in _repeated(section)]
    pages = (
        _page(f"{number}", title, section.blocks, behaviours)
        for number, (title, section) in enumerate(sections, start=1)
    )
    return Questionnaire(
        key=HANDOUT.rstrip(":"),
        version=worksheet.version,
        title=worksheet.title,
        minutes=0,
        # What would be an empty page is not one.
        pages=tuple(page for page in pages if page.items or page.intro),
        language=worksheet.language,
        licence=worksheet.licence,
        source=worksheet.source,
    )


def _repeated(section: Section) -> Iterator[tuple[str, Section]]:
    if section.repeat is None:
        yield section.title, section
        return
    for number in range(1, section.blank + 1):
        yield say(NUMBERED, what=phrase(section.title), number=number), section


@dataclass(frozen=True, slots=True)
class _Asked:
    """One item before it has its key."""

    kind: ItemKind
    text: str
    choices: tuple[str, ...] = ()
    ends: tuple[str, str] = ("", "")


def _page(key: str, title: str, pieces: Sequence[Block], behaviours: Sequence[str]) -> Page:
    intro: list[str] = []
    items: list[Item] = []
    waiting: list[str] = []
    for place, block in enumerate(pieces, start=1):
        if isinstance(block, blocks.Prose):
            # Words between two questions belong to the one that follows.
            (waiting if items else intro).append(block.on_screen or block.text)
            continue
        made = [
            _item(f"s{key}.b{place}.i{number}", asked)
            for number, asked in enumerate(_asked(block, behaviours), start=1)
        ]
        if isinstance(block, grids.ZoneGrid | blocks.Card) and made:
            (waiting if items else intro).append(_words(block))
        if made and waiting:
            made[0] = replace(made[0], hint=_joined(waiting))
            waiting = []
        items += made
    return Page(key, title, tuple(intro), tuple(items), reminder=_joined(waiting))


def _joined(texts: Sequence[str]) -> str:
    """Put sentences of content together so that each is still said in the reader's language."""
    if len(texts) < 2:
        return texts[0] if texts else ""
    return say("%(what)s %(part)s", what=phrase(texts[0]), part=phrase(_joined(texts[1:])))


def _item(key: str, asked: _Asked) -> Item:
    choices = tuple(Choice(f"{place}", label) for place, label in enumerate(asked.choices, start=1))
    low, high = asked.ends
    return Item(key, asked.kind, asked.text, choices=choices, low=low, high=high)


def _words(block: Block) -> str:
    return block.on_screen or block.caption


def _part(block: Block, part: str) -> str:
    return say(PART, what=phrase(_words(block)), part=phrase(part))


def _text(block: Block, _behaviours: Sequence[str]) -> Iterator[_Asked]:
    yield _Asked(ItemKind.TEXT, _words(block))


def _checklist(block: blocks.Checklist, _behaviours: Sequence[str]) -> Iterator[_Asked]:
    yield _Asked(ItemKind.SEVERAL, _words(block), block.items)


def _scale(block: blocks.Scale, _behaviours: Sequence[str]) -> Iterator[_Asked]:
    yield _Asked(ItemKind.SCALE, _words(block), ends=(block.low, block.high))


def _number(block: grids.Ratings, _behaviours: Sequence[str]) -> Iterator[_Asked]:
    # One's own number today; those of other days are rated at their appointments.
    yield _Asked(ItemKind.SCALE, _words(block))


def _steps(block: blocks.Anchors, _behaviours: Sequence[str]) -> Iterator[_Asked]:
    for step in block.steps:
        yield _Asked(ItemKind.WORDS, _part(block, step))


def _places(block: blocks.Cycle, _behaviours: Sequence[str]) -> Iterator[_Asked]:
    for place in block.places:
        yield _Asked(ItemKind.TEXT, _part(block, place))


def _leads(block: blocks.Card, _behaviours: Sequence[str]) -> Iterator[_Asked]:
    for lead in block.leads:
        yield _Asked(ItemKind.WORDS, lead)


def _sides(block: grids.Compare, _behaviours: Sequence[str]) -> Iterator[_Asked]:
    for side in (block.left, block.right):
        yield _Asked(ItemKind.TEXT, _part(block, side))


def _rows(block: grids.Table, _behaviours: Sequence[str]) -> Iterator[_Asked]:
    for number in range(1, min(block.blank_rows, MOST_ROWS) + 1):
        for column in block.columns:
            text = say(CELL, what=phrase(_words(block)), number=number, part=phrase(column))
            yield _Asked(ItemKind.WORDS, text)


def _topics(block: grids.Views, behaviours: Sequence[str]) -> Iterator[_Asked]:
    # Alone there is one view: one's own.
    if not block.topics:
        yield from _text(block, behaviours)
    for topic in block.topics:
        yield _Asked(ItemKind.TEXT, _part(block, topic))


def _lines(block: grids.Days, _behaviours: Sequence[str]) -> Iterator[_Asked]:
    for line in block.lines:
        yield _Asked(ItemKind.TEXT, _part(block, line))


def _placed(block: grids.ZoneGrid, behaviours: Sequence[str]) -> Iterator[_Asked]:
    # As on paper: some columns shut each other out and some do not, and only the words say which.
    for label in behaviours:
        yield _Asked(ItemKind.SEVERAL, label, block.columns)


def _nothing(_block: Block, _behaviours: Sequence[str]) -> Iterator[_Asked]:
    yield from ()


_KINDS: Mapping[type[Block], Callable[[Any, Sequence[str]], Iterator[_Asked]]] = {
    blocks.Lines: _text,
    blocks.Box: _text,
    blocks.Checklist: _checklist,
    blocks.Scale: _scale,
    blocks.Anchors: _steps,
    blocks.Cycle: _places,
    blocks.Card: _leads,
    # Left out, see above.
    blocks.Signature: _nothing,
    blocks.Drawing: _nothing,
    grids.Matrix: _nothing,
    grids.ZoneGrid: _placed,
    grids.Ratings: _number,
    grids.Table: _rows,
    grids.Compare: _sides,
    grids.Views: _topics,
    grids.Days: _lines,
}


def _asked(block: Block, behaviours: Sequence[str]) -> Iterator[_Asked]:
    return _KINDS[type(block)](block, behaviours)
