"""A language nobody speaks: every text wears accents, so that one that was missed stands out."""

import re
from pathlib import Path

from babel.messages.pofile import read_po, write_po

from clinic.content.languages_loader import TEXTS

#: A language with a name, and no file of ours.
TAG = "eo"
ACCENTS = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
#: What a sentence is filled in with, and what marks a passage in it.
KEPT = re.compile(r"(%\([a-z_]+\)[a-z]|<[^>]*>|&[a-z]+;)")


def accented(text: str) -> str:
    """Put accents on every vowel, except in what a sentence is filled in with."""
    parts = KEPT.split(text)
    return "".join(part if KEPT.fullmatch(part) else part.translate(ACCENTS) for part in parts)


def write_pseudo(folder: Path) -> Path:
    """Translate everything a translator gets to see, and nothing else."""
    with TEXTS.open("rb") as file:
        catalog = read_po(file, locale=TAG)
    for message in catalog:
        if isinstance(message.id, tuple):
            message.string = tuple(accented(each) for each in message.id)
        elif message.id:
            message.string = accented(message.id)
    with (folder / f"{TAG}.po").open("wb") as file:
        write_po(file, catalog)
    return folder
