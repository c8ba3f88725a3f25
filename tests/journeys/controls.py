"""Finds the control that a question on a page belongs to, by the words a person reads.

A question inside a group is named with its group: "Issue goal > Goal, in their words".
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

Answer = str | list[str]
INSIDE = " > "


@dataclass(frozen=True)
class Act:
    """One thing to do: write text, choose in a list, or tick; `on` is whether it ends ticked."""

    id: str
    name: str
    kind: str
    value: str
    on: bool = True


def acts(html: BeautifulSoup, question: str, answer: Answer) -> list[Act]:
    """Tell what has to be done to answer a question; an answer not on the page is an error."""
    *groups, asked = question.split(INSIDE)
    place = html.select_one("main")
    assert place is not None
    for group in groups:
        place = _group(place, group)
    field = _field(place, asked)
    if field is not None:
        return [_written(field, answer)]
    return list(_ticked(_group(place, asked), answer))


def said(tag: Tag | None) -> str:
    """Read a label or legend without its "(optional)"."""
    assert tag is not None
    text = tag.get_text(" ", strip=True).removesuffix("(optional)")
    return " ".join(text.split())


def _group(place: Tag, name: str) -> Tag:
    for fieldset in place.select("fieldset:has(> legend)"):
        if said(fieldset.select_one("legend")) == name:
            return fieldset
    known = [said(legend) for legend in place.select("legend")]
    raise AssertionError(f"no question {name!r} among {known}")


def _field(place: Tag, name: str) -> Tag | None:
    for label in place.select("label.field__label"):
        if said(label) == name:
            return place.select_one(f'[id="{label["for"]}"]')
    return None


def _written(field: Tag, answer: Answer) -> Act:
    value, kind = str(answer), "text"
    if field.name == "select":
        offered = {said(option): str(option["value"]) for option in field.select("option")}
        assert value in offered, f"{value!r} is not among {list(offered)}"
        value, kind = offered[value], "list"
    return Act(str(field["id"]), str(field["name"]), kind, value)


def _ticked(group: Tag, answer: Answer) -> Iterator[Act]:
    wanted = {answer} if isinstance(answer, str) else set(answer)
    offered = {said(label): label for label in group.select("label")}
    assert wanted <= set(offered), f"{wanted} is not among {list(offered)}"
    for text, label in offered.items():
        field = group.select_one(f'[id="{label["for"]}"]')
        assert field is not None
        many = field["type"] == "checkbox"
        if many or text in wanted:
            kind = "box" if many else "radio"
            yield Act(
                str(field["id"]), str(field["name"]), kind, str(field["value"]), text in wanted
            )
