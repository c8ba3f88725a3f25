"""The pieces of a worksheet that have rows and columns.

Source: clinical design 6.0 and 6.1.
"""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from clinic.domain.blocks import Block, Rows, WorksheetError


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneGrid(Block):
    """Behaviours to place, one a row, with a circle for each column."""

    kind: ClassVar[str] = "zone_grid"
    label: str
    number_heading: str
    row_heading: str
    columns: tuple[str, ...]
    blank_rows: int

    def rows(self, given: Rows) -> Rows:
        """Return the given behaviours, then empty rows for the reader's own."""
        return given + (("",),) * self.blank_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings(Block):
    """One reader's own 0 to 10 ratings: rows of appointment and number, `across` to a band."""

    kind: ClassVar[str] = "ratings"
    label: str
    when: str
    number: str
    across: int
    spare: int

    def rows(self, given: Rows) -> Rows:
        """Return the given ratings and at least `spare` empty places, in whole bands."""
        wanted = len(given) + self.spare
        places = -(-wanted // self.across) * self.across
        return given + (("", ""),) * (places - len(given))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Block):
    """A table with named columns and empty rows to fill in."""

    kind: ClassVar[str] = "table"
    label: str
    columns: tuple[str, ...]
    blank_rows: int

    def rows(self, given: Rows) -> Rows:
        """Return the given rows, then the empty ones."""
        if any(len(row) != len(self.columns) for row in given):
            raise WorksheetError(f"Each row of “{self.label}” needs {len(self.columns)} cells.")
        return given + (("",) * len(self.columns),) * self.blank_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix(Block):
    """A table whose columns come with what is filled in: the first row given holds headings.

    `key` says what the signs in its cells mean. A blank sheet leaves it out.
    """

    kind: ClassVar[str] = "matrix"
    label: str
    key: str

    def rows(self, given: Rows) -> Rows:
        """Return the given rows, each of which needs a cell for every heading."""
        if any(len(row) != len(given[0]) for row in given):
            raise WorksheetError(f"Each row of “{self.label}” needs a cell for every heading.")
        return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare(Block):
    """Two lists side by side, each with a heading and `count` lines to write on."""

    kind: ClassVar[str] = "compare"
    label: str
    left: str
    right: str
    count: int

    def rows(self, given: Rows) -> Rows:
        """Return the given rows of two cells, or empty ones."""
        if any(len(row) != 2 for row in given):
            raise WorksheetError(f"Each row of “{self.label}” needs 2 cells.")
        return given or (("", ""),) * self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class Views(Block):
    """A table with a column for each person: how each of them sees every topic.

    The first row given holds the people's names; a blank sheet leaves room to write them beside
    `name_heading`. `together` heads a last column for what they say together, "" for none.
    `topics` are offered to choose from while none is given.
    """

    kind: ClassVar[str] = "views"
    label: str
    row_heading: str
    name_heading: str
    topics: tuple[str, ...] = ()
    together: str = ""
    blank_rows: int
    people: int = 2

    def for_people(self, people: int) -> Self:
        """Return the table with a column for each."""
        return replace(self, people=max(self.people, people))

    def rows(self, given: Rows) -> Rows:
        """Return the headings, the given rows or else the topics, and empty ones.

        A given row has a cell for every heading; another number is refused.
        """
        names = given[0] if given else (self.name_heading,) * self.people
        headings = (self.row_heading, *names, *((self.together,) if self.together else ()))
        if any(len(row) != len(headings) for row in given[1:]):
            raise WorksheetError(f"Each row of “{self.label}” needs a cell for every name.")
        blank = ("",) * (len(headings) - 1)
        return (
            headings,
            *(given[1:] or ((topic, *blank) for topic in self.topics)),
            *(("", *blank) for _ in range(self.blank_rows)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Days(Block):
    """A week or a month to fill in: days across, and what is planned or noted down the side."""

    kind: ClassVar[str] = "days"
    label: str
    corner: str
    days: tuple[str, ...]
    lines: tuple[str, ...]
