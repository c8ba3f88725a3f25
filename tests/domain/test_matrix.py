from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.formulation import Bearing, Diagnosticity
from clinic.domain.matrix import (
    Cell,
    Tally,
    WeighedEvidence,
    WeighedExplanation,
    matrix,
    tally,
    tells_nothing_apart,
)

FOR, AGAINST, NEUTRAL = Bearing.SUPPORTS, Bearing.AGAINST, Bearing.NEUTRAL
KEYS = ("H0", "H1", "H2", "H7")
EVIDENCE = st.lists(
    st.builds(
        WeighedEvidence,
        st.text(max_size=3),
        st.sampled_from(Diagnosticity),
        st.dictionaries(st.sampled_from(KEYS), st.sampled_from(Bearing)),
        st.frozensets(st.sampled_from(KEYS)),
    ),
    max_size=8,
)


def evidence(key="e", diagnosticity=Diagnosticity.MEDIUM, overruled=(), **bearings):
    return WeighedEvidence(key, diagnosticity, bearings, frozenset(overruled))


def explanations(*keys):
    return [WeighedExplanation(key) for key in keys]


def columns(made):
    return [column.explanation for column in made.columns]


def rows(made):
    return [row.evidence for row in made.rows]


def test_the_least_contradicted_explanation_comes_first():
    seen = [evidence(H2=FOR), evidence(H2=FOR), evidence(H2=AGAINST)]
    assert columns(matrix(explanations("H2", "H7"), seen)) == ["H7", "H2"]


def test_support_decides_between_explanations_that_are_contradicted_alike():
    assert columns(matrix(explanations("H1", "H2"), [evidence(H2=FOR)])) == ["H2", "H1"]


def test_equal_explanations_stay_in_the_order_given():
    assert columns(matrix(explanations("H7", "H1", "H2"), [])) == ["H7", "H1", "H2"]


def test_an_explanation_that_was_dropped_keeps_its_place_and_says_so():
    made = matrix([WeighedExplanation("H7", active=False), WeighedExplanation("H2")], [])
    assert [(column.explanation, column.active) for column in made.columns] == [
        ("H7", False),
        ("H2", True),
    ]


def test_an_explanation_given_twice_has_one_column():
    made = matrix([WeighedExplanation("H7", active=False), WeighedExplanation("H7")], [])
    assert [(column.explanation, column.active) for column in made.columns] == [("H7", True)]


def test_evidence_that_tells_best_stands_first():
    seen = [
        evidence("low", Diagnosticity.LOW, H2=FOR, H7=AGAINST),
        evidence("high", Diagnosticity.HIGH, H2=FOR),
        evidence("medium", Diagnosticity.MEDIUM, H2=FOR, H7=AGAINST),
    ]
    assert rows(matrix(explanations("H2", "H7"), seen)) == ["high", "medium", "low"]


def test_among_equals_the_evidence_that_bears_more_differently_stands_first():
    seen = [
        evidence("alike", H1=FOR, H2=FOR, H7=FOR),
        evidence("some", H1=FOR, H2=FOR, H7=NEUTRAL),
        evidence("most", H1=FOR, H2=FOR, H7=AGAINST),
    ]
    made = matrix(explanations("H1", "H2", "H7"), seen)
    assert rows(made) == ["most", "some", "alike"]


def test_rows_that_tell_alike_stay_in_the_order_given():
    seen = [evidence("b", H2=FOR), evidence("a", H2=AGAINST)]
    assert rows(matrix(explanations("H2", "H7"), seen)) == ["b", "a"]


def test_a_cell_says_its_bearing_and_whether_the_therapist_overruled_it():
    seen = [evidence(H2=FOR, H7=AGAINST, overruled=["H7"])]
    made = matrix(explanations("H2", "H7", "H1"), seen)
    assert columns(made) == ["H2", "H1", "H7"]
    assert made.rows[0].cells == (Cell(FOR, False), Cell(None, False), Cell(AGAINST, True))


def test_a_tally_counts_every_side_and_what_nobody_weighed():
    seen = [evidence(H2=FOR), evidence(H2=FOR), evidence(H2=NEUTRAL), evidence(H7=AGAINST)]
    assert tally("H2", seen) == Tally(supports=2, against=0, neutral=1, not_weighed=1)
    assert tally("H7", seen) == Tally(supports=0, against=1, neutral=0, not_weighed=3)


def test_evidence_that_bears_alike_on_everything_tells_nothing_apart():
    for bearing in Bearing:
        assert tells_nothing_apart([bearing, bearing, bearing])


def test_evidence_that_bears_differently_tells_something_apart():
    assert not tells_nothing_apart([FOR, FOR, NEUTRAL])


def test_what_was_not_weighed_everywhere_is_not_called_useless():
    assert not tells_nothing_apart([FOR, None])
    assert not tells_nothing_apart([None, None])


def test_one_explanation_alone_cannot_be_told_apart():
    assert not tells_nothing_apart([FOR])
    assert not tells_nothing_apart([])


def test_a_row_carries_the_note():
    seen = [evidence("alike", H2=FOR, H7=FOR), evidence("telling", H2=FOR, H7=AGAINST)]
    made = matrix(explanations("H2", "H7"), seen)
    assert [row.tells_nothing_apart for row in made.rows] == [False, True]


def test_without_evidence_or_explanations_the_matrix_is_empty():
    made = matrix([], [])
    assert (made.columns, made.rows) == ((), ())


@given(EVIDENCE)
def test_every_observation_has_a_cell_in_every_column(seen):
    made = matrix(explanations(*KEYS), seen)
    assert sorted(rows(made)) == sorted(item.key for item in seen)
    assert all(len(row.cells) == len(KEYS) for row in made.rows)


@given(EVIDENCE)
def test_tallies_add_up_to_the_evidence_and_agree_with_the_cells(seen):
    made = matrix(explanations(*KEYS), seen)
    for place, column in enumerate(made.columns):
        cells = [row.cells[place].bearing for row in made.rows]
        counted = column.tally
        assert counted.supports == cells.count(FOR)
        assert counted.against == cells.count(AGAINST)
        assert counted.neutral == cells.count(NEUTRAL)
        assert counted.not_weighed == cells.count(None)
