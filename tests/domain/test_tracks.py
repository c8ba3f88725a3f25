"""Which work comes first, what stays shut on the safety track, and what fear says nothing of."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain import tracks as module
from clinic.domain.answers import Standpoint
from clinic.domain.formulation import ExplanationStatus
from clinic.domain.guard import GuardReason
from clinic.domain.questionnaires import ScreenResult
from clinic.domain.tracks import (
    CHECK_WORDS,
    OPENNESS_GOALS,
    OPENNESS_SHEETS,
    REASON_WORDS,
    TRACK_WORDS,
    Gate,
    Reason,
    Signals,
    Tool,
    TrackName,
    TrackReason,
    check_result,
    counts_for,
    gate,
    track,
)

ACTIVE = ExplanationStatus.ACTIVE
CALM = ScreenResult.NO_INDICATION
results = st.dictionaries(st.sampled_from("ab"), st.sampled_from(ScreenResult))
stands = st.dictionaries(st.sampled_from("ab"), st.none() | st.sampled_from(Standpoint))
statuses = st.tuples(st.sampled_from(["H0", "H2", "H11"]), st.sampled_from(ExplanationStatus))


@pytest.mark.parametrize(
    ("signals", "reason"),
    [
        (Signals(explanations=[("H11", ACTIVE)]), Reason(TrackReason.CONTROL)),
        (
            Signals(explanations=[("H11", ExplanationStatus.CONFIRMED)]),
            Reason(TrackReason.CONTROL),
        ),
        (
            Signals(guard={"a": frozenset(), "b": frozenset({GuardReason.MONITORING})}),
            Reason(TrackReason.GUARD, "b"),
        ),
        (Signals(hidden_from_fear=frozenset({"a"})), Reason(TrackReason.FEAR, "a")),
        (
            Signals(checks={"a": ScreenResult.POSITIVE, "b": CALM}),
            Reason(TrackReason.CHECK, "a"),
        ),
        (Signals(decided=TrackName.SAFETY), Reason(TrackReason.DECIDED)),
    ],
)
def test_each_sign_by_itself_is_enough_for_safety(signals, reason):
    found = track(signals)
    assert found.name is TrackName.SAFETY
    assert found.reasons == (reason,)


@pytest.mark.parametrize("status", [ExplanationStatus.WEAKENED, ExplanationStatus.DROPPED])
def test_control_that_was_weighed_and_set_aside_is_no_reason(status):
    assert track(Signals(explanations=[("H11", status)])).name is TrackName.USUAL


def test_other_explanations_and_an_open_check_move_nothing():
    signals = Signals([("H2", ACTIVE)], {"a": frozenset()}, checks={"a": ScreenResult.INCOMPLETE})
    assert track(signals) == module.Track(TrackName.USUAL)


def test_leaning_out_asks_for_getting_clear_first():
    found = track(Signals(standpoints={"a": Standpoint.WORK_ON_IT, "b": Standpoint.LEANING_OUT}))
    assert found.name is TrackName.DISCERNMENT
    assert found.reasons == (Reason(TrackReason.LEANING_OUT, "b"),)


def test_get_clear_is_a_reason_only_beside_somebody_who_leans_out():
    both = {"a": Standpoint.GET_CLEAR, "b": Standpoint.LEANING_OUT}
    assert Reason(TrackReason.GET_CLEAR, "a") in track(Signals(standpoints=both)).reasons
    alone = {"a": Standpoint.GET_CLEAR, "b": Standpoint.WORK_ON_IT, "c": None}
    assert track(Signals(standpoints=alone)).name is TrackName.USUAL


def test_safety_wins_over_getting_clear_and_names_both():
    found = track(
        Signals(hidden_from_fear=frozenset({"b"}), standpoints={"a": Standpoint.LEANING_OUT})
    )
    assert found.name is TrackName.SAFETY
    assert [reason.kind for reason in found.reasons] == [TrackReason.FEAR, TrackReason.LEANING_OUT]


def test_the_therapist_settles_everything_but_safety():
    leaning = {"a": Standpoint.LEANING_OUT}
    found = track(Signals(standpoints=leaning, decided=TrackName.USUAL))
    assert found.name is TrackName.USUAL
    assert found.reasons[0] == Reason(TrackReason.DECIDED)
    assert track(Signals(decided=TrackName.DISCERNMENT)).name is TrackName.DISCERNMENT
    positive = Signals(checks={"a": ScreenResult.POSITIVE}, decided=TrackName.USUAL)
    assert track(positive).name is TrackName.SAFETY


@given(st.lists(statuses), results, stands, st.none() | st.sampled_from(TrackName))
def test_another_sign_never_leads_away_from_safety(explanations, checks, standpoints, decided):
    before = track(Signals(explanations, checks=checks, standpoints=standpoints, decided=decided))
    more = Signals([*explanations, ("H11", ACTIVE)], {}, frozenset("a"), checks, standpoints)
    assert track(more).name is TrackName.SAFETY
    if before.name is TrackName.USUAL:
        assert ScreenResult.POSITIVE not in checks.values()
        assert ("H11", ACTIVE) not in explanations


@pytest.mark.parametrize(
    ("checks", "result"),
    [
        ({}, ScreenResult.INCOMPLETE),
        ({"a": CALM, "b": CALM}, CALM),
        ({"a": CALM, "b": ScreenResult.INCOMPLETE}, ScreenResult.INCOMPLETE),
        ({"a": ScreenResult.INCOMPLETE, "b": ScreenResult.POSITIVE}, ScreenResult.POSITIVE),
    ],
)
def test_a_gap_in_a_check_is_never_taken_for_a_no(checks, result):
    assert check_result(checks) is result


def test_nothing_found_is_no_indication_today_and_nothing_is_called_safe():
    assert CHECK_WORDS[CALM] == "No indication today"
    words = [*CHECK_WORDS.values(), *TRACK_WORDS.values(), *REASON_WORDS.values()]
    assert not [text for text in words if re.search(r"\bsafe\b", text)]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [(CHECK_WORDS, ScreenResult), (TRACK_WORDS, TrackName), (REASON_WORDS, TrackReason)],
)
def test_everything_has_its_words(words, kinds):
    assert set(words) == set(kinds)


@pytest.mark.parametrize("name", [TrackName.USUAL, TrackName.DISCERNMENT])
@pytest.mark.parametrize("tool", Tool)
def test_off_the_safety_track_every_tool_is_open(name, tool):
    assert gate(name, tool, "W08") is Gate.OPEN


@pytest.mark.parametrize(
    ("tool", "key", "found"),
    [
        (Tool.COMPARISON, "", Gate.REASON_NEEDED),
        (Tool.REVEAL, "", Gate.SHUT),
        *((Tool.GOAL, key, Gate.REASON_NEEDED) for key in sorted(OPENNESS_GOALS)),
        *((Tool.SHEET, key.lower(), Gate.REASON_NEEDED) for key in sorted(OPENNESS_SHEETS)),
        (Tool.GOAL, "G19", Gate.OPEN),
        (Tool.SHEET, "w01", Gate.OPEN),
    ],
)
def test_on_the_safety_track_comparing_and_openness_are_shut(tool, key, found):
    assert gate(TrackName.SAFETY, tool, key) is found


def test_a_secret_kept_out_of_fear_counts_for_control_alone():
    kinds = [f"H{number}" for number in range(12)]
    counting = [kind for kind in kinds if counts_for("E10", kind, from_fear=True)]
    assert counting == ["H11"]
    assert all(counts_for("E10", kind, from_fear=False) for kind in kinds)


@pytest.mark.parametrize("evidence", ["", "E01", "E10", "E20"])
def test_nothing_done_out_of_fear_speaks_of_a_position_of_ones_own(evidence):
    assert not counts_for(evidence, "H7", from_fear=True)


def test_other_evidence_from_fear_still_bears_on_other_explanations():
    assert counts_for("E01", "H2", from_fear=True)
    assert counts_for("", "", from_fear=True)
