"""What another tab saved meanwhile, said in the words of the form that was typed into."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from clinic.domain.said import say
from clinic.web.filters import day
from clinic.web.language import translate


def differences(form: Any, saved: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Tell by label what was saved otherwise than it stands in a form; groups are looked into.

    All of it in the reader's language, but for what was typed.
    """
    for name, value in saved.items():
        if name in form and name != "version":
            yield from _differences_of(form[name], value)


def _differences_of(field: Any, saved: Any) -> Iterator[tuple[str, str]]:
    label = translate(field.label.text)
    if hasattr(field, "form"):
        for inner, text in differences(field.form, saved):
            yield translate(say("%(group)s: %(label)s", group=label, label=inner)), text
    elif hasattr(field, "entries"):
        for place, (entry, each) in enumerate(zip(field.entries, saved, strict=True), start=1):
            name = translate(entry.label.text)
            group = say("%(label)s %(number)s", label=name, number=place)
            for inner, text in differences(entry.form, each):
                yield translate(say("%(group)s: %(label)s", group=group, label=inner)), text
    elif _as_answer(field.data) != _as_answer(saved):
        yield label, _in_words(field, saved)


def _as_answer(value: Any) -> Any:
    # Ticks have no order, and an empty text is no answer, as is none.
    return frozenset(value) if isinstance(value, list) else value or (0 if value == 0 else None)


def _in_words(field: Any, saved: Any) -> str:
    if isinstance(saved, dt.date):
        return day(saved)
    if isinstance(saved, dt.time):
        return f"{saved:%H:%M}"
    labels = {
        choice.value: translate(choice.label) for choice in getattr(field, "choices", None) or ()
    }
    answers = saved if isinstance(saved, list) else [] if saved is None else [saved]
    return ", ".join(labels.get(answer, str(answer)) for answer in answers)
