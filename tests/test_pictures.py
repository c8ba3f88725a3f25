"""Pictures of printed pages."""

import io
from itertools import product

import pytest
from PIL import Image

from clinic.domain.worksheets import Paper
from clinic.pdf.pipe import Order
from clinic.pdf.printing import Printer, PrintError, pictures, render
from tests import pdf_reader
from tests.printed import FILLS, html

SHAPES = {Paper.A4: 842 / 595, Paper.LETTER: 792 / 612}


def goals(paper: Paper) -> bytes:
    return render(html("w13", FILLS["w13 filled"]), paper)


def shown(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


@pytest.mark.parametrize(("paper", "width"), list(product(Paper, (1, 240, 1000))))
def test_every_page_is_drawn_as_wide_as_asked(paper, width):
    pdf = goals(paper)
    drawn = [shown(png) for png in pictures(pdf, width)]
    assert len(drawn) == len(pdf_reader.pages(pdf))
    for image in drawn:
        assert image.width == width
        assert image.height == pytest.approx(width * SHAPES[paper], abs=1.5)


def test_a_picture_shows_dark_ink_on_white_paper_and_stays_small():
    for png in pictures(goals(Paper.A4), 320):
        light = shown(png).histogram()
        assert light[255] > sum(light) / 2
        assert 20 < sum(light[:100]) < sum(light) / 4
        assert png.startswith(b"\x89PNG")
        assert len(png) < 20_000


def test_the_same_file_gives_the_same_pictures_from_any_press():
    pdf, other = goals(Paper.A4), Printer(presses=1)
    try:
        assert other.make(Order("pictures", {"width": "320"}, [pdf])) == pictures(pdf, 320)
    finally:
        other.close()


@pytest.mark.parametrize(("pdf", "width"), [(b"no PDF", 320), (None, 0), (None, 10**6)])
def test_what_cannot_be_drawn_is_refused(pdf, width):
    with pytest.raises(PrintError, match=r"laid out|memory|too much"):
        pictures(pdf or goals(Paper.A4), width)
