"""A practice's own worksheets: files in its data folder, read by the same loader as ours."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from clinic.content.loader import ContentError
from clinic.content.worksheets_loader import load_worksheet, load_worksheets
from clinic.domain.visibility import Layer
from clinic.domain.worksheets import NAME_FIELD, SheetAudience, Worksheet
from clinic.services.sheet_fields import OF_A_READER

#: The names of own files: no sheet of ours is ever called so.
OWN_KEY = re.compile(r"p[0-9]{2}")


class _Uses(NamedTuple):
    """How our sheets use one field: in which pieces, and as facts of which layers.

    Another piece would cut it. Another layer would let it onto a sheet for others to read.
    """

    kinds: set[str]
    layers: set[Layer]


def load_all(folder: Path) -> Mapping[str, Worksheet]:
    """Return our worksheets and those of a practice's folder, by key, in order.

    An own sheet is a file called p01.toml to p99.toml, written as ours are; a folder that is not
    there holds none. Raises ContentError that names every fault of every own file at once: besides
    what the loader refuses, a field that none of our sheets has, one in a piece that cannot draw it
    or in another layer than its own, and a reader's field on a sheet that has no single reader.
    """
    ours, own = load_worksheets(), dict[str, Worksheet]()
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            own[path.stem] = _load(path, ours)
        except ContentError as fault:
            faults += fault.faults
    if faults:
        raise ContentError(faults)
    return MappingProxyType({**ours, **own})


def _load(path: Path, ours: Mapping[str, Worksheet]) -> Worksheet:
    if not OWN_KEY.fullmatch(path.stem):
        raise ContentError([f"{path.name}: call your own worksheets p01.toml to p99.toml"])
    sheet = load_worksheet(path)
    if faults := [f"{path.name}: {fault}" for fault in _faults(sheet, _uses(ours))]:
        raise ContentError(faults)
    return sheet


def _faults(sheet: Worksheet, uses: Mapping[str, _Uses]) -> Iterator[str]:
    if sheet.prefill and sheet.audience is SheetAudience.THERAPIST:
        yield "prefill: your own sheet for the therapist alone stays blank"
        return
    for name, kind in _places(sheet).items():
        known = uses.get(name)
        if known is None:
            yield f"prefill.{name}: no case has such a field; there are {', '.join(sorted(uses))}"
        elif kind not in known.kinds:
            yield f"prefill.{name}: only this piece draws it: {', '.join(sorted(known.kinds))}"
        elif sheet.prefill[name] not in known.layers:
            layers = ", ".join(sorted(known.layers))
            yield f"prefill.{name}: whoever the sheet is for, these facts are {layers}"
        elif name in OF_A_READER and not (sheet.has_one_reader or sheet.whose):
            yield f"prefill.{name}: this sheet is nobody's own, so say with “whose” who is meant"


def _places(sheet: Worksheet) -> Mapping[str, str]:
    """Give the kind of piece that each field stands in; the head of the page draws the name."""
    head = {NAME_FIELD: NAME_FIELD} if NAME_FIELD in sheet.prefill else {}
    blocks = (block for section in sheet.sections for block in section.blocks if block.field)
    names = (name for section in sheet.sections for name in section.fields())
    return {**head, **{name: block.kind for name, block in zip(names, blocks, strict=True)}}


def _uses(ours: Mapping[str, Worksheet]) -> Mapping[str, _Uses]:
    """Say of every field how our sheets use it, those for the therapist alone left out."""
    found: dict[str, _Uses] = {}
    for sheet in ours.values():
        if sheet.audience is SheetAudience.THERAPIST:
            continue
        for name, kind in _places(sheet).items():
            uses = found.setdefault(name, _Uses(set(), set()))
            uses.kinds.add(kind)
            uses.layers.add(sheet.prefill[name])
    return found
