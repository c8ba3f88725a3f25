"""Draws one series of a chart: line, markers and label, as the text of SVG attributes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

Values = Sequence[float | None]

LINE_HEIGHT = 17
TOP = 14
BOTTOM = 34
INSET = 12
COLOURS = ("#2f6b62", "#9a4508", "#5b4a8a", "#8a2f5b")
DASHES = ("", "8 4", "2 4", "10 4 2 4", "5 3", "14 5")
MARKERS = ("circle", "square", "triangle", "diamond", "wedge", "bar")


@dataclass(frozen=True)
class Row:
    """One line of a label, placed."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Line:
    """One series, ready to draw: everything is the text of an SVG attribute."""

    colour: str
    colour_number: int
    dash: str
    path: str
    marks: str
    leader: str
    label: tuple[Row, ...]


@dataclass(frozen=True)
class Frame:
    """The plot inside the chart: turns an appointment's place and a rating into a point."""

    low: int
    high: int
    count: int
    width: int
    height: int

    left = 34.0

    @property
    def right(self) -> float:
        """Leave about a third for the labels at the line ends."""
        return round(self.width * (0.72 if self.width > 500 else 0.62), 1)

    def x(self, place: int) -> float:
        """Spread the appointments over the plot; a single one stands in the middle."""
        room = self.right - self.left - 2 * INSET
        share = place / (self.count - 1) if self.count > 1 else 0.5
        return round(self.left + INSET + share * room, 1)

    def y(self, value: float) -> float:
        """Put the axis's high end at the top."""
        share = (self.high - value) / (self.high - self.low)
        return round(TOP + share * (self.height - TOP - BOTTOM), 1)


def line(frame: Frame, values: Values, style: int, label: tuple[Row, ...], lead: str) -> Line:
    """Give one series its colour, dash and marker by its place among the series."""
    size = max(3.5, 5.5 - 0.5 * style)
    marker = MARKERS[style % len(MARKERS)]
    return Line(
        colour=COLOURS[style % len(COLOURS)],
        colour_number=style % len(COLOURS) + 1,
        dash=DASHES[style % len(DASHES)],
        path=path(frame, values),
        marks=" ".join(mark(marker, x, y, size) for x, y in points(frame, values)),
        leader=lead,
        label=label,
    )


def points(frame: Frame, values: Values) -> list[tuple[float, float]]:
    """Place what was rated."""
    return [
        (frame.x(place), frame.y(value)) for place, value in enumerate(values) if value is not None
    ]


def path(frame: Frame, values: Values, breaks: Collection[int] = ()) -> str:
    """Join neighbouring ratings; a missing one lifts the pen, and so does a new scale."""
    steps, pen = [], "M"
    for place, value in enumerate(values):
        if value is not None:
            pen = "M" if place in breaks else pen
            steps.append(f"{pen}{frame.x(place)} {frame.y(value)}")
        pen = "M" if value is None else "L"
    return "".join(steps)


def label_rows(frame: Frame, label: list[str], centre: float) -> tuple[Row, ...]:
    """Stack a label's rows around its centre, to the right of the plot."""
    first = centre - (len(label) - 1) * LINE_HEIGHT / 2 + 4.5
    return tuple(
        Row(frame.right + 14, round(first + place * LINE_HEIGHT, 1), text)
        for place, text in enumerate(label)
    )


def leader(frame: Frame, end: tuple[float, float], centre: float) -> str:
    """Tie a label to its line's end with a hair line."""
    x, y = end
    return f"M{x} {y}L{frame.right} {y}L{frame.right + 10} {round(centre, 1)}"


def mark(marker: str, x: float, y: float, size: float) -> str:
    """Draw one marker around a point as part of a path."""
    if marker == "circle":
        half = f"a{size} {size} 0 1 0 "
        return f"M{x - size:.1f} {y}{half}{2 * size} 0{half}{-2 * size} 0z"
    corners = {
        "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "triangle": ((0, -1.2), (1.1, 0.9), (-1.1, 0.9)),
        "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
        "wedge": ((0, 1.2), (1.1, -0.9), (-1.1, -0.9)),
        "bar": ((-0.5, -1.4), (0.5, -1.4), (0.5, 1.4), (-0.5, 1.4)),
    }[marker]
    return "M" + "L".join(f"{x + dx * size:.1f} {y + dy * size:.1f}" for dx, dy in corners) + "z"
