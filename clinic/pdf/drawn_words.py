"""The words within a drawing, drawn in one piece.

WeasyPrint sets the words of an SVG letter by letter: Arabic falls apart, Hebrew runs backwards,
and a mark stands beside its letter. Only `clinic.pdf.layout` uses this.
"""

from collections.abc import Iterator
from typing import Any

from weasyprint import svg

_draw_letters = svg.text


class _OnePiece(str):
    """A text whose only letter is itself."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        """Give the whole text, once."""
        return iter([str(self)] if self else [])


def _draw_words(drawing: Any, node: Any, font_size: float) -> None:
    element = node._etree_node
    element.text = _OnePiece(element.text or "")
    _draw_letters(drawing, node, font_size)


def keep_words_whole() -> None:
    """Have every drawing from here on set whole words."""
    # WeasyPrint asks what draws a text in both of these places.
    svg.TAGS.update({name: _draw_words for name in svg.TAGS if svg.TAGS[name] is svg.text})
    svg.text = _draw_words
