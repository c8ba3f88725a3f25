"""What a worksheet is put together from: pieces to read, and pieces to write on.

A block says what stands on the paper and how much room it leaves; the template of its kind draws
it. What has rows and columns is in `grids`.

Source: clinical design 6.0 and 6.1.
"""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from clinic.domain.ring import Ring, ring

#: One prefilled field: rows of cells. A plain text is one row with one cell.
Rows = tuple[tuple[str, ...], ...]


class WorksheetError(ValueError):
    """A worksheet promises something it may not print, or names a field it does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of a sheet; `field` names what may be prefilled into it."""

    kind: ClassVar[str]
    field: str | None = None

    @property
    def caption(self) -> str:
        """The words above it; "" for a block that is nothing but words."""
        return str(getattr(self, "label", ""))

    def rows(self, given: Rows) -> Rows:
        """Return what is drawn: the given rows, and the empty ones to write on."""
        return given

    def for_people(self, _people: int) -> Self:
        """Return the block with room for so many people; most blocks are the same for any."""
        return self


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(Block):
    """A question and a frame with room for `count` lines, to write or draw in."""

    kind: ClassVar[str] = "box"
    label: str
    count: int

    def rows(self, given: Rows) -> Rows:
        """Return the given text, or room when there is none."""
        return given or (("",),) * self.count


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

    def for_people(self, people: int) -> Self:
        """Return a card for each of the others."""
        return replace(self, count=max(self.count, people - 1))
