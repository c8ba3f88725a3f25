"""The places to fill in on a page, before and after it is laid out.

A page marks them with the form elements of HTML: `input` for a line, a tick or a choice, and
`textarea` for room to write. A `Shape` says how tall places need to be for what goes into them.

Source: ISO 32000-1, 12.7 (interactive forms).
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum, unique
from html import escape
from typing import NamedTuple
from xml.etree.ElementTree import Element

#: How tall the parts of a place need to be, in points, by its name; several parts follow each
#: other, for a field is never split over two pages.
Shape = Mapping[str, tuple[float, ...]]


@unique
class Kind(StrEnum):
    """What is done at a place: write one line, a word or several lines, tick, or ring one of many.

    A word stands in the middle of its field, as a number in a table does.
    """

    LINE = "line"
    WORD = "word"
    LINES = "lines"
    TICK = "tick"
    DOT = "dot"
    RING = "ring"


#: As tall as a page of PDF may be, in points.
_TALLEST_PAGE = 14_400
_NO_FOOT = "@bottom-left { content: none } @bottom-right { content: none }"

#: How tall a row of a place is, in sizes of type: less than a hand needs, more than a typed line.
_ROW = 1.9
_LOWEST = 2.2

_KINDS = {"checkbox": Kind.TICK, "radio": Kind.RING}
_LOOKS = {(Kind.TICK, "dot"): Kind.DOT, (Kind.LINE, "word"): Kind.WORD}

#: What text is written into.
WRITTEN = frozenset({Kind.LINE, Kind.WORD, Kind.LINES})


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the page asks for it; `value` is what a ring stands for."""

    name: str
    label: str
    kind: Kind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as it was laid out; lengths in points, `letter` is the size of its type.

    `backwards` says that it is written from right to left.
    """

    place: Place
    width: float
    height: float
    letter: float
    backwards: bool = False


class Text(NamedTuple):
    """A text to be drawn by the layout: how wide, and how large its type is, in points."""

    text: str
    width: float
    letter: float
    backwards: bool = False


def mark_places(root: Element, shape: Shape) -> Sequence[Place]:
    """Find the places of a page in order, shape them, and name each element after its number."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for element in _fields(root):
        _lay(element)
    for element in [each for each in _fields(root) if each.get("name") in shape]:
        _stretch(element, shape[str(element.get("name"))], parents)
    return [_numbered(element, place) for place, element in enumerate(_fields(root))]


def texts_page(texts: Sequence[Text]) -> str:
    """Write a page for each text, as wide as its field and as tall as a page can be."""
    styles, parts = [], []
    for place, (text, width, letter, backwards) in enumerate(texts):
        size = f"size: {width:.2f}pt {_TALLEST_PAGE}pt; margin: 0"
        side = "rtl" if backwards else "ltr"
        styles.append(f"@page t{place} {{ {size}; {_NO_FOOT} }}")
        parts.append(
            f'<section dir="{side}" style="page: t{place}; font-size: {letter:g}pt">'
            f'<div class="value" id="{start_of(place)}">{escape(text)}</div>'
            f'<p id="{end_of(place)}"></p></section>'
        )
    return (
        f"<!doctype html><html lang=en><title>-</title><style>{''.join(styles)}</style>"
        f"<body>{''.join(parts)}"
    )


def start_of(place: int) -> str:
    """Name the start of a text, which may be on another page than its end."""
    return f"start{place}"


def end_of(place: int) -> str:
    """Name the end of a text, from which its height is read."""
    return f"end{place}"


def part_name(name: str, part: int) -> str:
    """Name a part of a place; the first has the name of the whole.

    >>> part_name("2-1", 0), part_name("2-1", 1)
    ('2-1', '2-1-part2')
    """
    return f"{name}-part{part + 1}" if part else name


def _fields(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if element.tag in {"input", "textarea"})


def _lay(element: Element) -> None:
    """Give a place the height of its rows, or the spot on a drawing that it names."""
    if rows := element.get("rows"):
        element.set("style", f"height: {max(int(rows) * _ROW, _LOWEST):.2f}em")
    if at := element.get("data-at"):
        sides = zip(("left", "top", "width", "height"), at.split(), strict=True)
        element.set("style", "; ".join(f"{side}: {float(share)}%" for side, share in sides))


def _stretch(element: Element, heights: tuple[float, ...], parents: dict[Element, Element]) -> None:
    parent, name, label = parents[element], str(element.get("name")), element.get("title", "")
    place = list(parent).index(element)
    for part, height in enumerate(heights):
        piece = element if part == 0 else deepcopy(element)
        piece.tag = "textarea"
        piece.set("name", part_name(name, part))
        piece.set("style", f"{element.get('style', '')}; height: {height:.2f}pt")
        if len(heights) > 1:
            piece.set("title", f"{label} ({part + 1}/{len(heights)})")
        if part:
            parent.insert(place + part, piece)
    if len(heights) > 1:
        _let_break(parent, parents)


def _let_break(element: Element | None, parents: dict[Element, Element]) -> None:
    """Let what is too tall for one page run on to the next."""
    while element is not None:
        element.set("style", f"{element.get('style', '')}; break-inside: auto")
        element = parents.get(element)


def _numbered(element: Element, number: int) -> Place:
    place = Place(
        element.get("name", ""), element.get("title", ""), _kind(element), element.get("value", "")
    )
    # The layout embeds a whole font for each field of text, and none for a box to tick. It only
    # has to mark the places; `form_finish` makes the fields.
    element.tag = "input"
    element.set("type", "checkbox")
    element.set("name", str(number))
    return place


def _kind(element: Element) -> Kind:
    if element.tag == "textarea":
        return Kind.LINES
    kind = _KINDS.get(element.get("type", ""), Kind.LINE)
    return _LOOKS.get((kind, element.get("data-look", "")), kind)
