"""What the treating clinician sees when answers are in; the guard on four vignettes."""

import pytest

from clinic.domain.answers import AnswerState
from clinic.domain.comparison import HAPPENED
from clinic.domain.guard import NOT_OPEN, GuardReason
from clinic.domain.instruments import Cited
from clinic.domain.invitations import Handing, InvitationState
from clinic.domain.items import Flag
from clinic.domain.questionnaires import ScreenResult
from clinic.services import audit, cases, comparison, invitations, measures
from clinic.services.errors import MissingError, RefusedError
from tests.factories import TODAY, at_work, make_behaviour, make_case
from tests.services.answering import (
    CONTENT,
    answer_all,
    as_couple,
    as_partner,
    fill,
    plan_case,
    treating,
)
from tests.services.test_measures import instrument
from tests.vignette_answers import (
    LATE_MESSAGES,
    ORDINARY_LIFE,
    THREE_PARTNERS,
    TWO_MAPS,
    alone,
    answers,
)

READS = {
    "progress": comparison.progress,
    "answers": lambda db, case: comparison.side_by_side(db, case, CONTENT),
    "map": lambda db, case: comparison.agreement_map(db, case, CONTENT),
    "standpoints": lambda db, case: comparison.ambivalence(db, case, CONTENT),
    "guard": lambda db, case: comparison.guard(db, case, CONTENT),
}
NOTED = {
    "progress": "answering.read",
    "answers": "answers.read",
    "map": "agreement-map.read",
    "standpoints": "standpoints.read",
    "guard": "guard.read",
}


def reasons(db, case):
    """Give the guard's reasons by first name."""
    names = {partner.public_id: partner.name for partner in case.partners}
    state = comparison.guard(db, case, CONTENT)
    return {names[ref]: set(watch.reasons) for ref, watch in state.watches.items()}


def test_progress_tells_who_was_invited_has_begun_and_has_sent(store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES)
    with treating(store, ines, answered) as (db, case):
        issued = invitations.issue(db, case, answered.partner_refs["Mara"], Handing.LINK)
        invitations.note_reminder(db, issued.invitation)
        db.commit()
    fill(store, answered, "Mara", {}, send=False)
    fill(store, answered, "Jonas", LATE_MESSAGES["Jonas"])
    with treating(store, ines, answered) as (db, case):
        mara, jonas = comparison.progress(db, case)
        assert mara.invitation is InvitationState.OPEN
        assert mara.begun_at
        assert mara.reminded_at
        assert (mara.claimed_at, mara.sent_at) == (None, None)
        assert (jonas.invitation, jonas.reminded_at) == (None, None)
        assert jonas.sent_at >= jonas.begun_at


def test_before_anything_is_planned_there_is_nothing_to_see(db, ines):
    case = make_case(db)
    assert [(each.begun_at, each.sent_at) for each in comparison.progress(db, case)] == [
        (None, None),
        (None, None),
    ]
    assert comparison.side_by_side(db, case, CONTENT) == []
    assert comparison.ambivalence(db, case, CONTENT) == ()
    assert not comparison.guard(db, case, CONTENT).shut


def test_answers_are_shown_once_sent_and_a_draft_stays_its_partner_s_own(store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES)
    fill(store, answered, "Mara", LATE_MESSAGES["Mara"], send=False)
    fill(store, answered, "Jonas", LATE_MESSAGES["Jonas"])
    with treating(store, ines, answered) as (db, case):
        [jonas] = comparison.side_by_side(db, case, CONTENT)
        assert jonas.partner.name == "Jonas"
        assert jonas.answers["B11.placing"].value == "depends"
        assert jonas.answers["hope"].state is AnswerState.SKIPPED
        with pytest.raises(RefusedError, match=NOT_OPEN):
            comparison.agreement_map(db, case, CONTENT)


