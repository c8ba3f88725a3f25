"""Filling in any form without knowing it: as a person who answers everything, or nothing."""

from tests.browser import Page

Typed = dict[str, str]
#: Numbers that are years; the months beside them are of the same one.
YEARS = {"since_year", "until_year"}
TEXTS = ".//textarea[@name] | .//input[@name][not(@type) or @type='text']"
NUMBERS = (
    ".//input[@type='number' or @name='version']"
    " | .//*[substring(@name, string-length(@name) - 5) = 'weight']"
)


def text_fields(page: Page) -> list[str]:
    """Name the fields of a form in which words can be typed."""
    return [field.attrib["name"] for field in page.fields().xpath(TEXTS)]


def number_fields(page: Page) -> list[str]:
    """Name the fields of a form that ask for a number, the hidden version included."""
    return [field.attrib["name"] for field in page.fields().xpath(NUMBERS)]


def day_fields(page: Page) -> list[str]:
    """Name the fields of a form that ask for a day."""
    return [field.attrib["name"] for field in page.fields().iterfind(".//input[@type='date']")]


def choice_fields(page: Page) -> dict[str, list[str]]:
    """Give the answers that are offered, by the name of their field."""
    offered: dict[str, list[str]] = {}
    for box in page.fields().xpath(".//input[@type='radio' or @type='checkbox']"):
        offered.setdefault(box.attrib["name"], []).append(box.attrib["value"])
    for select in page.fields().iterfind(".//select"):
        values = [option.attrib["value"] for option in select.iterfind(".//option")]
        offered.setdefault(select.attrib["name"], []).extend(values)
    return offered


def emptied(page: Page) -> Typed:
    """Answer nothing, as far as a form lets one: texts blank, nothing chosen."""
    fields = [*text_fields(page), *number_fields(page), *day_fields(page)]
    secrets = [
        field.attrib["name"] for field in page.fields().iterfind(".//input[@type='password']")
    ]
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
