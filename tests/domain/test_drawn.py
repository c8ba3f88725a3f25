"""The places of a sheet to fill in: each has a name of its own and the question it belongs to."""

from collections.abc import Iterator

import pytest

from clinic.content.worksheets_loader import load_worksheets
from clinic.domain.blocks import Card, Lines, Prose
from clinic.domain.drawn import Cell, DrawnBlock
from clinic.domain.grids import Matrix, Table, Views, ZoneGrid
from clinic.domain.ring import ring
from clinic.domain.sheets import Footer, GoalRow, SheetFill, behaviours_fill, draw, goals_fill

SHEETS = load_worksheets()
FOOTER = Footer("14 March 2026")
GOAL = GoalRow("Talk", "Robin", "It helps", ("a", "b", "", "d", "e"), "2 May", (("3 Jan", 0),))


def cells(drawn: DrawnBlock) -> Iterator[Cell]:
    for row, written in enumerate(drawn.rows):
        for column in range(len(written)):
            yield drawn.cell(row, column)


def drawn(block, given=(), **more) -> DrawnBlock:
    return DrawnBlock(block, block.rows(given), number="1-2", **more)


@pytest.mark.parametrize("key", SHEETS)
def test_every_place_of_a_sheet_has_a_name_that_no_other_has(key):
    sheet = draw(SHEETS[key], SheetFill(people=3), FOOTER)
    names = [
        cell.name
        for section in sheet.sections
        for block in (*section.blocks, sheet.name)
        if block is not sheet.name or section is sheet.sections[0]
        for cell in cells(block)
        if cell.name
    ]
    assert len(set(names)) == len(names)


def test_what_a_sheet_is_filled_with_are_the_values_of_its_places():
    sheet = draw(SHEETS["w13"], goals_fill([GOAL], "Kim", ["Kim", "Lou"]), FOOTER)
    assert list(sheet.values().values()) == [
        *("Kim", "Talk", "Robin", "It helps", "a", "b", "d", "e", "0", "2 May")
    ]
    assert sheet.values()["0-1-1"] == "Kim"


def test_a_blank_sheet_has_no_values_though_it_names_what_to_write():
    for sheet in SHEETS.values():
        assert draw(sheet, SheetFill(), FOOTER).values() == {}


def test_behaviours_to_place_are_read_and_their_circles_belong_to_them():
    grid = draw(SHEETS["w02"], behaviours_fill(["Flirts"]), FOOTER).sections[1].blocks[0]
    assert grid.cell(0) == Cell("Flirts")
    assert grid.cell(0, 2).label == "Flirts: It depends"
    assert grid.cell(1).label == "Someone … (2)"
    assert grid.cell(1, 1).label == "Row 2: Fine for me"


def test_each_of_several_entries_says_which_it_is():
    goals = draw(SHEETS["w13"], SheetFill(), FOOTER).sections[1:3]
    assert [part.blocks[1].cell().label for part in goals] == [
        "Goal 1: Whose goal is it?",
        "Goal 2: Whose goal is it?",
    ]


def test_the_gap_in_the_beginning_of_a_line_is_a_place_of_its_own():
    lines = drawn(Lines(label="Why?", count=2, lead="Row ____ depends on"))
    assert lines.block.leads == ("Row", "depends on")
    assert lines.cell(1).label == "Why? 2. Row"
    assert lines.cell(1, 1).label == "Why? 2. depends on"
    assert drawn(Lines(label="Why", count=2, numbered=True)).cell(1).label == "Why: 2"


def test_empty_lines_are_one_place_and_given_ones_are_counted():
    block = Lines(label="Why", count=3)
    assert drawn(block).cell().label == "Why"
    assert drawn(block, (("one",), ("two",))).cell(1) == Cell("two", "1-2-2-1", "Why (2)")


def test_a_table_of_views_asks_for_names_only_where_there_are_none():
    block = Views(label="Each", row_heading="What", name_heading="Name", blank_rows=1)
    assert drawn(block).cell(0, 2).label == "Each: Name (2)"
    assert drawn(block).cell(1, 1).label == "Each: What (1), Name (1)"
    named = drawn(block, (("Kim", "Lou"), ("Flirting", "Fine", "")))
    assert named.cell(0, 2) == Cell("Lou")
    assert named.cell(1) == Cell("Flirting")
    assert named.cell(1, 2).label == "Flirting: Lou"
    assert dict(named.values()) == {"1-2-2-2": "Fine"}


def test_what_only_shows_something_asks_for_nothing():
    assert drawn(Matrix(label="All", key="+", field="cells"), (("A",),)).cell().name == ""
    assert drawn(Prose(text="Read this.")).cell().name == ""


def test_two_cards_tell_their_lines_apart():
    card = Card(label="Cut", title="A sign", text="Back.", leads=("Do:",), count=2)
    assert drawn(card).cell(1).label == "A sign (2): Do:"


def test_a_place_says_the_words_of_its_column_and_counts_its_row():
    table = Table(label="Steps", columns=("What", "Who"), blank_rows=2)
    assert drawn(table, about="Goal 1").cell(1, 1).label == "Goal 1: Steps: Who (2)"


def test_a_grid_without_its_rows_still_has_places_for_each_column():
    grid = ZoneGrid(
        label="Mark",
        number_heading="Row",
        row_heading="What",
        columns=("Yes", "No"),
        blank_rows=1,
    )
    assert [drawn(grid).cell(0, column).label for column in range(3)] == [
        "What (1)",
        "Row 1: Yes",
        "Row 1: No",
    ]


def test_the_room_in_a_box_of_a_loop_lies_below_its_heading_and_inside():
    loop = ring(("One", "Two words that need more than one line", "Three"), 12)
    for (left, top, width, height), spot in zip(loop.rooms(), loop.spots, strict=True):
        assert top / 100 * loop.height > spot.y + loop.line * len(spot.lines)
        assert (top + height) / 100 * loop.height < spot.y + spot.height
        assert left / 100 * 504 > spot.x
        assert (left + width) / 100 * 504 < spot.x + spot.width
