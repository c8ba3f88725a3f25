"""One worksheet with what may be printed into it: the page a template draws.

The fill holds only what its audience may read, so a sheet cannot print what it was
never given. An empty fill gives a blank sheet to write on. Texts are printed whole
or refused with a reason, never cut.

Source: clinical design 6.0; caps from the printing measurements.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from clinic.domain.blocks import Block, Lines, Rows
from clinic.domain.drawn import DrawnBlock, text_height
from clinic.domain.issue_map import IssueMap
from clinic.domain.print_pages import PrintPage
from clinic.domain.said import mark, say
from clinic.domain.scripts import most_marks, printable
from clinic.domain.worksheets import NAME_FIELD, Section, TypeSize, Worksheet

#: The longest text one field prints, in characters and in lines: what can be typed into one place,
#: and what is said beside it.
MAX_CHARACTERS = 4_500
MAX_LINES = 200

#: The most marks one letter can wear without touching the line above.
MAX_MARKS = 6

#: The most rows of one field and the most entries of one group, such as goals.
MAX_ENTRIES = 200

#: The longest line of resources in the footer, so that the footer keeps its height.
MAX_RESOURCES = 240

#: The longest line of resources that fits the usual foot of a page in large print.
_SHORT_RESOURCES = 110

#: The most rows of a table that stay on one page together.
_WHOLE_ROWS = {TypeSize.NORMAL: 14, TypeSize.LARGE: 8}

#: A cautious guess at a page of a table in each size of type: its lines, and their letters.
_TABLE_PAGE = {TypeSize.NORMAL: (34, 70), TypeSize.LARGE: (18, 44)}

#: What every page of every sheet says at its foot.
STOP = mark("Stop if this becomes unsafe or too much; bring it to the next appointment.")

#: How the pages are counted there.
PAGE = mark("Page %(page)s of %(pages)s")


class FillError(ValueError):
    """What was to be printed does not fit the worksheet; the text says which field and why."""


@dataclass(frozen=True, slots=True)
class SheetFill:
    """What may be printed into one sheet for one audience; empty means a blank sheet.

    `fields` holds single fields; `groups` holds entries of a repeated section, such as
    the goals, each with fields of its own; `drawings` holds what is drawn and not written.
    `people` says for how many partners it leaves room.
    """

    fields: Mapping[str, Rows] = field(default_factory=dict)
    groups: Mapping[str, tuple[Mapping[str, Rows], ...]] = field(default_factory=dict)
    drawings: Mapping[str, IssueMap] = field(default_factory=dict)
    people: int = 2

    def only(self, names: Collection[str]) -> "SheetFill":
        """Return the fill with these fields alone; `goals.why` names a field of a group.

        A group of which nothing is left leaves no entry behind.

        >>> SheetFill(fields={"name": (("Kim",),), "partners": (("Lou",),)}).only(["name"]).fields
        {'name': (('Kim',),)}
        """
        kept = {
            group: tuple(
                {name: rows for name, rows in entry.items() if f"{group}.{name}" in names}
                for entry in entries
            )
            for group, entries in self.groups.items()
        }
        return replace(
            self,
            fields={name: rows for name, rows in self.fields.items() if name in names},
            groups={group: entries for group, entries in kept.items() if any(entries)},
            drawings={name: drawn for name, drawn in self.drawings.items() if name in names},
        )

    def given(self, name: str) -> Rows:
        """Give the rows of one field; those of a group's field from all of its entries.

        >>> fill = SheetFill(groups={"goals": ({"text": (("Talk",),)}, {"text": (("Walk",),)})})
        >>> fill.given("goals.text"), fill.given("name")
        ((('Talk',), ('Walk',)), ())
        """
        group, dot, field_name = name.partition(".")
        if not dot:
            return self.fields.get(name, ())
        entries = self.groups.get(group, ())
        return tuple(row for entry in entries for row in entry.get(field_name, ()))


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One shared goal as its sheet prints it, with the reader's own ratings only.

    Dates are worded for the reader beforehand. `anchors` is empty or five texts from
    -2 to +2; a rating is the appointment and a number from 0 to 10.
    """

    text: str
    owners: str = ""
    why: str = ""
    anchors: tuple[str, ...] = ()
    review: str = ""
    ratings: tuple[tuple[str, int], ...] = ()

    def fields(self) -> dict[str, Rows]:
        """Return the goal's fields; a number outside 0 to 10 is refused."""
        if any(not 0 <= number <= 10 for _, number in self.ratings):
            raise FillError(mark("ratings: a rating is a number from 0 to 10."))
        if len(self.anchors) not in {0, 5}:
            raise FillError(mark("anchors: a goal has five steps, empty ones included."))
        return {
            "text": text_rows(self.text),
            "owners": text_rows(self.owners),
            "why": text_rows(self.why),
            "anchors": tuple((anchor,) for anchor in self.anchors),
            "review": text_rows(self.review),
            "ratings": tuple((when, str(number)) for when, number in self.ratings),
        }


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands at the foot of every page, the same for everyone.

    The date is worded for the reader; `resources` is the practice's line of help. `stop` and
    `page`, which counts the pages, are said in the sheet's own language.
    """

    date: str
    resources: str = ""
    stop: str = STOP
    page: str = PAGE

    @property
    def is_long(self) -> bool:
        """Whether large print needs a higher foot for it."""
        return len(self.resources) > _SHORT_RESOURCES

    @property
    def around_numbers(self) -> tuple[str, str, str]:
        """What stands before, between and after the page's number and the number of pages.

        >>> Footer("today").around_numbers
        ('Page ', ' of ', '')
        """
        before, _, rest = self.page.partition("%(page)s")
        between, _, after = rest.partition("%(pages)s")
        return before, between, after


@dataclass(frozen=True, slots=True)
class DrawnSection:
    """One headed part of the page."""

    title: str
    blocks: tuple[DrawnBlock, ...]
    new_page: bool


@dataclass(frozen=True, slots=True)
class Sheet(PrintPage):
    """The page model: everything the template draws, and nothing else.

    A `fillable` one is drawn with fields in place of room to write; what is written on paper is
    left out of the page and comes from `values`.
    """

    worksheet: Worksheet
    name: DrawnBlock
    sections: tuple[DrawnSection, ...]
    footer: Footer
    size: TypeSize = TypeSize.NORMAL
    fillable: bool = False

    def values(self) -> Mapping[str, str]:
        """Give what is written in the places of the sheet, by their names."""
        drawn = (block for section in self.sections for block in section.blocks)
        return dict(value for block in (self.name, *drawn) for value in block.values())

    def keeps_whole(self, drawn: DrawnBlock) -> bool:
        """Tell whether a table fits a page, so that it is never split over two."""
        lines, _ = _TABLE_PAGE[self.size]
        return len(drawn.rows) <= _WHOLE_ROWS[self.size] and sum(self._lines(drawn)) <= lines

    def breaks_rows(self, drawn: DrawnBlock) -> bool:
        """Tell whether a row of a table may run on to the next page, as it might not fit one."""
        lines, _ = _TABLE_PAGE[self.size]
        return max(self._lines(drawn), default=0) > lines // 2

    def _lines(self, drawn: DrawnBlock) -> list[int]:
        _, letters = _TABLE_PAGE[self.size]
        return [
            max(text_height(cell, letters // len(row)) for cell in row) for row in drawn.rows if row
        ]


def text_rows(text: str) -> Rows:
    """Return a text as the rows of a field; a text of blanks is no text.

    >>> text_rows("One talk a week")
    (('One talk a week',),)
    >>> text_rows("  ")
    ()
    """
    return ((text,),) if text.strip() else ()


def behaviours_fill(labels: Sequence[str], name: str = "") -> SheetFill:
    """Return the fill of a sheet that places behaviours.

    The labels come from the inventory, chosen by the therapist, the same for every
    partner: never words one partner typed.
    """
    rows = tuple((label,) for label in labels)
    return SheetFill(fields={NAME_FIELD: text_rows(name), "behaviours": rows})


def goals_fill(goals: Sequence[GoalRow], name: str = "", partners: Sequence[str] = ()) -> SheetFill:
    """Return the fill of a sheet about shared goals, for one reader."""
    people = tuple((partner,) for partner in partners)
    return SheetFill(
        fields={NAME_FIELD: text_rows(name), "partners": people},
        groups={"goals": tuple(goal.fields() for goal in goals)},
    )


def draw(
    worksheet: Worksheet, fill: SheetFill, footer: Footer, size: TypeSize = TypeSize.NORMAL
) -> Sheet:
    """Return the page of one worksheet with what was given, or room to write.

    Refuses (FillError) a field or group the worksheet does not name, a text of more
    than 4,500 characters or 200 lines, more than 200 entries, and a footer that would
    outgrow its place.
    """
    check_footer(footer)
    _check_fill(worksheet, fill)
    name = Lines(field=NAME_FIELD, label=worksheet.name_label, count=1)
    return Sheet(
        worksheet=worksheet,
        name=_drawn(name, fill, "0"),
        sections=tuple(
            drawn
            for number, section in enumerate(worksheet.sections, start=1)
            for drawn in _draw_section(section, fill, str(number))
            if drawn.blocks
        ),
        footer=footer,
        size=size,
    )


def _draw_section(section: Section, fill: SheetFill, number: str) -> list[DrawnSection]:
    if section.repeat is None:
        return [_one_section(section, section.title, fill, number)]
    entries = fill.groups.get(section.repeat) or ({},) * section.blank
    return [
        _one_section(
            section,
            f"{section.title} {place}",
            SheetFill(fields=entry, people=fill.people),
            f"{number}-{place}",
        )
        for place, entry in enumerate(entries, start=1)
    ]


def _one_section(section: Section, title: str, fill: SheetFill, number: str) -> DrawnSection:
    blocks = (block.for_people(fill.people) for block in section.blocks)
    about = title if section.repeat else ""
    drawn = (
        _drawn(block, fill, f"{number}-{place}", about)
        for place, block in enumerate(blocks, start=1)
    )
    kept = tuple(block for block in drawn if not block.is_left_out)
    return DrawnSection(title, kept, section.new_page)


def _drawn(block: Block, fill: SheetFill, number: str, about: str = "") -> DrawnBlock:
    given = fill.fields.get(block.field, ()) if block.field else ()
    cleaned = tuple(tuple(printable(cell) for cell in row) for row in given)
    drawing = fill.drawings.get(block.field or "")
    return DrawnBlock(block, block.rows(cleaned), drawing, number, about)


def check_footer(footer: Footer) -> None:
    """Refuse a footer that would need more than its place on the page."""
    text = footer.date + footer.resources
    if len(text) > MAX_RESOURCES or len(text.splitlines()) > 1:
        raise FillError(
            say(
                "footer: the date and the resource line need to fit %(most)s characters "
                "without a line break.",
                most=MAX_RESOURCES,
            )
        )


def _check_fill(worksheet: Worksheet, fill: SheetFill) -> None:
    for name in fill.drawings:
        _check_named(worksheet, name)
    for name, rows in fill.fields.items():
        _check_field(worksheet, name, rows)
    for group, entries in fill.groups.items():
        _check_count(group, len(entries))
        for entry in entries:
            for name, rows in entry.items():
                _check_field(worksheet, f"{group}.{name}", rows)


def _check_field(worksheet: Worksheet, name: str, rows: Rows) -> None:
    if rows:
        _check_named(worksheet, name)
    _check_count(name, len(rows))
    for row in rows:
        for cell in row:
            _check_cell(name, cell)


def _check_named(worksheet: Worksheet, name: str) -> None:
    if name not in worksheet.prefill:
        raise FillError(say("%(field)s: this worksheet has no such field.", field=name))


def _check_cell(name: str, cell: str) -> None:
    if len(cell) > MAX_CHARACTERS:
        raise FillError(
            say(
                "%(field)s: a text of %(count)s characters is too long to print. "
                "Shorten it to %(most)s.",
                field=name,
                count=f"{len(cell):,}",
                most=f"{MAX_CHARACTERS:,}",
            )
        )
    if most_marks(cell) > MAX_MARKS:
        raise FillError(
            say(
                "%(field)s: a letter wears more marks than can be printed. "
                "Give it %(most)s at most.",
                field=name,
                most=MAX_MARKS,
            )
        )
    if len(cell.splitlines()) > MAX_LINES:
        raise FillError(
            say(
                "%(field)s: a text of more than %(most)s lines is too long to print.",
                field=name,
                most=MAX_LINES,
            )
        )


def _check_count(name: str, count: int) -> None:
    if count > MAX_ENTRIES:
        raise FillError(
            say(
                "%(field)s: %(count)s entries are too many for one sheet (%(most)s).",
                field=name,
                count=count,
                most=MAX_ENTRIES,
            )
        )
