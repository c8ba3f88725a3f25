"""What is written into each field, and how tall it has to be: a text is never cut.

A text that is longer than a page goes on in a second field. What the small font of forms cannot
draw is drawn by the layout.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from clinic.pdf.filling import Drawn
from clinic.pdf.form_font import form_font
from clinic.pdf.form_page import Kind, Spot, Text, part_name
from clinic.pdf.form_text import PADDING, TALLEST, height, split, wrapped

#: Draws texts and says how tall each of them is, in points.
Draw = Callable[[Sequence[Text]], tuple[bytes, Sequence[float]]]

#: The spots of a form in which something is written, and what that is, by the name of the place.
Written = Mapping[str, tuple[Spot, str]]


class Part(NamedTuple):
    """What is written into one field, and how tall that is, in points; `drawn` by the layout."""

    text: str
    height: float
    drawn: bool = False


def parts(written: Written, draw: Draw) -> tuple[Mapping[str, Sequence[Part]], Drawn | None]:
    """Part every text into the fields that it needs, and have those drawn that need drawing."""
    font = form_font()
    plain: dict[str, Sequence[Part]] = {
        name: list(_plain(spot, text))
        for name, (spot, text) in written.items()
        if font.can_draw(text)
    }
    others = {name: (spot, [text]) for name, (spot, text) in written.items() if name not in plain}
    if not others:
        return plain, None
    drawn_parts, drawn = _drawn(others, draw)
    return plain | drawn_parts, drawn


def fits(spot: Spot, given: Sequence[Part]) -> bool:
    """Tell whether a spot holds what is written there, as it was laid out."""
    only = given[0]
    if len(given) > 1 or only.height > spot.height:
        return False
    if spot.place.kind is Kind.LINES or only.drawn:
        return True
    room = spot.width - 2 * PADDING
    return "\n" not in only.text and form_font().width(only.text, spot.letter) <= room


def _plain(spot: Spot, text: str) -> Iterator[Part]:
    lines = wrapped(form_font(), text, spot.letter, spot.width)
    tall = height(form_font(), len(lines), spot.letter)
    if tall <= TALLEST:
        yield Part(text, tall)
        return
    for piece in split(text):
        yield from _plain(spot, piece)


def _drawn(
    asked: Mapping[str, tuple[Spot, Sequence[str]]], draw: Draw
) -> tuple[dict[str, Sequence[Part]], Drawn]:
    pdf, heights = draw(
        [
            Text(text, spot.width - 2 * PADDING, spot.letter, spot.backwards)
            for spot, texts in asked.values()
            for text in texts
        ]
    )
    left = iter(heights)
    found: dict[str, Sequence[Part]] = {
        name: [Part(text, next(left) + 2 * PADDING, drawn=True) for text in texts]
        for name, (_, texts) in asked.items()
    }
    if max(heights) + 2 * PADDING > TALLEST:
        halved = {name: (asked[name][0], list(_halves(found[name]))) for name in asked}
        return _drawn(halved, draw)
    names = (part_name(name, place) for name, each in found.items() for place in range(len(each)))
    return found, Drawn(pdf, dict(zip(names, heights, strict=True)))


def _halves(given: Sequence[Part]) -> Iterator[str]:
    for part in given:
        yield from split(part.text) if part.height > TALLEST else (part.text,)
