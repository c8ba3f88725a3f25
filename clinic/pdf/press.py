"""The press: a program of its own that turns pages into PDF. `python -m clinic.pdf.press`.

It takes one page after another from its standard input and answers on its standard
output. The only file that knows WeasyPrint. It reads print.css and its fonts before the
first page, and no page can make it read or reach anything else.
"""

import logging
import os
import re
import unicodedata
from pathlib import Path
from typing import IO, Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from weasyprint import CSS, HTML
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from clinic.domain.said import mark, say
from clinic.domain.worksheets import Paper
from clinic.pdf import limits, pipe

_STATIC = Path(__file__).parents[2] / "static"
_FONTS = _STATIC / "fonts" / "print"
_STYLE = _STATIC / "css" / "print.css"

_WARM_UP = "<!doctype html><html lang=en><title>-</title><table><tr><td>a<b>b</b> ○</table>"

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


class Press:
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


def answer(press: Press, request: bytes) -> bytes:
    """Return the reply to one request: the PDF, or a sentence without a word of the page."""
    paper, _, html = request.decode().partition("\n")
    try:
        return pipe.PRINTED + press.print(html, Paper(paper))
    except UnprintableError as error:
        return pipe.refusal(error.args[0])
    except MemoryError:
        return pipe.refusal(say("This sheet needs too much memory to print. Shorten its texts."))
    # WeasyPrint's fatal fetching error is no Exception.
    except BaseException as error:
        kind = type(error).__name__
        return pipe.refusal(say("This sheet could not be laid out (%(kind)s).", kind=kind))


def serve(requests: IO[bytes], replies: IO[bytes], press: Press) -> None:
    """Answer until the web process closes the pipe."""
    while True:
        try:
            request = pipe.receive(requests)
            limits.allow_time_for_one_sheet()
            pipe.send(replies, answer(press, request))
        except pipe.ClosedPipeError:
            return


def main() -> None:
    """Warm up, say so, and serve. What goes wrong before that is said on standard error."""
    # A stray print must not mix with the replies.
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limits.confine()
    limits.end_with(requests.fileno())
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL + 1)
    press = Press()
    for paper in Paper:
        press.print(_WARM_UP, paper)
    limits.forbid_writing_files()
    # From here on the press holds what people wrote, and standard error may be a log.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    pipe.send(replies, pipe.PRINTED)
    serve(requests, replies, press)


if __name__ == "__main__":
    main()
