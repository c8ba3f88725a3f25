"""The issue layer as it is stored."""

import datetime as dt

import pytest
from sqlalchemy import select

from clinic.domain.formulation import Bearing, Confidence, ExplanationStatus, RollUp
from clinic.domain.visibility import Layer
from clinic.models.formulation import EvidenceItem
from clinic.services import evidence, formulation, readings
from clinic.services.errors import RefusedError
from tests.factories import (
    TODAY,
    at_work,
    case_of,
    evidence_details,
    explanation_details,
    make_case,
    make_evidence,
    make_explanation,
    make_formulation,
)

LAYERS = [Layer.SHARED, Layer.PRIVATE, Layer.CLINICIAN, Layer.SAFETY]


def test_an_explanation_is_kept_as_it_was_added(store, ines):
    with at_work(store, ines) as db:
        row = make_explanation(
            db, case_of(db, ines), about=[ines.partner_refs[0]], test_by=TODAY, kind=""
        )
        ref = row.public_id
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        row = formulation.find_explanation(db, case, ref)
        assert (row.kind, row.about_ids, row.test_by) == (None, (case.partners[0].id,), TODAY)
        assert (row.confidence, row.status) == (Confidence.LOW, ExplanationStatus.ACTIVE)
        assert (row.statement, row.reason) == ("distance since the move", "both name the move")
        assert row.would_change_my_mind == "closeness before the move was just as low"


def test_an_explanation_may_be_about_a_pair_but_not_about_three(store, ines):
    with at_work(store, ines) as db:
        case = make_case(db, "Kim", "Lou", "Tariq")
        kim, lou, tariq = (partner.public_id for partner in case.partners)
        row = make_explanation(db, case, about=[lou, kim])
        assert row.about_ids == (case.partners[0].id, case.partners[1].id)
        with pytest.raises(RefusedError, match="Choose one of them") as refusal:
            make_explanation(db, case, about=[kim, lou, tariq])
        assert refusal.value.field == "about"


