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

from clinic.domain.blocks import Block, WorksheetError
from clinic.domain.grids import ZoneGrid
from clinic.domain.visibility import Audience, Layer, may_see

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
class TypeSize(StrEnum):
    """The size of type a sheet is printed in; large print is 18 points."""

    NORMAL = "normal"
    LARGE = "large"


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
    words what must not be on it. `finds` are further words to find it by. `whose` is the question
    whose facts are filled in, on a sheet that all may read and one of them brings. Refuses a
    layer the audience may not read, a field without a layer and a layer without a field.
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
    finds: str = ""
    whose: str = ""

    def __post_init__(self) -> None:
        self._check_layers()
        self._check_fields([field for part in self.sections for field in part.fields()])

    @property
    def has_one_reader(self) -> bool:
        """Whether it is handed to one person and read by nobody else."""
        return self.audience in {SheetAudience.PARTNER, SheetAudience.EACH}

    @property
    def places_behaviours(self) -> bool:
        """Whether it offers behaviours of the inventory to place, also on a blank sheet."""
        blocks = (block for section in self.sections for block in section.blocks)
        return any(isinstance(block, ZoneGrid) for block in blocks)

    def labels(self) -> Mapping[str, str]:
        """Say of every field that may be filled in what stands above it on the paper."""
        found = {NAME_FIELD: self.name_label} if NAME_FIELD in self.prefill else {}
        for section in self.sections:
            blocks = [block for block in section.blocks if block.field]
            for name, block in zip(section.fields(), blocks, strict=True):
                found[name] = block.caption
        return found

    def texts(self) -> Iterator[str]:
        """Give the words it can be found by: its own, and those of its sections."""
        yield from (self.title, self.purpose, self.finds)
        for section in self.sections:
            yield section.title
            yield from (block.caption for block in section.blocks)

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
            # Every sheet has a place for the name; only some are filled in there.
            if field not in (*fields, NAME_FIELD):
                raise WorksheetError(f"prefill.{field}: no block uses this field")
