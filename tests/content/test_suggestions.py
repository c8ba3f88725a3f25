"""What the rules find in the vignettes' answers, and is every fault of a file named?"""

import re
from pathlib import Path

import pytest

from clinic.content.loader import ContentError, load_library
from clinic.content.questionnaires_loader import load_questionnaires
from clinic.content.suggestions_loader import FOLDER, load_rules, load_suggestions
from clinic.domain.answers import given
from clinic.domain.behaviours import Zone
from clinic.domain.cases import SecretsPolicy
from clinic.domain.conditions import Operator
from clinic.domain.items import counted, pages_for
from clinic.domain.suggestions import Answered, Usable, suggest
from clinic.domain.visibility import Layer
from tests.content.reading_age import grade
from tests.vignette_answers import (
    LATE_MESSAGES,
    ORDINARY_LIFE,
    THREE_PARTNERS,
    TWO_MAPS,
    answers,
    asked,
)

LIBRARY, QUESTIONNAIRES = load_library(), load_questionnaires()
CONCERN, INTAKE = LIBRARY.concerns["outside-contact"], QUESTIONNAIRES["intake"]
RULES = load_suggestions(LIBRARY, QUESTIONNAIRES)["outside-contact"]
THE_APP = {
    "Noor": answers(
        {"B26": "not-ok", "B23": "not-ok", "B06": "fine"},
        "said-aloud",
        standpoint="get-clear-first",
        happened_raised="yes",
        happened_still="yes",
    ),
    "Dev": answers(
        {"B26": "depends", "B23": "fine", "B06": "fine"},
        "said-aloud",
        standpoint="work-on-it",
        own_before="yes",
        own_gives="I like to know that I could.",
        own_exit="way-out",
        near="7",
        first="8",
    ),
}


def sides(vignette, policy=SecretsPolicy.LIMITED):
    behaviours = [(key, key) for key in asked(vignette)]
    found = []
    for name, own in vignette.items():
        others = [other for other in vignette if other != name]
        items = [item for page in pages_for(INTAKE, behaviours, others) for item in page.items]
        layers = {item.key: item.layer for item in items}
        found.append(Answered(name, others, counted(items, own), layers, policy))
    return found


def zones(vignette):
    return {key: CONCERN.behaviours[key].zone for key in asked(vignette)}


def found(vignette, policy=SecretsPolicy.LIMITED):
    return suggest(RULES, sides(vignette, policy), zones(vignette))


def proposals(vignette):
    return {one.rule.explanation or one.rule.evidence for one in found(vignette)}


def test_there_are_twenty_to_thirty_rules():
    assert 20 <= len(RULES) <= 30


@pytest.mark.parametrize(
    ("vignette", "expected", "absent"),
    [
        (LATE_MESSAGES, {"E19", "H1"}, {"H7", "H11", "E28"}),
        (THE_APP, {"H7", "H4", "H5", "E03", "E04", "E17", "E18"}, {"E19", "H1", "H2", "H11"}),
        (TWO_MAPS, {"E19", "H1"}, {"H7", "H4", "H11", "E18"}),
        (ORDINARY_LIFE, {"E28", "H11"}, {"H7", "E10"}),
    ],
    ids=["late-messages", "the-app", "two-maps", "ordinary-life"],
)
def test_a_vignette_gets_what_its_answers_point_to(vignette, expected, absent):
    assert expected <= proposals(vignette)
    assert not absent & proposals(vignette)


def test_two_maps_rest_on_both_partners_cards():
    one = next(each for each in found(TWO_MAPS) if each.rule.key == "maps-differ")
    rests_on = {(ground.partner, ground.item) for ground in one.rests_on}
    assert {("Ruth", "B06.placing"), ("Adaeze", "B06.placing")} <= rests_on
    assert ("Ruth", "B02.placing") not in rests_on
    assert one.usable is Usable.ASK_FIRST
    assert (one.partner, one.other) == ("Ruth", "Adaeze")


def test_three_partners_are_read_pair_by_pair():
    pairs = {
        (one.partner, one.other)
        for one in found(THREE_PARTNERS)
        if one.rule.key == "fine-against-what-was-said"
    }
    assert pairs == {("Kim", "Lou"), ("Tariq", "Lou")}


@pytest.mark.parametrize("policy", SecretsPolicy)
def test_what_bears_on_safety_is_for_the_therapist_alone_under_every_policy(policy):
    safety = [one for one in found(ORDINARY_LIFE, policy) if one.rule.safety]
    assert {one.rule.key for one in safety} == {
        "mostly-ordinary-life",
        "ordinary-life-and-control",
        "watching-asked-for",
        "answers-asked-alone",
    }
    assert {one.usable for one in safety} == {Usable.THERAPIST_ALONE}


def test_no_answer_gives_no_suggestion():
    nobody = {"Ruth": {}, "Adaeze": {}}
    assert suggest(RULES, sides(nobody), {"B01": CONCERN.behaviours["B01"].zone}) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_a_reason_is_plain_and_no_finding(rule):
    assert grade(rule.reason) <= 9
    assert not re.search(r"\b(proves?|obviously|score|symptom|liar|affair)\b", rule.reason)


