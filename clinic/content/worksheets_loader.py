"""Reads the worksheets from their files, one file a worksheet, named by its key.

Every fault of a file is named at once with its place, and stops the start: a sheet
with a fault must not reach a printer. What leaves here are domain values.
"""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import Field, ValidationError

from clinic.content.loader import ContentError
from clinic.content.wording import Remark, Text
from clinic.content.worksheet_blocks import NAMES, AnyBlock, FieldName, Lengthy, Strict
from clinic.domain.blocks import WorksheetError
from clinic.domain.visibility import Layer
from clinic.domain.worksheets import Section, SheetAudience, Worksheet

#: The worksheets that ship with Undercurrent.
FOLDER = Path(__file__).with_name("worksheets")

RuleName = Annotated[str, Field(pattern=r"^[a-z][a-z_]*(\.[a-z][a-z_]*)?$")]


class _Section(Strict):
    title: Text
    blocks: Annotated[tuple[AnyBlock, ...], Field(min_length=1)]
    repeat: FieldName | None = None
    blank: Lengthy = 1
    new_page: bool = False

    def to_domain(self) -> Section:
        blocks = tuple(block.to_domain() for block in self.blocks)
        return Section(self.title, blocks, self.repeat, self.blank, self.new_page)


class _File(Strict):
    title: Text
    version: Annotated[int, Field(ge=1)]
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
    licence: Text
    source: Text
    purpose: Text
    audience: SheetAudience
    phase: Annotated[str, Field(pattern=r"^P[0-5]$")]
    name_label: Text
    never: Annotated[tuple[Text, ...], Field(min_length=1)]
    finds: Remark = ""
    whose: Remark = ""
    prefill: dict[RuleName, Layer] = Field(default_factory=dict)
    sections: Annotated[tuple[_Section, ...], Field(min_length=1)]

    @classmethod
    def parse(cls, text: str) -> Self:
        # Strict JSON reads arrays as tuples and names as enums, and guesses nothing else.
        return cls.model_validate_json(json.dumps(tomllib.loads(text), default=str))

    def to_domain(self, key: str) -> Worksheet:
        given = {name: getattr(self, name) for name in type(self).model_fields}
        given["sections"] = tuple(section.to_domain() for section in self.sections)
        given["prefill"] = MappingProxyType(self.prefill)
        return Worksheet(key=key, **given)


def load_worksheet(path: Path) -> Worksheet:
    """Read one worksheet; its key is the file's name.

    Refuses (ContentError) a file that is no TOML, that lacks licence or source, holds
    an unknown or missing value, or prints a layer its audience may not read.
    """
    try:
        return _File.parse(path.read_text(encoding="utf-8")).to_domain(path.stem)
    except ValidationError as error:
        raise ContentError(_faults(path, error)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, WorksheetError) as error:
        raise ContentError([f"{path.name}: {error}"]) from None


def load_worksheets(folder: Path = FOLDER) -> Mapping[str, Worksheet]:
    """Read all worksheets of a folder, by key, in order.

    Every faulty file is named in one ContentError.
    """
    loaded: dict[str, Worksheet] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            loaded[path.stem] = load_worksheet(path)
        except ContentError as error:
            faults += error.faults
    if faults:
        raise ContentError(faults)
    return MappingProxyType(loaded)


def _faults(path: Path, error: ValidationError) -> list[str]:
    return [f"{path.name}: {_place(fault['loc'])}: {fault['msg']}" for fault in error.errors()]


def _place(steps: tuple[int | str, ...]) -> str:
    # pydantic names the kind of block as a step of its own; the file has no such step.
    return ".".join(str(step) for i, step in enumerate(steps) if not (i == 4 and step in NAMES))
