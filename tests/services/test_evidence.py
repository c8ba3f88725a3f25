"""Evidence: what it is about, how it is weighed, and what fear does to it."""

import datetime as dt

import pytest

from clinic.content.loader import load_library
from clinic.domain.formulation import Bearing, ExplanationStatus
from clinic.models.base import now
from clinic.services import behaviours, evidence, formulation, issue_map
from clinic.services.errors import RefusedError, StaleError
from tests.factories import (
    TODAY,
    behaviour_details,
    case_of,
    evidence_details,
    explanation_details,
    make_appointment,
    make_behaviour,
    make_evidence,
    make_explanation,
    make_formulation,
)

CONCERN = load_library().concerns["outside-contact"]


def from_fear(case):
    """Place a behaviour as hidden out of fear, by its therapist."""
    return {"": behaviours.Placing(from_fear=True)}


def test_evidence_keeps_what_it_is_about_and_the_answer_it_came_from(db, ines):
    case = case_of(db, ines)
    behaviour, appointment = make_behaviour(db, case), make_appointment(db, case)
    item = make_evidence(
        db,
        case,
        behaviour=behaviour.public_id,
        appointment=appointment.public_id,
        answer="standpoint",
    )
    db.expire_all()
    link = evidence.find_evidence(db, case, item.public_id).link
    assert (link.behaviour_id, link.appointment_id) == (behaviour.id, appointment.id)
    assert link.answer_item == "standpoint"


def test_what_has_not_happened_yet_is_no_evidence(db, ines):
    later = now().date() + dt.timedelta(days=2)
    with pytest.raises(RefusedError, match="not come yet") as refused:
        make_evidence(db, case_of(db, ines), observed_on=later)
    assert refused.value.field == "observed_on"


def test_evidence_goes_with_its_bearings_unless_a_version_rests_on_it(db, ines):
    case = case_of(db, ines)
    explanation = make_explanation(db, case)
    item = make_evidence(db, case, bearings={explanation.public_id: Bearing.SUPPORTS})
    evidence.delete_evidence(db, case, item, item.version)
    assert evidence.list_evidence(db, case) == []
    cited = make_evidence(db, case, bearings={explanation.public_id: Bearing.SUPPORTS})
    make_formulation(db, case)
    with pytest.raises(RefusedError, match="rests on this"):
        evidence.delete_evidence(db, case, cited, cited.version)
    with pytest.raises(StaleError):
        evidence.delete_evidence(db, case, cited, cited.version + 1)


@pytest.mark.parametrize(
    ("kind", "explanation", "fear", "usual"),
    [
        ("E10", "H7", False, Bearing.SUPPORTS),
        ("E10", "H7", True, Bearing.NEUTRAL),
        ("E10", "H6", True, Bearing.NEUTRAL),
        ("", "H2", False, None),
        ("E01", "", False, None),
        ("", "H7", True, Bearing.NEUTRAL),
    ],
)
def test_what_is_usual_comes_from_the_content_and_fear_takes_it_away(
    kind, explanation, fear, usual
):
    assert evidence.usual_bearing(CONCERN, kind, explanation, from_fear=fear) is usual


def test_what_turns_out_to_be_hidden_from_fear_no_longer_counts_for_the_position_itself(db, ines):
    case = case_of(db, ines)
    row = make_behaviour(db, case)
    position, need = (make_explanation(db, case, kind=kind) for kind in ("H7", "H2"))
    both = dict.fromkeys((position.public_id, need.public_id), Bearing.SUPPORTS)
    item = make_evidence(db, case, kind="E01", behaviour=row.public_id, bearings=both)
    assert evidence.issue_layer(db, case).weighed[item.id][position.id] is Bearing.SUPPORTS
    details = behaviour_details(case, placings=from_fear(case))
    behaviours.change_behaviour(db, case, row, details, row.version)
    layer = evidence.issue_layer(db, case)
    assert layer.weighed[item.id] == {position.id: Bearing.NEUTRAL, need.id: Bearing.SUPPORTS}
    assert layer.from_fear == {item.id}
    assert [len(standing.supports) for standing in layer.standings] == [1, 0]


def test_what_the_therapist_gave_a_reason_for_counts_in_spite_of_fear(db, ines):
    case = case_of(db, ines)
    row = make_behaviour(db, case, placings=from_fear(case))
    position = make_explanation(db, case, kind="H7")
    item = make_evidence(
        db,
        case,
        kind="E10",
        behaviour=row.public_id,
        bearings={position.public_id: Bearing.SUPPORTS},
        reasons={position.public_id: "kept up long after she had moved out"},
    )
    layer = evidence.issue_layer(db, case)
    assert layer.weighed[item.id] == {position.id: Bearing.SUPPORTS}
    assert layer.reasoned == {(item.id, position.id)}
    key = (item.id, position.id)
    assert evidence.reasons(db, case) == {key: "kept up long after she had moved out"}


def test_the_map_ties_behaviours_to_explanations_as_the_matrix_weighs_them(db, ines):
    case = case_of(db, ines)
    feared = make_behaviour(db, case, placings=from_fear(case))
    position = make_explanation(db, case, kind="H7")
    ref = position.public_id
    make_evidence(db, case, kind="", bearings={ref: Bearing.AGAINST})
    tied = {"behaviour": feared.public_id, "bearings": {ref: Bearing.SUPPORTS}}
    make_evidence(db, case, kind="", **tied)
    make_evidence(db, case, kind="", reasons={ref: "told in the room"}, **tied)
    ground = issue_map.ground(db, case)
    assert ground.behaviours == [feared]
    assert ground.explanations == [position]
    assert ground.ties == [
        (None, position.id, Bearing.AGAINST),
        (feared.id, position.id, Bearing.NEUTRAL),
        (feared.id, position.id, Bearing.SUPPORTS),
    ]
    assert issue_map.list_visible(db, case) == [feared]


def test_an_active_explanation_needs_a_day_to_look_again(db, ines):
    case = case_of(db, ines)
    with pytest.raises(RefusedError, match="look again") as refused:
        make_explanation(db, case, test_by=None)
    assert refused.value.field == "test_by"
    assert formulation.list_explanations(db, case) == []
    make_explanation(db, case, test_by=None, status=ExplanationStatus.DROPPED)


def test_a_test_comes_back_on_its_day_the_longest_due_first(db, ines):
    case = case_of(db, ines)
    days = [TODAY, TODAY - dt.timedelta(days=9), TODAY + dt.timedelta(days=1)]
    today, earlier, later = (make_explanation(db, case, test_by=day) for day in days)
    make_explanation(db, case, test_by=TODAY, status=ExplanationStatus.WEAKENED)
    assert formulation.due_tests(db, case, TODAY) == [earlier, today]
    assert formulation.due_tests(db, case, later.test_by) == [earlier, today, later]
    details = explanation_details(status=ExplanationStatus.CONFIRMED, test_by=None)
    formulation.change_explanation(db, case, earlier, details, earlier.version)
    assert formulation.due_tests(db, case, TODAY) == [today]


def test_changed_evidence_keeps_the_answer_it_came_from_only_when_told_so(db, ines):
    case = case_of(db, ines)
    item = make_evidence(db, case, answer="standpoint")
    evidence.change_evidence(db, case, item, evidence_details(answer="standpoint"), 1)
    assert item.link.answer_item == "standpoint"
    evidence.change_evidence(db, case, item, evidence_details(), 2)
    assert item.link is None
