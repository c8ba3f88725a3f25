"""Every quality hint: what calls for it, what does not, where it leads and how quiet it is."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from clinic.domain.formulation import Bearing, Confidence, ExplanationStatus
from clinic.domain.hints import (
    Age,
    WeighedEvidence,
    WeighedExplanation,
    WeighedFormulation,
    hints,
)
from clinic.domain.plain_words import WordGroup
from clinic.domain.suggestions import Usable
from clinic.domain.visibility import Layer

TODAY = dt.date(2026, 3, 14)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(1), TODAY + dt.timedelta(1)
FOR, AGAINST, NEUTRAL = Bearing.SUPPORTS, Bearing.AGAINST, Bearing.NEUTRAL
CHARACTER = [
    WordGroup("character", ("selfish",), "It says who.", "Say what.", about_a_person=True),
    WordGroup("but", ("but",), "It takes back.", "Say and."),
]


def explanation(ref="x", kind="H2", status=ExplanationStatus.ACTIVE, **changes):
    made = WeighedExplanation(
        ref,
        kind,
        status,
        Confidence.MEDIUM,
        "A need was not voiced.",
        would_change_my_mind="The contact ends and the distance is gone.",
        test_by=TOMORROW,
    )
    return replace(made, **changes)


def evidence(ref, source="", layer=Layer.CLINICIAN, bearing=FOR, on="x", **others):
    return WeighedEvidence(ref, source, layer, {on: bearing}, **others)


#: Two explanations with evidence on both sides, the two standing ones looked at, a strength.
SOUND = WeighedFormulation(
    TODAY,
    [explanation(), explanation("y", "H1")],
    [
        evidence("e1", "a"),
        evidence("e2", bearing=AGAINST),
        evidence("e3", "b", on="y"),
        evidence("e4", on="y", bearing=AGAINST),
    ],
    strengths="They laugh together.",
    considered=frozenset({"H0", "H11"}),
)


def found(seen=SOUND, **changes):
    return hints(replace(seen, **changes), CHARACTER)


def places(key, **changes):
    return [hint.place for hint in found(**changes) if hint.key == key]


def first(**changes):
    return [explanation(**changes), explanation("y", "H1")]


def test_a_sound_formulation_has_no_hint():
    assert found() == []


def test_an_explanation_nothing_stands_against_asks_for_the_other_side():
    only_for = [each for each in SOUND.evidence if each.ref != "e2"]
    assert places("no-counter-evidence", evidence=only_for) == ["explanation:x"]
    neutral = [*only_for, evidence("e5", bearing=NEUTRAL)]
    assert places("no-counter-evidence", evidence=neutral) == ["explanation:x"]


def test_a_dropped_explanation_is_left_in_peace():
    dropped = explanation("z", "H7", ExplanationStatus.DROPPED, would_change_my_mind="")
    assert found(explanations=[*SOUND.explanations, dropped]) == []


def test_one_explanation_that_is_left_asks_what_else_it_could_be():
    alone = [explanation(), explanation("y", "H1", ExplanationStatus.DROPPED)]
    assert places("only-one-explanation", explanations=alone) == ["explanations"]
    assert places("only-one-explanation", explanations=[]) == []


@pytest.mark.parametrize("field", ["statement", "reason"])
def test_character_words_ask_for_what_was_seen(field):
    said = first(**{field: "Simply SELFISH."})
    assert places("character-words", explanations=said) == ["explanation:x"]
    shown = [*SOUND.evidence, evidence("e5", behavioural=True)]
    assert places("character-words", explanations=said, evidence=shown) == []


def test_behaviour_that_speaks_against_it_does_not_show_a_character():
    seen = [*SOUND.evidence, evidence("e5", bearing=AGAINST, behavioural=True)]
    said = first(statement="Selfish.")
    assert places("character-words", explanations=said, evidence=seen) == ["explanation:x"]


def test_words_that_do_not_say_who_somebody_is_give_no_hint_here():
    assert found(explanations=first(statement="They love each other, but do not say so.")) == []


def test_responsibility_is_about_what_was_done():
    assert places("character-words", responsibility="Was selfish.") == ["responsibility"]
    assert places("character-words", responsibility="Kept the messages back.") == []


def test_evidence_on_an_explanation_from_one_partner_only_asks_for_the_other():
    one = [evidence("e1", "a"), evidence("e2", "a", bearing=AGAINST), *SOUND.evidence[2:]]
    assert places("one-source", evidence=one) == ["explanation:x"]
    two = [evidence("e1", "a"), evidence("e2", "b", bearing=AGAINST), *SOUND.evidence[2:]]
    assert places("one-source", evidence=two) == []


def test_all_evidence_from_one_partner_is_said_once_for_the_whole():
    all_of_one = [replace(each, source="a") for each in SOUND.evidence]
    assert places("all-from-one-partner", evidence=all_of_one) == ["evidence"]
    therapist = [replace(each, source="") for each in SOUND.evidence]
    assert places("all-from-one-partner", evidence=therapist) == []


def test_evidence_that_may_not_be_brought_up_is_named_where_it_stands():
    closed = [*SOUND.evidence, evidence("e5", "a", Layer.PRIVATE, usable=Usable.ASK_FIRST)]
    assert places("not-for-joint-work", evidence=closed) == ["evidence:e5"]
    more = [*closed, evidence("e6", "b", Layer.PRIVATE, usable=Usable.THERAPIST_ALONE)]
    (hint,) = found(evidence=more)
    assert hint.place == "explanation:x"
    assert hint.text == "2 pieces of evidence were told in private and may not be brought up."


def test_private_evidence_that_may_be_used_or_only_stands_against_gives_no_hint():
    fine = [
        *SOUND.evidence,
        evidence("e5", "a", Layer.PRIVATE),
        evidence("e6", "a", Layer.PRIVATE, AGAINST, usable=Usable.THERAPIST_ALONE),
    ]
    assert found(evidence=fine) == []


def test_a_hint_about_safety_lies_in_the_safety_layer():
    closed = [
        *SOUND.evidence,
        evidence("e5", "a", Layer.PRIVATE, usable=Usable.ASK_FIRST),
        evidence("e6", "a", Layer.SAFETY, usable=Usable.THERAPIST_ALONE),
    ]
    by_place = {hint.place: hint.layer for hint in found(evidence=closed)}
    assert by_place == {"evidence:e5": Layer.CLINICIAN, "evidence:e6": Layer.SAFETY}


def test_the_same_evidence_under_two_explanations_gives_one_hint():
    both = WeighedEvidence(
        "e5", "a", Layer.PRIVATE, {"x": FOR, "y": FOR}, usable=Usable.THERAPIST_ALONE
    )
    assert len(found(evidence=[*SOUND.evidence, both])) == 1


@pytest.mark.parametrize("layer", [Layer.CLINICIAN, Layer.SAFETY])
def test_high_confidence_asks_why_a_contradiction_does_not_count(layer):
    high = first(confidence=Confidence.HIGH)
    seen = [replace(each, layer=layer) if each.ref == "e2" else each for each in SOUND.evidence]
    (hint,) = found(explanations=high, evidence=seen)
    assert (hint.key, hint.place, hint.layer) == ("unexplained-against-high", "evidence:e2", layer)
    told = [replace(each, explained=frozenset({"x"})) for each in SOUND.evidence]
    assert found(explanations=high, evidence=told) == []
    elsewhere = [replace(each, explained=frozenset({"y"})) for each in SOUND.evidence]
    assert len(found(explanations=high, evidence=elsewhere)) == 1


@pytest.mark.parametrize("text", ["", "  ?  ", "no idea"])
def test_without_a_change_of_mind_a_hint_asks_for_one(text):
    explanations = first(would_change_my_mind=text, test_by=YESTERDAY)
    assert places("no-change-of-mind", explanations=explanations) == ["explanation:x"]
    assert places("test-date-passed", explanations=explanations) == []


@pytest.mark.parametrize(
    ("day", "passed"), [(YESTERDAY, True), (TODAY, False), (TOMORROW, False), (None, False)]
)
def test_a_days_test_has_passed_on_the_day_after(day, passed):
    assert bool(places("test-date-passed", explanations=first(test_by=day))) is passed
    due = places("review-date-passed", age=Age(review_due=day))
    assert due == (["review"] if passed else [])


@pytest.mark.parametrize("strengths", ["", " \n"])
def test_no_strengths_is_hinted_and_remembers_what_protects(strengths):
    (plain,) = found(strengths=strengths)
    assert (plain.key, plain.place) == ("no-strengths", "strengths")
    (known,) = found(strengths=strengths, frames=["five-ps.protective.a."])
    assert known.text != plain.text
    (other,) = found(strengths=strengths, frames=["five-ps.presenting.a."])
    assert other == plain


@pytest.mark.parametrize(
    ("kind", "key", "layer"),
    [
        ("H0", "no-breach-not-considered", Layer.CLINICIAN),
        ("H11", "control-not-considered", Layer.SAFETY),
    ],
)
def test_the_two_standing_explanations_are_asked_for_until_looked_at(kind, key, layer):
    (hint,) = found(considered=SOUND.considered - {kind})
    assert (hint.key, hint.place, hint.layer) == (key, "explanations", layer)
    looked_at = [*SOUND.explanations, explanation("z", kind, ExplanationStatus.DROPPED)]
    assert found(considered=SOUND.considered - {kind}, explanations=looked_at) == []


def test_hidden_from_fear_asks_for_control_before_the_rest():
    (hint,) = found(hidden_from_fear=True, considered=frozenset({"H0"}))
    assert (hint.key, hint.layer) == ("fear-without-control", Layer.SAFETY)
    assert found(hidden_from_fear=True) == []


@pytest.mark.parametrize(
    ("age", "keys"),
    [
        (None, []),
        (Age(), []),
        (Age(appointments=5), []),
        (Age(appointments=6), ["appointments-since"]),
        (Age(appointments=4, review_after=4), ["appointments-since"]),
        (Age(disclosures=1), ["disclosure-since"]),
        (
            Age(YESTERDAY, 9, 2),
            ["review-date-passed", "appointments-since", "disclosure-since"],
        ),
    ],
)
def test_a_formulation_ages_by_date_appointments_and_disclosures(age, keys):
    assert [hint.key for hint in found(age=age)] == keys


def test_hints_are_one_or_two_quiet_sentences_that_judge_nobody():
    everything = found(
        explanations=[
            explanation(statement="Selfish.", confidence=Confidence.HIGH, would_change_my_mind=""),
        ],
        evidence=[
            evidence("e1", "a", Layer.PRIVATE, usable=Usable.ASK_FIRST),
            evidence("e2", "a", bearing=AGAINST),
        ],
        strengths="",
        considered=frozenset(),
        responsibility="Selfish.",
        age=Age(YESTERDAY, 6, 1),
    )
    assert len(everything) == 14
    for hint in everything:
        assert len(hint.text) <= 100
        assert len(re.findall(r"[.?]", hint.text)) <= 2
        assert not re.search(r"wrong|bias|must|error|fail|!", hint.text, re.IGNORECASE)
