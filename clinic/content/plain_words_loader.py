"""Reads the words that can blame, each group with a reason and another way to say it.

The words themselves are the ones we do not use, so they alone are free of the rules for our own
texts.
"""

from collections import Counter
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from clinic.content.files import read_file
from clinic.content.rows import Strict
from clinic.content.schema import ContentFile
from clinic.content.wording import Key, Text
from clinic.domain.plain_words import WordGroup

#: The words that ship with Undercurrent.
FILE = Path(__file__).with_name("plain_words") / "words.toml"
#: Words in a goal that are worth a second look.
GOAL_WORDS = FILE.with_name("goals.toml")

#: Lower case, a hyphen between the words of a phrase.
Phrase = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]


class GroupRow(Strict):
    """Words that say the same kind of thing."""

    key: Key
    words: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    why: Text
    instead: Text
    about_a_person: bool = False

    def value(self) -> WordGroup:
        """Return the row as the domain's group of words."""
        return WordGroup(self.key, self.words, self.why, self.instead, self.about_a_person)


class WordsFile(ContentFile):
    """All groups; a word has one reason, so it stands in one group once."""

    items: Annotated[tuple[GroupRow, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        named = [group.key for group in self.items]
        words = [word for group in self.items for word in group.words]
        twice = [
            one for found in (named, words) for one, number in Counter(found).items() if number > 1
        ]
        if twice:
            message = "{words} is used twice"
            raise PydanticCustomError("repeated", message, {"words": ", ".join(twice)})
        return self


def load_plain_words(path: Path = FILE) -> tuple[WordGroup, ...]:
    """Read the groups in the file's order. Raises ContentError with every fault."""
    return tuple(group.value() for group in read_file(path, WordsFile).items)
