"""What fields look like: empty, ticked, marked and ringed. The same look is kept once a document.

Source: ISO 32000-1, 12.5.5 (appearance streams).
"""

from collections.abc import Callable
from typing import NamedTuple

from pikepdf import Array, Dictionary, Name, Object, Pdf

from clinic.pdf.form_font import NAME, form_font
from clinic.pdf.form_page import Kind, Spot
from clinic.pdf.form_text import INK, PADDING, halfway, shown, within

#: Where a number may be ringed; the ring itself is in dark ink.
_FAINT = "0.7 0.67 0.63"

#: How far a box to tick stays inside its field.
_EDGE = 0.7

#: How far the handles of a curve reach to make a quarter of a circle.
_ROUND = 0.5523


class Picture(NamedTuple):
    """A text as the layout drew it, at the top of a tall page; `height` is its own, in points."""

    drawn: Object
    height: float


class Looks:
    """Makes the appearances of one document."""

    def __init__(self, pdf: Pdf, font: Object) -> None:
        self._pdf = pdf
        self._letters = Dictionary(Font=Dictionary({f"/{NAME}": font}))
        self._made: dict[tuple[str, float, float], Object] = {}

    def of(self, spot: Spot) -> tuple[Object, Object]:
        """Return how a place looks when it is marked, and when it is not."""
        off, on = _DRAWN[spot.place.kind](spot)
        return self.stream(on, spot.width, spot.height), self.stream(off, spot.width, spot.height)

    def stream(self, drawn: str, width: float, height: float) -> Object:
        """Return what is drawn as an appearance of this width and height, in points."""
        key = (drawn, round(width, 2), round(height, 2))
        if key not in self._made:
            self._made[key] = self._new(drawn, width, height)
            if " Tf" in drawn:
                self._made[key].Resources = self._letters
        return self._made[key]

    def pasted(self, picture: Picture, width: float, height: float, above: float) -> Object:
        """Return an appearance with what the layout drew, so far below its top."""
        top = height - above - float(picture.drawn.BBox[3])
        drawn = f"1 0 0 1 {PADDING:g} {top:.2f} cm /Text Do"
        look = self._new(within(width, height, drawn), width, height)
        look.Resources = Dictionary(XObject=Dictionary(Text=picture.drawn))
        return look

    def _new(self, drawn: str, width: float, height: float) -> Object:
        look = self._pdf.make_stream(drawn.encode(), Type=Name.XObject, Subtype=Name.Form)
        look.BBox = Array([0, 0, round(width, 2), round(height, 2)])
        return look


def _nothing(_spot: Spot) -> tuple[str, str]:
    return "", ""


def _tick(spot: Spot) -> tuple[str, str]:
    side = spot.letter * 0.9
    left, low = _EDGE, (spot.height - side) / 2
    if spot.backwards:
        left = spot.width - side - _EDGE
    frame = f"q 0.9 w {INK} RG {left:.2f} {low:.2f} {side:.2f} {side:.2f} re S Q"
    corners = ((0.2, 0.52), (0.42, 0.24), (0.82, 0.8))
    first, *rest = (f"{left + side * x:.2f} {low + side * y:.2f}" for x, y in corners)
    hook = f"q 1.6 w 1 J 1 j {INK} RG {first} m {' '.join(f'{each} l' for each in rest)} S Q"
    return frame, f"{frame} {hook}"


def _dot(spot: Spot) -> tuple[str, str]:
    radius = spot.letter * 0.36
    frame = f"q 0.9 w {INK} RG {_circle(spot, radius)} S Q"
    return frame, f"{frame} q {INK} rg {_circle(spot, radius * 0.6)} f Q"


def _ring(spot: Spot) -> tuple[str, str]:
    font, value = form_font(), spot.place.value
    x = (spot.width - font.width(value, spot.letter)) / 2
    number = shown(font, [(x, value)], spot.letter, halfway(font, spot.letter, spot.height))
    ring = _circle(spot, min(spot.width, spot.height) / 2 - 1)
    faint = f"q {number} Q q 0.6 w {_FAINT} RG {ring} S Q"
    return faint, f"q {number} Q q 1.8 w {INK} RG {ring} S Q"


def _circle(spot: Spot, radius: float) -> str:
    x, y, handle = spot.width / 2, spot.height / 2, radius * _ROUND
    east, north, west, south = x + radius, y + radius, x - radius, y - radius
    quarters = (
        (east, y + handle, x + handle, north, x, north),
        (x - handle, north, west, y + handle, west, y),
        (west, y - handle, x - handle, south, x, south),
        (x + handle, south, east, y - handle, east, y),
    )
    curves = (" ".join(f"{number:.2f}" for number in quarter) + " c" for quarter in quarters)
    return f"{east:.2f} {y:.2f} m {' '.join(curves)} h"


_DRAWN: dict[Kind, Callable[[Spot], tuple[str, str]]] = {
    Kind.LINE: _nothing,
    Kind.WORD: _nothing,
    Kind.LINES: _nothing,
    Kind.TICK: _tick,
    Kind.DOT: _dot,
    Kind.RING: _ring,
}
