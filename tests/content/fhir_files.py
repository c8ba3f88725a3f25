"""FHIR questionnaires written for these tests; no instrument is reproduced."""

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

#: Everything a page of the form can meet: groups, scores, conditions, and every kind of answer.
WEEK = questionnaire(
    {"linkId": "hello", "type": "display", "text": "Think of the past <b>seven</b> days."},
    {
        "linkId": "talk",
        "type": "group",
        "text": "Talking",
        "item": [
            asks("often", "choice", text="How often did you talk?", answerOption=[
                scored("never", "Never", 0), scored("some", "Sometimes", 1),
                scored("daily", "Daily", 2.5)]),
            asks("calm", "choice", text="How often was it calm?", answerOption=[
                scored("never", "Never", 0), scored("some", "Sometimes", 1),
                scored("daily", "Daily", 2.5)]),
            asks("where", "open-choice", text="Where did you talk?", answerOption=[
                {"valueString": "At the table"}, {"valueString": "On a walk"}]),
            asks("about", "open-choice", repeats=True, text="What about?", answerOption=[
                {"valueCoding": {"code": "m", "display": "Money"}},
                {"valueCoding": {"code": "t", "display": "Time"}}]),
        ],
    },
    {
        "linkId": "home",
        "type": "group",
        "text": "At home",
        "item": [
            asks("child", "boolean", text="Do children live with you?"),
            asks("many", "integer", text="How many?", extension=[
                {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 1}],
                enableWhen=[{"question": "child", "operator": "=", "answerBoolean": True}]),
            asks("hours", "decimal", text="How many hours did you sleep?"),
        ],
    },
    {
        "linkId": "school",
        "type": "group",
        "text": "School",
        "enableWhen": [{"question": "child", "operator": "=", "answerBoolean": True}],
        "item": [asks("run", "string", text="Who takes them to school?")],
    },
    asks("else", "text", text="What else should be known?"),
    {"linkId": "end", "type": "group", "text": "Thank you", "item": [
        {"linkId": "bye", "type": "display", "text": "That was the last question."}]},
    title="Our week",
)  # fmt: skip

#: Words in another alphabet, so that a page's own words can be told from them.
GEORGIAN = questionnaire(
    asks("1", "choice", text="რამდენად ხშირად?", answerOption=[
        scored("1", "არასდროს", 0), scored("2", "ხშირად", 2)]),
    asks("2", "text", text="კიდევ რა?"),
    title="ჩვენი საღამოები",
    copyright="ნებართვა 2026",
    url="2026",
)  # fmt: skip
