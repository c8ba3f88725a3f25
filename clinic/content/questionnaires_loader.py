"""Reads the questionnaires from their files, one file a questionnaire, named by its key.

Every fault of every file is named at once, and stops the start: a partner must never meet half a
form. Item keys are stored with answers and never change their meaning.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, PositiveInt, model_validator
from pydantic_core import PydanticCustomError

from clinic.content.files import read_file, read_folder
from clinic.content.questionnaire_rows import ConditionRow, ItemRow, PageRow
from clinic.content.schema import ContentFile
from clinic.content.wording import Text
from clinic.domain.items import Questionnaire

#: The questionnaires that ship with Undercurrent.
FOLDER = Path(__file__).with_name("questionnaires")


class QuestionnaireFile(ContentFile):
    """A whole questionnaire; conditions look back, never ahead."""

    title: Text
    minutes: PositiveInt
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
    pages: Annotated[tuple[PageRow, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _keys_fit_together(self) -> Self:
        keys = [item.key for page in self.pages for item in page.items]
        pages = [page.key for page in self.pages]
        faults = [*_repeated(pages), *_repeated(keys), *self._condition_faults()]
        if faults:
            raise PydanticCustomError("keys", "{faults}", {"faults": "; ".join(faults)})
        return self

    def _condition_faults(self) -> Iterator[str]:
        earlier: dict[str, ItemRow] = {}
        for page in self.pages:
            for item in page.items:
                if item.shown_when:
                    yield from _misfits(item.key, item.shown_when, earlier)
                # The key of anything asked more than once is not known before the case is.
                if not (page.repeat or item.per_other):
                    earlier[item.key] = item

    def to_domain(self, key: str) -> Questionnaire:
        """Return the file as the domain's questionnaire."""
        pages = tuple(page.value() for page in self.pages)
        return Questionnaire(
            key,
            self.version,
            self.title,
            self.minutes,
            pages,
            self.language,
            self.licence,
            self.source,
        )


def load_questionnaire(path: Path) -> Questionnaire:
    """Read one questionnaire; its key is the file's name. Raises ContentError."""
    return read_file(path, QuestionnaireFile).to_domain(path.stem)


def load_questionnaires(folder: Path = FOLDER) -> Mapping[str, Questionnaire]:
    """Read all questionnaires of a folder by key. Raises one ContentError for all faults."""
    return read_folder(folder, load_questionnaire)


def _repeated(keys: list[str]) -> Iterator[str]:
    for place, key in enumerate(keys):
        if key in keys[:place]:
            yield f"{key} is used twice"


def _misfits(key: str, condition: ConditionRow, earlier: Mapping[str, ItemRow]) -> Iterator[str]:
    asked = earlier.get(condition.item)
    if asked is None:
        yield f"{key} depends on {condition.item}, which is not one single item before it"
    elif unknown := sorted(set(condition.values) - asked.offered()):
        yield f"{key} depends on {', '.join(unknown)}, which {condition.item} does not offer"
