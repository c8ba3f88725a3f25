"""Laying out a page as a tagged PDF, inside a press. The only file that knows WeasyPrint.

It reads print.css and its fonts before the first page, and no page can make it read or reach
anything else.
"""

import re
import unicodedata
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from weasyprint import CSS, HTML
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from clinic.domain.said import mark, say
from clinic.domain.worksheets import Paper

_STATIC = Path(__file__).parents[2] / "static"
_FONTS = _STATIC / "fonts" / "print"
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
        self._letters = _drawable()

    def print(self, html: str, paper: Paper) -> bytes:
        """Return the page as a tagged PDF (PDF/UA-1); same page, same bytes."""
        self._check_letters(html)
        document = HTML(string=html, url_fetcher=_data_only()).render(
            stylesheets=[self._styles[paper]], font_config=self._fonts
        )
        # Of all that a page may say about itself, a printed sheet keeps these two.
        document.metadata = DocumentMetadata(
            title=document.metadata.title, lang=document.metadata.lang
        )
        pdf: bytes = document.write_pdf(
            finisher=_forget_producer, pdf_variant="pdf/ua-1", pdf_forms=False
        )
        return pdf

    def _check_letters(self, html: str) -> None:
        unknown = sorted(sign for sign in set(html) - self._letters if not _draws_nothing(sign))
        if unknown:
            shown = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in unknown[:5])
            raise UnprintableError(say(MORE_LETTERS if len(unknown) > 5 else LETTERS, signs=shown))


def _data_only() -> URLFetcher:
    return URLFetcher(allowed_protocols={"data"}, allow_redirects=False)


def _drawable() -> frozenset[str]:
    letters: set[int] = set()
    for path in _FONTS.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            letters.update(font.getBestCmap())
    return frozenset(map(chr, letters))


def _draws_nothing(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf"}


def _forget_producer(_document: Any, pdf: Any) -> None:
    """Leave no trace of the software, so that sheets of two versions look alike."""
    pdf.info.pop("Producer", None)
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [_PRODUCER.sub(b"", part) for part in metadata.stream]
