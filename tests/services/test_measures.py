"""Scores that the therapist enters: ranges, safety tasks, history and change."""

import datetime as dt
from dataclasses import replace

import pytest

from clinic.content.instruments_loader import load_instruments
from clinic.domain.change import ChangeLabel
from clinic.domain.visibility import Layer
from clinic.services import audit, measures
from clinic.services.errors import MissingError, RefusedError
from clinic.services.measures import ScoreDetails, TaskKind
from tests.factories import TODAY, at_work, case_of

INSTRUMENTS = load_instruments()


def instrument(key, **changes):
    """Give an instrument as it is reviewed, or changed for a test."""
    return replace(INSTRUMENTS[key], **changes)


def enter(db, case, key, score, **more):
    """Enter a score, of the first partner and today unless `partner` and `days` say otherwise."""
    partner, days = case.partners[more.get("partner", 0)], dt.timedelta(days=more.get("days", 0))
    details = ScoreDetails(TODAY + days, score, more.get("item"))
    return measures.enter_score(db, case, partner.public_id, INSTRUMENTS[key], details)


def points(db, case, key, partner=0):
    found = measures.history(db, case, INSTRUMENTS[key])
    return found[case.partners[partner].public_id]


def tasks(db, case):
    return [(task.kind, task.words) for task in measures.list_tasks(db, case)]


def test_scores_are_kept_per_partner_in_the_order_of_their_days(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        enter(db, case, "csi-16", 47, days=28)
        enter(db, case, "csi-16", 41)
        enter(db, case, "csi-16", 55, partner=1)
        enter(db, case, "rdas", 40)
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        assert [(one.taken_on, one.score) for one in points(db, case, "csi-16")] == [
            (TODAY, 41),
            (TODAY + dt.timedelta(days=28), 47),
        ]
        assert [one.score for one in points(db, case, "csi-16", partner=1)] == [55]
        assert points(db, case, "gad-7") == []
        assert "measures.read" in {read.action for read in audit.reads_of(db)}


def test_a_reliable_change_is_named_only_where_its_source_is_verified(db, ines):
    case = case_of(db, ines)
    for key, first, last in (("rdas", 40, 52), ("csi-16", 20, 80)):
        enter(db, case, key, first)
        enter(db, case, key, last, days=28)
    before, after = points(db, case, "rdas")
    assert before.change is None
    assert after.change.label is ChangeLabel.RECOVERED
    assert [one.change for one in points(db, case, "csi-16")] == [None, None]


@pytest.mark.parametrize("score", [-1, 28, float("nan"), float("inf")])
def test_a_score_outside_the_range_is_refused_and_nothing_is_kept(score, db, ines):
    case = case_of(db, ines)
    with pytest.raises(RefusedError) as refused:
        enter(db, case, "phq-9", score, item=0)
    assert refused.value.field == "score"
    assert points(db, case, "phq-9") == []


def test_half_points_are_refused_where_a_measure_has_none(db, ines):
    case = case_of(db, ines)
    with pytest.raises(RefusedError):
        enter(db, case, "kmss", 7.5)


@pytest.mark.parametrize("answer", [-1, 4])
def test_a_single_item_outside_its_range_is_refused(answer, db, ines):
    case = case_of(db, ines)
    with pytest.raises(RefusedError) as refused:
        enter(db, case, "phq-9", 8, item=answer)
    assert refused.value.field == "single_item"
    assert tasks(db, case) == []


@pytest.mark.parametrize(("answer", "said"), [(1, "1"), (3, "3"), (None, "left out")])
@pytest.mark.parametrize("total", [0, 27])
def test_item_nine_at_one_or_more_or_left_out_raises_a_task_whatever_the_total(
    total, answer, said, db, ines
):
    case = case_of(db, ines)
    enter(db, case, "phq-9", total, item=answer)
    assert tasks(db, case) == [(TaskKind.SINGLE_ITEM, f"phq-9: {said}")]
    assert points(db, case, "phq-9")[0].single_item == answer


def test_item_nine_at_nought_raises_nothing_however_high_the_total(db, ines):
    case = case_of(db, ines)
    enter(db, case, "phq-9", 26, item=0)
    assert tasks(db, case) == []
    assert points(db, case, "phq-9")[0].single_item == 0


def test_a_measure_without_such_an_item_raises_nothing(db, ines):
    case = case_of(db, ines)
    enter(db, case, "gad-7", 21)
    assert tasks(db, case) == []


@pytest.mark.parametrize(
    ("key", "score", "raised"),
    [("hark", 1, True), ("hark", 0, False), ("e-hits", 8, True), ("hits", 20, False)],
)
def test_a_safety_screen_raises_a_task_from_its_cut_off_and_never_without_one(
    key, score, raised, db, ines
):
    case = case_of(db, ines)
    enter(db, case, key, score)
    found = [(TaskKind.POSITIVE_SCREEN, f"{key}: {score}")] if raised else []
    assert tasks(db, case) == found


def test_a_score_is_sealed_in_the_layer_of_its_instrument(db, ines):
    case = case_of(db, ines)
    assert enter(db, case, "hits", 12).layer is Layer.SAFETY
    assert enter(db, case, "gad-7", 12).layer is Layer.PRIVATE


def test_exactly_at_a_cut_off_that_does_not_count_a_screen_raises_nothing(db, ines):
    case = case_of(db, ines)
    screen = instrument("hark", clinical_at_cut_off=False)
    measures.enter_score(db, case, ines.partner_refs[0], screen, ScoreDetails(TODAY, 1))
    assert tasks(db, case) == []


def test_a_task_that_was_seen_to_goes_below_the_open_ones_and_stays_done(db, ines):
    case = case_of(db, ines)
    enter(db, case, "phq-9", 8, item=2)
    enter(db, case, "phq-9", 8, item=1, partner=1)
    newest = measures.list_tasks(db, case)[0]
    measures.finish_task(db, case, newest.public_id)
    done_at = newest.done_at
    measures.finish_task(db, case, newest.public_id)
    assert [task.done_at for task in measures.list_tasks(db, case)] == [None, done_at]
    assert done_at is not None


@pytest.mark.parametrize("who", ["tomas", "noa"])
def test_nobody_but_the_treating_clinician_enters_or_reads_scores(who, store, ines, cast):
    with at_work(store, ines, writes=False) as db:
        theirs = case_of(db, ines)
        ref = theirs.partners[0].public_id
        details = ScoreDetails(TODAY, 1)
        with at_work(store, cast[who], writes=False) as other:
            for read in (
                lambda: measures.enter_score(other, theirs, ref, INSTRUMENTS["hark"], details),
                lambda: measures.history(other, theirs, INSTRUMENTS["hark"]),
                lambda: measures.list_tasks(other, theirs),
                lambda: measures.finish_task(other, theirs, ref),
            ):
                with pytest.raises(MissingError):
                    read()


def test_a_stranger_to_the_case_gets_no_score(db, cast, ines):
    with pytest.raises(MissingError):
        measures.enter_score(
            db,
            case_of(db, ines),
            cast["noa"].partner_refs[0],
            INSTRUMENTS["gad-7"],
            ScoreDetails(TODAY, 3),
        )