def test_the_pages_are_those_the_partner_saw(store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES, own=["Plays chess online at night"])
    fill(store, answered, "Mara", answers({"B11": "fine", "O1": "not-ok"}))
    with treating(store, ines, answered) as (db, case):
        [mara] = comparison.side_by_side(db, case, CONTENT)
        titles = [page.title for page in mara.pages]
        assert "Plays chess online at night" in titles
        assert any("Jonas" in item.text for item in mara.items)
        assert mara.answers["O1.placing"].value == "not-ok"


def test_the_late_messages_are_seen_as_the_vignette_says(store, ines):
    answered = answer_all(store, ines, LATE_MESSAGES)
    with treating(store, ines, answered) as (db, case):
        [(two, rows)] = comparison.agreement_map(db, case, CONTENT).items()
        assert two == tuple(answered.partner_refs.values())
        assert [row.behaviour for row in rows[:2]] == ["B13", "B11"]
        assert rows[1].misread_by == {answered.partner_refs["Mara"]}
        mara, jonas = comparison.ambivalence(db, case, CONTENT)
        assert [guess.fits for guess in mara.guesses.values()] == [True]
        assert [guess.fits for guess in jonas.guesses.values()] == [False]
        assert reasons(db, case) == {"Mara": set(), "Jonas": set()}
        watch = comparison.guard(db, case, CONTENT).watches[two[0]]
        assert watch.safety is ScreenResult.NO_INDICATION


def test_two_maps_are_open_and_show_a_misreading_on_both_sides(store, ines):
    answered = answer_all(store, ines, TWO_MAPS)
    with treating(store, ines, answered) as (db, case):
        [rows] = comparison.agreement_map(db, case, CONTENT).values()
        assert (rows[0].behaviour, rows[0].mark) == ("B06", "both-misread")
        assert not comparison.guard(db, case, CONTENT).shut


def test_three_partners_are_compared_two_by_two(store, ines):
    answered = answer_all(store, ines, THREE_PARTNERS)
    kim, lou, tariq = answered.partner_refs.values()
    with treating(store, ines, answered) as (db, case):
        maps = comparison.agreement_map(db, case, CONTENT)
        assert {two: rows[0].mark for two, rows in maps.items()} == {
            (kim, lou): "one-misreads",
            (kim, tariq): "agree",
            (lou, tariq): "both-misread",
        }
        assert reasons(db, case) == {"Kim": set(), "Lou": set(), "Tariq": set()}


def test_ordinary_life_monitoring_and_fear_keep_the_map_shut_with_one_neutral_sentence(store, ines):
    answered = answer_all(store, ines, ORDINARY_LIFE)
    with treating(store, ines, answered) as (db, case):
        assert reasons(db, case) == {
            "Elena": {GuardReason.SAFETY},
            "Viktor": {GuardReason.ORDINARY_LIFE, GuardReason.MONITORING},
        }
        with pytest.raises(RefusedError) as shut:
            comparison.agreement_map(db, case, CONTENT)
        with pytest.raises(RefusedError) as also_shut:
            comparison.require_open(db, case, CONTENT)
        assert str(shut.value) == str(also_shut.value) == NOT_OPEN
        elena, viktor = comparison.guard(db, case, CONTENT).watches.values()
        assert elena.safety is ScreenResult.POSITIVE
        assert {one.item for one in elena.raised} == {"afraid", "given-up"}
        assert {one.flag for one in viktor.raised} == {Flag.MONITORING}
        # The therapist still reads what each of them said.
        assert len(comparison.side_by_side(db, case, CONTENT)) == 2


def test_a_positive_safety_answer_stands_when_its_partner_then_wants_to_talk_in_person(store, ines):
    answered = plan_case(store, ines, TWO_MAPS)
    own = alone("Adaeze", afraid="yes", alone="in-person")
    fill(store, answered, "Ruth", answers(guesses=own))
    with treating(store, ines, answered) as (db, case):
        assert reasons(db, case)["Ruth"] == {GuardReason.SAFETY}


