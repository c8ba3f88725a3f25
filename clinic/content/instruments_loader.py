"""Reads the standardised measures, one file for those that belong together.

No file holds an item's wording: whether that may be reprinted is a matter of its own licence, and
for most it may not. A number without its source does not load.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import Field, PositiveInt, model_validator
from pydantic_core import PydanticCustomError

from clinic.content.files import read_file, read_folder
from clinic.content.loader import ContentError
from clinic.content.rows import Strict
from clinic.content.schema import ContentFile
from clinic.content.wording import Key, Remark, Text
from clinic.domain.change import Direction
from clinic.domain.instruments import Cited, Delivery, Instrument, SingleItem
from clinic.domain.visibility import Layer

#: The measures that ship with Undercurrent.
FOLDER = Path(__file__).with_name("instruments")


class CitedRow(Strict):
    """A number and where it was read."""

    value: float
    source: Text


class SingleItemRow(Strict):
    """An item entered beside the score."""

    number: PositiveInt
    lowest: int
    highest: int


class InstrumentRow(Strict):
    """One score of one instrument."""

    key: Annotated[Key, Field(max_length=40)]
    name: Text
    scale: Remark = ""
    layer: Layer = Layer.PRIVATE
    delivery: Delivery = Delivery.SCORE
    items: PositiveInt
    missing: Text
    licence: Text
    source: Text
    lowest: float | None = None
    highest: float | None = None
    direction: Direction | None = None
    whole: bool = True
    at_least: PositiveInt | None = None
    cut_off: CitedRow | None = None
    clinical_at_cut_off: bool = True
    reliable_points: CitedRow | None = None
    asks_single_item: SingleItemRow | None = None
    note: Remark = ""

    @model_validator(mode="after")
    def _numbers_fit(self) -> Self:
        if (self.lowest is None) is not (self.highest is None):
            raise PydanticCustomError("range", "a range has both ends or none")
        if self.lowest is not None and self.highest is not None and self.lowest >= self.highest:
            raise PydanticCustomError("range", "the lowest score is below the highest")
        if self.cut_off and not self._within(self.cut_off.value):
            raise PydanticCustomError("cut_off", "the cut-off lies outside the range")
        if self.reliable_points and self.reliable_points.value <= 0:
            raise PydanticCustomError("points", "a reliable change is above 0")
        if self.at_least and self.at_least > self.items:
            raise PydanticCustomError("at_least", "more answers are asked for than items")
        return self

    def _within(self, value: float) -> bool:
        return self.lowest is None or self.highest is None or self.lowest <= value <= self.highest

    def value(self, version: int) -> Instrument:
        """Return the row as the domain's instrument."""
        given = {name: getattr(self, name) for name in type(self).model_fields}
        for name in ("cut_off", "reliable_points"):
            given[name] = Cited(**given[name].model_dump()) if given[name] else None
        if self.asks_single_item:
            given["asks_single_item"] = SingleItem(**self.asks_single_item.model_dump())
        return Instrument(version=version, **given)


class InstrumentsFile(ContentFile):
    """Measures that belong together, and the day their sources were last looked at."""

    title: Text
    checked: dt.date
    instruments: Annotated[tuple[InstrumentRow, ...], Field(min_length=1)]


def load_instruments(folder: Path = FOLDER) -> Mapping[str, Instrument]:
    """Read every instrument of a folder by key. Raises one ContentError for all faults."""
    files = read_folder(folder, lambda path: read_file(path, InstrumentsFile))
    found: dict[str, Instrument] = {}
    faults: list[str] = []
    for name, file in files.items():
        for row in file.instruments:
            if row.key in found:
                faults.append(f"{name}.toml: {row.key} is used twice")
            found[row.key] = row.value(file.version)
    if faults:
        raise ContentError(faults)
    return MappingProxyType(found)
