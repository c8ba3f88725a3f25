"""Reads the languages Undercurrent speaks: one gettext file a language, named by its tag.

English is what everything is written in, so it needs no file. Another language is a file
`<tag>.po` in this folder, made from `texts.pot`, which `script/texts` writes anew.
"""

import gettext
import io
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from clinic.content.loader import ContentError

#: The languages that ship with Undercurrent, and the texts they are made from.
FOLDER = Path(__file__).with_name("languages")
TEXTS = FOLDER / "texts.pot"


def load_language(path: Path) -> gettext.NullTranslations:
    """Read one language.

    Raises ContentError for a name that is no language, a broken file, and a translation whose
    facts in `%(...)s` are not those of the English text.
    """
    try:
        locale = Locale.parse(path.stem, sep="-")
        with path.open("rb") as file:
            catalog = read_po(file, locale=locale, abort_invalid=True)
    except (UnknownLocaleError, ValueError, PoFileError) as error:
        raise ContentError([f"{path.name}: {error}"]) from None
    faults = [
        f"{path.name}: {said.id!r}: {fault}" for said, all_ in catalog.check() for fault in all_
    ]
    if faults:
        raise ContentError(faults)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    return gettext.GNUTranslations(io.BytesIO(compiled.getvalue()))


def load_languages(folder: Path = FOLDER) -> Mapping[str, gettext.NullTranslations]:
    """Read every language of a folder by its tag; a folder without any means English alone."""
    return MappingProxyType(
        {path.stem: load_language(path) for path in sorted(folder.glob("*.po"))}
    )
