"""Which FHIR extensions are understood, which change nothing here, and that all others are refused.

An extension may change what a question means, hide it or compute it; so one that nobody has looked
at is refused by its address.
"""

from decimal import Decimal

from clinic.content.fhir_parts import Part
from clinic.domain.said import say

_HL7 = "http://hl7.org/fhir/StructureDefinition/"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"

MOST_EXTENSIONS = 30

SCORES = frozenset({f"{_HL7}ordinalValue", f"{_HL7}itemWeight"})
LOWEST = f"{_HL7}minValue"
HIGHEST = f"{_HL7}maxValue"
ITEM_CONTROL = f"{_HL7}questionnaire-itemControl"

#: How a question is laid out. Every page here is laid out alike, so nothing is lost.
LAYOUT = frozenset(
    {
        f"{_HL7}questionnaire-choiceOrientation",
        f"{_HL7}questionnaire-displayCategory",
        f"{_HL7}questionnaire-optionPrefix",
        f"{_HL7}entryFormat",
        f"{_HL7}rendering-style",
        f"{_HL7}rendering-xhtml",
        f"{_HL7}rendering-markdown",
        f"{_HL7}translation",
        f"{_HL7}designNote",
        f"{_SDC}sdc-questionnaire-shortText",
        f"{_SDC}sdc-questionnaire-openLabel",
        f"{_SDC}sdc-questionnaire-choiceColumn",
        f"{_SDC}sdc-questionnaire-preferredTerminologyServer",
    }
)
#: Ways to show a question whose answers mean the same in each.
CONTROLS = frozenset(
    {
        "autocomplete",
        "check-box",
        "drop-down",
        "inline",
        "prompt",
        "radio-button",
        "slider",
        "spinner",
        "text-box",
    }
)


def known_extensions(part: Part, known: frozenset[str] = frozenset()) -> dict[str, Part]:
    """Give the extensions of a part that are understood, by address; refuse all others."""
    for field in part.values:
        # A primitive's own extensions stand beside it; they could compute its text.
        if field.startswith("_") and (beside := part.part(field)):
            known_extensions(beside)
    found = {}
    for extension in part.parts("extension", MOST_EXTENSIONS):
        address = extension.text("url", needed=True)
        if address in known:
            found[address] = extension
        elif address == ITEM_CONTROL:
            _check_control(part, extension)
        elif address not in LAYOUT:
            part.refuse(say("the extension %(address)s is not supported", address=address))
    return found


def score_of(part: Part) -> Decimal | None:
    """Give what a choice counts, if the file says so."""
    for extension in known_extensions(part, SCORES).values():
        return extension.number("valueDecimal")
    return None


def bounds_of(part: Part) -> tuple[float | None, float | None]:
    """Give the lowest and highest number an item takes, both included."""
    found = known_extensions(part, frozenset({LOWEST, HIGHEST}))
    lowest, highest = (
        _bound(found[address]) if address in found else None for address in (LOWEST, HIGHEST)
    )
    if lowest is not None and highest is not None and lowest > highest:
        part.refuse(say("its lowest number is above its highest"))
    return lowest, highest


def _bound(extension: Part) -> float | None:
    field = extension.value_of("value")
    if field not in {"valueInteger", "valueDecimal"}:
        extension.refuse(say("only valueInteger and valueDecimal are supported"))
        return None
    number = extension.number(field)
    return None if number is None else float(number)


def _check_control(part: Part, extension: Part) -> None:
    concept = extension.part("valueCodeableConcept")
    codes = [coding.text("code") for coding in concept.parts("coding", 5)] if concept else []
    for code in codes:
        if code not in CONTROLS:
            part.refuse(say("the item control “%(code)s” is not supported", code=code))
