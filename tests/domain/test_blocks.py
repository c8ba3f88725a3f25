"""The pieces of a sheet that leave room for people, days and loops."""

from itertools import pairwise

import pytest

from clinic.domain.blocks import Block, Card, Cycle, Prose, Signature, WorksheetError
from clinic.domain.grids import Compare, Days, Views
from clinic.domain.ring import WIDTH, ring

HEADINGS = (
    "Something happens",
    "One of us feels",
    "and does",
    "Another feels",
    "and does",
    "Again",
)


def views(**changes: object) -> Views:
    plain = {"label": "Each", "row_heading": "What", "name_heading": "Name", "blank_rows": 1}
    return Views(**{**plain, **changes})


def card(count: int = 1) -> Card:
    return Card(label="Cut it out", title="A sign", text="It is back.", leads=("Do",), count=count)


def test_a_table_of_views_has_a_column_to_name_for_each_person():
    assert views().rows(()) == (("What", "Name", "Name"), ("", "", ""))
    assert views().for_people(3).rows(())[0] == ("What", "Name", "Name", "Name")


def test_a_table_of_views_has_a_row_for_each_topic_and_a_last_column_together():
    rows = views(topics=("Flirting",), together="Together").rows(())
    assert rows[:2] == (("What", "Name", "Name", "Together"), ("Flirting", "", "", ""))


def test_names_and_what_each_said_take_their_places_and_leave_empty_rows():
    block = views(topics=("Flirting",), together="Together")
    rows = block.rows((("Kim", "Lou"), ("Online", "Fine", "", "We say so")))
    assert rows == (
        ("What", "Kim", "Lou", "Together"),
        ("Online", "Fine", "", "We say so"),
        ("", "", "", ""),
    )
    assert block.rows((("Kim", "Lou"),))[1] == ("Flirting", "", "", ""), "offered while none is"


def test_a_row_of_views_without_a_cell_for_every_name_is_refused():
    with pytest.raises(WorksheetError, match="“Each” needs a cell for every name"):
        views().rows((("Kim", "Lou"), ("Online", "Fine")))


def test_two_lists_side_by_side_have_lines_to_write_on_or_what_was_given():
    block = Compare(label="Weigh", left="For", right="Against", count=2)
    assert block.rows(()) == (("", ""), ("", ""))
    assert block.rows((("calm", "noise"),)) == (("calm", "noise"),)
    with pytest.raises(WorksheetError, match="“Weigh” needs 2 cells"):
        block.rows((("alone",),))


def test_there_is_a_card_for_everybody_but_the_one_who_fills_in_the_sheet():
    assert card().rows(()) == (("",),)
    assert len(card().for_people(2).rows(())) == 1
    assert len(card().for_people(4).rows(())) == 3


def test_everybody_has_a_place_to_sign_and_no_place_is_taken_away():
    block = Signature(label="Ours", headings=("Name", "Initials", "Date"), count=2)
    assert len(block.for_people(3).rows(())) == 3
    assert len(block.for_people(1).rows(())) == 2


@pytest.mark.parametrize(
    "block",
    [
        Prose(text="Read this."),
        Days(label="Week", corner="Plan", days=("Mon", "Tue"), lines=("Rest",)),
    ],
)
def test_other_pieces_are_the_same_for_any_number_of_people(block: Block):
    assert block.for_people(5) == block


def test_what_stands_above_a_piece_is_its_caption_and_prose_has_none():
    assert views().caption == "Each"
    assert Prose(text="Read this.").caption == ""


@pytest.mark.parametrize("count", range(3, 9))
@pytest.mark.parametrize("letter", [12, 18])
def test_the_boxes_of_a_loop_stand_apart_and_inside_the_drawing(count, letter):
    places = (HEADINGS * 2)[:count]
    block = Cycle(label="Loop", said="A loop", places=places)
    drawn = block.ring(letter)
    assert len(drawn.spots) == len(drawn.arrows) == count
    for spot in drawn.spots:
        assert 0 <= spot.x <= spot.x + spot.width <= WIDTH + 0.5
        assert 0 <= spot.y <= spot.y + spot.height <= drawn.height + 0.5
    for one in drawn.spots:
        for two in drawn.spots:
            beside = abs(one.x - two.x) >= one.width or abs(one.y - two.y) >= one.height
            assert one is two or beside


def test_an_arrow_leads_from_each_box_to_the_next_and_back_to_the_first():
    drawn = ring(HEADINGS, 12)
    for spot, following in pairwise((*drawn.spots, drawn.spots[0])):
        arrow = drawn.arrows[drawn.spots.index(spot)]
        assert _is_beside(arrow.start, spot)
        assert _is_beside(arrow.head[0], following)


def _is_beside(point: tuple[float, float], spot) -> bool:
    (x, y), room = point, 4.0
    across = spot.x - room <= x <= spot.x + spot.width + room
    return across and spot.y - room <= y <= spot.y + spot.height + room


def test_large_type_makes_the_boxes_higher_and_never_cuts_a_heading():
    small, large = ring(HEADINGS, 12), ring(HEADINGS, 18)
    assert large.height > small.height
    for drawn in (small, large):
        assert tuple(" ".join(spot.lines) for spot in drawn.spots) == HEADINGS
