"""What a printed page needs to know of letters: which way they run, and what they wear.

Source: Unicode Standard Annex 9, rules P2 and P3: the first letter that has a direction decides.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum, unique
from itertools import groupby

#: Languages written from right to left, by the first part of their tag.
_RIGHT_TO_LEFT = frozenset(
    {"ar", "ckb", "dv", "fa", "he", "ks", "prs", "ps", "sd", "ug", "ur", "yi"}
)

#: Signs that turn a text round whatever its letters are. They are used to deceive, and no
#: language needs them.
_OVERRIDES = frozenset("\u202d\u202e")

#: Where a telephone number would be torn at the end of a line.
_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")


@unique
class Direction(StrEnum):
    """Which way a text is written, by its name in HTML."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


#: Signs that are not drawn and have a direction, so that a full stop beside them stays in place.
_TURNS = {Direction.LEFT_TO_RIGHT: "\u200e", Direction.RIGHT_TO_LEFT: "\u200f"}


def direction_of_language(tag: str) -> Direction:
    """Say which way a language is written, by its tag.

    >>> direction_of_language("en-GB"), direction_of_language("ar-EG")
    (<Direction.LEFT_TO_RIGHT: 'ltr'>, <Direction.RIGHT_TO_LEFT: 'rtl'>)
    """
    first = tag.partition("-")[0].lower()
    return Direction.RIGHT_TO_LEFT if first in _RIGHT_TO_LEFT else Direction.LEFT_TO_RIGHT


def direction_of_text(text: str, usual: Direction) -> Direction:
    """Say which way a text is written: as its first letter is, or as usual where it has none.

    >>> direction_of_text("2. دانا (Sam)", Direction.LEFT_TO_RIGHT).value
    'rtl'
    >>> direction_of_text("Sam (دانا)", Direction.RIGHT_TO_LEFT).value
    'ltr'
    >>> direction_of_text("07:30", Direction.RIGHT_TO_LEFT).value
    'rtl'
    """
    for sign in text:
        match unicodedata.bidirectional(sign):
            case "L":
                return Direction.LEFT_TO_RIGHT
            case "R" | "AL":
                return Direction.RIGHT_TO_LEFT
    return usual


def has_loose_marks(text: str) -> bool:
    """Tell whether a Latin, Greek or Cyrillic letter wears a mark that it has no sign for.

    >>> has_loose_marks("Adébáyọ̀"), has_loose_marks("Zoë Nguyễn")
    (True, False)
    """
    return _is_marked(composed(text))


def composed(text: str) -> str:
    """Return a text whose letters wear their marks wherever there is a sign for both.

    >>> len("Zoe\u0308"), len(composed("Zoe\u0308"))
    (4, 3)
    """
    return unicodedata.normalize("NFC", text) if _is_marked(text) else text


def most_marks(text: str) -> int:
    """Count the marks on the letter of a text that wears the most.

    >>> most_marks("Zoe\u0308"), most_marks("")
    (1, 0)
    """
    runs = (len(run) for is_mark, run in _runs(text) if is_mark)
    return max(runs, default=0)


def _runs(text: str) -> Iterator[tuple[bool, list[str]]]:
    for is_mark, run in groupby(text, lambda sign: unicodedata.category(sign) in {"Mn", "Me"}):
        yield is_mark, list(run)


def _is_marked(text: str) -> bool:
    return any("\u0300" <= sign <= "\u036f" for sign in text)


def printable(text: str) -> str:
    r"""Return a text without control characters and signs that turn it round, accents put on.

    >>> printable("one" + chr(13) + chr(10) + "two" + chr(0))
    'one\ntwo'
    """
    lines = composed(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(
        "".join(sign for sign in line if sign == "\t" or not _is_control(sign)) for line in lines
    )


def _is_control(sign: str) -> bool:
    return sign < " " or "\x7f" <= sign <= "\x9f" or sign in _OVERRIDES


def look(text: str, usual: Direction) -> str:
    """Return the classes of a text beside letters that run as usual, "" for one that is the same.

    >>> look("דנה", Direction.LEFT_TO_RIGHT), look("Adébáyọ̀", Direction.RIGHT_TO_LEFT)
    ('to-rtl', 'to-ltr marked')
    """
    way = direction_of_text(text, usual)
    turned = f"to-{way}" if way is not usual else ""
    return f"{turned} {'marked' if has_loose_marks(text) else ''}".strip()


def held_together(text: str, usual: Direction) -> str:
    """Return a line whose telephone numbers are not torn and whose full stop stays at its end.

    >>> len("Call 0800 000."), len(held_together("Call 0800 000.", Direction.RIGHT_TO_LEFT))
    (14, 15)
    """
    way = direction_of_text(text, usual)
    joined = _BETWEEN_DIGITS.sub("\u00a0", text)
    return joined if way is usual or not text else joined + _TURNS[way]
