"""Where the places of a drawn loop stand: boxes to write in, each leading to the next.

Half of the boxes stand above from left to right, the others below from right to left; an arrow
goes from edge to edge. Lengths are points of the paper's width.

Source: clinical design 2.2 and 6.1 (W06).
"""

from dataclasses import dataclass, replace
from math import hypot

from clinic.domain.lettering import wrapped

#: How wide the drawing is: what A4 leaves between its margins.
WIDTH = 504.0

#: What is left free around the drawing, and between the edge of a box and the room to write.
MARGIN, _EDGE = 1.0, 4.0

#: How far an arrow stays away from the boxes, and how long and wide its head is.
_GAP, _HEAD, _SIDE = 3.0, 9.0, 4.5

#: The way between two boxes beside each other and below each other, the room around a heading,
#: and the room to write below it.
_BESIDE, _BELOW, _PADDING, _ROOM = 30.0, 44.0, 8.0, 80.0

#: How much of the size of type a letter takes on the line.
_LETTER_WIDTH = 0.56


@dataclass(frozen=True, slots=True)
class Spot:
    """One box of the loop with the lines of its heading."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line from one box to the next, and the three corners of its head."""

    start: tuple[float, float]
    end: tuple[float, float]
    head: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Ring:
    """A drawn loop: its boxes in order, and the arrow that leaves each of them."""

    height: float
    letter: float
    line: float
    spots: tuple[Spot, ...]
    arrows: tuple[Arrow, ...]

    def rooms(self) -> tuple[tuple[float, ...], ...]:
        """Return where there is room to write below each heading, in hundredths of the drawing.

        Each is its left, its top, its width and its height.
        """
        return tuple(self._room(spot) for spot in self.spots)

    def _room(self, spot: Spot) -> tuple[float, ...]:
        above = _PADDING + self.line * len(spot.lines)
        wide, tall = (WIDTH + 2 * MARGIN) / 100, (self.height + 2 * MARGIN) / 100
        return (
            round((spot.x + MARGIN + _EDGE) / wide, 2),
            round((spot.y + MARGIN + above) / tall, 2),
            round((spot.width - 2 * _EDGE) / wide, 2),
            round((spot.height - above - _EDGE) / tall, 2),
        )

    def mirrored(self) -> "Ring":
        """Return the loop drawn anticlockwise, for a sheet that is written from right to left.

        >>> drawn = ring(("One", "Two", "Three"), 12)
        >>> drawn.mirrored().spots[0].x > drawn.mirrored().spots[1].x
        True
        """
        return replace(
            self,
            spots=tuple(
                replace(spot, x=round(WIDTH - spot.x - spot.width, 1)) for spot in self.spots
            ),
            arrows=tuple(
                Arrow(_turned(arrow.start), _turned(arrow.end), tuple(map(_turned, arrow.head)))
                for arrow in self.arrows
            ),
        )


def ring(headings: tuple[str, ...], letter: float) -> Ring:
    """Place a box for each heading in a loop; `letter` is the size of type in points.

    >>> drawn = ring(("One", "Two", "Three"), 12)
    >>> len(drawn.spots), len(drawn.arrows)
    (3, 3)
    >>> drawn.spots[0].lines
    ('One',)
    """
    line, columns = letter * 1.2, -(-len(headings) // 2)
    width = (WIDTH - _BESIDE * (columns - 1)) / columns
    letters = int((width - 2 * _PADDING) / (letter * _LETTER_WIDTH))
    texts = [wrapped(text, letters) for text in headings]
    height = max(len(text) for text in texts) * line + 2 * _PADDING + _ROOM
    spots = tuple(
        Spot(*_corner(place, len(headings), width, height), round(width, 1), round(height, 1), text)
        for place, text in enumerate(texts)
    )
    arrows = tuple(_arrow(one, two) for one, two in zip(spots, spots[1:] + spots[:1], strict=True))
    return Ring(round(2 * height + _BELOW, 1), letter, round(line, 1), spots, arrows)


def _corner(place: int, count: int, width: float, height: float) -> tuple[float, float]:
    above = -(-count // 2)
    if place < above:
        return round(place * (width + _BESIDE), 1), 0.0
    # An odd one fewer stands below, in the middle between those above.
    steps = count - 1 - place + (above - (count - above)) / 2
    return round(steps * (width + _BESIDE), 1), round(height + _BELOW, 1)


def _arrow(one: Spot, two: Spot) -> Arrow:
    start, tip = _edge(one, two), _edge(two, one)
    away = hypot(tip[0] - start[0], tip[1] - start[1]) or 1.0
    dx, dy = (tip[0] - start[0]) / away, (tip[1] - start[1]) / away
    foot = tip[0] - _HEAD * dx, tip[1] - _HEAD * dy
    sides = tuple((foot[0] + side * dy, foot[1] - side * dx) for side in (_SIDE, -_SIDE))
    return Arrow(_rounded(start), _rounded(foot), (_rounded(tip), *map(_rounded, sides)))


def _edge(one: Spot, two: Spot) -> tuple[float, float]:
    """Give the point where the way between two middles leaves the first box, a little outside."""
    (x, y), (to_x, to_y) = one.middle, two.middle
    dx, dy = to_x - x, to_y - y
    scale = min(
        (one.width / 2 + _GAP) / abs(dx) if dx else float("inf"),
        (one.height / 2 + _GAP) / abs(dy) if dy else float("inf"),
    )
    return x + dx * scale, y + dy * scale


def _turned(point: tuple[float, float]) -> tuple[float, float]:
    return round(WIDTH - point[0], 1), point[1]


def _rounded(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)
