import json
import time
from decimal import Decimal

import pytest

from clinic.content import fhir_json
from clinic.content.fhir import read_questionnaire
from clinic.content.fhir_options import stored_key
from clinic.content.loader import ContentError
from clinic.domain.answers import given
from clinic.domain.item_scores import total
from clinic.domain.items import ItemKind, check, counted, is_shown
from tests.content.fhir_files import CHILDREN, EVENINGS, ORDINAL, asks, questionnaire, scored

HL7 = "http://hl7.org/fhir/StructureDefinition/"


def read(document, **more):
    return read_questionnaire(json.dumps(document).encode(), "own", 3, **more)


def faults(document):
    with pytest.raises(ContentError) as caught:
        read(document)
    return caught.value.faults


def refusal(content):
    with pytest.raises(ContentError) as caught:
        read_questionnaire(content, "own", 1)
    return str(caught.value)


def items_of(document):
    pages = read(document).questionnaire.pages
    return {item.key: item for page in pages for item in page.items}


def choice(link_id="q", **more):
    return asks(link_id, "choice", answerOption=[{"valueString": "Yes"}], **more)


def test_what_the_file_says_about_itself_is_kept():
    found = read(EVENINGS).questionnaire
    assert (found.key, found.version, found.title) == ("own", 3, "Evenings at home")
    assert (found.language, found.licence) == ("en-GB", "Written for this test")
    assert found.source == "https://example.org/evenings (2.1)"
    assert found.minutes == 1


def test_what_it_does_not_say_is_not_made_up():
    document = questionnaire(asks("q"), name="Evenings")
    del document["copyright"], document["title"]
    found = read(document, licence="By letter of 2026").questionnaire
    assert (found.title, found.language) == ("Evenings", "und")
    assert (found.licence, found.source) == ("By letter of 2026", "FHIR Questionnaire")


def test_groups_become_pages_in_the_file_s_order():
    pages = read(EVENINGS).questionnaire.pages
    assert [(page.key, page.title) for page in pages] == [
        ("page-1", "Evenings at home"),
        ("page-2", "A. At the table"),
        ("page-3", "Later on"),
        ("page-4", "A. At the table"),
        ("page-5", "Evenings at home"),
    ]
    assert pages[0].intro == ("Think of the past two weeks.",)
    assert [item.key for item in pages[1].items] == [stored_key("/1.1"), "1.2", "1.3"]
    assert pages[1].items[2].hint == "The next one is about you."
    assert pages[4].intro == ("Thank you.",)


def test_a_question_keeps_its_words_kind_and_limits():
    found = items_of(EVENINGS)
    assert found[stored_key("/1.1")].text == "1. How often did you eat together?"
    assert found["1.2"].kind is ItemKind.CHOICE
    assert found["1.3"].own_words
    assert found["1.4"].kind is ItemKind.SEVERAL
    assert [one.key for one in found["1.4"].choices] == ["1", "2"]
    assert found["1.5"].longest == 50
    assert found["1.2"].longest == 4000


def test_answers_add_up_by_their_ordinal_values():
    found = read(EVENINGS)
    items = [item for page in found.questionnaire.pages for item in page.items]
    first = stored_key("/1.1")
    assert found.scores == {
        first: {"never": Decimal(0), "often": Decimal("2.5")},
        "1.2": {"no": Decimal(0), "yes": Decimal(3)},
    }
    added = total(found.scores, items, {first: given(["often"]), "1.2": given(["yes"])})
    assert added is not None
    assert added.value == 5.5
    assert total(found.scores, items, {first: given(["often"])}) is None


def test_the_link_id_behind_every_key_is_known():
    link_ids = read(EVENINGS).link_ids
    assert link_ids[stored_key("/1.1")] == "/1.1"
    assert set(link_ids.values()) == {"/1.1", "1.2", "1.3", "1.4", "1.5"}


