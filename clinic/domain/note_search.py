"""Finding words in notes: capitals and accents do not matter, and a hit shows its sentence.

Notes are sealed one by one, so nothing of them stands in an index; they are opened and read through
within the reader's own scope.

Source: security.md 3.3 (no blind index over what people wrote).
"""

import re
import unicodedata
from dataclasses import dataclass

#: A sentence longer than this on one side of what was found is cut at a word.
AROUND = 120
_BLANKS = re.compile(r"\s+")
_SENTENCE_ENDS = re.compile(r"[.!?\u2026](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found, as it stands in the text, with the rest of its sentence on both sides."""

    before: str
    found: str
    after: str


def fold(text: str) -> str:
    """Write a text without capitals, accents and double blanks.

    >>> fold("  Élodie   SAID ")
    'elodie said'
    """
    return _BLANKS.sub(" ", "".join(_folded(letter) for letter in text)).strip()


def hits(text: str, wanted: str, most: int) -> list[Hit]:
    """Find the wanted words, side by side, in text order; at most `most` times.

    >>> hits("They met. Élodie came late. It went well.", "elodie  CAME", 5)
    [Hit(before='', found='Élodie came', after=' late.')]
    >>> hits("They met.", " ", 5)
    []
    """
    words = [re.escape(word) for word in fold(wanted).split()]
    if not words:
        return []
    folded, places = _with_places(text)
    found = re.finditer(r"\s+".join(words), folded)
    return [
        _hit(text, places[each.start()], _end(text, places, each.end()))
        for each, _ in zip(found, range(most), strict=False)
    ]


def _folded(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _with_places(text: str) -> tuple[str, list[int]]:
    """Fold a text letter by letter, and say for each letter of it where it came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in _folded(letter):
            letters.append(part)
            places.append(place)
    return "".join(letters), places


def _end(text: str, places: list[int], end: int) -> int:
    # An accent that is a letter of its own belongs to the letter before it.
    after = places[end - 1] + 1
    while after < len(text) and unicodedata.combining(text[after]):
        after += 1
    return after


def _hit(text: str, start: int, end: int) -> Hit:
    begins = max((each.end() for each in _SENTENCE_ENDS.finditer(text, 0, start)), default=0)
    stop = _SENTENCE_ENDS.search(text, end)
    return Hit(
        _cut_before(text[begins:start].lstrip()),
        text[start:end],
        _cut_after(text[end : stop.end() if stop else len(text)].rstrip()),
    )


def _cut_before(text: str) -> str:
    if len(text) <= AROUND:
        return text
    return "\u2026 " + text[-AROUND:].partition(" ")[2]


def _cut_after(text: str) -> str:
    if len(text) <= AROUND:
        return text
    return text[:AROUND].rpartition(" ")[0] + " \u2026"
