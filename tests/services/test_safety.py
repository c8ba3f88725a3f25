"""The track, what it shuts, and what is decided about it: for the treating clinician alone."""

import datetime as dt

import pytest

from clinic.domain.answers import given
from clinic.domain.formulation import RollUp
from clinic.domain.guard import NOT_OPEN, GuardReason
from clinic.domain.instruments import Cited
from clinic.domain.questionnaires import ScreenResult
from clinic.domain.tracks import Reason, Tool, TrackName, TrackReason
from clinic.services import (
    audit,
    behaviours,
    cases,
    comparison,
    couple_map,
    measures,
    private_checks,
    safety,
    safety_plans,
)
from clinic.services.errors import MissingError, RefusedError
from clinic.services.safety_marks import TRACK
from tests import factories as made
from tests import safety_factories as safe
from tests.factories import TODAY, at_work, case_of
from tests.services.answering import CONTENT, answer_all, as_couple, as_partner, treating
from tests.services.test_measures import instrument
from tests.vignette_answers import LATE_MESSAGES, ORDINARY_LIFE, TWO_MAPS
from tests.web.test_queries import statements

#: Each tool that is shut on the safety track, with a key for which it is.
SHUT = {Tool.COMPARISON: "", Tool.REVEAL: "", Tool.GOAL: "G02", Tool.SHEET: "W08"}
READS = {
    "checks": private_checks.list_checks,
    "plans": lambda db, case: safety_plans.list_plans(db, case, case.partners[0].public_id),
    "days": safety_plans.plan_days,
    "decisions": safety.list_decisions,
    "track": lambda db, case: safety.track_of(db, case, CONTENT),
}
NOTED = {
    "checks": "safety.read",
    "plans": "safety-plan.read",
    "days": "safety.read",
    "decisions": "safety.read",
}


def shut(db, case):
    """Name the tools that stay shut."""
    state = safety.track_of(db, case, CONTENT)
    return {tool for tool, key in SHUT.items() if state.is_shut(tool, key)}


def track(db, case):
    return safety.track_of(db, case, CONTENT).track


@pytest.fixture
def answered(store, ines):
    return answer_all(store, ines, TWO_MAPS)


def test_without_any_sign_a_case_goes_the_usual_way_and_nothing_is_shut(store, ines, answered):
    with treating(store, ines, answered) as (db, case):
        assert track(db, case).name is TrackName.USUAL
        assert shut(db, case) == set()


def test_a_check_with_something_come_up_shuts_what_a_positive_answer_shuts(store, ines, answered):
    with treating(store, ines, answered) as (db, case):
        comparison.agreement_map(db, case, CONTENT)
        safe.make_positive(db, case)
        first = case.partners[0].public_id
        watch = comparison.guard(db, case, CONTENT).watches[first]
        assert watch.reasons == {GuardReason.SAFETY}
        assert watch.safety is ScreenResult.POSITIVE
        assert track(db, case).name is TrackName.SAFETY
        assert track(db, case).reasons[0] == Reason(TrackReason.CHECK, first)
        assert shut(db, case) == set(SHUT)
        for use in (comparison.agreement_map, comparison.require_open, couple_map.open_couple_map):
            with pytest.raises(RefusedError, match=NOT_OPEN):
                use(db, case, CONTENT)
        with pytest.raises(RefusedError, match=NOT_OPEN):
            couple_map.reveal(db, case, CONTENT, "B06")


@pytest.mark.parametrize("result", [ScreenResult.INCOMPLETE, ScreenResult.NO_INDICATION])
def test_any_other_check_shuts_nothing(store, ines, answered, result):
    with treating(store, ines, answered) as (db, case):
        safe.make_check(db, case, result=result)
        assert shut(db, case) == set()


def test_a_later_check_without_indication_opens_nothing_until_the_therapist_decides(
    store, ines, answered
):
    with treating(store, ines, answered) as (db, case):
        safe.make_positive(db, case)
        safe.make_check(db, case)
        assert shut(db, case) == set(SHUT)
        safe.make_decision(db, case, holds=False)
        assert track(db, case).name is TrackName.USUAL
        assert shut(db, case) == set()
        safe.make_positive(db, case)
        assert shut(db, case) == set(SHUT)


