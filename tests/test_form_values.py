"""What is written into a form: it shows in two programs, reads back whole, and grows its field."""

import pytest

from clinic.domain.sheets import GoalRow, SheetFill, goals_fill
from clinic.domain.worksheets import Paper, TypeSize
from clinic.pdf.printing import PrintError
from tests import form_reader, pdf_reader
from tests.printed import GOALS

NAME = "0-1-1"
#: The first question of W01, with room to write; the first number to ring; a statement of W02.
WRITTEN, RINGED, TICKED, DOT = "2-1-1-1", "3-1-1-1", "1-3-2-1", "2-1-1-3"
#: Fewer dark dots are no letter.
SOME_INK = 12

NAMES = [
    "Łukasz Žižek",
    "محمد",
    "שרה כהן",
    "李小龍",
    "Алексей",
    "Ελένη",
    "🙂",
    "Zoë 🙂",
    "e\u0301milie",
]
EVIL = [
    "<b>bold</b> & {{ 7 * 7 }}",
    ") Tj ET (\\",
    "\\) /OpenAction <</S /JavaScript>>",
    '" onfocus="x',
    "</textarea><link rel=attachment href='file:///etc/hosts'>",
    "tab\there",
    "-->]]>",
]


def shows(pdf, tmp_path, *names: str) -> None:
    """Both programs draw something in these fields, and next to nothing in the empty ones."""
    for leaves in (form_reader.drawn_by_pdfium(pdf), form_reader.drawn_by_poppler(pdf, tmp_path)):
        for field in form_reader.fields(pdf):
            dark = form_reader.ink(leaves, field)
            if field.name in names:
                assert dark >= SOME_INK, field
            elif field.kind == "/Tx":
                assert dark == 0, field


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_drawn_and_kept_as_its_owner_writes_it(name, tmp_path):
    pdf = form_reader.form("w18", _0_1_1=name)
    assert form_reader.values(pdf) == {NAME: name}
    assert not form_reader.numbered_pieces(pdf), "what is drawn belongs to the field"
    assert pdf_reader.faults(pdf, tmp_path) == []
    shows(pdf, tmp_path, NAME)


@pytest.mark.parametrize(
    ("paper", "size"), [(Paper.A4, TypeSize.NORMAL), (Paper.LETTER, TypeSize.LARGE)]
)
def test_what_a_sheet_is_filled_with_stands_in_its_fields(paper, size, tmp_path):
    pdf = form_reader.form("w13", goals_fill(GOALS, "Łukasz Žižek", ["Łukasz", "Sam"]), paper, size)
    kept, goal = form_reader.values(pdf), GOALS[0]
    words = {goal.text, goal.owners, goal.why, goal.review, *goal.anchors, "2", "3", GOALS[1].text}
    assert set(kept.values()) == {"Łukasz Žižek", *words}
    labels = form_reader.labels(pdf)
    by_label = {labels[name]: value for name, value in kept.items()}
    assert by_label["Goal 1: Why does it matter to us?"] == goal.why
    assert by_label["Goal 1: My own number, from 0 to 10, at each appointment: My number, 3 Jan"]
    # Names above columns and beside lines are read, not filled in.
    assert "3 Jan" in " ".join(pdf_reader.pages(pdf))
    assert pdf_reader.faults(pdf, tmp_path) == []
    shows(pdf, tmp_path, *kept)


def test_ticks_circles_and_rings_show_where_they_were_made(tmp_path):
    for key, values in {"w02": {TICKED: "yes", DOT: "yes"}, "w01": {RINGED: "7"}}.items():
        blank = form_reader.form(key)
        pdf = form_reader.form(key, **{f"_{name}": value for name, value in values.items()})
        assert set(form_reader.values(pdf)) == set(values)
        assert pdf_reader.faults(pdf, tmp_path) == []
        for draw in (
            form_reader.drawn_by_pdfium,
            lambda form: form_reader.drawn_by_poppler(form, tmp_path),
        ):
            before, after = draw(blank), draw(pdf)
            for field in form_reader.fields(pdf):
                added = form_reader.ink(after, field) - form_reader.ink(before, field)
                assert (added > SOME_INK) is (field.state not in {"", "/Off"}), field


