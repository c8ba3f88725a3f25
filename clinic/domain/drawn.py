"""A block with what stands in it: the rows a template draws, and the places to fill in on a screen.

A place has a name that no other place of the sheet has, and the question it belongs to. What was
given for it is its value in a form; on paper it is written there.

Source: clinical design 6.0.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from clinic.domain.blocks import Block, Lines, Rows, part_of
from clinic.domain.grids import Matrix
from clinic.domain.issue_map import IssueMap

#: A cautious guess at a page of written text: its lines, and the letters of a line.
_PAGE_LINES = 34
_LINE_LETTERS = 70


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a sheet: a text to read, or with a name a place to fill in."""

    text: str
    name: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class DrawnBlock:
    """A block and the rows drawn for it; an empty cell is room to write.

    `drawing` is what the block draws, None where it writes or nothing was given. `number` is its
    own among the blocks of a sheet, `about` the heading of a section that is there several times.
    """

    block: Block
    rows: Rows
    drawing: IssueMap | None = None
    number: str = ""
    about: str = ""

    @property
    def kind(self) -> str:
        """The name of the template that draws it."""
        return self.block.kind

    @property
    def is_left_out(self) -> bool:
        """Whether it draws nothing: what stands there only when it is filled in."""
        return isinstance(self.block, Matrix | Lines) and not self.rows

    @property
    def tall(self) -> bool:
        """Whether its texts may outgrow a page, so that they have to run on to the next."""
        texts = (cell for row in self.rows for cell in row)
        return sum(text_height(text) for text in texts) > _PAGE_LINES

    def cell(self, row: int = 0, column: int = 0) -> Cell:
        """Return a cell, counted from 0; what is marked and not written has cells of its own."""
        text = self._text(row, column)
        label = self.block.asks(self.rows, row, column)
        if not label:
            return Cell(text)
        label = part_of(self.about, label) if self.about else label
        return Cell(text, f"{self.number}-{row + 1}-{column + 1}", label)

    def values(self) -> Iterator[tuple[str, str]]:
        """Give the name and the text of each place in which something is written."""
        for row, cells in enumerate(self.rows):
            for column in range(len(cells)):
                text = self.block.answer(self.rows, row, column)
                if text and (name := self.cell(row, column).name):
                    yield name, text

    def _text(self, row: int, column: int) -> str:
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else ""


def text_height(text: str, letters: int = _LINE_LETTERS) -> int:
    r"""Guess how many lines of so many letters a text takes.

    >>> text_height("one\ntwo"), text_height("a" * 25, letters=10)
    (2, 3)
    """
    return sum(1 + len(line) // letters for line in text.split("\n"))