def test_ending_the_track_lifts_neither_a_score_nor_answers_nor_control(store, ines):
    answered = answer_all(store, ines, ORDINARY_LIFE)
    screen = instrument("hark", cut_off=Cited(1, "source"))
    with treating(store, ines, answered) as (db, case):
        safe.make_decision(db, case, holds=False)
        assert shut(db, case) == set(SHUT)
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        ref = case.partners[0].public_id
        measures.enter_score(db, case, ref, screen, measures.ScoreDetails(TODAY, 1))
        safe.make_decision(db, case, holds=False)
        assert [one.kind for one in track(db, case).reasons] == [TrackReason.CHECK]
    with at_work(store, ines) as db:
        other = made.make_case(db)
        made.make_explanation(db, other, kind="H11")
        safe.make_decision(db, other, holds=False)
        assert [one.kind for one in track(db, other).reasons] == [TrackReason.CONTROL]


def test_fear_and_limiting_and_the_therapist_s_own_decisions_lead_to_the_track(store, ines):
    placing = behaviours.Placing(from_fear=True)
    with at_work(store, ines) as db:
        case = made.make_case(db)
        about = case.partners[1].public_id
        made.make_behaviour(db, case, placings={"": placing})
        assert track(db, case).reasons == (Reason(TrackReason.FEAR, about),)
        case = made.make_case(db)
        made.make_behaviour(db, case, behaviour="C05")
        about = case.partners[1].public_id
        assert track(db, case).reasons == (Reason(TrackReason.GUARD, about),)
        case = made.make_case(db)
        safe.make_decision(db, case)
        assert track(db, case).reasons == (Reason(TrackReason.DECIDED),)
        case = made.make_case(db)
        made.make_formulation(db, case, roll_up=RollUp.SAFETY_TRACK)
        assert track(db, case).name is TrackName.SAFETY
        latest = made.make_formulation(db, case, 1, roll_up=RollUp.MIXED)
        assert (latest.number, track(db, case).name) == (2, TrackName.USUAL)


def test_leaning_out_suggests_getting_clear_first_and_shuts_nothing(store, ines):
    answered = answer_all(store, ines, LATE_MESSAGES)
    with treating(store, ines, answered) as (db, case):
        assert track(db, case).name is TrackName.USUAL, "a guess is no answer"
    leaning = {**LATE_MESSAGES, "Jonas": {**LATE_MESSAGES["Jonas"], **made_standpoint()}}
    answered = answer_all(store, ines, leaning)
    with treating(store, ines, answered) as (db, case):
        assert track(db, case).name is TrackName.DISCERNMENT
        assert shut(db, case) == set()


def made_standpoint():
    """Give the answer of somebody who is leaning out."""
    return {"standpoint": given(["leaning-out"])}


@pytest.mark.parametrize("tool", SHUT)
def test_a_tool_with_a_way_past_is_open_while_the_decision_holds(store, ines, answered, tool):
    with treating(store, ines, answered) as (db, case):
        safe.make_positive(db, case)
        if not safety.can_be_opened(tool):
            with pytest.raises(MissingError):
                safe.make_decision(db, case, tool.value)
            return
        safe.make_decision(db, case, tool.value)
        assert shut(db, case) == set(SHUT) - {tool}
        assert not safety.is_shut(db, case, CONTENT, tool, SHUT[tool])
        safe.make_decision(db, case, tool.value, holds=False)
        assert safety.is_shut(db, case, CONTENT, tool, SHUT[tool])


def test_an_opened_comparison_is_read_by_the_therapist_and_shown_to_nobody(store, ines, answered):
    with treating(store, ines, answered) as (db, case):
        safe.make_positive(db, case)
        safe.make_decision(db, case, "comparison")
        assert comparison.agreement_map(db, case, CONTENT)
        comparison.require_open(db, case, CONTENT, Tool.COMPARISON)
        with pytest.raises(RefusedError, match=NOT_OPEN):
            couple_map.open_couple_map(db, case, CONTENT)


def come_up_check(db, case):
    safe.make_positive(db, case, place=1)


def come_up_score(db, case):
    screen = instrument("hark", cut_off=Cited(1, "source"))
    details = measures.ScoreDetails(TODAY, 1)
    measures.enter_score(db, case, case.partners[1].public_id, screen, details)


def come_up_limiting(db, case):
    made.make_behaviour(db, case, behaviour="C05")


