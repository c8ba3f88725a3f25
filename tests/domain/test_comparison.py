"""The agreement map and where each partner stands, on the vignettes and as laws."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.agreement import Openness
from clinic.domain.answers import AnswerState, Given, Placing, Standpoint
from clinic.domain.comparison import (
    Mark,
    Side,
    agreement_map,
    agreement_maps,
    ambivalence,
    couple_rows,
    read_side,
)
from tests.vignette_answers import LATE_MESSAGES, THREE_PARTNERS, TWO_MAPS, answers, asked

KEYS = ("B01", "B02", "B03", "B04")


def sides_of(vignette):
    return [
        read_side(name, [other for other in vignette if other != name], asked(vignette), own)
        for name, own in vignette.items()
    ]


def marks(rows):
    return {row.behaviour: row.mark and row.mark.value for row in rows}


def pair(placings=(None, None), guesses=(None, None)):
    """Give two sides of one behaviour: placings and guesses of the first and the second."""
    return [
        Side(
            own,
            {"B01": Placing(placing)} if placing else {},
            guesses={other: {"B01": Placing(guess)} if guess else {}},
        )
        for own, other, placing, guess in zip("ab", "ba", placings, guesses, strict=True)
    ]


@pytest.mark.parametrize(
    ("placings", "guesses", "mark", "misread_by"),
    [
        (("fine", "fine"), (None, None), "agree", ""),
        (("fine", "fine"), ("fine", "fine"), "agree", ""),
        (("fine", "not-ok"), (None, None), "differ", ""),
        (("fine", "not-ok"), ("not-ok", "fine"), "differ", ""),
        (("fine", "not-ok"), ("not-ok", None), "differ", ""),
        (("fine", "fine"), ("depends", None), "one-misreads", "a"),
        (("fine", "not-ok"), ("not-ok", "depends"), "one-misreads", "b"),
        (("fine", "fine"), ("depends", "not-ok"), "both-misread", "ab"),
        (("fine", "not-ok"), ("fine", "not-ok"), "both-misread", "ab"),
        (("fine", None), ("fine", "fine"), None, ""),
        ((None, "fine"), ("not-ok", None), None, ""),
        ((None, None), ("fine", "fine"), None, ""),
    ],
)
def test_a_mark_comes_from_two_placings_and_the_guesses_that_were_made(
    placings, guesses, mark, misread_by
):
    [row] = agreement_map(*pair(placings, guesses), ["B01"])
    assert row.mark is (mark and Mark(mark))
    assert row.misread_by == frozenset(misread_by)


def test_the_late_messages_are_misread_by_one_and_the_rest_is_named():
    [rows] = agreement_maps(sides_of(LATE_MESSAGES), asked(LATE_MESSAGES)).values()
    assert marks(rows) == {
        "B13": "differ",
        "B11": "one-misreads",
        "B10": "agree",
        "B18": "one-misreads",
        "B33": "differ",
        "B14": "one-misreads",
        "B01": "agree",
    }
    by = {row.behaviour: row for row in rows}
    assert by["B11"].misread_by == {"Mara"}
    assert by["B11"].views["Mara"].agreed is Openness.ASSUMED
    assert by["B11"].views["Jonas"].agreed is Openness.NEVER_DISCUSSED
    assert by["B11"].views["Mara"].guess is Placing.FINE
    assert by["B13"].matters_to == {"Mara", "Jonas"}


def test_what_both_want_to_talk_about_comes_first_then_one_s_then_gaps_then_the_order_given():
    [rows] = agreement_maps(sides_of(LATE_MESSAGES), asked(LATE_MESSAGES)).values()
    order = [row.behaviour for row in rows]
    assert order == ["B13", "B11", "B10", "B18", "B33", "B14", "B01"]


def test_two_maps_misread_each_other_about_the_ex():
    [rows] = agreement_maps(sides_of(TWO_MAPS), asked(TWO_MAPS)).values()
    assert marks(rows) == {"B06": "both-misread", "B12": "differ", "B24": "differ", "B02": "agree"}


def test_three_partners_have_a_map_for_every_two_of_them():
    maps = agreement_maps(sides_of(THREE_PARTNERS), ["B38"])
    assert {two: marks(rows)["B38"] for two, rows in maps.items()} == {
        ("Kim", "Lou"): "one-misreads",
        ("Kim", "Tariq"): "agree",
        ("Lou", "Tariq"): "both-misread",
    }


def test_what_was_declined_or_is_no_longer_offered_is_not_compared():
    own = answers({"B01": "fine", "B02": "perhaps"}) | {
        "B03.placing": Given(AnswerState.DECLINED),
        "B04.placing": Given(AnswerState.SKIPPED),
    }
    assert read_side("p1", ["p2"], KEYS, own).placings == {"B01": Placing.FINE}


def test_with_one_other_partner_a_guess_has_no_number_and_with_several_it_has():
    one = answers(guesses={"B01.guess": "fine", "B01.guess.1": "not-ok"})
    assert read_side("p1", ["p2"], KEYS, one).guesses == {"p2": {"B01": Placing.FINE}}
    two = read_side("p1", ["p2", "p3"], KEYS, one).guesses
    assert two == {"p2": {"B01": Placing.NOT_OK}, "p3": {}}


def test_each_standpoint_stands_beside_its_guess_and_whether_it_fits():
    mara, jonas = ambivalence(sides_of(LATE_MESSAGES))
    assert mara.standpoint is jonas.standpoint is Standpoint.WORK_ON_IT
    assert mara.guesses["Jonas"].fits is True
    assert jonas.guesses["Mara"].fits is False
    assert jonas.guesses["Mara"].standpoint is Standpoint.LEANING_OUT


def test_without_the_other_s_answer_nobody_can_tell_whether_a_guess_fits():
    ruth, adaeze = ambivalence(sides_of(TWO_MAPS))
    assert ruth.guesses["Adaeze"].fits is None
    assert (adaeze.standpoint, adaeze.guesses) == (None, {})


def test_the_couple_sees_only_rows_that_both_released_in_the_order_of_the_inventory():
    [rows] = agreement_maps(sides_of(LATE_MESSAGES), asked(LATE_MESSAGES)).values()
    released = {"Mara": {"B11", "B14", "B18"}, "Jonas": {"B14", "B11", "B13"}}
    seen = couple_rows(rows, released, ["B14", "B18", "B13", "B11", "B99"])
    assert [(row.behaviour, row.alike) for row in seen] == [("B14", True), ("B11", False)]
    assert seen[1].placings == {"Mara": Placing.NOT_OK, "Jonas": Placing.DEPENDS}
    assert seen[1].agreed == {"Mara": Openness.ASSUMED, "Jonas": Openness.NEVER_DISCUSSED}


def test_nobody_s_row_is_shown_while_one_partner_is_missing_from_the_releases():
    [rows] = agreement_maps(sides_of(TWO_MAPS), asked(TWO_MAPS)).values()
    assert couple_rows(rows, {"Ruth": {"B06"}}, ["B06"]) == ()


def placings():
    return st.dictionaries(st.sampled_from(KEYS), st.sampled_from(Placing))


def sides(own, other):
    return st.builds(
        Side,
        st.just(own),
        placings(),
        st.dictionaries(st.sampled_from(KEYS), st.sampled_from(Openness)),
        st.fixed_dictionaries({}, optional={other: placings()}),
        st.frozensets(st.sampled_from(KEYS), max_size=3),
        st.none() | st.sampled_from(Standpoint),
        st.fixed_dictionaries({}, optional={other: st.sampled_from(Standpoint)}),
    )


@given(sides("a", "b"), sides("b", "a"))
def test_a_map_is_the_same_from_either_side(first, second):
    assert agreement_map(first, second, KEYS) == agreement_map(second, first, KEYS)


@given(sides("a", "b"), sides("b", "a"))
def test_a_map_holds_every_behaviour_once_and_marks_it_exactly_when_both_placed_it(first, second):
    rows = agreement_map(first, second, KEYS)
    assert sorted(row.behaviour for row in rows) == sorted(KEYS)
    for row in rows:
        both = row.behaviour in first.placings and row.behaviour in second.placings
        assert (row.mark is not None) == both
        assert bool(row.misread_by) == (row.mark in {Mark.ONE_MISREADS, Mark.BOTH_MISREAD})


@given(sides("a", "b"), sides("a", "b"), sides("b", "a"), st.frozensets(st.sampled_from(KEYS)))
def test_what_one_partner_guessed_or_wants_to_talk_about_changes_nothing_for_the_couple(
    first, else_, second, released
):
    changed = Side(
        "a",
        {key: first.placings[key] for key in first.placings if key in released}
        | {key: else_.placings[key] for key in else_.placings if key not in released},
        {key: first.agreed[key] for key in first.agreed if key in released}
        | {key: else_.agreed[key] for key in else_.agreed if key not in released},
        else_.guesses,
        else_.matters,
        else_.standpoint,
        else_.standpoint_guesses,
    )
    seen = [
        couple_rows(agreement_map(side, second, KEYS), {"a": released, "b": KEYS}, KEYS)
        for side in (first, changed)
    ]
    assert seen[0] == seen[1]


def test_the_order_of_three_partners_changes_no_pair_s_rows():
    known = {
        frozenset(two): rows
        for two, rows in agreement_maps(sides_of(THREE_PARTNERS), ["B38"]).items()
    }
    for order in permutations(sides_of(THREE_PARTNERS)):
        for two, rows in agreement_maps(order, ["B38"]).items():
            assert rows == known[frozenset(two)]