def test_wanting_to_talk_in_person_is_incomplete_and_no_reason(store, ines):
    answered = plan_case(store, ines, TWO_MAPS)
    fill(store, answered, "Ruth", answers(alone="in-person"))
    with treating(store, ines, answered) as (db, case):
        ruth, adaeze = comparison.guard(db, case, CONTENT).watches.values()
        assert ruth.safety is adaeze.safety is ScreenResult.INCOMPLETE
        assert ruth.reasons == frozenset()
        assert [one.flag for one in ruth.raised] == [Flag.IN_PERSON]


def test_limiting_that_was_recorded_or_reported_is_a_reason(store, ines):
    answered = plan_case(store, ines, TWO_MAPS)
    fill(store, answered, "Ruth", answers(guesses={HAPPENED: ["C02", "B06"]}))
    with treating(store, ines, answered) as (db, case):
        assert reasons(db, case) == {"Ruth": {GuardReason.LIMITING}, "Adaeze": set()}
        make_behaviour(db, case, behaviour="C05")
        make_behaviour(db, case, behaviour="B06")
        make_behaviour(db, case, behaviour="")
        assert reasons(db, case)["Adaeze"] == {GuardReason.LIMITING}


def test_minding_that_one_is_limited_is_no_concern_about_ordinary_life(store, ines):
    answered = plan_case(store, ines, {"Ruth": answers({"B01": "x", "C02": "x"}), "Adaeze": {}})
    fill(store, answered, "Ruth", answers({"B01": "not-ok", "C02": "not-ok"}))
    with treating(store, ines, answered) as (db, case):
        assert reasons(db, case)["Ruth"] == set()


def test_lines_in_own_words_count_as_concerns_and_not_as_ordinary_life(store, ines):
    answered = plan_case(store, ines, ORDINARY_LIFE, own=["Chess", "Night shifts"])
    own = {"B01": "not-ok", "B02": "not-ok", "O1": "not-ok", "O2": "not-ok"}
    fill(store, answered, "Viktor", answers(own))
    with treating(store, ines, answered) as (db, case):
        assert reasons(db, case)["Viktor"] == set()


def test_a_positive_screen_that_the_therapist_entered_is_a_reason(store, ines):
    answered = answer_all(store, ines, TWO_MAPS)
    screen = instrument("hark", cut_off=Cited(1, "source"))
    with treating(store, ines, answered) as (db, case):
        ruth = answered.partner_refs["Ruth"]
        measures.enter_score(db, case, ruth, screen, measures.ScoreDetails(TODAY, 1))
        assert reasons(db, case) == {"Ruth": {GuardReason.SAFETY}, "Adaeze": set()}
        watch = comparison.guard(db, case, CONTENT).watches[ruth]
        assert watch.safety is ScreenResult.POSITIVE


@pytest.mark.parametrize("read", READS)
def test_every_read_is_noted_for_the_audit(read, store, ines):
    answered = answer_all(store, ines, TWO_MAPS)
    with treating(store, ines, answered) as (db, case):
        READS[read](db, case)
        assert NOTED[read] in {noted.action for noted in audit.reads_of(db)}


@pytest.mark.parametrize("read", READS)
def test_nobody_but_the_treating_clinician_reads_any_of_it(read, store, ines, cast):
    answered = answer_all(store, ines, TWO_MAPS)
    with treating(store, ines, answered, writes=False) as (_, theirs):
        for who in ("tomas", "noa"):
            with at_work(store, cast[who], writes=False) as other, pytest.raises(MissingError):
                READS[read](other, theirs)
        with as_couple(store, ines) as couple:
            seen = cases.find_case(couple, answered.case_ref)
            with pytest.raises(MissingError):
                READS[read](couple, seen)
        with as_partner(store, answered, "Ruth") as (partner, _), pytest.raises(MissingError):
            READS[read](partner, theirs)
