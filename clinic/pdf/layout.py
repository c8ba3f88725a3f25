"""Laying out a page as a tagged PDF, inside a press. All else that knows WeasyPrint is beside it.

It reads print.css and its fonts before the first page, and no page can make it read or reach
anything else.
"""

import re
import sys
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from clinic.domain.said import mark, say
from clinic.domain.worksheets import Paper
from clinic.pdf.drawn_words import keep_words_whole
from clinic.pdf.spelling import add_spelling, mend_letters, spell_out

_STATIC = Path(__file__).parents[2] / "static"
_STYLE = _STATIC / "css" / "print.css"

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
        document = HTML(string=html, url_fetcher=_data_only()).render(
            stylesheets=[self._styles[paper]], font_config=self._fonts
        )
        # Of all that a page may say about itself, a printed sheet keeps these two.
        document.metadata = DocumentMetadata(
            title=document.metadata.title, lang=document.metadata.lang
        )
        pdf: bytes = document.write_pdf(finisher=_finish, pdf_variant="pdf/ua-1", pdf_forms=False)
        _check_letters(document)
        return pdf


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
