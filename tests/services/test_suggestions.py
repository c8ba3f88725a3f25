"""Suggestions from the answers: with their grounds, in the layer they belong in, once answered."""

import pytest

from clinic.content.loader import load_library
from clinic.content.questionnaires_loader import load_questionnaires
from clinic.content.suggestions_loader import load_suggestions
from clinic.domain.conditions import any_of
from clinic.domain.disclosures import DisclosureStatus
from clinic.domain.suggestions import Rule, Usable
from clinic.domain.visibility import Layer
from clinic.services import audit, disclosures, suggestions
from clinic.services.errors import MissingError
from tests.factories import TODAY
from tests.services.answering import CONTENT, answer_all, as_couple, fill, plan_case, treating
from tests.vignette_answers import LATE_MESSAGES, answers

RULES = load_suggestions(load_library(), load_questionnaires())["outside-contact"]


@pytest.fixture
def answered(store, ines):
    return answer_all(store, ines, LATE_MESSAGES)


def offered(db, case):
    return suggestions.offered(db, case, CONTENT, RULES)


def test_a_suggestion_names_the_answers_it_rests_on_and_whose_they_are(store, ines, answered):
    with treating(store, ines, answered) as (db, case):
        found = offered(db, case)
        assert found
        for each in found:
            assert each.grounds
            people = {ground.partner.public_id for ground in each.grounds}
            assert people <= {each.suggestion.partner, each.suggestion.other}
            assert all(ground.given.values for ground in each.grounds)
        assert "suggestions.read" in {read.action for read in audit.reads_of(db)}


def test_nothing_is_suggested_before_anybody_has_sent(store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES)
    name, given = next(iter(LATE_MESSAGES.items()))
    fill(store, answered, name, given, send=False)
    with treating(store, ines, answered) as (db, case):
        assert offered(db, case) == []


def test_what_one_partner_said_stays_in_that_partner_s_layer(store, ines, answered):
    with treating(store, ines, answered) as (db, case):
        for each in offered(db, case):
            if each.suggestion.rule.safety:
                assert each.layer is Layer.SAFETY
                assert each.for_safety
            elif each.suggestion.other:
                assert each.layer in {Layer.CLINICIAN, Layer.SAFETY}, "never in one's own layer"
            else:
                assert each.layer in {Layer.PRIVATE, Layer.SAFETY}
            assert {ground.partner for ground in each.own_grounds} <= {each.partner}


def test_a_suggestion_is_found_again_by_a_reference_that_tells_nothing(store, ines, answered):
    with treating(store, ines, answered) as (db, case):
        found = offered(db, case)
        refs = [each.ref for each in found]
        assert len(set(refs)) == len(refs)
        assert {len(ref) for ref in refs} == {22}
        again = suggestions.find_offered(db, case, CONTENT, RULES, refs[-1])
        assert again.suggestion == found[-1].suggestion
        with pytest.raises(MissingError):
            suggestions.find_offered(db, case, CONTENT, RULES, "x" * 22)


def test_a_second_thought_replaces_the_first(store, ines, answered):
    with treating(store, ines, answered) as (db, case):
        first = offered(db, case)[0]
        rule, partner = first.suggestion.rule.key, first.suggestion.partner
        assert first.accepted is None
        for accepted in (False, True):
            suggestions.answer(db, case, rule, partner, accepted=accepted)
            assert offered(db, case)[0].accepted is accepted
        assert len(suggestions.answers(db, case)) == 1


def test_what_the_ledger_says_about_a_box_governs_what_rests_on_it(store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES)
    kept = {"kept-1": "one", "kept-1.wish": "therapist-only", "kept-2": "two"}
    fill(store, answered, "Mara", answers(guesses=kept))
    rules = [
        Rule(box, "Why.", "H4", when=any_of(box, "one", "two")) for box in ("kept-1", "kept-2")
    ]

    def usable(db, case):
        return [each.suggestion.usable for each in suggestions.offered(db, case, CONTENT, rules)]

    with treating(store, ines, answered) as (db, case):
        assert usable(db, case) == [Usable.THERAPIST_ALONE, Usable.THERAPIST_ALONE]
        second = disclosures.ledger(db, case, TODAY)[0].disclosure
        assert second.words == "two"
        shared = disclosures.StepDetails(DisclosureStatus.SHARED, TODAY)
        disclosures.add_step(db, case, second.public_id, shared)
        assert usable(db, case) == [Usable.THERAPIST_ALONE, Usable.MAY_BE_USED]


def test_nobody_but_the_treating_clinician_is_offered_anything(store, ines, answered):
    with (
        treating(store, ines, answered) as (_, case),
        as_couple(store, ines) as couple,
        pytest.raises(MissingError),
    ):
        offered(couple, case)


def test_safety_is_never_for_joint_work(store, ines, answered):
    with treating(store, ines, answered) as (db, case):
        for each in offered(db, case):
            if each.for_safety:
                assert each.suggestion.usable is Usable.THERAPIST_ALONE
