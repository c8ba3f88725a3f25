"""Saved versions of a formulation: what stood there, and what changed between two of them.

A version is ordered sections of ordered fields, each in plain text. Entries such as
explanations and evidence are fields or sections with keys of their own, so that one
that came, went or changed is told apart from one that moved.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from enum import StrEnum, unique
from typing import TypeVar

#: How versions are written today. A new way of writing raises it, and still reads the old.
FORMAT = 1

#: Texts of more words than this are matched without their commonest words, to stay quick.
LONG_TEXT = 1_000


@unique
class ChangeKind(StrEnum):
    """What became of a field between two versions."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Field:
    """One text of a version, found again in another version by its key."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Section:
    """One headed part of a version; two fields of one key are refused (RepeatedKeyError)."""

    key: str
    title: str
    fields: Sequence[Field]

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", tuple(_keyed(self.fields).values()))


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of two versions side by side; "" where nothing stood there.

    The keys say which section and field it is, where title and label do not.
    """

    section: str
    label: str
    before: str
    after: str
    kind: ChangeKind
    section_key: str
    key: str


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text that has changed, or that has not."""

    text: str
    changed: bool


Part = TypeVar("Part", Section, Field)


class SnapshotError(ValueError):
    """A version cannot be kept or read as it is."""


class RepeatedKeyError(SnapshotError):
    """Two parts of one version have the same key, so neither could be found again."""


class UnknownFormatError(SnapshotError):
    """A version was written in a way that is not known here."""


# Words keep their accents, apostrophes and hyphens; spacing goes with the word after it.
_MARKS = r""".,;:!?…()\[\]"“”„«»/—\u2013\u3001\u3002\uff01\uff0c\uff1f"""
_WORD = re.compile(rf"\s*(?:[{_MARKS}]|[^\s{_MARKS}]+)|\s+")


def compare(
    older: Sequence[Section], newer: Sequence[Section], *, unchanged: bool = False
) -> tuple[Difference, ...]:
    """Tell what changed between two versions, field by field, in the order of the newer one.

    What was removed stands where it stood. A field that is missing counts as empty: it is
    added when it was empty before, removed when it is empty now. Titles and labels are the
    newer ones; a new label alone, or a new place, is no change. Unchanged fields are left out
    unless asked for. A section's key that is there twice is refused (RepeatedKeyError).

    >>> old = [Section("why", "Why", [Field("reason", "Reason", "The move")])]
    >>> new = [Section("why", "Why", [Field("reason", "Reason", "The birth")])]
    >>> [(each.label, each.before, each.after) for each in compare(old, new)]
    [('Reason', 'The move', 'The birth')]
    >>> [each.kind for each in compare([], new)]
    [<ChangeKind.ADDED: 'added'>]
    """
    told = (each for pair in _paired(older, newer) for each in _differences(*pair))
    return tuple(each for each in told if unchanged or each.kind is not ChangeKind.SAME)


def marked(before: str, after: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Mark the words that changed inside a text, on each side.

    The runs of a side put together are its text, letter by letter. Spacing alone is not
    marked.

    >>> old, new = marked("They talk.", "They often talk.")
    >>> [(run.text, run.changed) for run in new]
    [('They', False), (' often', True), (' talk.', False)]
    >>> "".join(run.text for run in old)
    'They talk.'
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, _bare(old), _bare(new), autojunk=len(new) > LONG_TEXT)
    steps = matcher.get_opcodes()
    return (
        _runs((old[start:end], tag != "equal") for tag, start, end, _, _ in steps),
        _runs((new[start:end], tag != "equal") for tag, _, _, start, end in steps),
    )


def to_json(sections: Sequence[Section]) -> str:
    """Write a version as JSON that `from_json` reads back exactly.

    A section's key that is there twice is refused (RepeatedKeyError).

    >>> to_json([Section("why", "Why", [])])
    '{"format": 1, "sections": [{"key": "why", "title": "Why", "fields": []}]}'
    >>> to_json([])
    '{"format": 1, "sections": []}'
    """
    written = [asdict(each) for each in _keyed(sections).values()]
    # Signs as they are: two escaped halves of one would come back as the whole.
    return json.dumps({"format": FORMAT, "sections": written}, ensure_ascii=False)


def from_json(text: str) -> tuple[Section, ...]:
    """Read a version that `to_json` wrote.

    Refuses an unknown format (UnknownFormatError) and anything else that is no version
    (SnapshotError).

    >>> from_json('{"format": 1, "sections": [{"key": "why", "title": "Why", "fields": []}]}')
    (Section(key='why', title='Why', fields=()),)
    >>> from_json('{"format": 2}')
    Traceback (most recent call last):
    clinic.domain.snapshots.UnknownFormatError: format 2 is not known here
    """
    match _parsed(text):
        case {"format": number} if number != FORMAT:
            raise UnknownFormatError(f"format {number} is not known here")
        case {"format": _, "sections": [*sections]}:
            read = tuple(map(_read_section, sections))
            _keyed(read)
            return read
        case _:
            raise SnapshotError("this is no saved version")


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError as error:
        raise SnapshotError("this is no saved version") from error


def _read_section(written: object) -> Section:
    match written:
        case {"key": str(key), "title": str(title), "fields": [*fields]}:
            return Section(key, title, tuple(map(_read_field, fields)))
        case _:
            raise SnapshotError("a section of this version cannot be read")


def _read_field(written: object) -> Field:
    match written:
        case {"key": str(key), "label": str(label), "value": str(value)}:
            return Field(key, label, value)
        case _:
            raise SnapshotError("a field of this version cannot be read")


def _keyed(parts: Iterable[Part]) -> dict[str, Part]:
    keyed: dict[str, Part] = {}
    for part in parts:
        if part.key in keyed:
            raise RepeatedKeyError(f"{part.key} is there twice")
        keyed[part.key] = part
    return keyed


def _paired(
    older: Iterable[Part], newer: Iterable[Part]
) -> list[tuple[Part, Part | None, Part | None]]:
    before, after = _keyed(older), _keyed(newer)
    return [
        (after.get(key) or before[key], before.get(key), after.get(key))
        for key in _merged(list(before), list(after))
    ]


def _merged(older: Sequence[str], newer: Sequence[str]) -> list[str]:
    merged = list(newer)
    for place, key in enumerate(older):
        if key not in merged:
            merged.insert(merged.index(older[place - 1]) + 1 if place else 0, key)
    return merged


def _differences(
    shown: Section, before: Section | None, after: Section | None
) -> Iterator[Difference]:
    pairs = _paired(before.fields if before else (), after.fields if after else ())
    for field, old, new in pairs:
        was, now = old.value if old else "", new.value if new else ""
        kind = _kind(was, now)
        yield Difference(shown.title, field.label, was, now, kind, shown.key, field.key)


def _kind(before: str, after: str) -> ChangeKind:
    if before == after:
        return ChangeKind.SAME
    if not before:
        return ChangeKind.ADDED
    return ChangeKind.CHANGED if after else ChangeKind.REMOVED


def _bare(words: Iterable[str]) -> list[str]:
    return [word.strip() for word in words]


def _runs(stretches: Iterable[tuple[Sequence[str], bool]]) -> tuple[Run, ...]:
    return tuple(Run("".join(words), changed) for words, changed in stretches if words)
