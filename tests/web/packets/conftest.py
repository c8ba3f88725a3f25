"""A case that has something for every field, and packets printed from it."""

import io
from collections.abc import Sequence

import pikepdf
from werkzeug.test import TestResponse

from clinic.domain.packets import belongs
from clinic.domain.worksheets import SheetAudience
from tests.browser import Browser
from tests.web.worksheets.conftest import SHEETS, Filled, filled

__all__ = ["filled", "keys", "outline", "print_packet"]


def keys(audience: SheetAudience) -> list[str]:
    """Name the sheets that belong into a packet for an audience, in the order of the shelf."""
    order = sorted(SHEETS.values(), key=lambda sheet: list(SHEETS).index(sheet.key))
    return [sheet.key for sheet in order if belongs(sheet, audience)]


def print_packet(
    browser: Browser, filled: Filled, whom: str, sheets: Sequence[str], **typed: str
) -> TestResponse:
    """Print a packet from its page, and give the PDF or the page that says why there is none."""
    url = f"/cases/{filled.answered.case_ref}/packets/for/{whom}"
    ticked: dict[str, list[str]] = {}
    for key in sheets:
        ticked.setdefault(SHEETS[key].phase.lower(), []).append(key)
    token = browser.get(url).values()["csrf_token"]
    data = {"csrf_token": token, "paper": "A4", "size": "normal", "fill": "blank"} | typed
    return browser.client.post(url, data={**data, **ticked}, follow_redirects=True)


def outline(pdf: bytes) -> list[tuple[str, int]]:
    """Give the bookmarks of the first level, each with the page it leads to, from 0."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {leaf.objgen: number for number, leaf in enumerate(document.pages)}
        with document.open_outline() as bookmarks:
            return [(item.title, _page(item, numbers)) for item in bookmarks.root]


def _page(item: pikepdf.OutlineItem, numbers: dict[tuple[int, int], int]) -> int:
    target = item.destination or item.action.D
    return numbers[target[0].objgen]
