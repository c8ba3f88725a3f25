"""Reads a questionnaire that a practice loads itself: FHIR R4 in JSON, or TOML of our own form.

What cannot be asked as it stands is refused by name, all at once. The file comes from outside, so
it is bounded in size, depth and number of parts before anything walks through it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from types import MappingProxyType

from clinic.content.fhir import MOST_FAULTS, read_questionnaire
from clinic.content.fhir_json import DEEPEST, MOST_BYTES, is_storable
from clinic.content.fhir_options import MOST_OPTIONS
from clinic.content.fhir_pages import MOST_ITEMS
from clinic.content.files import checked, parsed
from clinic.content.loader import ContentError
from clinic.content.questionnaire_rows import ItemRow, PageRow
from clinic.content.questionnaires_loader import QuestionnaireFile
from clinic.domain.items import Listing
from clinic.domain.packs import Addition, PackFormat
from clinic.domain.said import Said, mark, say
from clinic.domain.visibility import Layer

#: Every item and every choice is a part of its own.
MOST_PARTS = 10_000
LONGEST_FAULT = 300
#: A name of many steps would make many tables inside each other, and reading it slow.
_DEEP_NAME = re.compile(r"(?<![\w-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){20}")

KEY, VERSION = "pack", 1


def read_pack(content: bytes, written: PackFormat, licence: str) -> Addition:
    """Read one file of a practice.

    `licence` says under which terms the practice may use it. Raises ContentError with every
    fault, at most a hundred, each of them fit to be shown.
    """
    try:
        if len(content) > MOST_BYTES:
            raise ContentError([say("file: it is larger than %(most)s MB", most=1)])
        if not content.strip():
            raise ContentError([mark("file: it is empty")])
        if written is PackFormat.FHIR_R4:
            found = read_questionnaire(content, KEY, VERSION, licence)
            return Addition(found.questionnaire, found.scores)
        return _own_form(content)
    except ContentError as refused:
        raise ContentError(_fit_to_show(refused.faults)) from None


def _own_form(content: bytes) -> Addition:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ContentError([mark("file: it is not in UTF-8")]) from None
    if _DEEP_NAME.search(text):
        raise ContentError([mark("file: it is nested too deep")])
    document = parsed("file", text)
    _check_parts(document)
    file = checked("file", document, QuestionnaireFile)
    if faults := list(_unsupported(file)):
        raise ContentError(faults)
    return Addition(file.to_domain(KEY), MappingProxyType({}))


def _check_parts(document: object) -> None:
    waiting: list[tuple[object, int]] = [(document, 0)]
    parts = 0
    while waiting:
        part, depth = waiting.pop()
        if isinstance(part, str) and not is_storable(part):
            raise ContentError([mark("file: it holds signs that cannot be stored")])
        inner = [*part, *part.values()] if isinstance(part, dict) else part
        if isinstance(inner, list):
            parts += isinstance(part, dict)
            waiting += [(each, depth + 1) for each in inner]
        if depth > DEEPEST or parts > MOST_PARTS:
            raise ContentError([mark("file: it is nested too deep, or holds too many parts")])


def _unsupported(file: QuestionnaireFile) -> Iterator[str]:
    asked = sum(len(page.items) for page in file.pages)
    if not asked:
        yield mark("file: it asks nothing")
    if asked > MOST_ITEMS:
        yield say("file: there are more than %(most)s questions", most=MOST_ITEMS)
    for page in file.pages:
        yield from _unsupported_page(page)
        for item in page.items:
            yield from _unsupported_item(item)


def _unsupported_page(page: PageRow) -> Iterator[str]:
    if page.signs:
        yield say("%(name)s: “signs” is not supported: it asks for no consent", name=page.key)
    if page.repeat:
        yield say("%(name)s: “repeat” is not supported: it has no cards", name=page.key)


def _unsupported_item(item: ItemRow) -> Iterator[str]:
    if item.layer is not Layer.PRIVATE:
        text = "%(name)s: the layer “%(layer)s” is not supported: its answers are private"
        yield say(text, name=item.key, layer=item.layer.value)
    if item.raises:
        # What raises an alarm, and what is said then, is reviewed content.
        yield say("%(name)s: “raises” is not supported", name=item.key)
    if item.choices_from is Listing.BEHAVIOURS:
        yield say("%(name)s: choices from “behaviours” are not supported", name=item.key)
    if len(item.choices) > MOST_OPTIONS:
        yield say(
            "%(name)s: it offers more than %(most)s answers", name=item.key, most=MOST_OPTIONS
        )


def _fit_to_show(faults: Iterable[str]) -> list[str]:
    known = list(dict.fromkeys(_fit(fault) for fault in faults))
    more = len(known) - MOST_FAULTS
    if more <= 0:
        return known
    return [*known[:MOST_FAULTS], say("and %(more)s more", more=more)]


def _fit(fault: str) -> str:
    """Take out of a fault what no page can show: it names parts of a file as they were written."""
    if isinstance(fault, Said) and is_storable(fault):
        return fault
    shown = "".join(
        "\ufffd" if unicodedata.category(letter) in {"Cc", "Cs"} else letter
        for letter in fault.replace("\n", " ")
    )
    return shown if len(shown) <= LONGEST_FAULT else f"{shown[:LONGEST_FAULT]}…"
