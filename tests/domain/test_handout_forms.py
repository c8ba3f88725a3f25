"""A worksheet as a form on a phone: everything that leaves room to write asks."""

import pytest

from clinic.content.worksheets_loader import load_worksheets
from clinic.domain import blocks, grids
from clinic.domain.handout_forms import MOST_ROWS, home_form
from clinic.domain.handouts import can_be_done_at_home, can_be_handed_out, layer_of
from clinic.domain.items import ItemKind
from clinic.domain.kept_forms import asked_in, kept
from clinic.domain.visibility import Layer
from clinic.domain.worksheets import Section, SheetAudience, Worksheet

SHEETS = load_worksheets()
HOME = {key: sheet for key, sheet in SHEETS.items() if can_be_done_at_home(sheet)}
LABELS = ("Has friends of their own", "Writes late at night")

#: One of each piece, with how many items it becomes.
PIECES = (
    (blocks.Prose(text="Take your time."), 0),
    (blocks.Lines(label="One step", count=2, field="step"), 1),
    (blocks.Box(label="Anything else", count=4), 1),
    (blocks.Checklist(label="It was", items=("easy", "hard")), 1),
    (blocks.Scale(label="Ring how close.", on_screen="How close?", low="far", high="near"), 1),
    (blocks.Anchors(label="Seen", headings=("a", "b", "c"), steps=("1", "2", "3", "4", "5")), 5),
    (blocks.Cycle(label="Loop", said="A loop", places=("I see", "I do", "I hope")), 3),
    (blocks.Card(label="A card", title="Sign", text="Not you", leads=("Do:", "Do not:")), 2),
    (blocks.Signature(label="Yours", headings=("a", "b", "c"), count=2), 0),
    (blocks.Drawing(label="Map", key="lines", field="map", count=3), 0),
    (grids.Matrix(label="Matrix", key="signs", field="matrix"), 0),
    (grids.Ratings(label="Mine", when="Day", number="No", across=4, spare=2, field="own"), 1),
    (grids.Table(label="Steps", columns=("What", "When"), blank_rows=9), 2 * MOST_ROWS),
    (grids.Compare(label="Help", left="It does", right="It does not", count=5), 2),
    (grids.Views(label="Views", row_heading="r", name_heading="n", blank_rows=3), 1),
    (
        grids.Views(
            label="Topics", row_heading="r", name_heading="n", topics=("A", "B"), blank_rows=0
        ),
        2,
    ),
    (grids.Days(label="Week", corner="c", days=("1", "2", "3", "4", "5"), lines=("x", "y")), 2),
    (
        grids.ZoneGrid(
            label="Place them",
            number_heading="n",
            row_heading="r",
            columns=("Fine", "Not"),
            blank_rows=2,
            field="behaviours",
        ),
        len(LABELS),
    ),
)


def sheet(*pieces, repeat=None, blank=1, audience=SheetAudience.PARTNER):
    section = Section("Part", pieces, repeat=repeat, blank=blank)
    prefix = f"{repeat}." if repeat else ""
    return Worksheet(
        key="w90",
        title="A sheet",
        version=3,
        language="en-GB",
        licence="CC-BY-4.0",
        source="Example",
        purpose="To try",
        audience=audience,
        phase="P0",
        name_label="Name",
        sections=(section,),
        prefill={prefix + piece.field: Layer.SHARED for piece in pieces if piece.field},
        never=(),
    )


def items(form):
    return [item for page in form.pages for item in page.items]


@pytest.mark.parametrize(("piece", "count"), PIECES, ids=lambda each: getattr(each, "kind", ""))
def test_each_piece_asks_what_it_leaves_room_for(piece, count):
    found = items(home_form(sheet(piece), LABELS))
    assert len(found) == count
    assert all(item.text and item.layer is Layer.PRIVATE for item in found)


def test_no_kind_of_piece_is_forgotten():
    assert {piece.kind for piece, _ in PIECES} == {
        kind.kind for kind in blocks.Block.__subclasses__()
    }


def test_words_for_the_screen_stand_in_for_those_of_the_paper():
    [item] = items(home_form(sheet(PIECES[4][0])))
    assert (item.text, item.low, item.high) == ("How close?", "far", "near")


def test_words_lead_the_page_or_go_with_the_question_that_follows():
    first, last = blocks.Prose(text="First"), blocks.Prose(text="Last")
    line, box = PIECES[1][0], PIECES[2][0]
    [page] = home_form(sheet(first, line, last, box)).pages
    assert (page.intro, [item.hint for item in page.items]) == (("First",), ["", "Last"])
    [page] = home_form(sheet(line, first, last)).pages
    assert (page.items[0].hint, page.reminder) == ("", "First Last")


def test_a_part_that_repeats_is_asked_as_often_as_the_blank_sheet_has_it():
    form = home_form(
        sheet(blocks.Lines(label="Goal", count=1, field="text"), repeat="goals", blank=2)
    )
    assert [page.title for page in form.pages] == ["Part 1", "Part 2"]
    assert len({item.key for item in items(form)}) == 2


@pytest.mark.parametrize("key", HOME)
def test_every_sheet_for_one_person_becomes_a_form_that_can_be_kept(key):
    form = home_form(HOME[key], LABELS)
    found = items(form)
    assert found, key
    assert asked_in(kept(form)) == form
    keys = [item.key for item in found]
    assert len(set(keys)) == len(keys)
    # Keys are stored unsealed: places, and no word.
    assert all(set(one) <= set("sbi.0123456789") for one in keys)
    assert all(len(one) <= 40 for one in keys)
    assert all(item.choices for item in found if item.kind is ItemKind.SEVERAL)


def test_only_sheets_for_one_person_that_never_shut_can_be_done_at_home():
    assert sorted(HOME) == ["w01", "w02", "w04", "w09", "w11", "w12", "w13", "w15"]


def test_a_sheet_comes_back_into_the_layer_of_its_audience():
    layers = {key: layer_of(one) for key, one in SHEETS.items() if can_be_handed_out(one)}
    assert {layers["w04"], layers["w05"], layers["w13"]} == {Layer.PRIVATE}
    assert {layers["w07"], layers["w18"]} == {Layer.SHARED}
    with pytest.raises(ValueError, match="never handed out"):
        layer_of(SHEETS["t01"])
