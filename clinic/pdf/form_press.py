"""Forms, made in a press: a blank is laid out once and kept, and filled in as often as asked.

How a blank is laid out depends on its page and on how tall its places need to be, never on what
is written into them.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any

from pikepdf import Pdf

from clinic.domain.worksheets import Paper
from clinic.pdf import pipe
from clinic.pdf.cache import Cache
from clinic.pdf.filling import fill
from clinic.pdf.form_finish import finish, saved
from clinic.pdf.form_page import WRITTEN, Kind, Place, Shape, Spot, part_name
from clinic.pdf.form_parts import fits, parts
from clinic.pdf.layout import Layout


class Forms:
    """Makes the forms of one press."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._blanks = Cache()

    def make(self, html: str, paper: Paper, values: Mapping[str, str]) -> bytes:
        """Return the form of a page with these values in it, by the names of its places."""
        blank, spots = self._blank(html, paper, {})
        written = {
            spot.place.name: (spot, values[spot.place.name])
            for spot in spots
            if spot.place.kind in WRITTEN and values.get(spot.place.name)
        }
        given, drawn = parts(written, self._layout.texts)
        shape = {
            name: tuple(part.height for part in given[name])
            for name, (spot, _) in written.items()
            if not fits(spot, given[name])
        }
        if shape:
            blank, _ = self._blank(html, paper, shape)
        texts = {
            part_name(name, place): part.text
            for name, several in given.items()
            for place, part in enumerate(several)
        }
        return fill(blank, {**values, **texts}, drawn)

    def _blank(self, html: str, paper: Paper, shape: Shape) -> tuple[bytes, Sequence[Spot]]:
        order = pipe.Order("blank", {"paper": paper}, [html.encode(), json.dumps(shape).encode()])
        kept = self._blanks.find(order.packed())
        if kept is None:
            raw, spots = self._layout.form(html, paper, shape)
            listed = json.dumps([astuple(spot) for spot in spots]).encode()
            kept = pipe.delivery((_finished(raw, spots), listed))
            self._blanks.keep(order.packed(), kept)
        blank, listed = pipe.delivered(kept)
        return blank, [_spot(*each) for each in json.loads(listed)]


def _finished(raw: bytes, spots: Sequence[Spot]) -> bytes:
    with Pdf.open(io.BytesIO(raw)) as pdf:
        finish(pdf, spots)
        return saved(pdf)


def _spot(place: Sequence[str], *measures: Any) -> Spot:
    name, label, kind, value = place
    return Spot(Place(name, label, Kind(kind), value), *measures)