def test_a_key_for_a_strange_name_is_plain_and_always_the_same():
    strange = "How are you, or so? " * 20
    assert stored_key(strange) == stored_key(strange) != stored_key(strange + "!")
    assert stored_key("???") != stored_key("!!!")
    for name in (strange, "???", "/a"):
        assert stored_key(name).replace("-", "").isalnum()
        assert len(stored_key(name)) <= 60


def test_numbers_are_bounded_as_the_file_says():
    many = items_of(CHILDREN)["many"]
    assert (many.lowest, many.highest) == (1, 20)
    assert items_of(CHILDREN)["hours"].lowest is None


SHOWN = [
    ({}, {"have", "home"}),
    ({"have": "no"}, {"have", "home"}),
    ({"have": "yes"}, {"have", "many", "share", "hours", "home"}),
    ({"have": "yes", "many": "1"}, {"have", "many", "hours", "home"}),
    ({"have": "yes", "many": "2"}, {"have", "many", "share", "hours", "home"}),
    ({"have": "yes", "many": "1", "hours": "2,5"}, {"have", "many", "hours", "why", "home"}),
    ({"have": "no", "many": "1", "hours": "9"}, {"have", "home"}),
    ({"home": "flat"}, {"have", "home", "floor"}),
    ({"home": "house"}, {"have", "home"}),
    (
        {"have": "yes", "share": "alone", "home": "flat"},
        {"have", "many", "share", "hours", "home"},
    ),
]


@pytest.mark.parametrize(("answers", "shown"), SHOWN)
def test_questions_are_shown_by_the_answers_before_them(answers, shown):
    items = items_of(CHILDREN)
    known = {key: check(items[key], given([value])) for key, value in answers.items()}
    assert set(counted(items.values(), known)) == shown


def test_a_text_in_a_conditional_group_stands_beside_its_question():
    assert items_of(CHILDREN)["many"].hint == "Count all of them."


def test_a_condition_may_leave_the_system_out_or_name_text_and_numbers():
    document = questionnaire(
        asks("a", "choice", answerOption=[scored("x", "X", 1)]),
        asks("b", enableWhen=[{"question": "a", "operator": "=", "answerCoding": {"code": "x"}}]),
        choice("c"),
        asks("d", enableWhen=[{"question": "c", "operator": "=", "answerString": "Yes"}]),
        asks("e", "choice", answerOption=[{"valueInteger": 4}]),
        asks("f", enableWhen=[{"question": "e", "operator": "!=", "answerInteger": 4}]),
    )
    items = items_of(document)
    assert is_shown(items["b"], {"a": given(["x"])})
    assert is_shown(items["d"], {"c": given([items["c"].choices[0].key])})
    assert not is_shown(items["f"], {"e": given(["4"])})


def test_a_score_may_stand_on_the_coding_or_in_an_expansion():
    coded = {"code": "x", "extension": [{"url": ORDINAL, "valueDecimal": 7}]}
    value_set = {"resourceType": "ValueSet", "id": "v", "expansion": {"contains": [coded]}}
    document = questionnaire(
        asks("a", "choice", answerOption=[{"valueCoding": coded}]),
        asks("b", "choice", answerValueSet="#v"),
        contained=[value_set],
    )
    assert read(document).scores == {"a": {"x": Decimal(7)}, "b": {"x": Decimal(7)}}


def test_layout_is_passed_over():
    control = {"coding": [{"code": "radio-button"}]}
    layout = [
        {"url": f"{HL7}questionnaire-itemControl", "valueCodeableConcept": control},
        {"url": f"{HL7}questionnaire-choiceOrientation", "valueCode": "horizontal"},
    ]
    beside = {"extension": [{"url": f"{HL7}rendering-xhtml", "valueString": "<b>Q</b>"}]}
    assert set(items_of(questionnaire(choice(extension=layout, _text=beside)))) == {"q"}


