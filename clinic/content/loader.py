"""Reads the reviewed clinical content once, when the program starts.

Nothing else reads these files. Content with any fault stops the start, and says all of its
faults at once, so that a clinician who edits a file mends it in one go.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError

from clinic.content.library import Concern, Library
from clinic.content.schema import ConcernFolder

CONTENT = Path(__file__).parent

#: What pydantic says about a whole file, in words for whoever keeps the files.
FILE_FAULTS = {"missing": "the file is missing", "extra_forbidden": "the file is not known here"}


class ContentError(Exception):
    """Says every fault of the content, one a line: file, place (counted from 0), fault."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def load_library(folder: Path = CONTENT) -> Library:
    """Return every presenting concern under `folder`/concerns, each from its own folder.

    Raises ContentError when any of them has a fault, or when there is none.
    """
    faults: list[str] = []
    concerns = [
        concern
        for path in sorted(folder.glob("concerns/*/"))
        if (concern := _load_concern(path, faults))
    ]
    if not concerns and not faults:
        faults.append("concerns: there is no presenting concern")
    if faults:
        raise ContentError(faults)
    return Library(_by_key(concerns))


def _load_concern(folder: Path, faults: list[str]) -> Concern | None:
    """Return a concern, or add what is wrong with it to `faults`."""
    documents: dict[str, dict[str, Any]] = {}
    unreadable = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            documents[path.stem] = tomllib.loads(path.read_text("utf-8"))
        except ValueError as error:  # neither TOML nor, perhaps, UTF-8
            unreadable[path.stem] = str(error)
    faults += [f"{folder.name}/{name}.toml: {fault}" for name, fault in unreadable.items()]
    faults += [f"{folder.name}/{fault}" for fault in _repeated_keys(documents)]
    explanations = _keys(documents.get("explanations", {}).get("items"))
    context = {"folder": folder.name, "explanations": explanations}
    try:
        return _concern(ConcernFolder.model_validate(documents, context=context))
    except ValidationError as error:
        faults += [f"{folder.name}/{fault}" for fault in _shape_faults(error, unreadable)]
        return None


def _shape_faults(error: ValidationError, unreadable: Iterable[str]) -> Iterator[str]:
    for fault in error.errors():
        name, *place = (str(part) for part in fault["loc"] if part != "[key]")
        if place:
            yield f"{name}.toml: {'.'.join(place)}: {fault['msg']}"
        elif name not in unreadable:
            yield f"{name}.toml: {FILE_FAULTS[fault['type']]}"


def _repeated_keys(documents: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    for name, document in documents.items():
        for field, rows in document.items():
            keys = _keys(rows)
            for place, key in enumerate(keys):
                if key is not None and key in keys[:place]:
                    yield f"{name}.toml: {field}.{place}.key: {key} is used twice"


def _keys(rows: object) -> list[object]:
    """Return the key of every row, whatever else is wrong with the rows."""
    if not isinstance(rows, list):
        return []
    return [row.get("key") if isinstance(row, dict) else None for row in rows]


def _concern(files: ConcernFolder) -> Concern:
    explanations = _by_key(row.value() for row in files.explanations.items)
    return Concern(
        key=files.concern.key,
        title=files.concern.title,
        reviewed=files.concern.reviewed,
        behaviours=_by_key(row.value() for row in files.behaviours.items),
        responses=_by_key(row.value() for row in files.responses.items),
        drivers=_by_key(row.value() for row in files.drivers.items),
        explanations=explanations,
        evidence=_by_key(row.value(explanations) for row in files.evidence.items),
        goals=_by_key(row.value() for row in files.goals.items),
        agreement_principles=tuple(files.agreement.principles),
        agreement_topics=_by_key(row.value() for row in files.agreement.topics),
        raising_steps=tuple(row.value() for row in files.raising.raising),
        receiving_steps=tuple(row.value() for row in files.raising.receiving),
        files=MappingProxyType({name: file.provenance() for name, file in files}),
    )


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_Value = TypeVar("_Value", bound=_Keyed)


def _by_key(values: Iterable[_Value]) -> Mapping[str, _Value]:
    return MappingProxyType({value.key: value for value in values})
