"""Quiet hints: what they rest on, gathered in few statements, and for whom they are."""

import datetime as dt

import pytest

from clinic.content.loader import load_library
from clinic.content.questionnaires_loader import load_questionnaires
from clinic.content.suggestions_loader import load_suggestions
from clinic.domain.cases import SecretsPolicy
from clinic.domain.formulation import Bearing
from clinic.domain.suggestions import Usable
from clinic.domain.visibility import Layer
from clinic.services import behaviours, frames, hints, questionnaires, suggestions
from tests.factories import (
    TODAY,
    case_of,
    make_appointment,
    make_behaviour,
    make_evidence,
    make_explanation,
    make_formulation,
)
from tests.safety_factories import make_check
from tests.services.answering import as_couple
from tests.web.formulation.large import fill_issue_layer
from tests.web.test_queries import statements

RULES = load_suggestions(load_library(), load_questionnaires())["outside-contact"]
LATER = TODAY + dt.timedelta(days=400)


def keys(db, case):
    found = hints.workspace(db, case)
    return {hint.key for hint in hints.hints_of(db, case, found, (), RULES)}


def seen(db, case):
    return hints.weighed(case, hints.workspace(db, case), RULES, TODAY)


def test_an_empty_case_has_no_explanation_and_nothing_to_hold_against_it(db, ines):
    case = case_of(db, ines)
    found = hints.workspace(db, case)
    assert found.layer.explanations == []
    assert (found.around.reading, found.around.not_yet, found.around.policies) == (None, "", {})
    assert seen(db, case).age is None


def test_what_is_written_down_elsewhere_is_looked_at_too(db, ines):
    case = case_of(db, ines)
    make_formulation(db, case)
    assert seen(db, case).strengths == "they still laugh together"
    assert seen(db, case).responsibility == "each for their own part"
    frames.write_frames(
        db, case, {"five-ps.protective..": "friends", "plan.not-yet..": "money"}, {}
    )
    assert seen(db, case).frames == {"protective"}
    assert hints.workspace(db, case).around.not_yet == "money"
    frames.write_frames(db, case, {"five-ps.protective..": ""}, {"five-ps.protective..": 1})
    assert seen(db, case).frames == frozenset()


def test_appointments_after_the_newest_version_count_and_those_of_its_day_do_not(db, ines):
    case = case_of(db, ines)
    saved = make_formulation(db, case)
    make_appointment(db, case, held_on=saved.created_at.date())
    assert seen(db, case).age.appointments == 0
    for week in range(1, 7):
        make_appointment(db, case, held_on=saved.created_at.date() + dt.timedelta(weeks=week))
    make_explanation(db, case)
    assert seen(db, case).age.appointments == 6
    assert "appointments-since" in keys(db, case)


def test_control_counts_as_looked_at_once_everybody_was_asked_alone(db, ines):
    case = case_of(db, ines)
    make_explanation(db, case)
    make_check(db, case, 0)
    make_check(db, case, 1, asked_alone=False, result=None, told="", judgement="")
    assert "control-not-considered" in keys(db, case)
    make_check(db, case, 1)
    assert "control-not-considered" not in keys(db, case)


def test_a_suggestion_that_was_put_aside_counts_as_looked_at(db, ines):
    case = case_of(db, ines)
    make_explanation(db, case)
    rule = next(rule for rule in RULES if rule.explanation == "H0")
    assert "no-breach-not-considered" in keys(db, case)
    suggestions.answer(db, case, rule.key, ines.partner_refs[0], accepted=False)
    assert "no-breach-not-considered" not in keys(db, case)
    suggestions.answer(db, case, rule.key, ines.partner_refs[0], accepted=True)
    assert "no-breach-not-considered" in keys(db, case), "taken up, it stands as an explanation"


def test_fear_asks_for_control_first(db, ines):
    case = case_of(db, ines)
    make_explanation(db, case)
    make_behaviour(db, case, placings={"": behaviours.Placing(from_fear=True)})
    assert "fear-without-control" in keys(db, case)


@pytest.mark.parametrize(
    ("policy", "usable"),
    [(SecretsPolicy.FULL, Usable.THERAPIST_ALONE), (SecretsPolicy.NO_SECRETS, Usable.MAY_BE_USED)],
)
def test_private_evidence_may_be_used_as_its_owner_signed(policy, usable, db, ines):
    case = case_of(db, ines)
    make_evidence(db, case, layer=Layer.PRIVATE, source=ines.partner_refs[0])
    for document in (SecretsPolicy.LIMITED, policy):
        signed = questionnaires.SignedText(document.value, 1, "the text", "Mara")
        questionnaires.sign(db, case.partners[0], [signed])
    assert [item.usable for item in seen(db, case).evidence] == [usable]


def test_what_somebody_wanted_kept_is_for_the_therapist_alone(db, ines):
    case = case_of(db, ines)
    make_evidence(db, case, layer=Layer.PRIVATE, source=ines.partner_refs[0], answer="kept-1")
    assert [item.usable for item in seen(db, case).evidence] == [Usable.THERAPIST_ALONE]


def test_a_reason_beside_a_bearing_explains_it_and_a_kind_or_a_behaviour_shows_something(db, ines):
    case = case_of(db, ines)
    explanation = make_explanation(db, case).public_id
    against = {explanation: Bearing.AGAINST}
    make_evidence(db, case, kind="", bearings=against)
    make_evidence(db, case, bearings=against, reasons={explanation: "it was another year"})
    make_evidence(db, case, kind="", behaviour=make_behaviour(db, case).public_id)
    found = seen(db, case).evidence
    assert [item.explained for item in found] == [frozenset(), {explanation}, frozenset()]
    assert [item.behavioural for item in found] == [False, True, True]


def test_hints_about_safety_are_not_given_while_the_couple_reads_along(store, db, ines):
    case = case_of(db, ines)
    make_explanation(db, case)
    found = hints.workspace(db, case)
    layers = {hint.layer for hint in hints.hints_of(db, case, found, (), RULES)}
    assert layers == {Layer.CLINICIAN, Layer.SAFETY}
    with as_couple(store, ines) as couple:
        assert hints.hints_of(couple, case, found, (), RULES) == []


def test_the_workspace_costs_two_statements_whatever_its_size(store, db, ines):
    case = case_of(db, ines)
    fill_issue_layer(db, case, explanations=3, evidence=20)
    db.refresh(case)
    with statements(store) as sent:
        found = hints.workspace(db, case)
    assert (len(found.layer.explanations), len(found.layer.evidence)) == (3, 20)
    assert len(sent) == 2
