"""What a rule refuses, and that a refusal leaves everything as it was."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from clinic.domain.answers import given
from clinic.domain.appointments import Attendance
from clinic.domain.cases import PartnerCountError
from clinic.domain.disclosures import DisclosureStatus
from clinic.domain.formulation import Bearing, Confidence
from clinic.domain.goals import Attainment, GoalLayer
from clinic.domain.invitations import Handing
from clinic.domain.visibility import Layer
from clinic.models.store import Store
from clinic.services import (
    appointments,
    behaviours,
    couple_map,
    disclosures,
    formulation,
    goals,
    invitations,
    measures,
    outbox,
    questionnaires,
)
from clinic.services.errors import MissingError, RefusedError
from tests import factories as made
from tests import intake_factories as intake
from tests.cast import Cast
from tests.conftest import Grow, Template
from tests.factories import TODAY, at_work, case_of
from tests.services.answering import CONTENT
from tests.services.state import whole_state

ANCHORS = {level: f"other steps {level}" for level in Attainment}


def case_with_one_partner(db, _case):
    made.make_case(db, "Ada")


def case_with_nine_partners(db, _case):
    made.make_case(db, *"ABCDEFGHI")


def behaviour_that_says_nothing(db, case):
    made.make_behaviour(db, case, behaviour="", own_words="")


def changed_behaviour_that_says_nothing(db, case):
    row = behaviours.list_behaviours(db, case)[0]
    details = made.behaviour_details(case, behaviour="", own_words="", notes="half")
    behaviours.change_behaviour(db, case, row, details, row.version)


def behaviour_about_a_stranger(db, case):
    made.make_behaviour(db, case, about="stranger")


def behaviour_placed_by_a_stranger(db, case):
    row = behaviours.list_behaviours(db, case)[0]
    details = made.behaviour_details(case, placings={"stranger": behaviours.Placing()})
    behaviours.change_behaviour(db, case, row, details, row.version)


def onset_told_by_a_stranger(db, case):
    details = made.onset_details(case)
    position = next(iter(details.positions.values()))
    details = replace(details, positions={"stranger": position})
    behaviours.write_onset(db, case, details, version=1)


def explanation_nothing_could_change(db, case):
    made.make_explanation(db, case, would_change_my_mind=" no ")


def changed_explanation_nothing_could_change(db, case):
    row = formulation.list_explanations(db, case)[0]
    details = made.explanation_details(statement="half", would_change_my_mind="")
    formulation.change_explanation(db, case, row, details, row.version)


def explanation_about_a_stranger(db, case):
    made.make_explanation(db, case, about=["stranger"])


def private_evidence_of_nobody(db, case):
    made.make_evidence(db, case, layer=Layer.PRIVATE, source="")


def safety_evidence_of_nobody(db, case):
    made.make_evidence(db, case, layer=Layer.SAFETY, source="")


def evidence_for_another_case_s_explanation(db, case):
    other = made.make_explanation(db, made.make_case(db)).public_id
    db.info["before"] = whole_state(db)
    made.make_evidence(db, case, bearings={other: Bearing.SUPPORTS})


def high_confidence_in_the_only_explanation(db, case):
    made.make_formulation(db, case, based_on=2, confidence=Confidence.HIGH)


def pair_without_an_issue_goal(db, case):
    goals.set_pair(db, case, [made.goal_details(case)])


def pair_whose_second_goal_nobody_owns(db, case):
    nobodys = made.goal_details(case, layer=GoalLayer.ISSUE, owners=[])
    goals.set_pair(db, case, [made.goal_details(case), nobodys])


def goal_owned_by_a_stranger(db, case):
    beside = goals.list_goals(db, case)[0]
    goals.add_goal(db, case, beside, made.goal_details(case, owners=["stranger"]))


def goal_for_another_case_s_explanation(db, case):
    other = made.make_explanation(db, made.make_case(db)).public_id
    db.info["before"] = whole_state(db)
    made.make_pair(db, case, explanation=other)


def other_steps_for_a_rated_goal(db, case):
    row = goals.list_goals(db, case)[0]
    details = made.goal_details(case, wording="half", anchors=ANCHORS)
    goals.change_goal(db, case, row, details, row.version)


def ratings_of_a_stranger(db, case):
    appointment = appointments.list_appointments(db, case)[0]
    goals.rate_goals(db, case, appointment, "stranger", {})


def appointment_with_a_stranger(db, case):
    made.make_appointment(db, case, attendance={"stranger": Attendance.PRESENT})


def invitation_of_a_stranger(db, case):
    invitations.issue(db, case, "stranger", Handing.LINK)


def second_reminder_within_a_day(db, case):
    invitation = invitations.latest(db, case)[case.partners[0].id]
    invitations.note_reminder(db, invitation)
    db.commit()
    db.info["before"] = whole_state(db)
    invitations.note_reminder(db, invitation)


def other_questions_after_somebody_began(db, case):
    plan = questionnaires.find_plan(db, case.id)
    intake.plan_intake(db, case, plan.version)


def answer_after_sending(db, case):
    response = questionnaires.list_responses(db, case)[case.partners[0].id]
    late = questionnaires.Save("matters", Layer.PRIVATE, given(["B11"]), "late")
    questionnaires.save(db, response, [late])


def decision_without_its_day(db, case):
    ref = disclosures.ledger(db, case, TODAY)[0].disclosure.public_id
    disclosures.add_step(db, case, ref, disclosures.StepDetails(DisclosureStatus.SHARED))


def score_that_cannot_be(db, case):
    instrument, details = intake.INSTRUMENTS["phq-9"], measures.ScoreDetails(TODAY, 99, 0)
    measures.enter_score(db, case, case.partners[0].public_id, instrument, details)


def single_item_that_cannot_be(db, case):
    instrument, details = intake.INSTRUMENTS["phq-9"], measures.ScoreDetails(TODAY, 9, 7)
    measures.enter_score(db, case, case.partners[0].public_id, instrument, details)


def row_that_only_one_released(db, case):
    couple_map.reveal(db, case, CONTENT, "B11")


def mail_of_an_invitation_that_has_ended(db, case):
    [mail] = outbox.given_up(db, case)
    ref = mail.public_id
    intake.make_invitation(db, case)
    db.info["before"] = whole_state(db)
    outbox.retry(db, case, ref)


#: Each act that must be refused, with what, and the field that the message belongs to.
REFUSED = {
    case_with_one_partner: (PartnerCountError, None),
    case_with_nine_partners: (PartnerCountError, None),
    behaviour_that_says_nothing: (RefusedError, "behaviour"),
    changed_behaviour_that_says_nothing: (RefusedError, "behaviour"),
    behaviour_about_a_stranger: (MissingError, None),
    behaviour_placed_by_a_stranger: (MissingError, None),
    onset_told_by_a_stranger: (MissingError, None),
    explanation_nothing_could_change: (RefusedError, "would_change_my_mind"),
    changed_explanation_nothing_could_change: (RefusedError, "would_change_my_mind"),
    explanation_about_a_stranger: (MissingError, None),
    private_evidence_of_nobody: (RefusedError, "source"),
    safety_evidence_of_nobody: (RefusedError, "source"),
    evidence_for_another_case_s_explanation: (MissingError, None),
    high_confidence_in_the_only_explanation: (RefusedError, "confidence"),
    pair_without_an_issue_goal: (RefusedError, ""),
    pair_whose_second_goal_nobody_owns: (RefusedError, "owners"),
    goal_owned_by_a_stranger: (MissingError, None),
    goal_for_another_case_s_explanation: (MissingError, None),
    other_steps_for_a_rated_goal: (RefusedError, "anchors"),
    ratings_of_a_stranger: (MissingError, None),
    appointment_with_a_stranger: (MissingError, None),
    invitation_of_a_stranger: (MissingError, None),
    second_reminder_within_a_day: (RefusedError, ""),
    other_questions_after_somebody_began: (RefusedError, ""),
    answer_after_sending: (RefusedError, ""),
    decision_without_its_day: (RefusedError, "on"),
    score_that_cannot_be: (RefusedError, "score"),
    single_item_that_cannot_be: (RefusedError, "single_item"),
    row_that_only_one_released: (RefusedError, ""),
    mail_of_an_invitation_that_has_ended: (MissingError, None),
}


@pytest.fixture(scope="module")
def templates(templates: Mapping[str, Template], grow: Grow) -> dict[str, Template]:
    """Fill Ines's case once on each database: copying it takes a tenth of the time."""
    return {
        engine: replace(template, database_url=grow(template, fill)[0])
        for engine, template in templates.items()
    }


def fill(store: Store, cast: Cast) -> None:
    with at_work(store, cast["ines"]) as db:
        made.fill_case(db, case_of(db, cast["ines"]))
        intake.fill_intake(db, case_of(db, cast["ines"]))


@pytest.mark.parametrize("act", REFUSED, ids=lambda act: act.__name__)
def test_what_is_refused_leaves_everything_as_it_was(act, store, ines):
    with at_work(store, ines) as db:
        before = whole_state(db)
    kind, field = REFUSED[act]
    with at_work(store, ines) as db:
        with pytest.raises(kind) as refused:
            act(db, case_of(db, ines))
        # A preparation of the act's own, in a case beside this one, is part of what was before.
        before = db.info.get("before", before)
    assert getattr(refused.value, "field", None) == field
    with at_work(store, ines) as db:
        assert whole_state(db) == before


def test_a_refusal_is_a_sentence_that_ends_where_the_page_puts_its_own_stop(db, ines):
    case = case_of(db, ines)
    with pytest.raises(RefusedError, match=r"^Choose who can do this$"):
        made.make_pair(db, case, owners=[])
