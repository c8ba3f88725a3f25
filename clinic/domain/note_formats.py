"""The forms a progress note may take: which blocks it has, and which each partner has one of.

Blocks of the same meaning have one key in every form, so that a draft may change its form and keep
its words: "plan" is the plan everywhere. What the new form has no block for stays beside it.

Source: clinical.md 5.5.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

from clinic.domain.said import fill, own, say

BETWEEN = "."
#: What a relationship is called where the case has no word of its own.
USUAL_WORD = "relationship"


@unique
class BeginsWith(StrEnum):
    """What stands in a block when a note is begun."""

    NOTHING = "nothing"
    ACTIVE_GOALS = "active-goals"


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a note, with the question that opens it."""

    key: str
    label: str
    prompt: str
    per_partner: bool = False
    begins_with: BeginsWith = BeginsWith.NOTHING


@dataclass(frozen=True, slots=True)
class NoteFormat:
    """One form of note; `title` may have the gap {word} for what the case calls itself."""

    key: str
    title: str
    intro: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class NotePlace:
    """One text of a note: its block, and the partner it is about by public id, or ""."""

    block: Block
    about: str = ""

    @property
    def key(self) -> str:
        """Give what the text is stored by."""
        return f"{self.block.key}{BETWEEN}{self.about}" if self.about else self.block.key


def title_of(form: NoteFormat, word: str) -> str:
    """Name a form in the case's own word, and in no other.

    >>> title_of(NoteFormat("couple", "Note on the {word}", "", ()), "triad")
    'Note on the triad'
    >>> title_of(NoteFormat("couple", "Note on the {word}", "", ()), " ")
    'Note on the relationship'
    """
    return fill(form.title, word=own(word) if word.strip() else say(USUAL_WORD))


def places_of(form: NoteFormat, partners: Sequence[str]) -> list[NotePlace]:
    """List the texts of a form in the order of its page; partners are public ids.

    >>> both = NoteFormat("f", "", "", (Block("plan", "", ""), Block("response", "", "", True)))
    >>> [place.key for place in places_of(both, ["a", "b"])]
    ['plan', 'response.a', 'response.b']
    """
    return [
        NotePlace(block, about)
        for block in form.blocks
        for about in (partners if block.per_partner else ("",))
    ]


def places_left(
    form: NoteFormat,
    known: Mapping[str, NoteFormat],
    partners: Sequence[str],
    written: Collection[str],
) -> list[NotePlace]:
    """List the texts that were written in another form and have no block in this one.

    >>> plan, data = Block("plan", "", ""), Block("data", "", "")
    >>> old, new = NoteFormat("o", "", "", (data, plan)), NoteFormat("n", "", "", (plan,))
    >>> [place.key for place in places_left(new, {"o": old}, [], ["data", "plan"])]
    ['data']
    """
    here = {place.key for place in places_of(form, partners)}
    return [
        place
        for key, place in every_place(known, partners).items()
        if key in written and key not in here
    ]


def laid_out(
    known: Mapping[str, NoteFormat], form: str, partners: Sequence[str], written: Collection[str]
) -> list[NotePlace]:
    """List the texts of a note in order: those of its form, then whatever else was written.

    A form or a block that the content no longer has loses nothing: its key is then its label.

    >>> plan = NoteFormat("n", "", "", (Block("plan", "Plan", ""),))
    >>> [place.block.label for place in laid_out({"n": plan}, "n", [], ["plan", "gone"])]
    ['Plan', 'gone']
    """
    here = places_of(known[form], partners) if form in known else []
    left = places_left(known[form], known, partners, written) if form in known else []
    if form not in known:
        left = [place for key, place in every_place(known, partners).items() if key in written]
    named = {place.key for place in (*here, *left)}
    unknown = [NotePlace(Block(key, key, "")) for key in written if key not in named]
    return [*here, *left, *unknown]


def every_place(known: Mapping[str, NoteFormat], partners: Sequence[str]) -> dict[str, NotePlace]:
    """Give every text that a note of any form can have, by its key."""
    found: dict[str, NotePlace] = {}
    for place in _all(known, partners):
        found.setdefault(place.key, place)
    return found


def _all(known: Mapping[str, NoteFormat], partners: Sequence[str]) -> Iterator[NotePlace]:
    for form in known.values():
        yield from places_of(form, partners)
