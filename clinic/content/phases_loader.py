"""Reads the phases of the work, one file a phase, named by its key.

Ticks and moves are stored by the keys of phases and criteria, so these never change their meaning.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import Field, PositiveInt, model_validator
from pydantic_core import PydanticCustomError

from clinic.content.files import read_file, read_folder
from clinic.content.rows import Strict
from clinic.content.schema import ContentFile
from clinic.content.wording import Key, Text
from clinic.domain.phases import Criterion, Per, Phase

#: The phases that ship with Undercurrent.
FOLDER = Path(__file__).with_name("phases")


class CriterionRow(Strict):
    """One box to tick before the phase is left."""

    key: Key
    label: Text
    per: Per

    def value(self) -> Criterion:
        """Return the row as the domain's criterion."""
        return Criterion(self.key, self.label, self.per)


class PhaseFile(ContentFile):
    """A whole phase; `place` is where it stands among the others."""

    place: PositiveInt
    title: Text
    aim: Text
    also_called: Text
    criteria: Annotated[tuple[CriterionRow, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _keys_differ(self) -> Self:
        keys = [row.key for row in self.criteria]
        if repeated := sorted({key for key in keys if keys.count(key) > 1}):
            message = "{keys} is used twice"
            raise PydanticCustomError("keys", message, {"keys": ", ".join(repeated)})
        return self


def load_phase(path: Path) -> Phase:
    """Read one phase; its key is the file's name. Raises ContentError."""
    return _placed(path)[1]


def load_phases(folder: Path = FOLDER) -> Mapping[str, Phase]:
    """Read all phases of a folder, in their places. Raises one ContentError for all faults."""
    placed = read_folder(folder, _placed)
    ordered = sorted(placed.items(), key=lambda one: (one[1][0], one[0]))
    return MappingProxyType({key: phase for key, (_, phase) in ordered})


def _placed(path: Path) -> tuple[int, Phase]:
    file = read_file(path, PhaseFile)
    criteria = tuple(row.value() for row in file.criteria)
    return file.place, Phase(path.stem, file.title, file.aim, file.also_called, criteria)
