"""A sheet in a language that is written from right to left is printed mirrored."""

import pytest

from clinic.domain.sheets import Footer, GoalRow, SheetFill, behaviours_fill, draw, goals_fill
from clinic.domain.worksheets import Paper, TypeSize
from clinic.pdf.printing import render
from tests import pdf_reader
from tests.printed import FOOTER, NEUTRAL, WORKSHEETS, drawn
from tests.right_to_left import turned, word

WIDTH = 595
FOOT = Footer("14", "Somebody to talk to.", word("Stop if this is too much."), "7 %(page)s 8")


def turned_print(key: str, fill: SheetFill, size: TypeSize = TypeSize.NORMAL) -> bytes:
    return render(drawn(draw(turned(WORKSHEETS[key]), fill, FOOT, size)), Paper.A4)


def left_to_right(key: str, fill: SheetFill) -> bytes:
    return render(drawn(draw(WORKSHEETS[key], fill, FOOTER)), Paper.A4)


def first(pdf: bytes, words: str) -> pdf_reader.Spot:
    return pdf_reader.spots(pdf, words)[0][1]


@pytest.mark.parametrize("size", TypeSize)
@pytest.mark.parametrize("key", ["w02", "w06", "w13", "w14", "t03"])
def test_a_mirrored_sheet_has_nothing_that_a_validator_minds(key, size, tmp_path):
    pdf = turned_print(key, behaviours_fill(NEUTRAL) if key == "w02" else SheetFill(), size)
    assert pdf_reader.faults(pdf, tmp_path) == []
    pieces = pdf_reader.elements(pdf)
    assert pieces[1].text == word(WORKSHEETS[key].title)
    assert pdf_reader.torn_fields(pieces) == []
    assert pdf_reader.lonely_headings(pieces) == []


@pytest.mark.parametrize(
    ("key", "one", "two"),
    [
        ("w18", "How often", "Who"),
        ("w14", "Sun", "Mon"),
        ("w13", "What we would see", "What it means"),
        ("w06", "One of us feels", "Something happens"),
        ("t03", "injuries", "☐"),
    ],
)
def test_what_comes_first_stands_on_the_right(key, one, two):
    mirrored, plain = turned_print(key, SheetFill()), left_to_right(key, SheetFill())
    assert first(plain, two).left < first(plain, one).left
    assert first(mirrored, word(one)).right < first(mirrored, word(two)).right


def test_a_scale_begins_on_the_right_with_its_words_below_its_ends():
    pdf = turned_print("w01", SheetFill())
    row = [first(pdf, number).left for number in ("6", "5", "3")]
    assert row == sorted(row)
    scale = WORKSHEETS["w01"].sections[2].blocks[0]
    assert first(pdf, word(scale.high)).right < first(pdf, word(scale.low)).left


@pytest.mark.parametrize("size", TypeSize)
def test_the_foot_of_a_page_is_mirrored_and_says_the_same(size):
    pdf = turned_print("w18", SheetFill(), size)
    foot = [spot for _, spot in pdf_reader.spots(pdf, FOOT.stop) if spot.foot < 110]
    assert len(foot) == len(pdf_reader.pages(pdf))
    assert all(WIDTH - spot.right < 60 for spot in foot)
    for text in pdf_reader.pages(pdf):
        assert FOOT.resources in text
    assert pdf_reader.spots(pdf, FOOT.date)[-1][1].left < 120 or size is TypeSize.LARGE


def test_words_of_the_other_direction_keep_their_full_stop():
    pdf = turned_print("w13", goals_fill([GoalRow("We talk (once).")], "Sam (Lee)!"))
    assert first(pdf, "Sam").right < first(pdf, "Lee").left < first(pdf, "!").left
    assert WIDTH - first(pdf, "!").right < 60
    assert first(pdf, "We talk").right < first(pdf, "once).").left


def test_a_number_with_a_sign_is_not_turned_round():
    pdf = turned_print("w13", SheetFill())
    ((_, plus), *_), ((_, whole), *_) = pdf_reader.spots(pdf, "+"), pdf_reader.spots(pdf, "+1")
    assert plus.left == whole.left
