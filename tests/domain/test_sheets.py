import pytest

from clinic.content.worksheets_loader import load_worksheets
from clinic.domain.sheets import (
    MAX_CHARACTERS,
    STOP,
    FillError,
    Footer,
    GoalRow,
    SheetFill,
    behaviours_fill,
    draw,
    goals_fill,
    text_rows,
)
from clinic.domain.worksheets import TypeSize

FOOTER = Footer(date="14 March 2026", resources="Somebody to talk to: 0800 000 000")
PLACES = load_worksheets()["w02"]
GOALS = load_worksheets()["w13"]


def block(sheet, section, field):
    return next(b for b in sheet.sections[section].blocks if b.block.field == field)


def test_a_blank_goals_sheet_has_two_goals_with_five_empty_steps():
    sheet = draw(GOALS, SheetFill(), FOOTER)
    titles = [section.title for section in sheet.sections]
    assert titles == ["Before you start", "Goal 1", "Goal 2", "Until next time"]
    assert block(sheet, 1, "anchors").rows == (("",),) * 5


def test_no_goals_and_a_blank_sheet_are_the_same_sheet():
    assert draw(GOALS, goals_fill([]), FOOTER) == draw(GOALS, SheetFill(), FOOTER)


def test_forty_goals_are_forty_sections_in_their_order():
    sheet = draw(GOALS, goals_fill([GoalRow(f"Goal text {i}") for i in range(40)]), FOOTER)
    assert len(sheet.sections) == 42
    assert block(sheet, 40, "text").rows == (("Goal text 39",),)


def test_a_goal_prints_its_words_and_the_readers_own_numbers():
    goal = GoalRow("Talk", "Robin", "It helps", tuple("abcde"), "2 May", (("3 Jan", 0),))
    sheet = draw(GOALS, goals_fill([goal], "Robin", ["Robin", "Sam"]), FOOTER)
    assert sheet.name.rows == (("Robin",),)
    assert block(sheet, 1, "owners").rows == (("Robin",),)
    assert block(sheet, 1, "anchors").rows == (("a",), ("b",), ("c",), ("d",), ("e",))
    assert block(sheet, 1, "ratings").rows[:2] == (("3 Jan", "0"), ("", ""))
    assert block(sheet, 2, "partners").rows == (("Robin",), ("Sam",))


def test_behaviours_keep_the_order_the_therapist_chose():
    sheet = draw(PLACES, behaviours_fill(["Second", "First"]), FOOTER)
    assert block(sheet, 1, "behaviours").rows[:2] == (("Second",), ("First",))


def test_every_footer_says_how_to_stop():
    assert draw(PLACES, SheetFill(), FOOTER).footer.stop == STOP


@pytest.mark.parametrize("number", [-1, 11])
def test_a_number_outside_the_scale_is_refused(number):
    with pytest.raises(FillError, match="0 to 10"):
        goals_fill([GoalRow("Talk", ratings=(("3 Jan", number),))])


def test_a_goal_with_four_steps_is_refused():
    with pytest.raises(FillError, match="five steps"):
        goals_fill([GoalRow("Talk", anchors=tuple("abcd"))])


def test_a_field_the_worksheet_does_not_name_is_refused():
    fill = SheetFill(fields={"reported": text_rows("by Sam")})
    with pytest.raises(FillError, match="reported"):
        draw(PLACES, fill, FOOTER)


def test_a_group_the_worksheet_does_not_name_is_refused():
    with pytest.raises(FillError, match=r"goals\.text"):
        draw(PLACES, goals_fill([GoalRow("Talk")]), FOOTER)


@pytest.mark.parametrize(
    "text", ["x" * (MAX_CHARACTERS + 1), "line\n" * 201], ids=["too many letters", "201 lines"]
)
def test_a_text_too_long_to_print_is_refused_by_name_and_never_cut(text):
    with pytest.raises(FillError, match=r"goals\.why: .*too long"):
        draw(GOALS, goals_fill([GoalRow("Talk", why=text)]), FOOTER)


@pytest.mark.parametrize("text", ["x" * MAX_CHARACTERS, "\n".join("a" * 200)])
def test_a_text_of_just_the_allowed_length_is_drawn_whole(text):
    sheet = draw(GOALS, goals_fill([GoalRow("Talk", why=text)]), FOOTER)
    assert block(sheet, 1, "why").rows == ((text,),)


def test_too_many_goals_are_refused():
    with pytest.raises(FillError, match="goals: 201 entries"):
        draw(GOALS, goals_fill([GoalRow("Talk")] * 201), FOOTER)


@pytest.mark.parametrize("resources", ["x" * 300, "one\ntwo"])
def test_a_footer_that_would_outgrow_its_place_is_refused(resources):
    with pytest.raises(FillError, match="footer"):
        draw(GOALS, SheetFill(), Footer("14 March 2026", resources))


def test_control_characters_are_left_out_and_line_breaks_kept():
    sheet = draw(GOALS, goals_fill([GoalRow("a\x00b\r\nc\x1b\td")]), FOOTER)
    assert block(sheet, 1, "text").rows == (("ab\nc\td",),)


def test_a_text_that_may_outgrow_a_page_may_run_on_to_the_next():
    goals = [GoalRow("short", why="\n".join("a" * 60))]
    sheet = draw(GOALS, goals_fill(goals), FOOTER)
    assert not block(sheet, 1, "text").tall
    assert block(sheet, 1, "why").tall


def test_only_the_fields_that_were_chosen_are_filled_in_also_in_a_group():
    fill = goals_fill([GoalRow("Talk", why="It helps")], "Robin", ["Robin", "Sam"])
    sheet = draw(GOALS, fill.only(["partners", "goals.text"]), FOOTER)
    assert sheet.name.rows == (("",),)
    assert block(sheet, 1, "text").rows == (("Talk",),)
    assert not any(cell for row in block(sheet, 1, "why").rows for cell in row)
    assert block(sheet, 2, "partners").rows == (("Robin",), ("Sam",))


def test_a_blank_sheet_for_three_has_three_places_to_sign():
    sheet = draw(GOALS, SheetFill(people=3), FOOTER)
    assert len(block(sheet, 3, "partners").rows) == 3


@pytest.mark.parametrize(("size", "rows", "whole"), [("normal", 14, True), ("large", 14, False)])
def test_a_table_that_fits_a_page_is_kept_whole(size, rows, whole):
    sheet = draw(PLACES, behaviours_fill(["One"] * (rows - 4)), FOOTER, TypeSize(size))
    assert sheet.keeps_whole(block(sheet, 1, "behaviours")) is whole


def test_a_line_of_resources_that_needs_a_higher_foot_in_large_print_is_long():
    assert not FOOTER.is_long
    assert Footer("14 March 2026", "help " * 40).is_long


def test_a_section_that_draws_nothing_is_left_out_with_its_heading():
    matrix = load_worksheets()["t02"]
    titles = [section.title for section in draw(matrix, SheetFill(), FOOTER).sections]
    assert titles == ["The explanations", "Evidence 1", "The map"]
    filled = SheetFill(groups={"matrix": ({"cells": (("Number", "A"), ("1", "+"))},)})
    assert "Matrix 1" in [section.title for section in draw(matrix, filled, FOOTER).sections]
