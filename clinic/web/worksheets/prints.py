"""What was printed before: the list of it, and the exact PDF once more."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response
from flask.typing import ResponseReturnValue

from clinic.domain.guard import NOT_OPEN
from clinic.domain.said import mark
from clinic.domain.visibility import Layer
from clinic.domain.worksheets import TypeSize
from clinic.services import sheet_prints
from clinic.services.rows import Case, SheetPrint
from clinic.services.sheet_prints import Item
from clinic.web.contents import reviewed
from clinic.web.database import get_db
from clinic.web.errors import Words, error_page
from clinic.web.pages import find_case, show_case
from clinic.web.people import name_of
from clinic.web.sheet_filling.desk import own_desk
from clinic.web.sheet_filling.shutting import Doors
from clinic.web.worksheets.forms import PAPERS
from clinic.web.worksheets.routes import HERE, bp

PRINTED = "/cases/<ref:case_ref>/worksheets/printed"
FOR_ALL = mark("All of them")
FOR_YOU = mark("You alone")


@dataclass(frozen=True)
class Line:
    """One print as the list shows it: `is_shut` where it cannot be printed again just now."""

    ref: str
    titles: Sequence[str]
    for_whom: str
    printed_at: dt.datetime
    author: str
    paper: str
    is_large: bool
    is_filled: bool
    is_shut: bool


@bp.get(PRINTED)
def list_printed(case_ref: str) -> ResponseReturnValue:
    """List what was printed for a case, newest first."""
    db, case = get_db(), find_case(case_ref)
    rows = sheet_prints.list_printed(db, case)
    doors, authors = Doors(own_desk(), case), sheet_prints.authors(db, rows)
    lines = [_line(case, row, authors, doors) for row in rows]
    return show_case("worksheets/list_printed.html", case, HERE, lines=lines, not_open=NOT_OPEN)


@bp.get(f"{PRINTED}/<ref:print_ref>.pdf")
def print_again(case_ref: str, print_ref: str) -> ResponseReturnValue:
    """Give the very PDF that was printed; it stays shut as the sheet itself does."""
    case = find_case(case_ref)
    row, pdf = sheet_prints.again(get_db(), case, print_ref)
    items, doors = sheet_prints.items_of(row), Doors(own_desk(), case)
    if any(doors.is_shut(item) for item in items):
        return error_page(422, Words(mark("This sheet cannot be printed"), NOT_OPEN))
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{_file_name(row, items)}"'
    return response


def _line(case: Case, row: SheetPrint, authors: Mapping[int, str], doors: Doors) -> Line:
    items = sheet_prints.items_of(row)
    return Line(
        row.public_id,
        [_title(item) for item in items],
        _for_whom(case, row),
        row.created_at,
        authors[row.author_id],
        dict(PAPERS)[row.paper.value],
        row.size is TypeSize.LARGE,
        any(item.fields for item in items),
        any(doors.is_shut(item) for item in items),
    )


def _title(item: Item) -> str:
    # A sheet may have been taken off the shelf since.
    known = reviewed().worksheets.get(item.sheet)
    return known.title if known else item.sheet


def _for_whom(case: Case, row: SheetPrint) -> str:
    if row.layer is Layer.PRIVATE:
        return name_of(case, row.partner_id)
    return FOR_ALL if row.layer is Layer.SHARED else FOR_YOU


def _file_name(row: SheetPrint, items: Sequence[Item]) -> str:
    """Name a file after its sheet and the day it was printed, and after nobody."""
    day = row.created_at.astimezone().date().isoformat()
    [first, *others] = items
    if others:
        return f"worksheets-{day}.pdf"
    return f"worksheet-{first.sheet.removeprefix('w')}-{day}.pdf"
