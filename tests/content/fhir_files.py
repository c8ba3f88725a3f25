"""Three FHIR questionnaires written for these tests; no instrument is reproduced."""

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
SYSTEM = "urn:example:how-often"


def scored(code, display, value):
    return {
        "extension": [{"url": ORDINAL, "valueDecimal": value}],
        "valueCoding": {"system": SYSTEM, "code": code, "display": display},
    }


def questionnaire(*items, **changes):
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "title": "Evenings at home",
        "copyright": "Written for this test",
        "item": list(items),
    } | changes


def asks(link_id, kind="string", **more):
    return {"linkId": link_id, "type": kind, "text": f"Question {link_id}?"} | more


#: Scored choices from the item and from a value set in the file, in groups.
EVENINGS = questionnaire(
    {"linkId": "hello", "type": "display", "text": "Think of the past two weeks."},
    {
        "linkId": "A",
        "type": "group",
        "prefix": "A.",
        "text": "At the table",
        "item": [
            asks(
                "/1.1",
                "choice",
                prefix="1.",
                text="How often did you eat together?",
                required=True,
                answerOption=[scored("never", "Never", 0), scored("often", "Often", 2.5)],
            ),
            asks(
                "1.2",
                "choice",
                text="How often did you laugh?",
                answerValueSet="#how-often",
            ),
            {"linkId": "1.note", "type": "display", "text": "The next one is about you."},
            asks("1.3", "open-choice", answerOption=[{"valueString": "On the sofa, mostly"}]),
            {
                "linkId": "A.1",
                "type": "group",
                "text": "Later on",
                "item": [asks("1.4", "choice", repeats=True, answerOption=[
                    {"valueInteger": 1}, {"valueInteger": 2}])],
            },
            asks("1.5", "text", maxLength=50),
        ],
    },
    {"linkId": "bye", "type": "display", "text": "Thank you."},
    url="https://example.org/evenings",
    version="2.1",
    language="en-GB",
    contained=[
        {"resourceType": "CodeSystem", "id": "codes"},
        {
            "resourceType": "ValueSet",
            "id": "how-often",
            "compose": {
                "include": [
                    {
                        "system": SYSTEM,
                        "concept": [
                            {"code": "no", "display": "Never", "extension": [
                                {"url": ORDINAL, "valueDecimal": 0}]},
                            {"code": "yes", "display": "Often", "extension": [
                                {"url": ORDINAL, "valueDecimal": 3}]},
                        ],
                    }
                ]
            },
        },
    ],
)  # fmt: skip

#: Conditions of every kind, on questions and groups.
CHILDREN = questionnaire(
    asks("have", "boolean"),
    {
        "linkId": "about",
        "type": "group",
        "text": "Your children",
        "enableWhen": [{"question": "have", "operator": "=", "answerBoolean": True}],
        "item": [
            {"linkId": "read", "type": "display", "text": "Count all of them."},
            asks("many", "integer", extension=[
                {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 1},
                {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueDecimal": 20}]),
            asks("share", "string", enableBehavior="any", enableWhen=[
                {"question": "many", "operator": ">", "answerInteger": 1},
                {"question": "many", "operator": "exists", "answerBoolean": False}]),
            asks("hours", "decimal", item=[
                asks("why", "text", enableWhen=[
                    {"question": "hours", "operator": ">=", "answerDecimal": 2.50}])]),
        ],
    },
    asks("home", "choice", answerOption=[
        {"valueCoding": {"system": "urn:home", "code": "flat", "display": "A flat"}},
        {"valueCoding": {"code": "house"}}]),
    asks("floor", "integer", enableBehavior="all", enableWhen=[
        {"question": "home", "operator": "=", "answerCoding": {"system": "urn:home",
                                                                "code": "flat"}},
        {"question": "share", "operator": "!=", "answerString": "alone"}]),
    name="children",
)  # fmt: skip
