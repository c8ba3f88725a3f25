"""Reads a practice's own questionnaire from a FHIR R4 Questionnaire in JSON.

What cannot be carried over is refused by linkId and name, all at once, because a questionnaire that
quietly lost a rule would be a different one. Nothing is fetched from anywhere.

Source: Questionnaire in FHIR R4 (4.0.1).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from clinic.content.fhir_conditions import Asked
from clinic.content.fhir_extensions import known_extensions
from clinic.content.fhir_json import read_json
from clinic.content.fhir_pages import Booklet
from clinic.content.fhir_parts import Part
from clinic.content.loader import ContentError
from clinic.domain.item_scores import ItemScores
from clinic.domain.items import Questionnaire
from clinic.domain.said import say

MOST_FAULTS = 100
MOST_CONTAINED = 100
#: How many questions most people answer in a minute.
A_MINUTE = 6

_FIELDS = frozenset({"resourceType", "title", "name", "language", "copyright", "contained", "item"})
#: Where a questionnaire comes from and when it holds: nothing that a question depends on.
_PASSED_OVER = frozenset(
    {
        "approvalDate",
        "code",
        "contact",
        "date",
        "description",
        "effectivePeriod",
        "experimental",
        "identifier",
        "jurisdiction",
        "lastReviewDate",
        "meta",
        "publisher",
        "purpose",
        "status",
        "subjectType",
        "text",
        "url",
        "useContext",
        "version",
    }
)


@dataclass(frozen=True, slots=True)
class Imported:
    """A questionnaire from outside; `scores` is empty where its answers carry no numbers.

    `link_ids` gives the linkId behind each item's key.
    """

    questionnaire: Questionnaire
    scores: ItemScores
    link_ids: Mapping[str, str]


def read_questionnaire(content: bytes, key: str, version: int, licence: str = "") -> Imported:
    """Read one file as a questionnaire under the practice's own key and version.

    `licence` says under which terms the practice may use it, where the file has no copyright line.
    That a question is "required" is not carried over: here every question can be left out.
    Raises ContentError with every fault, one a line.
    """
    document = read_json(content)
    if document.get("resourceType") != "Questionnaire":
        raise ContentError(["file: it is not a FHIR Questionnaire"])
    faults: list[str] = []
    part = Part("Questionnaire", document, faults)
    part.allow(_FIELDS, _PASSED_OVER)
    known_extensions(part)
    title = part.text("title") or part.text("name", needed=True)
    terms = part.text("copyright") or licence
    if not terms:
        part.refuse(say("“copyright” is missing; say under which terms you may use it"))
    booklet = Booklet(title, _value_sets(part))
    booklet.read(part)
    if faults:
        raise ContentError(_told(faults))
    questionnaire = Questionnaire(
        key,
        version,
        title,
        max(1, round(len(booklet.asked) / A_MINUTE)),
        tuple(booklet.pages),
        part.text("language") or "und",
        terms,
        _source(part),
    )
    return Imported(questionnaire, _scores(booklet.asked.values()), _link_ids(booklet.asked))


def _value_sets(part: Part) -> Mapping[str, Part]:
    found = {}
    for resource in part.parts("contained", MOST_CONTAINED):
        if resource.values.get("resourceType") == "ValueSet":
            name = resource.text("id", needed=True)
            found[name] = Part(f"ValueSet {name}", resource.values, part.faults)
    return found


def _source(part: Part) -> str:
    address = part.text("url") or "FHIR Questionnaire"
    version = part.text("version")
    return f"{address} ({version})" if version else address


def _scores(asked: Iterable[Asked]) -> ItemScores:
    scores: dict[str, Mapping[str, Decimal]] = {}
    for one in asked:
        counting = {
            option.choice.key: option.score for option in one.options if option.score is not None
        }
        if counting:
            scores[one.item.key] = MappingProxyType(counting)
    return MappingProxyType(scores)


def _link_ids(asked: Mapping[str, Asked]) -> Mapping[str, str]:
    return MappingProxyType({one.item.key: link_id for link_id, one in asked.items()})


def _told(faults: list[str]) -> list[str]:
    known = list(dict.fromkeys(faults))
    more = len(known) - MOST_FAULTS
    return [*known[:MOST_FAULTS], say("and %(more)s more", more=more)] if more > 0 else known
