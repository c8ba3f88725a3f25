"""Every blank sheet on both papers and in both sizes of type, through one warm press."""

import re
from functools import cache
from itertools import pairwise

import pytest

from clinic.domain.sheets import STOP, Footer, SheetFill, behaviours_fill
from clinic.domain.worksheets import Paper, TypeSize
from clinic.pdf.printing import render
from tests import pdf_reader
from tests.printed import FOOTER, NEUTRAL, WORKSHEETS, html

SIZES = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}
#: Each paper and each size of type once; what differs between the other two is the page alone.
LOOKED_AT = [(Paper.A4, TypeSize.NORMAL), (Paper.LETTER, TypeSize.LARGE)]
LARGEST_FILE = 35_000
NARROWEST_LINES = 8.0
#: No printer reaches the edge of the paper; nothing stands closer to it, in millimetres.
MARGIN = 5.0

every_sheet = pytest.mark.parametrize("key", WORKSHEETS)
looked_at = pytest.mark.parametrize(("paper", "size"), LOOKED_AT)


@cache
def blank(key: str, paper: Paper, size: TypeSize, people: int = 2) -> bytes:
    fill = behaviours_fill(NEUTRAL) if key == "w02" else SheetFill(people=people)
    return render(html(key, fill, size), paper)


@cache
def elements(key: str, paper: Paper, size: TypeSize) -> list[pdf_reader.Element]:
    return pdf_reader.elements(blank(key, paper, size))


@looked_at
@every_sheet
def test_a_sheet_has_nothing_that_a_pdf_ua_validator_minds(key, paper, size, tmp_path):
    assert pdf_reader.faults(blank(key, paper, size), tmp_path) == []


@pytest.mark.parametrize("size", TypeSize)
@pytest.mark.parametrize("paper", Paper)
@every_sheet
def test_a_sheet_lies_on_its_paper_and_says_little_about_itself(key, paper, size):
    pdf = blank(key, paper, size)
    assert pdf_reader.paper(pdf) == {SIZES[paper]}
    assert pdf_reader.metadata(pdf) == {"/Title": WORKSHEETS[key].title}
    assert len(pdf) < LARGEST_FILE


@looked_at
@every_sheet
def test_headings_come_in_order_and_none_is_left_alone(key, paper, size):
    pieces = elements(key, paper, size)
    levels = [int(piece.tag[1]) for piece in pieces if re.fullmatch(r"H\d", piece.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert pdf_reader.lonely_headings(pieces) == []


@looked_at
@every_sheet
def test_no_field_is_split_over_two_pages(key, paper, size):
    assert pdf_reader.torn_fields(elements(key, paper, size)) == []


@looked_at
@every_sheet
def test_every_page_has_the_same_footer(key, paper, size):
    leaves = pdf_reader.pages(blank(key, paper, size))
    for number, text in enumerate(leaves, start=1):
        for words in (f"Page {number} of {len(leaves)}", STOP, FOOTER.resources, FOOTER.date):
            assert words in text


@looked_at
@every_sheet
def test_lines_to_write_on_leave_room_for_handwriting(key, paper, size):
    for page in pdf_reader.rules(blank(key, paper, size)):
        # The last is the rule above the foot of the page.
        for above, below in pairwise(page[:-1]):
            assert below - above >= NARROWEST_LINES


@looked_at
@every_sheet
def test_a_sheet_holds_every_word_of_its_file(key, paper, size):
    text = " ".join(piece.text for piece in elements(key, paper, size))
    worksheet = WORKSHEETS[key]
    for words in (worksheet.title, worksheet.purpose, worksheet.name_label):
        assert words in text
    for section in worksheet.sections:
        # What comes with its headings is left out of a blank sheet, and so is its section.
        blocks = [block for block in section.blocks if block.kind != "matrix"]
        assert section.title in text or not blocks
        for block in blocks:
            assert block.caption in text


@pytest.mark.parametrize("key", ["w03", "w06", "w07", "w11", "w14", "w17"])
def test_a_sheet_for_three_has_room_for_three(key, tmp_path):
    pdf = blank(key, Paper.A4, TypeSize.NORMAL, people=3)
    assert pdf_reader.faults(pdf, tmp_path) == []
    pieces = pdf_reader.elements(pdf)
    assert pdf_reader.torn_fields(pieces) == []
    names = [piece for piece in pieces if piece.tag == "TH" and piece.text == "Name"]
    cards = [piece for piece in pieces if piece.tag == "P" and piece.text.startswith("When I give")]
    assert len(cards) == 2 if key == "w11" else len(names) >= 3


@pytest.mark.parametrize("size", TypeSize)
@pytest.mark.parametrize("resources", ["", "Somebody to talk to" + ", day and night" * 13])
def test_the_foot_of_a_page_holds_any_line_of_resources(resources, size):
    footer = Footer(FOOTER.date, resources)
    pdf = render(html("w18", SheetFill(), size, footer), Paper.LETTER)
    for text in pdf_reader.pages(pdf):
        assert resources in text
    for lowest in pdf_reader.lowest_letters(pdf):
        assert lowest >= MARGIN
