"""Every blank sheet on both papers and in both sizes of type, through one warm press."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import pytest

from clinic.domain.blocks import Block
from clinic.domain.sheets import STOP, Footer, SheetFill, behaviours_fill
from clinic.domain.worksheets import Paper, TypeSize, Worksheet
from clinic.pdf.printing import render
from tests import pdf_reader
from tests.printed import FOOTER, NEUTRAL, WORKSHEETS, html

SIZES = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}
LARGEST_FILE = 35_000
NARROWEST_LINES = 8.0
#: The foot of a page in large print is smaller than its text; nothing else is.
SMALLEST_TYPE = {TypeSize.NORMAL: 11.0, TypeSize.LARGE: 14.0}
#: No printer reaches the edge of the paper; nothing stands closer to it, in millimetres.
MARGIN = 5.0


@dataclass
class Blank:
    """One blank sheet as it is printed."""

    key: str
    paper: Paper
    size: TypeSize
    people: int = 2

    @cached_property
    def pdf(self) -> bytes:
        given = behaviours_fill(NEUTRAL) if self.key == "w02" else SheetFill(people=self.people)
        return render(html(self.key, given, self.size), self.paper)

    @cached_property
    def elements(self) -> list[pdf_reader.Element]:
        return pdf_reader.elements(self.pdf)

    @property
    def worksheet(self) -> Worksheet:
        return WORKSHEETS[self.key]


EVERY = [Blank(key, paper, size) for key in WORKSHEETS for paper in Paper for size in TypeSize]


# For a whole module, so that what was read of one sheet serves all tests before the next.
@pytest.fixture(scope="module", params=EVERY, ids=lambda one: f"{one.key}-{one.paper}-{one.size}")
def blank(request):
    yield request.param
    # What was read of a sheet is not kept until the last one.
    del request.param.pdf
    request.param.__dict__.pop("elements", None)


def test_a_sheet_has_nothing_that_a_pdf_ua_validator_minds(blank, tmp_path):
    assert pdf_reader.faults(blank.pdf, tmp_path) == []


def test_a_sheet_lies_on_its_paper_and_says_little_about_itself(blank):
    assert pdf_reader.paper(blank.pdf) == {SIZES[blank.paper]}
    assert pdf_reader.metadata(blank.pdf) == {"/Title": blank.worksheet.title}
    assert pdf_reader.language(blank.pdf) == blank.worksheet.language
    assert len(blank.pdf) < LARGEST_FILE


def test_no_letter_is_too_small_to_read(blank):
    assert pdf_reader.smallest_type(blank.pdf) >= SMALLEST_TYPE[blank.size]


def test_headings_come_in_order_and_none_is_left_alone(blank):
    levels = [int(piece.tag[1]) for piece in blank.elements if re.fullmatch(r"H\d", piece.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert pdf_reader.lonely_headings(blank.elements) == []


def test_the_bookmarks_are_the_headings(blank):
    headings = [piece.text for piece in blank.elements if re.fullmatch(r"H\d", piece.tag)]
    assert pdf_reader.headings(blank.pdf) == headings


def test_no_field_is_split_over_two_pages(blank):
    assert pdf_reader.torn_fields(blank.elements) == []


def test_no_page_is_almost_empty(blank):
    for number, lines in enumerate(pdf_reader.pages(blank.pdf), start=1):
        assert len(lines) - len(STOP + FOOTER.resources) > 40, number


def test_every_page_has_the_same_footer(blank):
    leaves = pdf_reader.pages(blank.pdf)
    for number, text in enumerate(leaves, start=1):
        for words in (f"Page {number} of {len(leaves)}", STOP, FOOTER.resources, FOOTER.date):
            assert words in text


def test_lines_to_write_on_leave_room_for_handwriting(blank):
    for page in pdf_reader.rules(blank.pdf):
        # The last is the rule above the foot of the page.
        assert page
        for above, below in pairwise(page[:-1]):
            assert below - above >= NARROWEST_LINES


def test_the_words_of_a_sheet_are_read_out_in_the_order_of_its_file(blank):
    text, place = " ".join(piece.text for piece in blank.elements if piece.depth == 1), 0
    for words in said(blank.worksheet):
        assert words in text[place:]
        place = text.index(words, place) + len(words)


def said(worksheet: Worksheet) -> Iterator[str]:
    """What a blank sheet says, from its title to its last question."""
    yield from (worksheet.title, worksheet.purpose, STOP, worksheet.name_label)
    for section in worksheet.sections:
        # What stands there only when filled in is left out of a blank sheet, and so is its section.
        blocks = [block for block in section.blocks if not comes_with_its_words(block)]
        for _ in range(section.blank if section.repeat and blocks else 1):
            yield from (section.title,) * bool(blocks)
            yield from (words for block in blocks for words in words_of(block) if words)


def comes_with_its_words(block: Block) -> bool:
    return block.kind == "matrix" or getattr(block, "count", 1) == 0


def words_of(block: Block) -> Iterator[str]:
    """What a block says, from left to right and from top to bottom."""
    yield block.caption
    for name in ("text", "key", "items", "low", "columns", "left", "right", "steps", "topics"):
        given = getattr(block, name, ())
        yield from (given,) if isinstance(given, str) else given
    for name in ("days", "lines", "leads"):
        yield from getattr(block, name, ())


def test_every_cell_of_a_table_has_a_heading(blank):
    assert pdf_reader.loose_cells(blank.pdf) == []


def test_every_drawing_is_told_in_words(blank):
    drawn = [block for part in blank.worksheet.sections for block in part.blocks]
    told = [block.said for block in drawn if block.kind == "cycle"]
    assert pdf_reader.descriptions(blank.pdf) == told


@pytest.mark.parametrize("key", ["w03", "w06", "w07", "w11", "w14", "w17"])
def test_a_sheet_for_three_has_room_for_three(key, tmp_path):
    blank = Blank(key, Paper.A4, TypeSize.NORMAL, people=3)
    assert pdf_reader.faults(blank.pdf, tmp_path) == []
    assert pdf_reader.torn_fields(blank.elements) == []
    names = [piece for piece in blank.elements if piece.tag == "TH" and piece.text == "Name"]
    cards = [piece for piece in blank.elements if piece.text.startswith("When I give")]
    assert len([card for card in cards if card.tag == "P"]) == 2 if key == "w11" else len(names) > 2


@pytest.mark.parametrize("size", TypeSize)
@pytest.mark.parametrize("resources", ["", "Somebody to talk to" + ", day and night" * 13])
def test_the_foot_of_a_page_holds_any_line_of_resources(resources, size):
    footer = Footer(FOOTER.date, resources)
    pdf = render(html("w18", SheetFill(), size, footer), Paper.LETTER)
    for text in pdf_reader.pages(pdf):
        assert resources in text
    for lowest in pdf_reader.lowest_letters(pdf):
        assert lowest >= MARGIN
    assert pdf_reader.smallest_type(pdf) >= SMALLEST_TYPE[size]
