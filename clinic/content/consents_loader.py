"""Reads the texts that partners sign, one file a text, named by its key.

The texts are drafts for a practice to have reviewed, and say so in `review`. Wording that changes
meaning raises the version; what was signed is stored with the signature.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from clinic.content.files import read_file, read_folder
from clinic.content.rows import Strict
from clinic.content.schema import ContentFile
from clinic.content.wording import Text
from clinic.domain.consents import Consent, Passage

#: The texts that ship with Undercurrent.
FOLDER = Path(__file__).with_name("consents")


class PassageRow(Strict):
    """One heading and what stands under it."""

    heading: Text
    text: Text


class ConsentFile(ContentFile):
    """A text to sign; it tells the practice to have it reviewed."""

    title: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
    review: Text
    statement: Text
    passages: Annotated[tuple[PassageRow, ...], Field(min_length=1)]


def load_consent(path: Path) -> Consent:
    """Read one text; its key is the file's name. Raises ContentError."""
    file = read_file(path, ConsentFile)
    return Consent(
        path.stem,
        file.version,
        file.title,
        tuple(Passage(passage.heading, passage.text) for passage in file.passages),
        file.statement,
        file.review,
        file.language,
        file.licence,
        file.source,
    )


def load_consents(folder: Path = FOLDER) -> Mapping[str, Consent]:
    """Read all texts of a folder by key. Raises one ContentError for all faults."""
    return read_folder(folder, load_consent)
