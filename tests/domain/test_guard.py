"""The control-misuse guard: what trips it, what must not, and that more never trips it less."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain import guard as module
from clinic.domain.behaviours import Zone
from clinic.domain.guard import NOT_OPEN, Concerns, GuardReason, guard, is_mostly_ordinary, is_shut
from clinic.domain.items import Flag
from clinic.domain.questionnaires import ScreenResult

WITHIN, GRAY, BEYOND = Zone.WITHIN, Zone.GRAY, Zone.BEYOND
zones = st.none() | st.sampled_from(Zone)
objections = st.dictionaries(st.text(max_size=3), zones, max_size=8)


def objected(*found):
    return {f"B{number:02}": zone for number, zone in enumerate(found, start=1)}


@pytest.mark.parametrize(
    ("found", "ordinary"),
    [
        ((), False),
        ((WITHIN,), False),
        ((WITHIN, WITHIN), True),
        ((WITHIN, GRAY), False),
        ((WITHIN, WITHIN, GRAY), True),
        ((WITHIN, WITHIN, BEYOND, GRAY), False),
        ((WITHIN, WITHIN, None), True),
        ((WITHIN, None), False),
        ((GRAY, GRAY, GRAY), False),
    ],
)
def test_ordinary_life_is_more_than_half_of_at_least_two_objections(found, ordinary):
    assert is_mostly_ordinary(objected(*found)) is ordinary
    assert (GuardReason.ORDINARY_LIFE in guard(Concerns(objected(*found)))) is ordinary


@pytest.mark.parametrize(
    ("concerns", "reason"),
    [
        (Concerns({}, flags=frozenset({Flag.MONITORING})), GuardReason.MONITORING),
        (Concerns({}, limiting=["C02"]), GuardReason.LIMITING),
        (Concerns({}, safety=ScreenResult.POSITIVE), GuardReason.SAFETY),
    ],
)
def test_each_other_reason_stands_by_itself(concerns, reason):
    assert guard(concerns) == {reason}


@pytest.mark.parametrize("result", [ScreenResult.INCOMPLETE, ScreenResult.NO_INDICATION])
def test_wanting_to_talk_in_person_or_no_indication_is_no_reason(result):
    assert guard(Concerns({}, frozenset({Flag.IN_PERSON}), safety=result)) == frozenset()


def test_one_reason_about_one_partner_shuts_the_tools_for_the_case():
    assert is_shut({"a": frozenset(), "b": frozenset(GuardReason)})
    assert not is_shut({"a": frozenset(), "b": frozenset()})
    assert not is_shut({})


@given(
    objections,
    st.dictionaries(st.text("x", min_size=4, max_size=9), st.just(WITHIN), max_size=4),
    st.frozensets(st.sampled_from(Flag)),
    st.frozensets(st.sampled_from(Flag)),
    st.lists(st.text(), max_size=2),
)
def test_more_of_what_concerns_never_takes_a_reason_away(first, more, flags, more_flags, limiting):
    less = guard(Concerns(first, flags))
    grown = Concerns(first | more, flags | more_flags, limiting, ScreenResult.POSITIVE)
    assert less <= guard(grown)


def test_what_is_said_elsewhere_is_one_sentence_that_names_no_reason():
    told = NOT_OPEN.lower()
    assert not re.search(r"safe|afraid|fear|risk|control|monitor|guard|answer|partner", told)
    assert not re.search(r"\bsafe\b", " ".join(reason.value for reason in GuardReason))
    assert "no indication today" in module.__doc__