def test_a_page_of_texts_alone_is_a_page():
    group = {"linkId": "g", "type": "group", "item": [
        {"linkId": "d", "type": "display", "text": "Read this."}]}  # fmt: skip
    pages = read(questionnaire(group, asks("q"))).questionnaire.pages
    assert [(page.title, page.intro) for page in pages] == [
        ("Evenings at home", ("Read this.",)),
        ("Evenings at home", ()),
    ]


def when(operator="=", **answer):
    return {"question": "first", "operator": operator} | answer


FIRST = asks("first", "boolean")


def after(first, condition):
    return questionnaire(first, asks("q", enableWhen=[condition]))


def with_value_set(**value_set):
    return questionnaire(
        asks("q", "choice", answerValueSet="#v"),
        contained=[{"resourceType": "ValueSet", "id": "v"} | value_set],
    )


def bounded(address, **value):
    return questionnaire(asks("q", "integer", extension=[{"url": f"{HL7}{address}"} | value]))


NOT_SUPPORTED = [
    (questionnaire(asks("q", "date")), "q: the type “date” is not supported"),
    (questionnaire(asks("q", "quantity")), "q: the type “quantity” is not supported"),
    (questionnaire(asks("q", initial=[{"valueString": "x"}])), "q: “initial” is not supported"),
    (questionnaire(asks("q", readOnly=True)), "q: “readOnly” is not supported"),
    (questionnaire(asks("q", repeats=True)), "q: “repeats” is not supported for string"),
    (questionnaire(asks("q", "group", repeats=True)), "q: “repeats” is not supported for group"),
    (questionnaire(asks("q", answerOption=[])), "q: “answerOption” is not supported for string"),
    (questionnaire(asks("q", maxLength=0)), "q: “maxLength” is below 1"),
    (questionnaire(asks("q", maxLength=1.5)), "q: “maxLength” is not a whole number"),
    (questionnaire(asks("q", maxLength=True)), "q: “maxLength” is not a number"),
    (questionnaire(asks("q", maxLength=10**400)), "q: “maxLength” is too large or too fine"),
    (questionnaire(asks("q", maxLength=1e-9)), "q: “maxLength” is too large or too fine"),
    (questionnaire(asks("q", text="")), "q: “text” is not a text"),
    (questionnaire(asks("q", text=7)), "q: “text” is not a text"),
    (questionnaire(asks("q", text="x" * 4001)), "q: “text” is longer than 4,000 letters"),
    (questionnaire(asks("q", text="a\x00b")), "q: “text” holds signs that cannot be stored"),
    (questionnaire(asks("q", text="\ud800")), "q: “text” holds signs that cannot be stored"),
    (questionnaire({"linkId": "q", "type": "string"}), "q: “text” is missing"),
    (questionnaire(asks("q", required="yes"), asks("r", repeats="yes")), "r: “repeats” is neither"),
    (questionnaire({"type": "string", "text": "Q?"}), "Questionnaire item 1: “linkId” is missing"),
    (questionnaire(asks("q"), asks("q")), "the linkId “q” is used twice"),
    (questionnaire(asks("x" * 256)), "its linkId is longer than 255 letters"),
    (questionnaire(asks("/a"), asks(stored_key("/a"))), "its linkId cannot be told from another"),
    (questionnaire(asks("q", "display", item=[asks("r")])), "q: “item” is not supported"),
    (questionnaire(asks("q", item="many")), "q: “item” is not a list of objects"),
    (questionnaire(*[asks(str(n)) for n in range(501)]), "“item” lists more than 500"),
    (questionnaire(), "Questionnaire: it asks nothing"),
    (questionnaire(asks("q"), implicitRules="urn:x"), "“implicitRules” is not supported"),
    (questionnaire(asks("q"), copyright=None), "Questionnaire: “copyright” is missing"),
    (questionnaire(asks("q", "choice")), "q: it offers no answers"),
    (questionnaire(choice(answerValueSet="#v")), "answerOption and answerValueSet cannot both"),
    (
        questionnaire(asks("q", "choice", answerOption=[{"valueDate": "2026-01-01"}])),
        "q answerOption 1: “valueDate” is not supported",
    ),
    (
        questionnaire(asks("q", "choice", answerOption=[{}])),
        "q answerOption 1: one “value[x]” is needed",
    ),
    (
        questionnaire(asks("q", "choice", answerOption=[{"valueCoding": "x"}])),
        "q answerOption 1: “valueCoding” is not an object",
    ),
    (
        questionnaire(asks("q", "choice", answerOption=[{"valueString": "a"}] * 2)),
        "q: the answer “a” is offered twice",
    ),
    (
        questionnaire(
            asks("q", "choice", answerOption=[{"valueString": "a", "initialSelected": True}])
        ),
        "q answerOption 1: “initialSelected” is not supported",
    ),
    (
        questionnaire(asks("q", "choice", answerValueSet="https://example.org/vs")),
        "q: the value set https://example.org/vs is not in the file",
    ),
    (with_value_set(), "q: the value set #v lists nothing"),
    (with_value_set(compose={"include": [{"system": "urn:x"}]}), "codes that are listed one by"),
    (with_value_set(compose={"exclude": []}), "ValueSet v compose: “exclude” is not supported"),
    (
        with_value_set(compose={"include": [{"filter": [], "concept": [{"code": "a"}]}]}),
        "ValueSet v compose include 1: “filter” is not supported",
    ),
    (
        with_value_set(expansion={"contains": [{"code": "a", "contains": [{"code": "b"}]}]}),
        "ValueSet v expansion contains 1: only a flat list of codes is supported",
    ),
    (
        questionnaire(asks("q", extension=[{"url": "urn:x:hidden"}])),
        "q: the extension urn:x:hidden is not supported",
    ),
    (
        questionnaire(asks("q", _text={"extension": [{"url": "urn:x:computed"}]})),
        "q _text: the extension urn:x:computed is not supported",
    ),
    (questionnaire(asks("q", modifierExtension=[])), "q: “modifierExtension” is not supported"),
    (
        questionnaire(
            asks(
                "q",
                extension=[
                    {
                        "url": f"{HL7}questionnaire-itemControl",
                        "valueCodeableConcept": {"coding": [{"code": "gtable"}]},
                    }
                ],
            )
        ),
        "q: the item control “gtable” is not supported",
    ),
    (bounded("minValue", valueDate="2026-01-01"), "only valueInteger and valueDecimal"),
    (bounded("minValue"), "q extension 1: one “value[x]” is needed"),
    (bounded("minValue", valueInteger="x"), "q extension 1: “valueInteger” is not a number"),
    (
        questionnaire(
            asks(
                "q",
                "integer",
                extension=[
                    {"url": f"{HL7}minValue", "valueInteger": 9},
                    {"url": f"{HL7}maxValue", "valueInteger": 1},
                ],
            )
        ),
        "q: its lowest number is above its highest",
    ),
    (after(asks("other"), when(answerBoolean=True)), "“first” is not a supported question before"),
    (after(asks("first", "date"), when(answerDate="x")), "first: the type “date” is not supported"),
    (after(FIRST, when("~", answerBoolean=True)), "the operator “~” is not supported"),
    (after(FIRST, when()), "q enableWhen 1: one “answer[x]” is needed"),
    (after(FIRST, when(answerString="x")), "“answerString” does not fit here; answerBoolean would"),
    (after(FIRST, when("exists", answerInteger=1)), "“answerInteger” does not fit here"),
    (after(FIRST, when(">", answerBoolean=True)), "“>” is supported for numbers only"),
    (after(asks("first", "integer"), when(answerString="1")), "answerInteger or answerDecimal"),
    (after(asks("first", "integer"), when(answerInteger="1")), "“answerInteger” is not a number"),
    (after(asks("first", "text"), when(answerInteger=1)), "does not fit here; answerString would"),
    (after(choice("first"), when(answerBoolean=True)), "“answerBoolean” does not fit here"),
    (after(choice("first"), when(answerString="No")), "“No” is not an answer to that question"),
    (after(choice("first"), when(answerCoding=7)), "“answerCoding” is not an object"),
    (
        after(
            asks("first", "choice", answerOption=[scored("x", "X", 1)]),
            when(answerCoding={"system": "urn:other", "code": "x"}),
        ),
        "“x” is not an answer to that question",
    ),
    (
        questionnaire(FIRST, asks("q", enableWhen=[when(answerBoolean=True)] * 2)),
        "q: with several enableWhen, “enableBehavior” is needed",
    ),
    (
        questionnaire(FIRST, asks("q", enableBehavior="some")),
        "q: the enableBehavior “some” is not supported",
    ),
    (
        questionnaire(FIRST, asks("d", "display", enableWhen=[when(answerBoolean=True)])),
        "d: this text has a condition, and no question comes after it",
    ),
    (
        questionnaire(
            FIRST, asks("d", "display", enableWhen=[when(answerBoolean=True)]), asks("q")
        ),
        "d: this text has a condition that the question after it does not have",
    ),
]


