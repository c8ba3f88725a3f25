import re
from itertools import pairwise

import pytest

from clinic.domain.sheets import STOP, GoalRow, goals_fill
from clinic.domain.worksheets import Paper
from clinic.pdf import printing
from clinic.pdf.printing import PrintError, render
from tests import pdf_reader
from tests.printed import FILLS, FOOTER, GOALS, NEUTRAL, html, page

SIZES = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}
EVERY_SHEET = [(name, paper) for name in FILLS for paper in Paper]


@pytest.fixture(scope="module")
def printed():
    return {
        (name, paper): render(html(name.split()[0], FILLS[name]), paper)
        for name, paper in EVERY_SHEET
    }


@pytest.fixture(params=EVERY_SHEET, ids=" ".join)
def which(request):
    return request.param


@pytest.fixture
def pdf(printed, which):
    return printed[which]


def test_a_sheet_has_nothing_that_a_pdf_ua_validator_minds(pdf, tmp_path):
    assert pdf_reader.faults(pdf, tmp_path) == []


def test_a_sheet_lies_on_its_paper(pdf, which):
    assert pdf_reader.paper(pdf) == {SIZES[which[1]]}


def test_a_sheet_says_nothing_about_itself_but_title_and_language(pdf, which):
    title = "Our goals" if which[0].startswith("w13") else "What's okay, unsure, not okay?"
    assert pdf_reader.metadata(pdf) == {"/Title": title}
    assert pdf_reader.language(pdf) == "en-GB"
    assert not re.search("Producer|creator|Date", pdf_reader.xmp(pdf))


def test_headings_come_in_order(pdf):
    levels = [
        int(element.tag[1])
        for element in pdf_reader.elements(pdf)
        if re.fullmatch(r"H\d", element.tag)
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_no_heading_is_left_alone_at_the_foot_of_a_page(pdf):
    assert pdf_reader.lonely_headings(pdf_reader.elements(pdf)) == []


def test_no_question_is_cut_off_from_its_room_to_write(pdf):
    assert pdf_reader.torn_fields(pdf_reader.elements(pdf)) == []


def test_every_page_has_the_same_footer(pdf):
    leaves = pdf_reader.pages(pdf)
    for number, text in enumerate(leaves, start=1):
        assert f"Page {number} of {len(leaves)}" in text
        assert STOP in text
        assert FOOTER.resources in text
        assert FOOTER.date in text


def test_each_page_of_the_grid_repeats_the_header_cells(printed):
    headers = [
        e.text
        for e in pdf_reader.elements(printed["w02 blank", Paper.A4])
        if e.tag == "TH" and not e.text.isdigit()
    ]
    for header in ("Fine for me", "It depends", "Not okay for me", "Matters if I know"):
        assert header in headers


def test_behaviours_are_printed_in_the_given_order(printed):
    text = " ".join(pdf_reader.pages(printed["w02 blank", Paper.A4]))
    places = [text.index(f"{label} ") for label in NEUTRAL]
    assert places == sorted(places)


def test_a_filled_goals_sheet_holds_every_word_it_was_given(printed):
    text = " ".join(e.text for e in pdf_reader.elements(printed["w13 filled", Paper.A4]))
    goal = GOALS[0]
    for words in (goal.text, goal.owners, goal.why, goal.review, *goal.anchors, "10 Jan"):
        assert words in text


@pytest.mark.parametrize("count", [0, 40])
def test_any_number_of_goals_gives_a_sound_sheet(count, tmp_path):
    pdf = render(html("w13", goals_fill(GOALS[:1] * count)), Paper.LETTER)
    assert pdf_reader.faults(pdf, tmp_path) == []
    assert len(pdf_reader.pages(pdf)) == 2 + (count or 2)


def test_the_longest_texts_are_printed_whole_and_leave_no_heading_alone(tmp_path):
    lines = "\n".join(f"line{number}x" for number in range(200))
    goal = GoalRow(lines, "y" * 2000, lines, (lines, "", "", "", ""))
    pdf = render(html("w13", goals_fill([goal], "N" * 300)), Paper.A4)
    text = " ".join(pdf_reader.pages(pdf))
    assert all(text.count(f"line{number}x") == 3 for number in range(200))
    assert text.count("y") >= 2000
    assert pdf_reader.faults(pdf, tmp_path) == []
    heading, first = (
        next(e for e in pdf_reader.elements(pdf) if e.text.startswith(start))
        for start in ("Goal 1", "line0x")
    )
    assert heading.page == first.page


def test_the_same_page_gives_the_same_bytes():
    text = html("w13", FILLS["w13 filled"])
    # A press that prints it anew, not what was kept of it.
    first = printing._PRINTER.render(text, Paper.A4)
    render(page("<p>Something else"), Paper.A4)
    assert printing._PRINTER.render(text, Paper.A4) == first


def test_what_a_partner_typed_is_text_and_never_markup():
    typed = '</p><link rel=attachment href="file:///etc/hosts"><b>bold</b>{{ 7 * 7 }}'
    pdf = render(html("w13", goals_fill([GoalRow(typed)])), Paper.A4)
    assert typed in " ".join(e.text for e in pdf_reader.elements(pdf))


def test_letters_no_font_can_draw_are_named_and_not_printed_as_boxes():
    with pytest.raises(PrintError, match=r"cannot be printed yet: བ \(U\+0F56\)\."):
        render(html("w13", goals_fill(GOALS, "བ")), Paper.A4)
    many = "".join(map(chr, range(0x20BB7, 0x20BBF)))
    with pytest.raises(PrintError, match=r"𠮷 \(U\+20BB7\), .* and others\."):
        render(html("w13", goals_fill(GOALS, many)), Paper.A4)


def test_half_a_character_is_refused_in_plain_words():
    with pytest.raises(PrintError, match="half a character"):
        render(page("\ud800"), Paper.A4)
