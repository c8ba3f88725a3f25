"""What the layout of every printed page asks of whatever is printed on it."""

from dataclasses import dataclass
from typing import Protocol

from clinic.domain.scripts import Direction, direction_of_language, held_together, look


class _Titled(Protocol):
    @property
    def language(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Head:
    """What a printed page says about itself: its title and its language, and nothing else."""

    title: str
    language: str


class PrintPage:
    """A page that is printed; `worksheet` gives its title and its language."""

    __slots__ = ()
    worksheet: _Titled

    @property
    def direction(self) -> Direction:
        """Which way the page is written, as its language is."""
        return direction_of_language(self.worksheet.language)

    def look(self, text: str) -> str:
        """Return the classes of what a person wrote: what differs from the page's own letters."""
        return look(text, self.direction)

    def line(self, text: str) -> str:
        """Return a line for the foot of a page: its numbers and its full stop stay in place."""
        return held_together(text, self.direction)
