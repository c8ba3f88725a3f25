"""Names and words in any letters: printed whole, in one piece, and read back as they were typed."""

import unicodedata

import pytest

from clinic.domain.sheets import FillError, GoalRow, goals_fill
from clinic.domain.worksheets import Paper, TypeSize
from clinic.pdf.printing import render
from tests import pdf_reader
from tests.printed import GOALS, WORKSHEETS, html, whole_fill

LARGEST_FILE = 35_000
NAMES = {
    "Latin": "Łukasz Žižek Þóra İpek",
    "Vietnamese": "Nguyễn Thị Hồng",
    "Hausa and Sami": "Ƙaƙa Ɓala Ʒuʻo Ǩääd",  # noqa: RUF001
    "Yoruba": "Adébáyọ̀ Ọláṣẹ́",
    "Cyrillic": "Алексей Ґалаґан Әйгерім",
    "Greek": "Ελένη Ἀθηνᾶ",
    "Armenian": "Արամ Հակոբյան",
    "Georgian": "გიორგი",
    "Hebrew": "דנה כהן",
    "Arabic": "سلام عبد الرحمن",
    "Persian": "پگاه ژاله گچی",
    "Urdu": "بہت شکریہ ڑھٹے",
    "Sindhi": "ڳالهه ٻار ڄاڻ",
    "Devanagari": "प्रिया शर्मा हिन्दी",
    "Thai": "สมชาย ใจดี น้ำใจ",
    "simplified Chinese": "李娜 张伟",
    "traditional Chinese": "陳雅婷 黃國榮",
    "Japanese": "さくら サクラ 櫻井 髙橋",
    "Korean": "김민준 이서연",
    "emoji": "Zoë 🙂 👩🏽\u200d🚀 👍🏿 🇳🇱",
}
#: Letters with marks that run from right to left: readers that look no further set them apart.
MARKED = {"pointed Hebrew": "שָׁלוֹם", "pointed Arabic": "مُحَمَّد", "joined": "می\u200cشود"}


def names_on(pdf: bytes) -> list[str]:
    return [piece.text for piece in pdf_reader.elements(pdf) if piece.tag == "P"]


@pytest.mark.parametrize("name", (NAMES | MARKED).values(), ids=(NAMES | MARKED).keys())
def test_a_name_is_printed_and_read_out_as_its_owner_writes_it(name, tmp_path):
    pdf = render(html("w13", goals_fill(GOALS[1:], name)), Paper.A4)
    assert name in names_on(pdf)
    assert pdf_reader.faults(pdf, tmp_path) == []
    assert len(pdf) < LARGEST_FILE
    copied = unicodedata.normalize("NFKC", pdf_reader.pages(pdf)[0])
    assert unicodedata.normalize("NFKC", name) in copied or name in MARKED.values()


def test_typed_markup_and_styles_are_words():
    name = "</p><b>Sam</b> {color: red} &amp; \\41 <style>*{display:none}</style>"
    assert name in names_on(render(html("w13", goals_fill(GOALS, name)), Paper.A4))


def test_a_name_that_turns_the_line_round_is_printed_in_its_own_order():
    pdf = render(html("w13", goals_fill(GOALS, "Sam 7\u202e8 Lee")), Paper.A4)
    assert "Sam 78 Lee" in names_on(pdf)
    seven, eight = pdf_reader.spots(pdf, "7")[0][1], pdf_reader.spots(pdf, "8 Lee")[0][1]
    assert seven.right <= eight.left


def test_a_name_hidden_between_signs_without_width_stays_one_name():
    name = "S\u200ba\u200bm\u2060\ufeff"
    pdf = render(html("w13", goals_fill(GOALS, name)), Paper.A4)
    assert name in names_on(pdf)
    (_, start), (_, end) = pdf_reader.spots(pdf, "S\u200b")[0], pdf_reader.spots(pdf, "m\u2060")[0]
    assert end.right - start.left < 30


def test_a_pile_of_marks_is_refused_in_plain_words():
    with pytest.raises(FillError, match="more marks than can be printed"):
        html("w13", goals_fill(GOALS, "Z" + "\u0301" * 50))


def test_a_name_of_the_other_direction_keeps_its_full_stop_and_its_brackets():
    pdf = render(html("w13", goals_fill([GoalRow("Sam (11)!")], "דנה (77)!")), Paper.A4)
    (_, number), (_, letters) = pdf_reader.spots(pdf, "77")[0], pdf_reader.spots(pdf, "דנה")[0]
    signs = [spot for page, spot in pdf_reader.spots(pdf, "!") if page == 0]
    assert signs[0].right <= number.left < number.right < letters.left
    # It begins where all other names on the sheet begin.
    ((_, label),) = pdf_reader.spots(pdf, "Your first name")
    assert abs(signs[0].left - label.left) < 6


@pytest.mark.parametrize("size", TypeSize)
@pytest.mark.parametrize("key", ["w02", "w03", "w13", "t02"])
def test_a_word_without_an_end_stays_on_its_paper(key, size, tmp_path):
    fill = whole_fill(WORKSHEETS[key], "Wolfeschlegel" * 23, entries=1)
    pdf = render(html(key, fill, size), Paper.LETTER)
    assert pdf_reader.faults(pdf, tmp_path) == []
    for left, right in pdf_reader.widths(pdf):
        assert left > 40
        assert right < 612 - 40
