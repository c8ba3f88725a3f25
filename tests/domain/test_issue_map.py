import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.formulation import Bearing
from clinic.domain.issue_map import (
    DASHES,
    NO_SINGLE_BEHAVIOUR,
    Contradiction,
    IssueMap,
    MapWidthError,
    Node,
    Tie,
    contradiction,
    crossings,
    curve_width,
    few_crossings,
    issue_map,
    links,
)
from clinic.domain.lettering import MOST_LINES, letters, wrapped

FOR, AGAINST, NEUTRAL = Bearing.SUPPORTS, Bearing.AGAINST, Bearing.NEUTRAL
LONG = "Writes with someone from work until late at night and puts the phone away quickly " * 3
SYMPTOMS = [Node(f"b{number}", f"{number} {LONG}") for number in range(40)]
EXPLANATIONS = [Node(f"H{number}", f"{number} {LONG}") for number in range(14)]
MANY = [
    Tie(one.key, other.key, (FOR, AGAINST)[(place + far) % 2])
    for place, one in enumerate(SYMPTOMS)
    for far, other in enumerate(EXPLANATIONS)
]
TIES = st.lists(
    st.builds(
        Tie,
        st.sampled_from(["", *(node.key for node in SYMPTOMS[:6])]),
        st.sampled_from([node.key for node in EXPLANATIONS[:5]]),
        st.sampled_from(Bearing),
    ),
    max_size=40,
)
LEFT = [Node("b1", "Messages"), Node("b2", "A second account")]
RIGHT = [Node("H2", "A need"), Node("H7", "A position")]


def numbers(path):
    return [float(found) for found in re.findall(r"[\d.]+", path)]


def keys(nodes):
    return [node.key for node in nodes]


def drawn(made):
    return {(curve.link.symptom.key, curve.link.explanation.key): curve for curve in made.curves}


def test_nothing_given_is_an_empty_map():
    assert issue_map([], [], []) == IssueMap(720, 0.0)
    assert issue_map([Node(NO_SINGLE_BEHAVIOUR, "Elsewhere")], [], []) == IssueMap(720, 0.0)


def test_one_side_alone_is_shown_without_curves():
    made = issue_map(LEFT, [], [])
    assert keys(made.symptoms) == ["b1", "b2"]
    assert (made.explanations, made.curves) == ((), ())
    assert keys(issue_map([], RIGHT, []).explanations) == ["H2", "H7"]


def test_behaviours_stand_left_and_explanations_right():
    made = issue_map(LEFT, RIGHT, [])
    assert all(box.x == 0 for box in made.symptoms)
    assert all(box.x + box.width == made.width for box in made.explanations)


def test_evidence_tied_to_no_single_behaviour_has_a_node_only_when_there_is_some():
    left = [*LEFT, Node(NO_SINGLE_BEHAVIOUR, "Across behaviours")]
    assert NO_SINGLE_BEHAVIOUR not in keys(issue_map(left, RIGHT, []).symptoms)
    made = issue_map(left, RIGHT, [Tie(NO_SINGLE_BEHAVIOUR, "H2", FOR)])
    assert NO_SINGLE_BEHAVIOUR in keys(made.symptoms)


def test_each_pair_with_evidence_has_one_curve():
    made = issue_map(LEFT, RIGHT, [Tie("b1", "H2", FOR), Tie("b1", "H2", AGAINST)] * 2)
    (curve,) = made.curves
    assert (curve.link.supports, curve.link.against) == (2, 2)


def test_neutral_evidence_and_evidence_on_what_is_not_shown_has_no_curve():
    ties = [Tie("b1", "H2", NEUTRAL), Tie("b9", "H2", FOR), Tie("b1", "H9", FOR)]
    assert issue_map(LEFT, RIGHT, ties).curves == ()


def test_links_come_in_the_order_given_with_their_labels():
    ties = [Tie("b2", "H2", AGAINST), Tie("b1", "H7", FOR), Tie("b1", "H2", FOR)]
    found = [
        (each.symptom.label, each.explanation.label, each.supports, each.against)
        for each in links(LEFT, RIGHT, ties)
    ]
    assert found == [
        ("Messages", "A need", 1, 0),
        ("Messages", "A position", 1, 0),
        ("A second account", "A need", 0, 1),
    ]


