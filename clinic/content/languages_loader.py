"""Reads the languages Undercurrent speaks: one gettext file a language, named by its tag.

English is what everything is written in, so it needs no file. Another language is a file
`<tag>.po` in this folder, made from `texts.pot`, which `script/texts` writes anew.
"""

import gettext
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from clinic.content.loader import ContentError

#: The languages that ship with Undercurrent, and the texts they are made from.
FOLDER = Path(__file__).with_name("languages")
TEXTS = FOLDER / "texts.pot"
#: One line of a file that holds a text.
QUOTED = re.compile(r'(msg[a-z_]+(\[\d\])?\s+)?"([^"\\]|\\.)*"\s*')
FACT = re.compile(r"%%|%\([a-z_]+\)[a-z]")
#: What a page would fill in, take for HTML, or stumble over; a plain quote ends an attribute.
MARK = re.compile(r'\{[a-z]+\}|<[^>]*>?|%|"')
#: Another language may write these in its own way.
SIGNS = frozenset('%"')


def load_language(path: Path) -> gettext.NullTranslations:
    """Read one language.

    Raises ContentError for a name that is no language, a broken file, and a translation whose
    facts, in `%(...)s` or in gaps such as {other}, or tags are not those of the English text.
    """
    try:
        locale = Locale.parse(path.stem, sep="-")
        lines = path.read_text("utf-8").splitlines()
        _check_quotes(lines)
        catalog = read_po(lines, locale=locale, abort_invalid=True)
    except (UnknownLocaleError, ValueError, PoFileError) as error:
        raise ContentError([f"{path.name}: {error}"]) from None
    faults = [f"{path.name}: {fault}" for fault in _faults(catalog)]
    if faults:
        raise ContentError(faults)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    return gettext.GNUTranslations(io.BytesIO(compiled.getvalue()))


def _check_quotes(lines: Sequence[str]) -> None:
    # Babel would cut a letter off instead, and a page would show the rest.
    for number, line in enumerate(lines, start=1):
        if line.startswith(("msg", '"')) and not QUOTED.fullmatch(line):
            raise ValueError(f"line {number} is not one text in its quotes")


def _faults(catalog: Catalog) -> Iterator[str]:
    for said, found in catalog.check():
        yield from (f"{said.id!r}: {fault}" for fault in found)
    for said in catalog:
        # What is not translated yet is said in English.
        texts = [text for text in _each(said.string) if text and said.id]
        wanted = _marks(_each(said.id)[-1])
        if any((_marks(text) ^ wanted) - (wanted & SIGNS) for text in texts):
            yield f"{said.id!r}: its gaps, tags or signs are not those of the English text"


def _each(texts: str | Sequence[str] | None) -> Sequence[str]:
    return [texts] if isinstance(texts, str) else texts or [""]


def _marks(text: str) -> frozenset[str]:
    return frozenset(MARK.findall(FACT.sub("", text)))


def load_languages(folder: Path = FOLDER) -> Mapping[str, gettext.NullTranslations]:
    """Read every language of a folder by its tag; a folder without any means English alone."""
    return MappingProxyType(
        {path.stem: load_language(path) for path in sorted(folder.glob("*.po"))}
    )
