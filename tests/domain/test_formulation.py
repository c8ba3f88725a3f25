import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.formulation import (
    AlternativesMissingError,
    Bearing,
    ChangeOfMindMissingError,
    Confidence,
    Evidence,
    FormulationError,
    StrengthsMissingError,
    accepted_confidence,
    may_be_high,
    named_strengths,
    standings,
    would_change_my_mind,
)

KEYS = ("H0", "H1", "H2", "H7")
BEARINGS = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(Bearing))
EVIDENCE = st.lists(st.builds(Evidence, st.text(max_size=5), BEARINGS), max_size=8)


def evidence(**bearings):
    return Evidence("Seen in a session", bearings)


def order(explanations, seen):
    return [standing.explanation for standing in standings(explanations, seen)]


def test_what_speaks_against_weighs_more_than_what_fits():
    seen = [evidence(H2=Bearing.SUPPORTS)] * 5 + [evidence(H2=Bearing.AGAINST)]
    assert order(["H2", "H7"], seen) == ["H7", "H2"]


def test_support_decides_between_equals():
    assert order(["H2", "H7"], [evidence(H7=Bearing.SUPPORTS)]) == ["H7", "H2"]


def test_equal_explanations_stay_in_the_order_given():
    assert order(["H7", "H2"], []) == ["H7", "H2"]


def test_neutral_evidence_and_evidence_on_others_counts_nowhere():
    (standing,) = standings(["H2"], [evidence(H2=Bearing.NEUTRAL), evidence(H7=Bearing.AGAINST)])
    assert (standing.supports, standing.against) == ((), ())


def test_an_explanation_given_twice_stands_once():
    assert order(["H2", "H2"], []) == ["H2"]


@given(EVIDENCE, st.randoms())
def test_the_order_of_the_evidence_changes_no_standing(seen, random):
    shuffled = random.sample(seen, len(seen))
    assert order(KEYS, shuffled) == order(KEYS, seen)


@given(EVIDENCE, st.permutations(KEYS))
def test_the_order_of_the_explanations_only_settles_ties(seen, keys):
    def counts(explanations):
        return [
            (len(standing.against), len(standing.supports))
            for standing in standings(explanations, seen)
        ]

    assert counts(keys) == counts(KEYS)


@given(EVIDENCE)
def test_every_explanation_keeps_all_the_evidence_that_bears_on_it(seen):
    for standing in standings(KEYS, seen):
        bearings = [item.bearings.get(standing.explanation) for item in seen]
        assert len(standing.supports) == bearings.count(Bearing.SUPPORTS)
        assert len(standing.against) == bearings.count(Bearing.AGAINST)


@pytest.mark.parametrize(("active", "high"), [(0, False), (1, False), (2, True), (12, True)])
def test_high_needs_an_alternative_that_was_weighed(active, high):
    assert may_be_high(active) is high


@pytest.mark.parametrize("confidence", Confidence)
def test_with_two_explanations_any_confidence_is_kept(confidence):
    assert accepted_confidence(confidence, 2) is confidence


@pytest.mark.parametrize("confidence", [Confidence.LOW, Confidence.MEDIUM])
def test_one_explanation_alone_may_be_held_with_less_than_high_confidence(confidence):
    assert accepted_confidence(confidence, 1) is confidence


def test_high_confidence_in_the_only_explanation_is_refused():
    with pytest.raises(AlternativesMissingError):
        accepted_confidence(Confidence.HIGH, 1)


@pytest.mark.parametrize("text", ["", "   ", "?", "123456789", " 123456789 "])
def test_an_explanation_that_nothing_could_change_is_refused(text):
    with pytest.raises(ChangeOfMindMissingError):
        would_change_my_mind(text)


def test_ten_characters_are_enough_to_say_what_would_change_my_mind():
    assert would_change_my_mind(" 1234567890 ") == "1234567890"


@pytest.mark.parametrize("strengths", [[], [""], [" ", "\n"]])
def test_a_formulation_without_a_strength_is_refused(strengths):
    with pytest.raises(StrengthsMissingError):
        named_strengths(strengths)


def test_strengths_keep_their_order():
    assert named_strengths(["Humour", "", " Both came "]) == ("Humour", "Both came")


def test_every_refusal_of_a_formulation_can_be_caught_as_one():
    for refusal in (AlternativesMissingError, ChangeOfMindMissingError, StrengthsMissingError):
        assert issubclass(refusal, FormulationError)
