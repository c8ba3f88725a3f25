"""What a worksheet is put together from: pieces to read, and pieces to write on.

A block says what stands on the paper and how much room it leaves; the template of its kind draws
it. What has rows and columns is in `grids`.

Source: clinical design 6.0 and 6.1.
"""

import re
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from clinic.domain.ring import Ring, ring

#: One prefilled field: rows of cells. A plain text is one row with one cell.
Rows = tuple[tuple[str, ...], ...]

#: A gap that the beginning of a line leaves, as in "Row ____ depends on".
_GAP = re.compile("__+")

#: Signs after which a question needs no colon, in any of the scripts a sheet may be written in.
_ENDS = frozenset("?!.:…\u061f\u3002\uff1a\uff1f")


class WorksheetError(ValueError):
    """A worksheet promises something it may not print, or names a field it does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of a sheet; `field` names what may be prefilled into it.

    `on_screen` is what a form on a screen asks, where the words on paper would not fit there.
    """

    kind: ClassVar[str]
    field: str | None = None
    on_screen: str = ""

    @property
    def caption(self) -> str:
        """The words above it; "" for a block that is nothing but words."""
        return str(getattr(self, "label", ""))

    def rows(self, given: Rows) -> Rows:
        """Return what is drawn: the given rows, and the empty ones to write on."""
        return given

    def asks(self, rows: Rows, row: int, _column: int) -> str:
        """Say what a reader fills in at a cell of the drawn rows, "" where there is only to read.

        Numbers count from 0; the label of a field to fill in on a screen.
        """
        return self.caption if len(rows) <= 1 else f"{self.caption} ({row + 1})"

    def answer(self, rows: Rows, row: int, column: int) -> str:
        """Return what is filled in at such a cell already, "" for room to write."""
        return rows[row][column]

    def for_people(self, _people: int) -> Self:
        """Return the block with room for so many people; most blocks are the same for any."""
        return self


def given_rows(rows: Rows) -> Rows:
    """Return the rows in which something is written."""
    return tuple(row for row in rows if any(row))


def part_of(question: str, part: str) -> str:
    """Name a part of a question, in the words of both.

    >>> part_of("What would we see?", "One step")
    'What would we see? One step'
    >>> part_of("My number", "3 Jan")
    'My number: 3 Jan'
    """
    ends_itself = question[-1:] in _ENDS
    return f"{question} {part}" if ends_itself else f"{question}: {part}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose(Block):
    """Sentences to read."""

    kind: ClassVar[str] = "prose"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Block):
    """Short statements, each with a box to tick."""

    kind: ClassVar[str] = "checklist"
    label: str
    items: tuple[str, ...]

    def asks(self, _rows: Rows, row: int, _column: int) -> str:
        """Say which statement is ticked."""
        return part_of(self.label, self.items[row])


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Block):
    """A question and lines to write on; `lead` begins each line, `numbered` counts them.

    With a `count` of 0 there is nothing to write on, and no question where nothing is given.
    """

    kind: ClassVar[str] = "lines"
    label: str
    count: int
    lead: str = ""
    numbered: bool = False

    def rows(self, given: Rows) -> Rows:
        """Return the given text, or empty lines when there is none."""
        return given or (("",),) * self.count

    @property
    def leads(self) -> tuple[str, ...]:
        """What begins each line, and each further part of a line after a gap in it."""
        return tuple(part.strip() for part in _GAP.split(self.lead))

    def asks(self, rows: Rows, row: int, column: int) -> str:
        """Say which line is written, and after which words."""
        if rows[row][0] or not (self.lead or self.numbered):
            return self.label if len(given_rows(rows)) <= 1 else f"{self.label} ({row + 1})"
        return part_of(self.label, f"{row + 1}. {self.leads[column]}".rstrip(" ."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(Block):
    """A question and a frame with room for `count` lines, to write or draw in."""

    kind: ClassVar[str] = "box"
    label: str
    count: int

    def rows(self, given: Rows) -> Rows:
        """Return the given text, or room when there is none."""
        return given or (("",),) * self.count

    def asks(self, rows: Rows, row: int, _column: int) -> str:
        """Say which of the given texts stands there; all that is empty is one room."""
        return self.label if len(given_rows(rows)) <= 1 else f"{self.label} ({row + 1})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Block):
    """The numbers 0 to 10 to ring one of, with words for both ends."""

    kind: ClassVar[str] = "scale"
    label: str
    low: str
    high: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors(Block):
    """Five steps from -2 to +2, each named, with room for what it would look like.

    The headings stand above the step's number, its name, and what would be seen.
    """

    kind: ClassVar[str] = "anchors"
    label: str
    headings: tuple[str, str, str]
    steps: tuple[str, str, str, str, str]

    def rows(self, given: Rows) -> Rows:
        """Return five rows, empty where nothing was written.

        Any other number is refused, for a step would stand beside the wrong words.
        """
        if given and len(given) != len(self.steps):
            raise WorksheetError("The five steps of a goal need five texts, empty ones included.")
        return given or (("",),) * len(self.steps)

    def asks(self, _rows: Rows, row: int, _column: int) -> str:
        """Say for which step it is told what would be seen."""
        return part_of(self.label, self.steps[row])


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature(Block):
    """A place for initials and a date for each person named, or for `count` people at least.

    The headings stand above the name, the initials and the date.
    """

    kind: ClassVar[str] = "signature"
    label: str
    headings: tuple[str, str, str]
    count: int

    def rows(self, given: Rows) -> Rows:
        """Return one row for each person."""
        return given or (("",),) * self.count

    def asks(self, rows: Rows, row: int, column: int) -> str:
        """Say whose name, initials or date is written."""
        name = rows[row][0]
        if column == 0 and name:
            return ""
        return part_of(self.label, f"{self.headings[column]}, {name or row + 1}")

    def for_people(self, people: int) -> Self:
        """Return the block with a place for each."""
        return replace(self, count=max(self.count, people))


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing(Block):
    """A drawn map; a blank sheet leaves room for `count` lines, to draw it by hand."""

    kind: ClassVar[str] = "drawing"
    field: str
    label: str
    key: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle(Block):
    """A loop of boxes to write in, each leading to the next; `said` tells the loop in words.

    Three to eight places, drawn clockwise from the top.
    """

    kind: ClassVar[str] = "cycle"
    label: str
    said: str
    places: tuple[str, ...]

    def ring(self, letter: float) -> Ring:
        """Return where its boxes and arrows stand for type of so many points."""
        return ring(self.places, letter)

    def asks(self, _rows: Rows, row: int, _column: int) -> str:
        """Say which box of the loop is written in; two may have the same heading."""
        return part_of(self.label, f"{row + 1}. {self.places[row]}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Block):
    """A card to cut out and give away: a title, a sentence, and beginnings to write on.

    There is one card for each person but the one who fills in the sheet.
    """

    kind: ClassVar[str] = "card"
    label: str
    title: str
    text: str
    leads: tuple[str, ...]
    count: int = 1

    def rows(self, given: Rows) -> Rows:
        """Return one row for each card, with nothing written on it."""
        return given or (("",),) * self.count

    def asks(self, rows: Rows, row: int, column: int) -> str:
        """Say which line of which card is written."""
        card = self.title if len(rows) == 1 else f"{self.title} ({row + 1})"
        return part_of(card, self.leads[column])

    def for_people(self, people: int) -> Self:
        """Return a card for each of the others."""
        return replace(self, count=max(self.count, people - 1))
