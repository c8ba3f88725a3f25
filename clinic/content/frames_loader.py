"""Reads the frames beside the formulation, one file a frame, named by its key.

What is written in a frame is stored by the keys of the frame and its slots, so these never change
their meaning.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import Field, PositiveInt, model_validator
from pydantic_core import PydanticCustomError

from clinic.content.files import read_file, read_folder
from clinic.content.rows import Strict
from clinic.content.schema import ContentFile
from clinic.content.wording import Key, Remark, Text
from clinic.domain.cases import FEWEST_PARTNERS, MOST_PARTNERS
from clinic.domain.frames import Frame, Per, Slot

#: The frames that ship with Undercurrent.
FOLDER = Path(__file__).with_name("frames")


class SlotRow(Strict):
    """One thing to write down, with the question that opens it."""

    key: Key
    label: Text
    prompt: Text
    fewest_partners: Annotated[int, Field(ge=FEWEST_PARTNERS, le=MOST_PARTNERS)] = FEWEST_PARTNERS
    together: Remark = ""

    def value(self) -> Slot:
        """Return the row as the domain's slot."""
        return Slot(self.key, self.label, self.prompt, self.fewest_partners, self.together)


class FrameFile(ContentFile):
    """A whole frame; `place` is where it stands among the others."""

    place: PositiveInt
    title: Text
    intro: Text
    per: Per
    versions: bool = False
    slots: Annotated[tuple[SlotRow, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _keys_differ(self) -> Self:
        keys = [slot.key for slot in self.slots]
        if repeated := sorted({key for key in keys if keys.count(key) > 1}):
            message = "{keys} is used twice"
            raise PydanticCustomError("keys", message, {"keys": ", ".join(repeated)})
        return self


def load_frame(path: Path) -> Frame:
    """Read one frame; its key is the file's name. Raises ContentError."""
    return _placed(path)[1]


def load_frames(folder: Path = FOLDER) -> Mapping[str, Frame]:
    """Read all frames of a folder, in their places. Raises one ContentError for all faults."""
    placed = read_folder(folder, _placed)
    ordered = sorted(placed.items(), key=lambda one: (one[1][0], one[0]))
    return MappingProxyType({key: frame for key, (_, frame) in ordered})


def _placed(path: Path) -> tuple[int, Frame]:
    file = read_file(path, FrameFile)
    slots = tuple(slot.value() for slot in file.slots)
    return file.place, Frame(path.stem, file.title, file.intro, file.per, slots, file.versions)
