"""What our fields refuse, in sentences that keep their facts and sound alike everywhere."""

import unicodedata
from collections.abc import Callable
from typing import Any

from wtforms.validators import (
    InputRequired,
    Length,
    NumberRange,
    Optional,
    StopValidation,
    ValidationError,
)

from clinic.domain.said import Said, say


def clean_text(text: str | None) -> str | None:
    """Tidy typed text: NFC, plain line ends, no blanks around it.

    Raises ValueError for what no database keeps and no person types: NUL, other control
    characters, halves of characters.
    """
    if text is None:
        return None
    tidy = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if any(
        unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\t" for letter in tidy
    ):
        raise ValueError("Remove the characters that cannot be shown")
    return tidy


def noun(thing: str) -> Said:
    """Take the noun of a message as it is, or with its facts."""
    # A thing that names a person or a number keeps its facts.
    return thing if isinstance(thing, Said) else say(thing)


def with_article(thing: str) -> Said:
    """Start a sentence of a message: "a name" gives "Enter a name"."""
    return say("Enter %(thing)s", thing=noun(thing))


def chosen(thing: str) -> list[Callable[..., Any]]:
    """Ask for a choice, unless no noun says that one is needed."""
    return [InputRequired(say("Choose %(thing)s", thing=noun(thing)))] if thing else [Optional()]


class Short(Length):
    """Refuses what is longer than it may be, in a sentence that keeps its facts."""

    def __init__(self, most: int) -> None:
        super().__init__(max=most)

    def __call__(self, form: Any, field: Any) -> None:
        """Count what was typed; WTForms' own message would be English for ever."""
        if len(field.data or "") > self.max:
            raise ValidationError(say("Shorten this to %(most)s characters", most=self.max))


class Between(NumberRange):
    """Refuses a number outside two bounds, in a sentence that keeps its facts."""

    def __call__(self, form: Any, field: Any) -> None:
        """Say the sentence as it was given; WTForms would make a plain text of it."""
        try:
            super().__call__(form, field)
        except ValidationError:
            raise ValidationError(self.message) from None


class Filled(InputRequired):
    """Refuses a required answer that is missing, or nothing but blanks."""

    def __call__(self, form: Any, field: Any) -> None:
        """Look at what was typed, not at what a default would make of it."""
        if not (field.raw_data and field.raw_data[0].strip()):
            field.errors = []
            raise StopValidation(self.message)


def rules(thing: str, required: bool, *more: Callable[..., Any]) -> list[Callable[..., Any]]:  # noqa: FBT001
    """Ask for an answer where it is required, and give what else it must fulfil."""
    first = Filled(with_article(thing)) if required else Optional()
    return [first, *more]
