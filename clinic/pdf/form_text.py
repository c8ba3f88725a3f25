"""How a text stands in a field: its lines, how tall they are, and where each begins.

Lengths are points. Every line keeps its distance, whatever the viewer does after an edit.
"""

from collections.abc import Iterator, Sequence

from clinic.pdf.form_font import NAME, FormFont

#: The room between the edge of a field and its text.
PADDING = 2.0

#: From one line to the next, in sizes of type.
LEADING = 1.25

#: Dark ink, as on the rest of the sheet.
INK = "0.169 0.165 0.157"

#: The tallest single field. What is longer goes on in a second one, for none may be split over
#: two pages.
TALLEST = 340.0


def inked(letter: float) -> str:
    """Say how a field writes: its colour, its font and the size of type."""
    return f"{INK} rg /{NAME} {letter:g} Tf"


def wrapped(font: FormFont, text: str, letter: float, width: float) -> list[str]:
    """Break a text into the lines a field of this width needs; a long word is broken anywhere."""
    room = width - 2 * PADDING
    return [line for part in text.split("\n") for line in _lines(font, part, letter, room)]


def height(font: FormFont, lines: int, letter: float) -> float:
    """Return how tall a field needs to be for so many lines."""
    own = (font.ascent + font.descent) * letter / 1000
    return 2 * PADDING + own + (lines - 1) * letter * LEADING


def top(font: FormFont, letter: float, tall: float) -> float:
    """Return how high the first of several lines stands in a field so tall."""
    return tall - PADDING - font.ascent * letter / 1000


def halfway(font: FormFont, letter: float, tall: float) -> float:
    """Return how high a line stands that is alone in a field so tall."""
    return (tall - (font.ascent - font.descent) * letter / 1000) / 2


def shown(font: FormFont, lines: Sequence[tuple[float, str]], letter: float, high: float) -> str:
    """Draw lines, each with where it begins; the first stands so high in the field."""
    parts, before, down = [f"BT {inked(letter)}"], 0.0, high
    for start, line in lines:
        parts.append(f"{start - before:.2f} {down:.2f} Td {font.coded(line)} Tj")
        before, down = start, -letter * LEADING
    return " ".join((*parts, "ET"))


def within(width: float, tall: float, drawn: str) -> str:
    """Keep what is drawn within its field."""
    return f"/Tx BMC q 1 1 {width - 2:.2f} {tall - 2:.2f} re W n {drawn} Q EMC"


def split(text: str) -> tuple[str, str]:
    """Part a text near its middle, at the end of a line or a word if there is one near.

    >>> split("one two three four")
    ('one two', 'three four')
    """
    middle = len(text) // 2
    for sign in "\n ":
        place = text.rfind(sign, middle // 2, middle + 1)
        if place > 0:
            return text[:place], text[place + 1 :]
    return text[:middle], text[middle:]


def _lines(font: FormFont, text: str, letter: float, room: float) -> Iterator[str]:
    line, used, space = "", 0.0, font.width(" ", letter)
    for word in text.split(" "):
        for piece in _pieces(font, word, letter, room):
            wide = font.width(piece, letter)
            if line and used + space + wide > room:
                yield line
                line, used = piece, wide
            else:
                used += wide + (space if line else 0)
                line = f"{line} {piece}" if line else piece
    yield line


def _pieces(font: FormFont, word: str, letter: float, room: float) -> Iterator[str]:
    piece, used = "", 0.0
    for sign in word:
        wide = font.width(sign, letter)
        if piece and used + wide > room:
            yield piece
            piece, used = "", 0.0
        piece, used = piece + sign, used + wide
    yield piece