@pytest.mark.parametrize(("document", "fault"), NOT_SUPPORTED)
def test_what_is_not_supported_is_refused_by_name(document, fault):
    assert any(fault in found for found in faults(document)), faults(document)


def test_everything_is_refused_at_once():
    found = faults(questionnaire(asks("a", "date"), asks("b", "url", item=[asks("c", "time")])))
    assert [line.split(":")[0] for line in found] == ["a", "b", "c", "Questionnaire"]


def test_any_of_refused_conditions_holds_nothing_open():
    document = questionnaire(asks("q", enableBehavior="any", enableWhen=[when(answerBoolean=True)]))
    assert len(faults(document)) == 1


def test_a_long_list_of_faults_is_cut():
    found = faults(questionnaire(*[asks(str(n), "date") for n in range(150)]))
    assert len(found) == 101
    assert found[-1] == "and 51 more"


def test_too_many_items_in_groups_are_refused():
    groups = [asks(f"g{g}", "group", item=[asks(f"{g}.{n}") for n in range(200)]) for g in range(4)]
    assert any("there are more than 500 items" in line for line in faults(questionnaire(*groups)))


def test_another_resource_is_refused():
    assert refusal(b'{"resourceType": "Patient"}') == "file: it is not a FHIR Questionnaire"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[" * 50_000, "nested more than 64 levels deep"),
        (b"[" * 50_000 + b"]" * 50_000, "nested more than 64 levels deep"),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "nested more than 64 levels deep"),
        (b" " * (fhir_json.MOST_BYTES + 1), "larger than 1,000,000 bytes"),
        (b"\xff\xfe", "not in UTF-8"),
        (b"{", "no JSON"),
        (b"", "no JSON"),
        (b"[]", "does not hold one JSON object"),
        (b'{"a": NaN}', "NaN is not a JSON number"),
        (b'{"a": 1, "a": 2}', "stands twice in one object"),
        (b'{"a": ' + b"9" * 5000 + b"}", "integer string conversion"),
    ],
)
def test_a_hostile_file_is_refused_clearly(content, reason):
    assert reason in refusal(content)


def test_brackets_inside_a_text_are_no_depth():
    text = "[" * 1000 + '"' + "{" * 1000
    assert items_of(questionnaire(asks("q", text=text)))["q"].text == text


@pytest.mark.parametrize("content", [b'"' + b'\\"' * 400_000, b'"\\' * 400_000, b'"' * 900_000])
def test_a_file_of_quotes_takes_no_time(content):
    began = time.process_time()
    refusal(content)
    assert time.process_time() - began < 5


def test_a_byte_order_mark_is_no_fault():
    content = b"\xef\xbb\xbf" + json.dumps(questionnaire(asks("q"))).encode()
    assert read_questionnaire(content, "own", 1).questionnaire.pages