@pytest.mark.parametrize("text", EVIL)
def test_what_was_typed_is_text_and_nothing_else(text, tmp_path):
    pdf = form_reader.form("w01", _0_1_1=text, _2_1_1_1=f"{text}\nsecond line")
    assert form_reader.values(pdf) == {NAME: text, WRITTEN: f"{text}\nsecond line"}
    assert pdf_reader.faults(pdf, tmp_path) == []
    shows(pdf, tmp_path, NAME, WRITTEN)


@pytest.mark.parametrize("text", ["y" * 4_500, "word " * 900, "\n".join("x" * 200), "🙂" * 1_400])
def test_a_long_text_is_never_cut_its_field_grows_and_goes_on(text, tmp_path):
    goal = GoalRow(text=text.strip(), anchors=(text.strip(), "", "", "", ""))
    pdf = form_reader.form("w13", goals_fill([goal]))
    found = form_reader.fields(pdf)
    for first in ("2-1-1-1-1", "2-1-4-1-1"):
        parts = [field for field in found if field.name.split("-part")[0] == first]
        assert len(parts) > 1
        whole = "".join(part.value for part in parts)
        assert "".join(whole.split()) == "".join(text.split())
        assert parts[-1].label.endswith(f" ({len(parts)}/{len(parts)})")
    assert pdf_reader.faults(pdf, tmp_path) == []
    assert all(field.low > 31 * pdf_reader.POINTS_A_MM for field in found), "clear of the footer"
    shows(pdf, tmp_path, *form_reader.values(pdf))


def test_a_text_that_is_too_long_for_its_field_makes_it_taller(tmp_path):
    texts = {NAME: "Nicodemus " * 12, WRITTEN: "one line\n" * 9 + "the last"}
    blank = {field.name: field for field in form_reader.fields(form_reader.form("w01"))}
    pdf = form_reader.form("w01", **{f"_{name}": text for name, text in texts.items()})
    for field in form_reader.fields(pdf):
        assert (field.height > blank[field.name].height * 1.2) is (field.name in texts)
    shows(pdf, tmp_path, *texts)


def test_a_text_that_goes_on_begins_where_its_question_stands():
    long = "\n".join(["a word or two"] * 120)
    pdf = form_reader.form("w06", SheetFill({"summary": ((long,),)}))
    first = next(each for each in form_reader.fields(pdf) if each.value)
    pieces = pdf_reader.elements(pdf)
    question = next(piece for piece in pieces if piece.text == first.label.removesuffix(" (1/8)"))
    assert first.page == question.page
    assert pdf_reader.lonely_headings(pieces) == []


def test_half_a_character_and_letters_without_a_font_are_refused_in_plain_words():
    with pytest.raises(PrintError, match="half a character"):
        form_reader.form("w18", _0_1_1="\ud800")
    with pytest.raises(PrintError, match="cannot be printed yet"):
        form_reader.form("w18", _0_1_1="\U0001e900")


def test_the_same_form_gives_the_same_bytes_and_a_blank_forgets_what_was_written():
    first = form_reader.form("w18", _0_1_1="Kim")
    assert form_reader.form("w18", _0_1_1="Lou 🙂") != first
    assert form_reader.form("w18", _0_1_1="Kim") == first
    assert form_reader.values(form_reader.form("w18")) == {}


def test_a_viewer_takes_what_is_typed_and_lets_a_ring_be_moved_and_taken_back():
    pdf = form_reader.typed_into(form_reader.form("w01"), WRITTEN, "Łukasz:\nsehr schön, 5 €")
    assert form_reader.values(pdf)[WRITTEN].replace("\r\n", "\n") == "Łukasz:\nsehr schön, 5 €"
    three, seven = (
        next(f for f in form_reader.fields(pdf) if f.own_label.endswith(f"number. {number}"))
        for number in (3, 7)
    )
    moved = form_reader.clicked(pdf, three, seven)
    states = {each.state for each in form_reader.fields(moved) if each.name == RINGED}
    assert states == {"/Off", "/7"}
    back = form_reader.clicked(moved, seven)
    assert {e.state for e in form_reader.fields(back) if e.name == RINGED} == {"/Off"}


def test_the_name_of_a_column_that_goes_on_is_one_field_on_both_pages(tmp_path):
    pdf = form_reader.form("w07", SheetFill(people=3), size=TypeSize.LARGE, _3_1_1_2="Kim")
    named = [field for field in form_reader.fields(pdf) if field.value == "Kim"]
    assert len({field.page for field in named}) > 1
    assert pdf_reader.faults(pdf, tmp_path) == []
    shows(pdf, tmp_path, named[0].name)