@pytest.mark.parametrize(
    ("supports", "against", "kind"),
    [
        (1, 0, Contradiction.NONE),
        (3, 1, Contradiction.LESS),
        (2, 2, Contradiction.AS_MUCH),
        (1, 2, Contradiction.MORE),
        (0, 1, Contradiction.ONLY),
    ],
)
def test_the_dash_says_how_much_contradicts(supports, against, kind):
    assert contradiction(supports, against) is kind
    ties = [Tie("b1", "H2", FOR)] * supports + [Tie("b1", "H2", AGAINST)] * against
    (curve,) = issue_map(LEFT, RIGHT, ties).curves
    assert (curve.contradiction, curve.dash) == (kind, DASHES[kind])


def test_every_kind_of_contradiction_has_a_dash_of_its_own():
    assert len(set(DASHES.values())) == len(DASHES) == len(Contradiction)


def test_a_curve_grows_with_support_up_to_a_width():
    widths = [curve_width(supports) for supports in range(1, 8)]
    assert widths == [1.5, 3.0, 4.5, 6.0, 7.5, 7.5, 7.5]


def test_a_curve_that_is_only_contradicted_is_as_thin_as_any():
    made = issue_map(LEFT, RIGHT, [Tie("b1", "H2", AGAINST)] * 9)
    assert made.curves[0].width == min(curve_width(supports) for supports in range(9))


def test_wide_curves_are_drawn_first_so_that_thin_ones_stay_visible():
    made = issue_map(LEFT, RIGHT, [Tie("b1", "H2", FOR), *[Tie("b2", "H2", FOR)] * 3])
    assert [curve.width for curve in made.curves] == [4.5, 1.5]


def test_a_curve_runs_from_its_symptoms_edge_to_its_explanations_edge():
    made = issue_map(LEFT, RIGHT, [Tie("b2", "H7", FOR)])
    start_x, start_y, *_, end_x, end_y = numbers(made.curves[0].path)
    boxes = {box.key: box for box in (*made.symptoms, *made.explanations)}
    assert (start_x, end_x) == (boxes["b2"].width, boxes["H7"].x)
    assert boxes["b2"].y < start_y < boxes["b2"].y + boxes["b2"].height
    assert boxes["H7"].y < end_y < boxes["H7"].y + boxes["H7"].height


def test_paths_are_one_cubic_curve_of_numbers_with_one_decimal():
    number = r"\d+(\.\d)?"
    pair = f"{number} {number}"
    path = re.compile(f"M{pair}C{pair} {pair} {pair}")
    for curve in issue_map(SYMPTOMS, EXPLANATIONS, MANY, 717.3).curves:
        assert path.fullmatch(curve.path), curve.path


def test_sides_are_ordered_so_that_a_plain_match_does_not_cross():
    left, right = tuple("abcdef"), tuple("uvwxyz")
    pairs = list(zip(left, reversed(right), strict=True))
    assert crossings(left, right, pairs) == 15
    assert crossings(*few_crossings(left, right, pairs), pairs) == 0


def test_the_order_of_the_behaviours_changes_too_where_that_helps():
    left, right = ("a", "b", "c"), ("x", "y")
    pairs = [("a", "x"), ("b", "y"), ("c", "x"), ("a", "y"), ("c", "y")]
    ordered = few_crossings(left, right, pairs)
    assert crossings(*ordered, pairs) < crossings(left, right, pairs)
    assert ordered[0] != left


def test_an_order_without_crossings_stays_as_it_was_given():
    left, right = ("a", "b"), ("x", "y", "z")
    assert few_crossings(left, right, [("a", "x"), ("b", "z")]) == (left, right)


def brute_crossings(left, right, pairs):
    places = [(left.index(one), right.index(other)) for one, other in pairs]
    return sum(
        (one[0] - other[0]) * (one[1] - other[1]) < 0
        for place, one in enumerate(places)
        for other in places[:place]
    )


PAIRS = st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("vwxyz")), unique=True)


@given(PAIRS)
def test_crossings_are_counted_pair_by_pair(pairs):
    left, right = tuple("abcde"), tuple("vwxyz")
    assert crossings(left, right, pairs) == brute_crossings(left, right, pairs)


@given(PAIRS)
def test_ordering_never_adds_a_crossing_nor_loses_a_node(pairs):
    left, right = tuple("abcde"), tuple("vwxyz")
    ordered = few_crossings(left, right, pairs)
    assert crossings(*ordered, pairs) <= crossings(left, right, pairs)
    assert (sorted(ordered[0]), sorted(ordered[1])) == (list(left), list(right))


