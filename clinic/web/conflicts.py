"""What another tab saved meanwhile, said in the words of the form that was typed into."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from clinic.web.filters import day


def differences(form: Any, saved: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Tell by label what was saved otherwise than it stands in a form; groups are looked into."""
    for name, value in saved.items():
        if name in form and name != "version":
            yield from _differences_of(form[name], value)


def _differences_of(field: Any, saved: Any) -> Iterator[tuple[str, str]]:
    label = str(field.label.text)
    if hasattr(field, "form"):
        for inner, text in differences(field.form, saved):
            yield f"{label}: {inner}", text
    elif hasattr(field, "entries"):
        for place, (entry, each) in enumerate(zip(field.entries, saved, strict=True), start=1):
            for inner, text in differences(entry.form, each):
                yield f"{entry.label.text} {place}: {inner}", text
    elif _as_answer(field.data) != _as_answer(saved):
        yield label, _in_words(field, saved)


def _as_answer(value: Any) -> Any:
    # Ticks have no order, and an empty text is no answer, as is none.
    return frozenset(value) if isinstance(value, list) else value or (0 if value == 0 else None)


def _in_words(field: Any, saved: Any) -> str:
    if isinstance(saved, dt.date):
        return day(saved)
    labels = {choice.value: str(choice.label) for choice in getattr(field, "choices", None) or ()}
    answers = saved if isinstance(saved, list) else [] if saved is None else [saved]
    return ", ".join(labels.get(answer, str(answer)) for answer in answers)
