"""A practice's own worksheets: files in its data folder, read by the same loader as ours."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from clinic.content.loader import ContentError
from clinic.content.worksheets_loader import load_worksheet, load_worksheets
from clinic.domain.sheets import GoalRow
from clinic.domain.worksheets import NAME_FIELD, SheetAudience, Worksheet
from clinic.services.sheet_fields import FIELDS, GROUPS, OF_A_READER

#: The names of own files: no sheet of ours is ever called so.
OWN_KEY = re.compile(r"p[0-9]{2}")

#: The fields of one entry of each group.
IN_GROUP: Mapping[str, frozenset[str]] = MappingProxyType(
    {"goals": frozenset(GoalRow("").fields())}
)


def load_all(folder: Path) -> Mapping[str, Worksheet]:
    """Return our worksheets and those of a practice's folder, by key, in order.

    An own sheet is a file called p01.toml to p99.toml, written as ours are; a folder that is not
    there holds none. Raises ContentError that names every fault of every own file at once: besides
    what the loader refuses, a field that no case has, a field in a piece that cannot draw it, and
    a reader's field on a sheet that has no single reader.
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
    if faults := [f"{path.name}: {fault}" for fault in _faults(sheet, _drawn_by(ours))]:
        raise ContentError(faults)
    return sheet


def _faults(sheet: Worksheet, drawn_by: Mapping[str, frozenset[str]]) -> Iterator[str]:
    if sheet.prefill and sheet.audience is SheetAudience.THERAPIST:
        yield "prefill: your own sheet for the therapist alone stays blank"
        return
    for name, kind in _places(sheet).items():
        if not _is_known(name):
            yield f"prefill.{name}: no case has such a field; there are {_known_names()}"
        elif kind not in drawn_by.get(name, ()):
            yield f"prefill.{name}: only this piece draws it: {', '.join(sorted(drawn_by[name]))}"
        elif name in OF_A_READER and not (sheet.has_one_reader or sheet.whose):
            yield f"prefill.{name}: this sheet is nobody's own, so say with “whose” who is meant"


def _is_known(name: str) -> bool:
    group, dot, inner = name.partition(".")
    return inner in IN_GROUP[group] if dot and group in GROUPS else name in FIELDS


def _known_names() -> str:
    inner = (f"{group}.{name}" for group in GROUPS for name in IN_GROUP[group])
    return ", ".join(sorted({*FIELDS, *inner}))


def _places(sheet: Worksheet) -> Mapping[str, str]:
    """Give the kind of piece that each field stands in; the head of the page draws the name."""
    head = {NAME_FIELD: NAME_FIELD} if NAME_FIELD in sheet.prefill else {}
    blocks = (block for section in sheet.sections for block in section.blocks if block.field)
    names = (name for section in sheet.sections for name in section.fields())
    return {**head, **{name: block.kind for name, block in zip(names, blocks, strict=True)}}


def _drawn_by(ours: Mapping[str, Worksheet]) -> Mapping[str, frozenset[str]]:
    """Say which pieces can draw each field: those in which one of our sheets shows it."""
    found: dict[str, set[str]] = {name: set() for name in FIELDS}
    for sheet in ours.values():
        for name, kind in _places(sheet).items():
            found.setdefault(name, set()).add(kind)
    return {name: frozenset(kinds) for name, kinds in found.items()}