def come_up_fear(db, case):
    made.make_behaviour(db, case, placings={"": behaviours.Placing(from_fear=True)})


def come_up_control(db, case):
    made.make_explanation(db, case, kind="H11")


def come_up_decision(db, case):
    safe.make_decision(db, case)


NEWS = (
    come_up_check,
    come_up_score,
    come_up_limiting,
    come_up_fear,
    come_up_control,
    come_up_decision,
)


@pytest.mark.parametrize("news", NEWS, ids=lambda news: news.__name__)
def test_what_comes_up_later_shuts_an_opened_tool_again(store, ines, answered, news):
    with treating(store, ines, answered) as (db, case):
        safe.make_positive(db, case)
        safe.make_decision(db, case, "comparison")
        made.make_behaviour(db, case, behaviour="B06", placings={})
        made.make_explanation(db, case)
        assert not safety.is_shut(db, case, CONTENT, Tool.COMPARISON)
        news(db, case)
        assert safety.is_shut(db, case, CONTENT, Tool.COMPARISON)


def test_ordinary_goals_and_sheets_stay_open(store, ines, answered):
    with treating(store, ines, answered) as (db, case):
        safe.make_positive(db, case)
        for tool, key in ((Tool.GOAL, "G10"), (Tool.SHEET, "w13")):
            assert not safety.is_shut(db, case, CONTENT, tool, key)


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_decision_without_a_reason_is_refused(db, ines, reason):
    with pytest.raises(RefusedError) as refused:
        safety.decide(db, case_of(db, ines), TRACK, reason, holds=True)
    assert refused.value.field == "reason"


def test_decisions_are_listed_with_author_and_day_newest_first(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        safe.make_decision(db, case)
        safety.decide(db, case, "sheet", " she asked for it ", holds=True)
        newest, first = safety.list_decisions(db, case)
        assert (newest.kind, newest.holds, newest.reason) == ("sheet", True, "she asked for it")
        assert (first.kind, first.author) == (TRACK, "Ines Ferrara")
        assert first.decided_on == dt.datetime.now(dt.UTC).date()


def test_asking_for_the_track_costs_six_statements_whatever_the_case_holds(store, ines, answered):
    with treating(store, ines, answered) as (db, case), statements(store) as sent:
        safety.track_of(db, case, CONTENT)
        short = len(sent)
    assert short <= 6
    with treating(store, ines, answered) as (db, case):
        for _ in range(3):
            safe.fill_safety(db, case)
            safe.make_positive(db, case)
            made.make_behaviour(db, case, behaviour="C05")
            made.make_explanation(db, case, kind="H11")
    with treating(store, ines, answered) as (db, case), statements(store) as sent:
        safety.track_of(db, case, CONTENT)
        assert len(sent) == short


@pytest.mark.parametrize("read", NOTED)
def test_every_read_is_noted_for_the_audit(read, db, ines):
    READS[read](db, case_of(db, ines))
    assert NOTED[read] in {noted.action for noted in audit.reads_of(db)}


def act_check(db, case):
    safe.make_check(db, case)


def act_plan(db, case):
    safe.make_plan(db, case)


def act_decide(db, case):
    safe.make_decision(db, case)


@pytest.mark.parametrize("use", [*READS.values(), act_check, act_plan, act_decide])
def test_nobody_but_the_treating_clinician_reads_or_writes_any_of_it(
    use, store, ines, cast, answered
):
    with treating(store, ines, answered, writes=False) as (_, theirs):
        for who in ("tomas", "noa"):
            with at_work(store, cast[who]) as other, pytest.raises(MissingError):
                use(other, theirs)
        with as_couple(store, ines) as couple:
            seen = cases.find_case(couple, answered.case_ref)
            with pytest.raises(MissingError):
                use(couple, seen)
        with as_partner(store, answered, "Ruth") as (partner, _), pytest.raises(MissingError):
            use(partner, theirs)


def test_a_partner_of_another_case_is_not_there(db, ines):
    case, other = case_of(db, ines), made.make_case(db)
    stranger = other.partners[0].public_id
    with pytest.raises(MissingError):
        private_checks.add_check(db, case, stranger, safe.check_details(), TODAY)
    with pytest.raises(MissingError):
        safety_plans.add_plan(db, case, stranger, safe.WORDS, 0)
    with pytest.raises(MissingError):
        safety_plans.list_plans(db, case, stranger)
