"""What each piece of a worksheet must look like in its file, and the domain's value it becomes.

Source: clinical design 6.1.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from clinic.content.wording import Remark, Text
from clinic.domain import blocks, grids

FieldName = Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
Lengthy = Annotated[int, Field(ge=1, le=40)]


class Strict(BaseModel):
    """Takes exactly what it names, and turns no value into another kind."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Block(Strict):
    def to_domain(self) -> blocks.Block:
        """Return the piece as the domain knows it."""
        kind: type[blocks.Block] = _KINDS[type(self)]
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
    count: Annotated[int, Field(ge=0, le=40)]
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


class _Cycle(_Block):
    kind: Literal["cycle"]
    label: Text
    said: Text
    places: Annotated[tuple[Text, ...], Field(min_length=3, max_length=8)]


class _Card(_Block):
    kind: Literal["card"]
    label: Text
    title: Text
    text: Text
    leads: Annotated[tuple[Text, ...], Field(min_length=1, max_length=6)]


class _Compare(_Block):
    kind: Literal["compare"]
    field: FieldName | None = None
    label: Text
    left: Text
    right: Text
    count: Lengthy


class _Views(_Block):
    kind: Literal["views"]
    field: FieldName | None = None
    label: Text
    row_heading: Text
    name_heading: Text
    topics: tuple[Text, ...] = ()
    together: Remark = ""
    blank_rows: Annotated[int, Field(ge=0, le=40)]


class _Days(_Block):
    kind: Literal["days"]
    label: Text
    corner: Text
    days: Annotated[tuple[Text, ...], Field(min_length=5, max_length=7)]
    lines: Annotated[tuple[Text, ...], Field(min_length=1, max_length=8)]


_KINDS: Mapping[type[_Block], type[blocks.Block]] = {
    _Prose: blocks.Prose,
    _Checklist: blocks.Checklist,
    _Lines: blocks.Lines,
    _Box: blocks.Box,
    _ZoneGrid: grids.ZoneGrid,
    _Scale: blocks.Scale,
    _Anchors: blocks.Anchors,
    _Ratings: grids.Ratings,
    _Table: grids.Table,
    _Matrix: grids.Matrix,
    _Drawing: blocks.Drawing,
    _Signature: blocks.Signature,
    _Cycle: blocks.Cycle,
    _Card: blocks.Card,
    _Compare: grids.Compare,
    _Views: grids.Views,
    _Days: grids.Days,
}

#: Any piece of a sheet, told apart by its kind.
AnyBlock = Annotated[
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
    | _Signature
    | _Cycle
    | _Card
    | _Compare
    | _Views
    | _Days,
    Field(discriminator="kind"),
]

#: The kinds by name.
NAMES = frozenset(kind.kind for kind in _KINDS.values())
