"""Reads the forms of progress notes, one file a form, named by its key.

What is written in a note is stored by the keys of its blocks, and a key means the same in every
form, so these never change their meaning.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import Field, PositiveInt, model_validator
from pydantic_core import PydanticCustomError

from clinic.content.files import read_file, read_folder
from clinic.content.loader import ContentError
from clinic.content.rows import Strict
from clinic.content.schema import ContentFile
from clinic.content.wording import Key, Text
from clinic.domain.note_formats import BeginsWith, Block, NoteFormat
from clinic.domain.said import GAP

#: The forms that ship with Undercurrent.
FOLDER = Path(__file__).with_name("notes")
#: The gaps that a title may have.
GAPS = frozenset({"word"})


class BlockRow(Strict):
    """One part of a note, with the question that opens it."""

    key: Key
    label: Text
    prompt: Text
    per_partner: bool = False
    begins_with: BeginsWith = BeginsWith.NOTHING

    @model_validator(mode="after")
    def _begun_once(self) -> Self:
        if self.per_partner and self.begins_with is not BeginsWith.NOTHING:
            raise PydanticCustomError("begun", "a block of each partner begins with nothing")
        return self

    def value(self) -> Block:
        """Return the row as the domain's block."""
        return Block(self.key, self.label, self.prompt, self.per_partner, self.begins_with)


class NoteFile(ContentFile):
    """A whole form; `place` is where it stands among the others."""

    place: PositiveInt
    title: Text
    intro: Text
    blocks: Annotated[tuple[BlockRow, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _keys_differ(self) -> Self:
        keys = [block.key for block in self.blocks]
        if repeated := sorted({key for key in keys if keys.count(key) > 1}):
            message = "{keys} is used twice"
            raise PydanticCustomError("keys", message, {"keys": ", ".join(repeated)})
        return self

    @model_validator(mode="after")
    def _known_gaps(self) -> Self:
        if unknown := sorted(set(GAP.findall(self.title)) - GAPS):
            message = "nothing fills {gaps}"
            raise PydanticCustomError("gaps", message, {"gaps": ", ".join(unknown)})
        return self


def load_note_format(path: Path) -> NoteFormat:
    """Read one form; its key is the file's name. Raises ContentError."""
    return _placed(path)[1]


def load_note_formats(folder: Path = FOLDER) -> Mapping[str, NoteFormat]:
    """Read all forms of a folder, in their places. Raises one ContentError for all faults."""
    placed = read_folder(folder, _placed)
    if twice := _sharing([place for place, _ in placed.values()]):
        raise ContentError([f"{folder.name}: two forms stand at place {twice[0]}"])
    ordered = sorted(placed.items(), key=lambda one: one[1][0])
    return MappingProxyType({key: form for key, (_, form) in ordered})


def _sharing(places: list[int]) -> list[int]:
    return sorted({place for place in places if places.count(place) > 1})


def _placed(path: Path) -> tuple[int, NoteFormat]:
    file = read_file(path, NoteFile)
    blocks = tuple(block.value() for block in file.blocks)
    return file.place, NoteFormat(path.stem, file.title, file.intro, blocks)
