"""Reads the worksheets from their files, one file a worksheet, named by its key.

Every fault of a file is named at once with its place, and stops the start: a sheet
with a fault must not reach a printer. What leaves here are domain values.
"""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from clinic.content.loader import ContentError
from clinic.content.wording import Remark, Text
from clinic.domain import worksheets
from clinic.domain.visibility import Layer
from clinic.domain.worksheets import Section, SheetAudience, Worksheet, WorksheetError

#: The worksheets that ship with Undercurrent.
FOLDER = Path(__file__).with_name("worksheets")

FieldName = Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
RuleName = Annotated[str, Field(pattern=r"^[a-z][a-z_]*(\.[a-z][a-z_]*)?$")]
Lengthy = Annotated[int, Field(ge=1, le=40)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Block(_Strict):
    def to_domain(self) -> worksheets.Block:
        kind: type[worksheets.Block] = _KINDS[type(self)]
        fields = {name: getattr(self, name) for name in type(self).model_fields if name != "kind"}
        return kind(**fields)


class _Prose(_Block):
    kind: Literal["prose"]
    text: Text


class _Checklist(_Block):
    kind: Literal["checklist"]
    label: Text
    items: Annotated[tuple[Text, ...], Field(min_length=1)]


class _Lines(_Block):
    kind: Literal["lines"]
    field: FieldName | None = None
    label: Text
    count: Lengthy
    lead: Remark = ""
    numbered: bool = False


class _Box(_Block):
    kind: Literal["box"]
    field: FieldName | None = None
    label: Text
    count: Lengthy


class _ZoneGrid(_Block):
    kind: Literal["zone_grid"]
    field: FieldName
    label: Text
    number_heading: Text
    row_heading: Text
    columns: Annotated[tuple[Text, ...], Field(min_length=2, max_length=6)]
    blank_rows: Lengthy


class _Scale(_Block):
    kind: Literal["scale"]
    label: Text
    low: Text
    high: Text


class _Anchors(_Block):
    kind: Literal["anchors"]
    field: FieldName | None = None
    label: Text
    headings: tuple[Text, Text, Text]
    steps: tuple[Text, Text, Text, Text, Text]


class _Ratings(_Block):
    kind: Literal["ratings"]
    field: FieldName
    label: Text
    when: Text
    number: Text
    across: Annotated[int, Field(ge=2, le=10)]
    spare: Lengthy


class _Table(_Block):
    kind: Literal["table"]
    field: FieldName | None = None
    label: Text
    columns: Annotated[tuple[Text, ...], Field(min_length=2, max_length=5)]
    blank_rows: Annotated[int, Field(ge=0, le=40)]


class _Matrix(_Block):
    kind: Literal["matrix"]
    field: FieldName
    label: Text
    key: Text


class _Drawing(_Block):
    kind: Literal["drawing"]
    field: FieldName
    label: Text
    key: Text
    count: Lengthy


class _Signature(_Block):
    kind: Literal["signature"]
    field: FieldName | None = None
    label: Text
    headings: tuple[Text, Text, Text]
    count: Lengthy


_KINDS: Mapping[type[_Block], type[worksheets.Block]] = {
    _Prose: worksheets.Prose,
    _Checklist: worksheets.Checklist,
    _Lines: worksheets.Lines,
    _Box: worksheets.Box,
    _ZoneGrid: worksheets.ZoneGrid,
    _Scale: worksheets.Scale,
    _Anchors: worksheets.Anchors,
    _Ratings: worksheets.Ratings,
    _Table: worksheets.Table,
    _Matrix: worksheets.Matrix,
    _Drawing: worksheets.Drawing,
    _Signature: worksheets.Signature,
}

_AnyBlock = Annotated[
    _Prose
    | _Checklist
    | _Lines
    | _Box
    | _ZoneGrid
    | _Scale
    | _Anchors
    | _Ratings
    | _Table
    | _Matrix
    | _Drawing
    | _Signature,
    Field(discriminator="kind"),
]


_NAMES = frozenset(kind.kind for kind in _KINDS.values())


class _Section(_Strict):
    title: Text
    blocks: Annotated[tuple[_AnyBlock, ...], Field(min_length=1)]
    repeat: FieldName | None = None
    blank: Lengthy = 1
    new_page: bool = False

    def to_domain(self) -> Section:
        blocks = tuple(block.to_domain() for block in self.blocks)
        return Section(self.title, blocks, self.repeat, self.blank, self.new_page)


class _File(_Strict):
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
    prefill: dict[RuleName, Layer]
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
    return ".".join(str(step) for i, step in enumerate(steps) if not (i == 4 and step in _NAMES))
