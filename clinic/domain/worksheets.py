"""What a worksheet is: a printable sheet with one stated audience.

A worksheet is made of sections, a section of blocks, and a block either explains
something or leaves room to write. A block with a field may be prefilled; the
worksheet names the layer of each field, and a field its audience may not read does
not load. Safety answers and process notes are on no sheet at all.

Source: clinical design 6.0 (rules for all worksheets) and 6.1 (the fifteen).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import ClassVar

from clinic.domain.visibility import Audience, Layer, may_see

#: One prefilled field: rows of cells. A plain text is one row with one cell.
Rows = tuple[tuple[str, ...], ...]

#: The prefill field with the reader's first name; the page head draws it.
NAME_FIELD = "name"

#: Layers that no sheet ever prints, whoever it is for.
NEVER_PRINTED = frozenset({Layer.SAFETY, Layer.PROCESS})


@unique
class Paper(StrEnum):
    """The paper a sheet is printed on, by its CSS name."""

    A4 = "A4"
    LETTER = "letter"


@unique
class SheetAudience(StrEnum):
    """Who a sheet is handed to; `each` means one file for every partner, never one for both."""

    PARTNER = "partner"
    EACH = "each"
    COUPLE = "couple"
    THERAPIST = "therapist"


_READS_AS = {
    SheetAudience.PARTNER: Audience.PARTNER,
    SheetAudience.EACH: Audience.PARTNER,
    SheetAudience.COUPLE: Audience.COUPLE,
    SheetAudience.THERAPIST: Audience.THERAPIST,
}


def may_print(audience: SheetAudience, layer: Layer) -> bool:
    """Tell whether a sheet for an audience may hold facts of a layer.

    A partner's sheet holds that partner's own private facts, never the other's.

    >>> may_print(SheetAudience.EACH, Layer.PRIVATE)
    True
    >>> may_print(SheetAudience.COUPLE, Layer.PRIVATE)
    False
    """
    return layer not in NEVER_PRINTED and may_see(_READS_AS[audience], layer, own=True)


class WorksheetError(ValueError):
    """A worksheet promises something it may not print, or names a field it does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of a sheet; `field` names what may be prefilled into it."""

    kind: ClassVar[str]
    field: str | None = None

    def rows(self, given: Rows) -> Rows:
        """Return what is drawn: the given rows, and the empty ones to write on."""
        return given


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
    """A question and lines to write on; `lead` begins each line, `numbered` counts them."""

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
class ZoneGrid(Block):
    """Behaviours to place, one a row, with a circle for each column."""

    kind: ClassVar[str] = "zone_grid"
    label: str
    number_heading: str
    row_heading: str
    columns: tuple[str, ...]
    blank_rows: int

    def rows(self, given: Rows) -> Rows:
        """Return the given behaviours, then empty rows for the reader's own."""
        return given + (("",),) * self.blank_rows


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
class Ratings(Block):
    """One reader's own 0 to 10 ratings: rows of appointment and number, `across` to a band."""

    kind: ClassVar[str] = "ratings"
    label: str
    when: str
    number: str
    across: int
    spare: int

    def rows(self, given: Rows) -> Rows:
        """Return the given ratings and at least `spare` empty places, in whole bands."""
        wanted = len(given) + self.spare
        places = -(-wanted // self.across) * self.across
        return given + (("", ""),) * (places - len(given))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Block):
    """A table with named columns and empty rows to fill in."""

    kind: ClassVar[str] = "table"
    label: str
    columns: tuple[str, ...]
    blank_rows: int

    def rows(self, given: Rows) -> Rows:
        """Return the given rows, then the empty ones."""
        if any(len(row) != len(self.columns) for row in given):
            raise WorksheetError(f"Each row of “{self.label}” needs {len(self.columns)} cells.")
        return given + (("",) * len(self.columns),) * self.blank_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix(Block):
    """A table whose columns come with what is filled in: the first row given holds headings.

    `key` says what the signs in its cells mean. A blank sheet leaves it out.
    """

    kind: ClassVar[str] = "matrix"
    label: str
    key: str

    def rows(self, given: Rows) -> Rows:
        """Return the given rows, each of which needs a cell for every heading."""
        if any(len(row) != len(given[0]) for row in given):
            raise WorksheetError(f"Each row of “{self.label}” needs a cell for every heading.")
        return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing(Block):
    """A drawn map; a blank sheet leaves room for `count` lines, to draw it by hand."""

    kind: ClassVar[str] = "drawing"
    field: str
    label: str
    key: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature(Block):
    """A place for initials and a date for each person named, or for `count` people.

    The headings stand above the name, the initials and the date.
    """

    kind: ClassVar[str] = "signature"
    label: str
    headings: tuple[str, str, str]
    count: int

    def rows(self, given: Rows) -> Rows:
        """Return one row for each person."""
        return given or (("",),) * self.count


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a sheet; one with `repeat` is drawn for each entry of that group."""

    title: str
    blocks: tuple[Block, ...]
    repeat: str | None = None
    blank: int = 1
    new_page: bool = False

    def fields(self) -> Iterator[str]:
        """Name the fields as prefill rules name them, such as `goals.why`."""
        prefix = f"{self.repeat}." if self.repeat else ""
        return (prefix + block.field for block in self.blocks if block.field)


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One worksheet as a clinician can review it.

    `prefill` names the layer of every field that may be filled in; `never` says in
    words what must not be on it. Refuses a layer the audience may not read, a field
    without a layer and a layer without a field.
    """

    key: str
    title: str
    version: int
    language: str
    licence: str
    source: str
    purpose: str
    audience: SheetAudience
    phase: str
    name_label: str
    sections: tuple[Section, ...]
    prefill: Mapping[str, Layer]
    never: tuple[str, ...]

    def __post_init__(self) -> None:
        self._check_layers()
        self._check_fields([NAME_FIELD, *(f for part in self.sections for f in part.fields())])

    def _check_layers(self) -> None:
        for field, layer in self.prefill.items():
            if not may_print(self.audience, layer):
                raise WorksheetError(
                    f"prefill.{field}: a sheet for “{self.audience}” may not hold {layer} facts"
                )

    def _check_fields(self, fields: Sequence[str]) -> None:
        for field in fields:
            if fields.count(field) > 1:
                raise WorksheetError(f"prefill.{field}: two blocks use this field")
            if field not in self.prefill:
                raise WorksheetError(f"prefill.{field}: a block uses this field, name its layer")
        for field in self.prefill:
            if field not in fields:
                raise WorksheetError(f"prefill.{field}: no block uses this field")
