"""Our fields: each is made from the noun it asks for, so all messages of the site sound alike.

Labels, nouns and messages are English; components/field.html says them in the reader's language.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from flask import request
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    FloatField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.fields.choices import Choice
from wtforms.validators import (
    InputRequired,
    StopValidation,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget

from clinic.domain.said import mark, say
from clinic.web.field_rules import Between, Short, chosen, clean_text, rules, with_article
from clinic.web.language import translate

LINE = 200
WORDS = 4000
MOST_DIGITS = 12
Choices = Iterable[tuple[str, str]]


class Line(StringField):
    """One line of text."""

    def __init__(
        self, label: str, thing: str, *, required: bool = True, most: int = LINE, **options: Any
    ) -> None:
        super().__init__(
            label, rules(thing, required, Short(most)), filters=[clean_text], **options
        )


class Words(TextAreaField):
    """Several lines of somebody's own words."""

    def __init__(
        self, label: str, thing: str, *, required: bool = False, most: int = WORDS, **options: Any
    ) -> None:
        options.setdefault("render_kw", {"rows": 4})
        super().__init__(
            label, rules(thing, required, Short(most)), filters=[clean_text], **options
        )


class Password(PasswordField):
    """A password; never shown again, never trimmed."""

    def __init__(self, label: str, thing: str, autocomplete: str, **options: Any) -> None:
        super().__init__(
            label,
            [InputRequired(with_article(thing)), Short(1000)],
            render_kw={"autocomplete": autocomplete},
            **options,
        )


class Whole(IntegerField):
    """A whole number between two bounds."""

    data: Any

    def __init__(
        self,
        label: str,
        thing: str,
        bounds: tuple[int, int],
        *,
        required: bool = True,
        **options: Any,
    ) -> None:
        low, high = bounds
        within = Between(
            low, high, say("Enter a whole number from %(low)s to %(high)s", low=low, high=high)
        )
        super().__init__(label, rules(thing, required, within), **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, or say what would be one; a blank takes a saved number away."""
        if valuelist and not valuelist[0].strip():
            self.data = None
            return
        try:
            # Longer than any number that a page asks for, and too long for some rules to compare.
            super().process_formdata([text[:MOST_DIGITS] for text in valuelist])
        except ValueError:
            raise ValueError("Enter a whole number, such as 3") from None


class Weight(FloatField):
    """How much something counts beside others, 0 to 100."""

    def __init__(self, label: str, **options: Any) -> None:
        within = Between(0, 100, mark("Enter a number from 0 to 100"))
        super().__init__(label, rules(mark("a weight"), True, within), **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number with a point or a comma, or say what would be one."""
        try:
            super().process_formdata([text.replace(",", ".") for text in valuelist])
        except ValueError:
            raise ValueError("Enter a number, such as 2") from None


class Day(DateField):
    """One day of the calendar."""

    def __init__(self, label: str, thing: str, *, required: bool = True, **options: Any) -> None:
        super().__init__(label, rules(thing, required), **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day, or say how one is written."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Enter a date, such as 2026-03-14") from None

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: FBT001
        """Refuse days that no calendar of a practice holds."""
        if self.data and not dt.date(1900, 1, 1) <= self.data <= dt.date(2200, 1, 1):
            raise ValidationError("Enter a date between 1900 and 2200")


def as_choices(pairs: Choices) -> list[SelectChoice]:
    """Turn pairs of value and label into what WTForms wants."""
    return [SelectChoice(value, label) for value, label in pairs]


def in_words(words: Mapping[Any, str]) -> Choices:
    """Turn an enum's words into choices, in the order they are written."""
    return [
        (str(member.value) if isinstance(member, Enum) else str(member), label)
        for member, label in words.items()
    ]


class One(RadioField):
    """One answer of a few, all in sight. Empty stays empty unless it is required."""

    def __init__(self, label: str, choices: Choices, *, thing: str = "", **options: Any) -> None:
        super().__init__(
            label,
            chosen(thing),
            choices=as_choices(choices),
            validate_choice=False,
            coerce=_text_or_none,
            **options,
        )

    def pre_validate(self, form: Any) -> None:
        """Refuse an answer that the page did not offer."""
        _check_offered(self, [self.data])


class Pick(SelectField):
    """One answer of many, in a list to open; a mapping gives named groups.

    The list draws itself, so it says its own words in the reader's language.
    """

    def __init__(
        self,
        label: str,
        choices: Choices | Mapping[str, Choices],
        *,
        thing: str = "",
        **options: Any,
    ) -> None:
        super().__init__(
            label,
            chosen(thing),
            choices=_grouped(choices),
            validate_choice=False,
            coerce=_text_or_none,
            **options,
        )

    def pre_validate(self, form: Any) -> None:
        """Refuse an answer that the page did not offer."""
        _check_offered(self, [self.data])

    def iter_choices(self) -> list[Choice]:
        """Say every answer as it is drawn."""
        return [_in_language(choice) for choice in super().iter_choices()]

    def iter_groups(self) -> Iterator[tuple[str | None, list[Choice]]]:
        """Say every group and its answers as they are drawn."""
        for group, choices in super().iter_groups():
            yield group and translate(group), [_in_language(choice) for choice in choices]


class Several(SelectMultipleField):
    """Any number of answers, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str, choices: Choices, *, thing: str = "", **options: Any) -> None:
        super().__init__(
            label,
            chosen(thing),
            choices=as_choices(choices),
            validate_choice=False,
            **options,
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what is ticked; a blank is no answer."""
        super().process_formdata([answer for answer in valuelist if answer])

    def pre_validate(self, form: Any) -> None:
        """Leave it to the end: WTForms' own check says less, and a blank first answer stops it."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: FBT001
        """Refuse an answer that the page did not offer."""
        _check_offered(self, self.data or [])


@dataclass(frozen=True)
class Upload:
    """A file as it arrived: its name on that device, and its content as far as it may go."""

    name: str
    content: bytes


class Attachment(FileField):
    """A file from the reader's own device; no browser keeps one chosen when a page comes back."""

    data: Any

    def __init__(self, label: str, missing: str, *, accept: str, most: int, **options: Any) -> None:
        self.missing, self.most = missing, most
        super().__init__(label, render_kw={"accept": accept}, **options)

    def process_formdata(self, _valuelist: list[Any]) -> None:
        """Read one byte more than it may have, so that whoever reads it can tell."""
        sent = request.files.get(self.name)
        # A browser sends an empty part without a name where no file was chosen.
        if sent is not None and sent.filename:
            self.data = Upload(sent.filename, sent.read(self.most + 1))

    def pre_validate(self, form: Any) -> None:
        """Ask for a file where none was chosen."""
        if self.data is None:
            raise StopValidation(self.missing)


class Tick(BooleanField):
    """A box to tick."""


def _grouped(choices: Choices | Mapping[str, Choices]) -> list[SelectChoice]:
    if not isinstance(choices, Mapping):
        return as_choices(choices)
    return [
        SelectChoice(value, label, optgroup=group or None)
        for group, pairs in choices.items()
        for value, label in pairs
    ]


def _in_language(choice: Choice) -> Choice:
    return choice._replace(label=translate(choice.label))


def _text_or_none(value: Any) -> str | None:
    return None if value in (None, "") else str(value)


def _check_offered(field: Any, answers: Iterable[Any]) -> None:
    offered = {choice.value for choice in field.choices} | {None, ""}
    if any(answer not in offered for answer in answers):
        raise ValidationError("Choose one of the answers on the page")
