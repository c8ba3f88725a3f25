"""Every sheet as a form to fill in on a screen, blank: sound, labelled, in order, and small."""

import re
from functools import cache
from itertools import pairwise

import pytest

from clinic.domain.worksheets import Paper, TypeSize
from tests import form_reader, pdf_reader
from tests.printed import WORKSHEETS

LOOKED_AT = [(Paper.A4, TypeSize.NORMAL), (Paper.LETTER, TypeSize.LARGE)]
LARGEST_FILE = 70_000
#: The least height to write in, in points: eight millimetres, as on paper.
LOWEST = 8 * pdf_reader.POINTS_A_MM - 0.1

every_sheet = pytest.mark.parametrize("key", WORKSHEETS)
looked_at = pytest.mark.parametrize(("paper", "size"), LOOKED_AT)


@cache
def blank(key: str, paper: Paper, size: TypeSize) -> bytes:
    return form_reader.form(key, None, paper, size)


@looked_at
@every_sheet
def test_a_form_has_nothing_that_a_pdf_ua_validator_minds(key, paper, size, tmp_path):
    pdf = blank(key, paper, size)
    assert pdf_reader.faults(pdf, tmp_path) == []
    assert len(pdf) < LARGEST_FILE
    assert pdf_reader.metadata(pdf) == {"/Title": WORKSHEETS[key].title}
    assert "Producer" not in pdf_reader.xmp(pdf)


@looked_at
@every_sheet
def test_every_field_is_labelled_in_the_words_of_the_sheet(key, paper, size):
    pdf = blank(key, paper, size)
    found, words = form_reader.fields(pdf), form_reader.words(key)
    assert found
    for field in found:
        assert field.name not in {"", field.label}
        assert set(form_reader.letters_of(field.label)) <= words, field.label
        assert field.own_label.startswith(field.label)
    # A place in the head of a table stands again on the next page; nothing else does.
    assert len({(field.name, field.own_label, field.page) for field in found}) == len(found)
    by_label = {field.own_label: field.name for field in found}
    assert len(by_label) == len({(field.own_label, field.name) for field in found})


@looked_at
@every_sheet
def test_fields_are_read_and_reached_in_the_order_of_the_page(key, paper, size):
    pdf = blank(key, paper, size)
    found = form_reader.fields(pdf)
    assert form_reader.read_aloud(pdf) == [field.name for field in found]
    for above, below in pairwise(found):
        beside = below.low + below.height > above.low + 1
        # A loop goes back at its foot, and everything else from left to right and down the page.
        ahead = below.left > above.left if beside else below.low < above.low
        assert below.page > above.page or ahead or "Write a few words" in below.label


@looked_at
@every_sheet
def test_there_is_room_to_write_and_no_two_fields_touch(key, paper, size):
    found = form_reader.fields(blank(key, paper, size))
    for field in found:
        assert field.height >= LOWEST or field.kind == "/Btn"
        assert min(field.width, field.height) >= 12
    for one, two in pairwise(found):
        apart = one.page != two.page or one.low >= two.low + two.height - 0.5
        assert apart or one.left + one.width <= two.left + 0.5 or two.left < one.left


@looked_at
@every_sheet
def test_a_form_keeps_headings_and_the_headers_of_tables(key, paper, size):
    pieces = pdf_reader.elements(blank(key, paper, size))
    levels = [int(piece.tag[1]) for piece in pieces if re.fullmatch(r"H\d", piece.tag)]
    assert levels[:1] == [1]
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert pdf_reader.lonely_headings(pieces) == []
    assert pdf_reader.torn_fields(pieces) == []
    tables = sum(piece.tag == "Table" for piece in pieces)
    assert sum(piece.tag == "TH" for piece in pieces) >= tables
