"""Filling in any form without knowing it: as a person who answers everything, or nothing."""

from bs4 import Tag

from tests.browser import Page

Typed = dict[str, str]
#: Numbers that are years; the months beside them are of the same one.
YEARS = {"since_year", "until_year"}
TEXTS = "textarea[name], input[name]:not([type]), input[name][type=text]"


def text_fields(page: Page) -> list[str]:
    """Name the fields of a form in which words can be typed."""
    return [str(field["name"]) for field in page.form().select(TEXTS)]


def number_fields(page: Page) -> list[str]:
    """Name the fields of a form that ask for a number, the hidden version included."""
    return [
        str(field["name"])
        for field in page.form().select("input[type=number], input[name=version], [name$=weight]")
    ]


def day_fields(page: Page) -> list[str]:
    """Name the fields of a form that ask for a day."""
    return [str(field["name"]) for field in page.form().select("input[type=date]")]


def choice_fields(page: Page) -> dict[str, list[str]]:
    """Give the answers that are offered, by the name of their field."""
    offered: dict[str, list[str]] = {}
    for box in page.form().select("input[type=radio], input[type=checkbox]"):
        offered.setdefault(str(box["name"]), []).append(str(box["value"]))
    for option in page.form().select("select option"):
        select = option.find_parent("select")
        assert isinstance(select, Tag)
        offered.setdefault(str(select["name"]), []).append(str(option["value"]))
    return offered


def emptied(page: Page) -> Typed:
    """Answer nothing, as far as a form lets one: texts blank, nothing chosen."""
    fields = [*text_fields(page), *number_fields(page), *day_fields(page)]
    secrets = [str(field["name"]) for field in page.form().select("input[type=password]")]
    return dict.fromkeys([*fields, *secrets], "")


def answered(page: Page, words: str = "plain words") -> Typed:
    """Answer everything in a way that is accepted; what the form holds already stays."""
    typed = page.values().to_dict()
    for name in text_fields(page):
        typed[name] = typed.get(name) or words
    for name, offered in choice_fields(page).items():
        typed[name] = typed.get(name) or offered[-1]
    for name in number_fields(page):
        typed[name] = typed.get(name) or "3"
    for name in day_fields(page):
        typed[name] = typed.get(name) or "2026-03-14"
    return {name: "2025" if name in YEARS else value for name, value in typed.items()}
