"""Laying out a page as a tagged PDF, inside a press. All else that knows WeasyPrint is beside it.

It reads print.css and its fonts before the first page, and no page can make it read or reach
anything else.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from math import inf
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from clinic.domain.said import mark, say
from clinic.domain.worksheets import Paper
from clinic.pdf.drawn_words import keep_words_whole
from clinic.pdf.form_page import Place, Shape, Spot, Text, end_of, mark_places, start_of, texts_page
from clinic.pdf.spelling import add_spelling, mend_letters, spell_out

_STATIC = Path(__file__).parents[2] / "static"
_STYLE = _STATIC / "css" / "print.css"

#: The layout counts in pixels, a PDF in points.
_POINTS = 0.75

WARM_UP = "<!doctype html><html lang=en><title>-</title><table><tr><td>a<b>b</b> ○</table>"

_PRODUCER = re.compile(rb' [a-z0-9]+:Producer="[^"]*"')

LETTERS = mark(
    "These characters cannot be printed yet: %(signs)s. Please write them in another way."
)
MORE_LETTERS = mark(
    "These characters cannot be printed yet: %(signs)s and others."
    " Please write them in another way."
)


class UnprintableError(Exception):
    """A page holds characters that no font here can draw."""


class Layout:
    """Fonts and style sheets, read once and kept for every page."""

    def __init__(self) -> None:
        keep_words_whole()
        spell_out()
        self._fonts = FontConfiguration()
        style = _STYLE.read_text(encoding="utf-8")
        self._styles = {
            paper: CSS(
                string=f"@page {{ size: {paper} }}\n{style}",
                font_config=self._fonts,
                url_fetcher=_data_only(),
            )
            for paper in Paper
        }

    def print(self, html: str, paper: Paper) -> bytes:
        """Return the page as a tagged PDF (PDF/UA-1); same page, same bytes."""
        return self._written(self._laid_out(_page(html), paper))

    def form(self, html: str, paper: Paper, shape: Shape) -> tuple[bytes, Sequence[Spot]]:
        """Return the page with a box to tick at each place to fill in, and where these stand."""
        page = _page(html)
        places = mark_places(page.etree_element, shape)
        document = self._laid_out(page, paper, pdf_forms=True)
        # A place in the head of a table stands again wherever that goes on.
        boxes = {_number(box): box for leaf in document.pages for box, _ in leaf.forms[None]}
        spots = [
            _spot(place, box) for place, (_, box) in zip(places, sorted(boxes.items()), strict=True)
        ]
        return self._written(document, pdf_forms=True), spots

    def texts(self, texts: Sequence[Text]) -> tuple[bytes, Sequence[float]]:
        """Draw texts, each on a page of its own, and say how tall each of them is, in points."""
        html = texts_page(texts)
        document = self._laid_out(_page(html), Paper.A4)
        found = [leaf.anchors for leaf in document.pages]
        heights = [_height(found, place) * _POINTS for place in range(len(texts))]
        return self._written(document), heights

    def _laid_out(self, page: HTML, paper: Paper, **options: Any) -> Document:
        return page.render(stylesheets=[self._styles[paper]], font_config=self._fonts, **options)

    def _written(self, document: Document, *, pdf_forms: bool = False) -> bytes:
        # Of all that a page may say about itself, a printed sheet keeps these two.
        document.metadata = DocumentMetadata(
            title=document.metadata.title, lang=document.metadata.lang
        )
        pdf: bytes = document.write_pdf(
            finisher=_finish, pdf_variant="pdf/ua-1", pdf_forms=pdf_forms
        )
        _check_letters(document)
        return pdf


def _page(html: str) -> HTML:
    return HTML(string=html, url_fetcher=_data_only())


def _number(box: Any) -> int:
    return int(box.element.get("name"))


def _height(leaves: Sequence[Mapping[str, tuple[float, float]]], place: int) -> float:
    for anchors in leaves:
        if start_of(place) in anchors and end_of(place) in anchors:
            return anchors[end_of(place)][1] - anchors[start_of(place)][1]
    return inf


def _spot(place: Place, box: Any) -> Spot:
    sides = (box.width, box.height, box.style["font_size"])
    width, height, letter = (float(side) * _POINTS for side in sides)
    return Spot(place, width, height, letter, box.style["direction"] == "rtl")


def _data_only() -> URLFetcher:
    return URLFetcher(allowed_protocols={"data"}, allow_redirects=False)


def _check_letters(document: Any) -> None:
    """Refuse a page on which a sign stands as a box, because no font here has it."""
    codes = {code for font in document.fonts.values() for code in font.missing}
    unknown = sorted(chr(code) for code in codes if code <= sys.maxunicode)
    if unknown:
        shown = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in unknown[:5])
        raise UnprintableError(say(MORE_LETTERS if len(unknown) > 5 else LETTERS, signs=shown))


def _finish(document: Any, pdf: Any) -> None:
    mend_letters(document, pdf)
    add_spelling(pdf)
    _forget_producer(pdf)


def _forget_producer(pdf: Any) -> None:
    """Leave no trace of the software, so that sheets of two versions look alike."""
    pdf.info.pop("Producer", None)
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [_PRODUCER.sub(b"", part) for part in metadata.stream]
