"""What the pages of saved readings show: sections in groups, and two versions side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from clinic.domain.snapshots import ChangeKind, Difference, Run, Section, compare, marked
from clinic.services import readings
from clinic.services.rows import Case, Formulation, ScopedSession
from clinic.web.contents import concern_of, reviewed
from clinic.web.language import translate
from clinic.web.readings import words
from clinic.web.readings.names import Names, kind_of, names_of

#: A text of which less than this share has stayed was written anew.
STILL_THE_SAME_TEXT = 0.5


@dataclass(frozen=True)
class Line:
    """One field as it is said."""

    label: str
    value: str


@dataclass(frozen=True)
class Entry:
    """One section as it is said: a headed list of what stands in it."""

    heading: str
    privacy: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Group:
    """The sections of one kind."""

    title: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Change:
    """One field of two versions; each side in runs, of which some have changed."""

    label: str
    kind: ChangeKind
    before: Sequence[Run]
    after: Sequence[Run]

    @property
    def same(self) -> bool:
        """Tell whether nothing changed."""
        return self.kind is ChangeKind.SAME


@dataclass(frozen=True)
class Compared:
    """One section of two versions, with the fields that changed apart from those that did not.

    `came` holds for a section that only the newer one has, `went` for one that only the older has.
    """

    title: str
    heading: str
    privacy: str
    came: bool
    went: bool
    changed: Sequence[Change]
    same: Sequence[Change]


def groups(db: ScopedSession, case: Case, row: Formulation) -> Sequence[Group]:
    """Say all that a version rests on, kind by kind; none where it was saved without that.

    The reading itself is left out: it stands at the top of the page as it was saved.
    """
    sections = [each for each in readings.frozen(db, row) if each.key != "reading"]
    names = _names(case, sections)
    by_kind = groupby(sections, lambda section: kind_of(section.key))
    found = [
        Group(_title(kind), [entry for each in inside if (entry := _entry(names, each)).lines])
        for kind, inside in by_kind
    ]
    return [group for group in found if group.entries]


def compared(
    db: ScopedSession, case: Case, older: Formulation, newer: Formulation
) -> Sequence[Compared]:
    """Put two versions side by side, section by section.

    Where one of them was saved without what it rests on, there is the reading itself alone.
    """
    before, after = readings.frozen(db, older), readings.frozen(db, newer)
    if not (older.snapshot and newer.snapshot):
        before, after = before[:1], after[:1]
    names = _names(case, [*before, *after])
    sides = {section.key: section for section in before}, {each.key: each for each in after}
    found = groupby(compare(before, after, unchanged=True), lambda each: each.section_key)
    each_of = [_compared(names, sides, key, list(inside)) for key, inside in found]
    return [each for each in each_of if each.changed or each.same]


def _compared(
    names: Names,
    sides: tuple[Mapping[str, Section], Mapping[str, Section]],
    key: str,
    differences: Sequence[Difference],
) -> Compared:
    older, newer = sides
    section = newer.get(key) or older[key]
    changes = [_change(names, each) for each in differences if each.before or each.after]
    title, heading = _title(kind_of(key)), names.heading(section)
    return Compared(
        title,
        "" if heading == title else heading,
        names.privacy(section),
        key not in older,
        key not in newer,
        [change for change in changes if not change.same],
        [change for change in changes if change.same],
    )


def _change(names: Names, each: Difference) -> Change:
    before = names.value(each.section_key, each.key, each.before) if each.before else ""
    after = names.value(each.section_key, each.key, each.after) if each.after else ""
    old, new = _runs(before, after, in_words=names.is_typed(each.section_key, each.key))
    return Change(names.label(each.section_key, each.key), each.kind, old, new)


def _runs(before: str, after: str, *, in_words: bool) -> tuple[Sequence[Run], Sequence[Run]]:
    if before and after and in_words:
        old, new = marked(before, after)
        if _kept(old) >= len(before) * STILL_THE_SAME_TEXT:
            return old, new
    # Otherwise another answer stands there, and single words in common say nothing.
    changed = before != after
    return _whole(before, changed=changed), _whole(after, changed=changed)


def _kept(runs: Sequence[Run]) -> int:
    return sum(len(run.text) for run in runs if not run.changed)


def _whole(text: str, *, changed: bool) -> Sequence[Run]:
    return (Run(text, changed),) if text else ()


def _entry(names: Names, section: Section) -> Entry:
    lines = [
        Line(names.label(section.key, field.key), value)
        for field in section.fields
        if (value := names.value(section.key, field.key, field.value))
    ]
    return Entry(names.heading(section), names.privacy(section), lines)


def _names(case: Case, sections: Sequence[Section]) -> Names:
    contents = reviewed()
    return names_of(case, concern_of(case), contents.frames, sections)


def _title(kind: str) -> str:
    return translate(words.KINDS.get(kind, kind))
