"""Whether a behaviour and the issue beneath it move together, from the ratings alone."""

import pytest

from clinic.content.library import Library
from clinic.content.loader import load_library
from clinic.content.vignettes_loader import load_demo
from clinic.domain.goals import GoalLayer
from clinic.domain.progress import (
    PARTING_WORDS,
    Finding,
    Gap,
    Move,
    Parting,
    Rated,
    move,
    parting,
    widening_gap,
)

LIBRARY: Library = load_library()
VIGNETTES = load_demo(LIBRARY).vignettes


def pair(behaviour, issue, start=-1):
    return parting([Rated("b", behaviour, start)], [Rated("i", issue, start)])


@pytest.mark.parametrize(
    ("ratings", "moved"),
    [
        ([], None),
        ([2], None),
        ([-1, 0], Move.RISES),
        ([0, -1], Move.FALLS),
        ([0, 0], Move.HOLDS),
        ([-1, 0, 0], Move.RISES),
        ([-2, 0, -2], Move.FALLS),
        ([0, -2, 0], Move.RISES),
        ([2, 0, 1], Move.RISES),
        ([0, 2, 1], Move.FALLS),
        ([-2, 1, 1, 1], Move.HOLDS),
    ],
)
def test_a_line_moves_where_its_newest_rating_left_one_of_the_two_before(ratings, moved):
    assert move(ratings) is moved


@pytest.mark.parametrize(("points", "moved"), [(2, Move.HOLDS), (3, Move.RISES)])
def test_on_the_long_scale_three_points_are_a_move(points, moved):
    assert move([4, 4 + points], least=3) is moved


@pytest.mark.parametrize(
    ("behaviour", "issue", "kind"),
    [
        ([-1, 0, 1], [-1, -1, -1], Parting.BEHAVIOUR_ALONE),
        ([-1, 0, 1], [0, 0, -1], Parting.BEHAVIOUR_ALONE),
        ([0, 0, 0], [-1, 0, 1], Parting.ISSUE_ALONE),
        ([1, 0, -1], [0, 0, 0], Parting.BEHAVIOUR_BACK),
        ([1, 0, -1], [-1, 0, 0], Parting.BEHAVIOUR_BACK),
        ([1, 1, 1], [1, 0, 0], Parting.ISSUE_BACK),
        ([-1, 0, 1], [-1, 0, 1], None),
        ([1, 0, -1], [1, 0, -1], None),
    ],
)
def test_four_ways_to_part_are_told_and_moving_together_is_not(behaviour, issue, kind):
    found = pair(behaviour, issue)
    assert (found.kind if found else None) is kind


@pytest.mark.parametrize(
    ("behaviour", "issue"),
    [
        ([1], [-1]),
        ([-2, 2], [None, -1]),
        ([None, None], [-1, -1]),
        ([-1, None, 1], [None, 0, None]),
    ],
)
def test_a_single_rating_says_nothing(behaviour, issue):
    assert pair(behaviour, issue) is None


def test_only_appointments_at_which_both_were_rated_are_compared():
    found = pair([-2, -1, None, 0, 1], [0, 0, 2, None, 0])
    assert found == Finding(Parting.BEHAVIOUR_ALONE, (0, 1, 4))


def test_false_progress_that_lasts_is_told_from_the_start():
    assert pair([-1, 0, 1, 1, 1], [-1, -1, -1, -1, -1]) == Finding(
        Parting.BEHAVIOUR_ALONE, (2, 3, 4), since_start=True
    )
    assert pair([1, 1, 1], [1, 1, 1]) is None
    assert pair([-1, -1, -1], [-2, -2, -2]) is None, "an issue below its start is no progress"


def test_without_a_start_nothing_is_told_from_it():
    assert pair([1, 1, 1], [-1, -1, -1], start=None) is None


def test_a_layer_whose_goals_go_both_ways_says_nothing():
    mixed = [Rated("one", [-1, 0]), Rated("two", [0, -1])]
    assert parting(mixed, [Rated("i", [0, 0])]) is None


def test_a_further_goal_that_holds_leaves_the_move_of_its_layer():
    both = [Rated("one", [-1, 0]), Rated("two", [0, 0])]
    assert parting(both, [Rated("i", [0, 0])]).kind is Parting.BEHAVIOUR_ALONE


def test_every_way_to_part_has_its_sentence():
    assert set(PARTING_WORDS) == set(Parting)
    assert len(set(PARTING_WORDS.values())) == len(Parting)


def of_vignette(name, pair_number, appointments):
    """Compare a pair of a vignette after so many appointments, as the therapist rated it."""
    vignette = VIGNETTES[name]
    stubs = LIBRARY.concerns["outside-contact"].goals
    rows = vignette.pairs[pair_number].goals
    sides = [
        [
            Rated(row.stub, row.levels[:appointments], row.start_level)
            for row in rows
            if stubs[row.stub].layer is layer
        ]
        for layer in (GoalLayer.BEHAVIOUR, GoalLayer.ISSUE)
    ]
    return parting(sides[0], sides[1])


def test_the_app_that_is_back_is_told_at_the_third_appointment():
    assert of_vignette("02-the-app", 0, 1) is None
    assert of_vignette("02-the-app", 0, 2).kind is Parting.BEHAVIOUR_ALONE
    found = of_vignette("02-the-app", 0, 3)
    assert found == Finding(Parting.BEHAVIOUR_BACK, (0, 1, 2))


def test_nothing_is_told_of_the_late_messages_while_both_move():
    for place in (0, 1):
        assert of_vignette("01-late-messages", place, 1) is None
    assert all(of_vignette("01-late-messages", 0, count) is None for count in (1, 2, 3, 4, 5))


@pytest.mark.parametrize(
    ("one", "other", "gap"),
    [
        ([5, 5, 6], [4, 3, 2], Gap((0, 1, 2), (1, 2, 4))),
        ([5, None, 5, 6], [4, 9, 3, 2], Gap((0, 2, 3), (1, 2, 4))),
        ([1, 5, 5, 6], [9, 4, 3, 2], Gap((1, 2, 3), (1, 2, 4))),
        ([5, 5, 5], [5, 4, 3], None),
        ([9, 9, 9], [5, 5, 5], None),
        ([9, 5, 9], [5, 5, 4], None),
        ([9, 9], [8, 4], None),
        ([], [], None),
    ],
)
def test_a_gap_is_told_where_it_grows_twice_and_is_wide_at_the_end(one, other, gap):
    assert widening_gap(one, other) == gap


def test_ratings_of_different_appointments_are_not_compared():
    with pytest.raises(ValueError, match="shorter"):
        widening_gap([1, 2], [1])
