"""The practice's library of worksheets: every sheet blank, without a case, and its first page."""

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from clinic.content.library import Concern
from clinic.domain.worksheets import Paper, Worksheet
from clinic.pdf.printing import pictures
from clinic.web.access import who
from clinic.web.contents import reviewed
from clinic.web.pages import show
from clinic.web.printing import as_answer, blank_fill, print_sheet
from clinic.web.sheet_finding import FOR_WHOM, find_sheets, picture_version
from clinic.web.worksheets.forms import LibraryForm
from clinic.web.worksheets.routes import bp

#: How wide the picture of a sheet's first page is, in pixels: sharp at half of it.
PICTURE_WIDTH = 320


@bp.get("/worksheets")
def library() -> ResponseReturnValue:
    """Show every worksheet with its first page, by phase, or those that some words find."""
    form = LibraryForm(request.args)
    words = form.words.data or "" if form.validate() else ""
    found = find_sheets(words, reviewed().worksheets.values())
    return show(
        "worksheets/library.html",
        form,
        words=words,
        found=found,
        for_whom=FOR_WHOM,
        picture_of=picture_version,
    )


@bp.get("/worksheets/<sheet:sheet>.pdf")
def print_blank(sheet: str) -> ResponseReturnValue:
    """Print one sheet blank: nobody's name is on it, and no record is made."""
    worksheet, form = _sheet(sheet), LibraryForm(request.args)
    paper = Paper(form.paper.data or Paper.A4) if form.validate() else Paper.A4
    fill, resources = blank_fill(worksheet, _concern()), who().practice.resource_line
    return as_answer(worksheet, print_sheet(worksheet, fill, paper, resources, form.type_size))


@bp.get("/worksheets/<sheet:sheet>.png")
def picture(sheet: str) -> ResponseReturnValue:
    """Draw the first page of a blank sheet, small."""
    worksheet = _sheet(sheet)
    pdf = print_sheet(worksheet, blank_fill(worksheet, _concern()), Paper.A4, "")
    return Response(pictures(pdf, PICTURE_WIDTH)[0], mimetype="image/png")


def _sheet(key: str) -> Worksheet:
    found: Worksheet | None = reviewed().worksheets.get(key)
    return found or abort(404)


def _concern() -> Concern:
    return next(iter(reviewed().library.concerns.values()))