def test_an_explanation_can_be_changed_and_dropped(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        row = make_explanation(db, case)
        details = explanation_details(
            statement="worn out", reason="", status=ExplanationStatus.DROPPED
        )
        formulation.change_explanation(db, case, row, details, version=1)
    with at_work(store, ines) as db:
        (row,) = formulation.list_explanations(db, case_of(db, ines))
        assert (row.statement, row.reason) == ("worn out", "")
        assert (row.status, row.version) == (ExplanationStatus.DROPPED, 2)


def test_evidence_is_kept_with_its_bearings(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        first, second = make_explanation(db, case), make_explanation(db, case)
        bearings = {first.public_id: Bearing.SUPPORTS, second.public_id: Bearing.AGAINST}
        make_evidence(db, case, kind="", bearings=bearings)
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        (item,) = evidence.list_evidence(db, case)
        assert (item.kind, item.source_id, item.observed_on) == (None, None, TODAY)
        assert item.observation == "looks away when the move is mentioned"
        assert sorted(each.bearing for each in item.bearings) == [
            Bearing.AGAINST,
            Bearing.SUPPORTS,
        ]


def test_a_changed_bearing_replaces_the_earlier_one_and_leaves_the_others(db, ines):
    case = case_of(db, ines)
    first, second = make_explanation(db, case), make_explanation(db, case)
    both = {first.public_id: Bearing.SUPPORTS, second.public_id: Bearing.AGAINST}
    item = make_evidence(db, case, bearings=both)
    details = evidence_details(bearings={first.public_id: Bearing.NEUTRAL})
    evidence.change_evidence(db, case, item, details, version=1)
    known = {each.explanation_id: each.bearing for each in item.bearings}
    assert known == {first.id: Bearing.NEUTRAL, second.id: Bearing.AGAINST}


@pytest.mark.parametrize("after", LAYERS)
@pytest.mark.parametrize("before", LAYERS)
def test_evidence_still_reads_after_its_layer_and_source_changed(before, after, store, ines):
    mara, jonas = ines.partner_refs
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        item = make_evidence(db, case, layer=before, source=mara)
        old = item.sealed_observation
        details = evidence_details(layer=after, source=jonas)
        evidence.change_evidence(db, case, item, details, version=1)
        assert item.sealed_observation != old
    with at_work(store, ines) as db:
        item = db.scalars(select(EvidenceItem)).one()
        assert item.observation == "looks away when the move is mentioned"
        assert (item.layer, item.version) == (after, 2)


def test_evidence_whose_source_alone_changed_still_reads(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        item = make_evidence(db, case, layer=Layer.SHARED, source=ines.partner_refs[0])
        details = evidence_details(layer=Layer.SHARED, source="")
        evidence.change_evidence(db, case, item, details, version=1)
    with at_work(store, ines) as db:
        item = db.scalars(select(EvidenceItem)).one()
        assert item.source_id is None
        assert item.observation == "looks away when the move is mentioned"


def test_evidence_is_listed_by_its_date(db, ines):
    case = case_of(db, ines)
    later = make_evidence(db, case)
    earlier = make_evidence(db, case, observed_on=TODAY - dt.timedelta(days=1))
    assert evidence.list_evidence(db, case) == [earlier, later]


def test_the_issue_layer_orders_explanations_by_how_little_speaks_against_them(db, ines):
    case = case_of(db, ines)
    doubted, plain, backed = (make_explanation(db, case).public_id for _ in range(3))
    bearings = {doubted: Bearing.AGAINST, plain: Bearing.NEUTRAL, backed: Bearing.SUPPORTS}
    item = make_evidence(db, case, bearings=bearings)
    layer = evidence.issue_layer(db, case)
    assert [standing.explanation for standing in layer.standings] == [backed, plain, doubted]
    assert [each.text for each in layer.standings[0].supports] == [item.public_id]
    assert [each.text for each in layer.standings[2].against] == [item.public_id]
    assert [row.public_id for row in layer.explanations] == [doubted, plain, backed]
    assert layer.evidence == [item]


def test_a_reading_is_added_and_earlier_ones_stay(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        make_formulation(db, case)
        make_formulation(db, case, 1, roll_up=RollUp.UNDETERMINED, reason="too early to say")
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        newest, first = readings.list_formulations(db, case)
        assert readings.latest_formulation(db, case) is newest
        assert (newest.number, newest.roll_up) == (2, RollUp.UNDETERMINED)
        assert (newest.reason, first.reason) == ("too early to say", "the distance came first")
        assert (first.strengths, first.responsibility) == (
            "they still laugh together",
            "each for their own part",
        )
        assert first.couple_summary == "You both want evenings back"
        assert (first.author_id, first.confidence) == (ines.id, Confidence.MEDIUM)


def test_a_case_without_a_reading_has_none(db, ines):
    assert readings.latest_formulation(db, case_of(db, ines)) is None


def test_high_confidence_is_accepted_with_two_active_explanations(db, ines):
    case = case_of(db, ines)
    for _ in range(2):
        make_explanation(db, case)
    row = make_formulation(db, case, confidence=Confidence.HIGH)
    assert row.confidence is Confidence.HIGH


def test_a_dropped_explanation_does_not_make_confidence_high(db, ines):
    case = case_of(db, ines)
    make_explanation(db, case)
    make_explanation(db, case, status=ExplanationStatus.DROPPED)
    with pytest.raises(ValueError, match="at least two active"):
        make_formulation(db, case, confidence=Confidence.HIGH)


def test_an_explanation_of_another_case_does_not_make_confidence_high(db, ines):
    case = case_of(db, ines)
    make_explanation(db, case)
    make_explanation(db, make_case(db))
    with pytest.raises(ValueError, match="at least two active"):
        make_formulation(db, case, confidence=Confidence.HIGH)