def meet(answers, condition, card=""):
    """Answer the first comparison of every clause so that it holds."""
    for first, *_ in condition.clauses:
        if first.operator is not Operator.DIFFERS:
            value = "words" if first.operator is Operator.EXISTS else first.value
            answers[card + first.item] = given([value])


def meeting(rule):
    own, other, cards = {}, {}, rule.cards
    meet(own, rule.when)
    meet(other, rule.other_when)
    fitting = ["B01", "B02"] if cards and Zone.WITHIN in cards.zones else ["B11", "B26"]
    for card in (f"{key}." for key in fitting if cards):
        meet(own, cards.own, card)
        meet(other, cards.other, card)
        for mine, theirs in (*cards.alike, *cards.differ):
            own.setdefault(card + mine, given(["not-ok" if mine == "guess" else "fine"]))
            other.setdefault(card + theirs, given(["fine" if cards.alike else "depends"]))
    return {"Ruth": own, "Adaeze": other}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_every_rule_can_be_met_and_asks_for_what_it_was_given(rule):
    inventory = {key: CONCERN.behaviours[key].zone for key in ("B01", "B02", "B11", "B26")}
    met = [
        Answered(name, ["other"], own, dict.fromkeys(own, Layer.PRIVATE), SecretsPolicy.NO_SECRETS)
        for name, own in meeting(rule).items()
    ]
    (one, *_) = suggest([rule], met, inventory)
    assert one.rests_on
    assert one.usable is (Usable.THERAPIST_ALONE if rule.safety else Usable.MAY_BE_USED)


def faults(tmp_path: Path, old: str, new: str, name: str = "outside-contact.toml"):
    text = (FOLDER / "outside-contact.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_suggestions(LIBRARY, QUESTIONNAIRES, tmp_path)
    return "\n".join(caught.value.faults)


LEANING = '[[{ item = "standpoint", values = ["leaning-out"] }]]'


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('explanation = "H4"', 'explanation = "H44"', "leaning-out: H44 is not an explanation"),
        ('evidence = "E19"', 'evidence = "E99"', "E99 is not a kind of evidence"),
        ('evidence = "E19"\n', "", "propose an explanation or evidence, not both"),
        ('evidence = "E19"', 'evidence = "E19"\nexplanation = "H1"', "not both"),
        (LEANING, LEANING.replace("standpoint", "standing"), "standing is not an item here"),
        (LEANING, LEANING.replace("leaning-out", "out"), "standpoint does not offer out"),
        (LEANING, LEANING.replace("values", "not_values").replace("leaning-out", "x"), "offer x"),
        (LEANING, '[[{ item = "standpoint", at_most = 3 }]]', "standpoint is no scale"),
        (LEANING, '[[{ item = "near", at_most = 11 }]]', "at_most"),
        (LEANING, '[[{ item = "near", at_most = 3, at_least = 1 }]]', "near in one way"),
        (LEANING, "[]", "say which answers it looks for"),
        (LEANING, "[[]]", "when.0"),
        (
            'values = ["B32", "B43"]' if False else 'values = ["B27", "B37", "B39"]',
            'values = ["B99"]',
            "B99",
        ),
        (
            '{ item = "agreed", values = ["assumed"',
            '{ item = "near", values = ["assumed"',
            "near is not",
        ),
        (
            'differ = [["placing", "placing"]]',
            'differ = [["placing", "near"]]',
            "no near on a card",
        ),
        ("safety = true\n", "", "for the therapist alone: safety = true"),
        (
            'explanation = "H11"\nabout_partner = false\nsafety = true',
            'explanation = "H11"',
            "safety",
        ),
        (
            'key = "maps-differ"',
            'key = "maps-differ-evidence"',
            "maps-differ-evidence is used twice",
        ),
        ('questionnaire = "intake"', 'questionnaire = "outtake"', "there is no outtake"),
        ('zones = ["gray"', 'zones = ["grey"', "zones.0"),
    ],
)
def test_a_fault_is_named_with_its_rule(tmp_path, old, new, fault):
    assert fault in faults(tmp_path, old, new)


def test_rules_belong_to_a_concern(tmp_path):
    message = faults(tmp_path, "version = 1", "version = 2", "hidden-shoes.toml")
    assert message == "hidden-shoes.toml: there is no hidden-shoes"


def test_all_faults_of_a_file_are_named_at_once(tmp_path):
    text = (FOLDER / "outside-contact.toml").read_text("utf-8")
    path = tmp_path / "outside-contact.toml"
    path.write_text(text.replace('"E19"', '"E91"').replace('"E04"', '"E94"'), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_rules(path, LIBRARY, QUESTIONNAIRES)
    assert len(caught.value.faults) == 2


def test_none_of_several_values_is_a_row_for_each(tmp_path):
    text = (FOLDER / "outside-contact.toml").read_text("utf-8")
    changed = text.replace('not_values = ["closeness"]', 'not_values = ["closeness", "time"]')
    path = tmp_path / "outside-contact.toml"
    path.write_text(changed, encoding="utf-8")
    rules = {rule.key: rule for rule in load_rules(path, LIBRARY, QUESTIONNAIRES)}
    assert len(rules["touch-not-asked"].when.clauses) == 4
