"""How much room a label takes in a drawing, and where its lines break."""

import unicodedata

#: Room for one letter and one line of a label, at the size drawings are printed in.
CHARACTER = 7.4
LINE_HEIGHT = 17.0

#: A label longer than this many lines ends with a sign; what it belongs to keeps it whole.
MOST_LINES = 4

_MORE = "…"


def wrapped(text: str, characters: int, most: int = MOST_LINES) -> tuple[str, ...]:
    """Break a text into lines of so many letters; a text of too many lines ends with a sign.

    Words that are too long for a line are broken; a line has room for at least 3 letters. An
    empty text is one empty line.

    >>> wrapped("Messages late at night", 12)
    ('Messages', 'late at', 'night')
    >>> wrapped("Messages late at night", 12, most=1)
    ('Messages…',)
    """
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, characters):
            joined = f"{lines[-1]} {piece}".strip()
            if letters(joined) <= characters or not lines[-1]:
                lines[-1] = joined
            else:
                lines.append(piece)
    if len(lines) > most:
        last = _pieces(lines[most - 1], characters - 1)[0]
        return (*lines[: most - 1], f"{last.rstrip()}{_MORE}")
    return tuple(lines)


def letters(text: str) -> int:
    """Count the places a text takes: signs of double width two, accents on a letter none.

    >>> letters("night")
    5
    >>> letters("夜")
    2
    """
    return sum(map(_places_of, text))


def _places_of(sign: str) -> int:
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _pieces(word: str, characters: int) -> list[str]:
    pieces, room = [""], characters
    for sign in word:
        if room < _places_of(sign) and pieces[-1]:
            pieces.append("")
            room = characters
        pieces[-1] += sign
        room -= _places_of(sign)
    return pieces