def test_curves_of_one_node_leave_it_in_the_order_in_which_they_arrive():
    ties = [Tie("b1", node.key, FOR) for node in EXPLANATIONS[:5]]
    made = issue_map(LEFT, EXPLANATIONS[:5], ties)
    ends = sorted((numbers(curve.path)[1], numbers(curve.path)[-1]) for curve in made.curves)
    assert [end for _, end in ends] == sorted(end for _, end in ends)


def check_room(made):
    for side in (made.symptoms, made.explanations):
        for above, below in pairwise(side):
            assert above.y + above.height < below.y
        for box in side:
            assert 0 <= box.x <= box.x + box.width <= made.width
            assert 0 < box.y < box.y + box.height < made.height
            check_label(box)
    for curve in made.curves:
        assert all(0 <= y <= made.height for y in numbers(curve.path)[1::2])


def check_label(box):
    assert all(box.x < row.x and letters(row.text) * 7.4 <= box.width for row in box.rows)
    assert box.y < box.rows[0].y - 12
    assert box.rows[-1].y + 4 < box.y + box.height
    assert all(later.y - row.y >= 17 - 0.1 for row, later in pairwise(box.rows))


@pytest.mark.parametrize("width", [240, 342, 720, 1100.5])
def test_the_largest_map_overlaps_nowhere_and_stays_inside(width):
    made = issue_map(SYMPTOMS, EXPLANATIONS, MANY, width)
    assert (len(made.symptoms), len(made.explanations)) == (40, 14)
    assert len(made.curves) == 560
    check_room(made)


@pytest.mark.parametrize("width", [240, 720])
def test_thick_curves_do_not_cover_each_other_at_a_node(width):
    made = issue_map(SYMPTOMS[:3], EXPLANATIONS[:3], MANY * 5, width)
    for side in (1, -1):
        ends = {}
        for pair, curve in drawn(made).items():
            ends.setdefault(pair[0 if side == 1 else 1], []).append(
                (numbers(curve.path)[side], curve.width)
            )
        for found in ends.values():
            for (one, wide), (other, wider) in pairwise(sorted(found)):
                assert other - one >= (wide + wider) / 2


@given(TIES, st.integers(240, 900), st.integers(1, 60))
def test_any_map_keeps_its_room(ties, width, characters):
    left = [*SYMPTOMS[:6], Node(NO_SINGLE_BEHAVIOUR, "")]
    made = issue_map(left, EXPLANATIONS[:5], ties, width, characters)
    check_room(made)
    assert made == issue_map(left, EXPLANATIONS[:5], ties, width, characters)


def test_a_long_label_is_shortened_on_the_map_and_kept_whole_beside_it():
    (box,) = issue_map([Node("b1", LONG)], [], []).symptoms
    assert len(box.rows) == MOST_LINES
    assert box.rows[-1].text.endswith("…")
    assert box.label == LONG


def test_a_key_given_twice_stands_once():
    made = issue_map([*LEFT, *LEFT], [*RIGHT, *RIGHT], [Tie("b1", "H2", FOR)])
    assert (len(made.symptoms), len(made.explanations), len(made.curves)) == (2, 2, 1)


def test_a_map_without_room_for_its_labels_is_refused():
    with pytest.raises(MapWidthError):
        issue_map(LEFT, RIGHT, [], 239)


def test_words_stay_whole_where_a_line_can_hold_them():
    assert wrapped("a bb ccc dddd", 4) == ("a bb", "ccc", "dddd")


def test_a_word_that_is_longer_than_a_line_is_broken():
    assert wrapped("abcdefgh ij", 5) == ("abcde", "fgh", "ij")


def test_signs_of_double_width_take_two_places():
    assert wrapped("夜遅くの連絡", 5) == ("夜遅", "くの", "連絡")
    assert wrapped("夜", 1) == ("夜",)


def test_an_accent_takes_no_place():
    decomposed = "e\N{COMBINING ACUTE ACCENT}" * 4
    assert letters(decomposed) == 4
    assert wrapped(decomposed, 4) == (decomposed,)


@given(st.text(max_size=80), st.integers(3, 30), st.integers(1, 5))
def test_no_line_is_longer_than_asked_for_and_no_more_lines_come(text, characters, most):
    lines = wrapped(text, characters, most)
    assert 1 <= len(lines) <= most
    assert all(letters(line) <= characters for line in lines)


@given(st.text(max_size=80), st.integers(3, 30))
def test_no_letter_of_a_label_is_lost_where_there_is_room(text, characters):
    lines = wrapped(text, characters, most=80)
    assert "".join("".join(lines).split()) == "".join(text.split())
