from dataclasses import replace

import pytest

from clinic.domain.blocks import Anchors, Box, Lines, Signature, WorksheetError
from clinic.domain.grids import Ratings, Table, ZoneGrid
from clinic.domain.visibility import Layer
from clinic.domain.worksheets import (
    Section,
    SheetAudience,
    Worksheet,
    may_print,
)

STEPS = ("much less", "less", "as expected", "more", "much more")


def worksheet(**changes: object) -> Worksheet:
    plain = Worksheet(
        key="w00",
        title="A sheet",
        version=1,
        language="en",
        licence="CC-BY-4.0",
        source="Written for this test",
        purpose="To test",
        audience=SheetAudience.COUPLE,
        phase="P1",
        name_label="Name",
        sections=(Section("First", (Lines(label="Why?", count=2, field="why"),)),),
        prefill={"name": Layer.SHARED, "why": Layer.SHARED},
        never=("anything private",),
    )
    return replace(plain, **changes)


@pytest.mark.parametrize("audience", SheetAudience)
@pytest.mark.parametrize("layer", [Layer.SAFETY, Layer.PROCESS])
def test_no_sheet_prints_safety_answers_or_process_notes(audience, layer):
    assert not may_print(audience, layer)


@pytest.mark.parametrize(
    ("audience", "layers"),
    [
        (SheetAudience.COUPLE, {Layer.SHARED}),
        (SheetAudience.PARTNER, {Layer.SHARED, Layer.PRIVATE}),
        (SheetAudience.EACH, {Layer.SHARED, Layer.PRIVATE}),
        (SheetAudience.THERAPIST, {Layer.SHARED, Layer.PRIVATE, Layer.CLINICIAN}),
    ],
)
def test_an_audience_reads_these_layers_and_no_others(audience, layers):
    assert {layer for layer in Layer if may_print(audience, layer)} == layers


def test_a_couple_sheet_that_would_hold_private_facts_cannot_be_made():
    with pytest.raises(WorksheetError, match=r"prefill\.why.*couple.*private"):
        worksheet(prefill={"name": Layer.SHARED, "why": Layer.PRIVATE})


def test_a_field_without_a_layer_cannot_be_made():
    with pytest.raises(WorksheetError, match=r"prefill\.why: a block uses this field"):
        worksheet(prefill={"name": Layer.SHARED})


def test_a_layer_without_a_field_cannot_be_made():
    both = {"name": Layer.SHARED, "why": Layer.SHARED, "other": Layer.SHARED}
    with pytest.raises(WorksheetError, match=r"prefill\.other: no block"):
        worksheet(prefill=both)


def test_two_blocks_cannot_share_a_field():
    block = Lines(label="Why?", count=2, field="why")
    with pytest.raises(WorksheetError, match="two blocks"):
        worksheet(sections=(Section("First", (block, block)),))


def test_the_fields_of_a_repeated_section_carry_its_group():
    section = Section("Goal", (Lines(label="Why?", count=1, field="why"),), repeat="goals")
    assert list(section.fields()) == ["goals.why"]


@pytest.mark.parametrize(
    ("block", "count"),
    [
        (Lines(label="Why?", count=3), 3),
        (Box(label="Anything else?", count=2), 2),
        (Signature(label="Ours", headings=("Name", "Initials", "Date"), count=2), 2),
        (Table(label="Steps", columns=("What", "Who"), blank_rows=4), 4),
        (Anchors(label="Steps", headings=("No.", "Name", "Seen"), steps=STEPS), 5),
        (ZoneGrid(label="", number_heading="", row_heading="", columns=("a",), blank_rows=6), 6),
    ],
)
def test_a_blank_block_leaves_its_room_to_write(block, count):
    rows = block.rows(())
    assert len(rows) == count
    assert not any(cell for row in rows for cell in row)


def test_a_written_text_takes_the_place_of_the_lines():
    assert Lines(label="Why?", count=3).rows((("Because",),)) == (("Because",),)


def test_behaviours_are_followed_by_empty_rows():
    grid = ZoneGrid(label="", number_heading="", row_heading="", columns=("a",), blank_rows=2)
    assert grid.rows((("Keeps an app",),)) == (("Keeps an app",), ("",), ("",))


@pytest.mark.parametrize(("given", "places"), [(0, 8), (4, 8), (5, 16), (8, 16), (40, 48)])
def test_ratings_come_in_whole_bands_with_room_for_more(given, places):
    block = Ratings(label="", when="", number="", across=8, spare=4)
    rows = block.rows((("1 May", "5"),) * given)
    assert len(rows) == places
    assert rows[given:] == (("", ""),) * (places - given)


def test_a_goal_with_four_steps_is_refused():
    block = Anchors(label="Steps", headings=("No.", "Name", "Seen"), steps=STEPS)
    with pytest.raises(WorksheetError, match="five"):
        block.rows((("one",),) * 4)


def test_a_table_row_that_does_not_fit_its_columns_is_refused():
    block = Table(label="Steps", columns=("What", "Who"), blank_rows=1)
    with pytest.raises(WorksheetError, match="“Steps” needs 2 cells"):
        block.rows((("only one",),))


def test_a_sheet_need_not_fill_in_the_name():
    assert worksheet(prefill={"why": Layer.SHARED}).labels() == {"why": "Why?"}


def test_fields_are_called_by_what_stands_above_them():
    assert worksheet().labels() == {"name": "Name", "why": "Why?"}


def test_a_sheet_is_found_by_its_title_purpose_sections_questions_and_further_words():
    found = set(worksheet(finds="quarrel, row").texts())
    assert found == {"A sheet", "To test", "quarrel, row", "First", "Why?"}


@pytest.mark.parametrize("audience", SheetAudience)
def test_a_sheet_for_one_or_for_each_has_one_reader(audience):
    alone = {SheetAudience.PARTNER, SheetAudience.EACH}
    assert worksheet(audience=audience).has_one_reader is (audience in alone)


def test_a_sheet_with_a_grid_of_zones_offers_behaviours():
    grid = ZoneGrid(label="", number_heading="", row_heading="", columns=("a",), blank_rows=6)
    assert worksheet(sections=(Section("All", (grid,)),), prefill={}).places_behaviours
    assert not worksheet().places_behaviours
