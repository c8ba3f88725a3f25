"""Worksheets: the shelf, preparing one, and the PDF."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from clinic.domain.guard import NOT_OPEN
from clinic.domain.said import mark
from clinic.domain.sheets import FillError
from clinic.domain.worksheets import Paper, Worksheet
from clinic.pdf.printing import PrintError
from clinic.services import worksheets
from clinic.services.appointments import find_appointment
from clinic.services.errors import RefusedError
from clinic.web.access import who
from clinic.web.contents import concern_of, reviewed
from clinic.web.database import get_db
from clinic.web.errors import Words, error_page
from clinic.web.filters import sentence
from clinic.web.pages import find_case, show_case
from clinic.web.printing import as_answer, print_sheet
from clinic.web.worksheets.filling import fill, is_shut
from clinic.web.worksheets.finding import FOR_WHOM, find_sheets, picture_version
from clinic.web.worksheets.forms import SearchForm, sheet_form

bp = Blueprint("worksheets", __name__)
HERE = "worksheets.shelf"


def _worksheet(sheet: str) -> Worksheet:
    found: Worksheet | None = reviewed().worksheets.get(sheet)
    return found or abort(404)


@bp.get("/cases/<ref:case_ref>/worksheets")
def shelf(case_ref: str) -> ResponseReturnValue:
    """Show the worksheets that can be printed, by phase, or those that some words find."""
    form = SearchForm(request.args)
    words = form.words.data or "" if form.validate() else ""
    found = find_sheets(words, reviewed().worksheets.values())
    return show_case(
        "worksheets/shelf.html",
        find_case(case_ref),
        HERE,
        form,
        words=words,
        found=found,
        for_whom=FOR_WHOM,
        picture_of=picture_version,
    )


@bp.get("/cases/<ref:case_ref>/worksheets/<sheet:sheet>")
def prepare(case_ref: str, sheet: str) -> ResponseReturnValue:
    """Choose for whom a sheet is, what is filled in, the paper and the size of type.

    Opened from an appointment, printing it notes there that it was handed out.
    """
    case, worksheet = find_case(case_ref), _worksheet(sheet)
    form = sheet_form(case, concern_of(case), worksheet, None)
    closed = sentence(NOT_OPEN) if is_shut(case, worksheet) else ""
    if at := request.args.get("appointment", ""):
        find_appointment(get_db(), case, at)
    return show_case(
        "worksheets/prepare.html",
        case,
        HERE,
        form,
        worksheet=worksheet,
        closed=closed,
        appointment_ref=at,
    )


@bp.get("/cases/<ref:case_ref>/worksheets/<sheet:sheet>.pdf")
def print_one(case_ref: str, sheet: str) -> ResponseReturnValue:
    """Print one sheet for its audience, with nothing that the audience may not read."""
    case, worksheet = find_case(case_ref), _worksheet(sheet)
    form = sheet_form(case, concern_of(case), worksheet, request.args)
    if not form.validate():
        return show_case(
            "worksheets/prepare.html", case, HERE, form, worksheet=worksheet, closed=""
        )
    try:
        filled, resources = fill(case, worksheet, form), who().practice.resource_line
        pdf = print_sheet(
            worksheet,
            filled,
            Paper(form.paper.data),
            resources,
            form.type_size,
            fillable=form.is_fillable,
        )
    except (FillError, PrintError, RefusedError) as fault:
        return error_page(422, Words(mark("This sheet cannot be printed"), fault.args[0]))
    worksheets.record_print(get_db(), sheet, case_ref, form.reader_ref)
    return as_answer(worksheet, pdf)
