"""A language nobody speaks: every text wears accents, so that one that was missed stands out."""

import re
from collections.abc import Mapping
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from clinic.content.languages_loader import TEXTS
from tests.browser import Browser

#: A language with a name, and no file of ours.
TAG = "eo"
ACCENTS = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
#: What a sentence is filled in with, and what marks a passage in it.
KEPT = re.compile(r"(%\([a-z_]+\)[a-z]|\{[a-z]+\}|<[^>]*>|&[a-z]+;)")


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


def write_language(folder: Path, tag: str, texts: Mapping[str, str]) -> Path:
    """Write a language that knows a few texts, and nothing else."""
    catalog = Catalog(locale=Locale.parse(tag, sep="-"), charset="utf-8")
    for english, said in texts.items():
        catalog.add(english, said)
    with (folder / f"{tag}.po").open("wb") as file:
        write_po(file, catalog)
    return folder


def asking_for(browser: Browser, languages: str) -> Browser:
    """Let a browser ask for languages in its own words, such as "eo, en;q=0.5"."""
    browser.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = languages
    return browser
