"""Worksheets: the shelf, preparing one, and the PDF."""

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from clinic.domain.guard import NOT_OPEN
from clinic.domain.said import mark
from clinic.domain.sheets import FillError, SheetFill
from clinic.domain.visibility import Audience
from clinic.domain.worksheets import Paper, SheetAudience, Worksheet
from clinic.pdf.printing import PrintError
from clinic.services import worksheets
from clinic.services.days import today
from clinic.services.errors import RefusedError
from clinic.services.rows import Case
from clinic.web.access import who
from clinic.web.contents import concern_of, reviewed
from clinic.web.database import get_db, get_narrow_db
from clinic.web.errors import Words, error_page
from clinic.web.filters import sentence
from clinic.web.pages import find_case, show_case
from clinic.web.printing import blank_fill, print_sheet, worded
from clinic.web.worksheets.alone import fill_alone, is_shut
from clinic.web.worksheets.forms import PaperForm, SheetForm, sheet_form

bp = Blueprint("worksheets", __name__)
HERE = "worksheets.shelf"


def _worksheet(sheet: str) -> Worksheet:
    found: Worksheet | None = reviewed().worksheets.get(sheet)
    return found or abort(404)


@bp.get("/cases/<ref:case_ref>/worksheets")
def shelf(case_ref: str) -> ResponseReturnValue:
    """Show the worksheets that can be printed, with what each is for."""
    sheets = reviewed().worksheets.values()
    alone = [sheet for sheet in sheets if sheet.audience is SheetAudience.THERAPIST]
    handed_out = [sheet for sheet in sheets if sheet not in alone]
    case = find_case(case_ref)
    return show_case("worksheets/shelf.html", case, HERE, handed_out=handed_out, alone=alone)


@bp.get("/cases/<ref:case_ref>/worksheets/<sheet:sheet>")
def prepare(case_ref: str, sheet: str) -> ResponseReturnValue:
    """Choose for whom a sheet is, what is filled in, and the paper."""
    case, worksheet = find_case(case_ref), _worksheet(sheet)
    form = sheet_form(case, concern_of(case), worksheet, None)
    closed = sentence(NOT_OPEN) if is_shut(case, sheet) else ""
    return show_case(
        "worksheets/prepare.html", case, HERE, form, worksheet=worksheet, closed=closed
    )


@bp.get("/cases/<ref:case_ref>/worksheets/<sheet:sheet>.pdf")
def print_one(case_ref: str, sheet: str) -> ResponseReturnValue:
    """Print one sheet for one person, with nothing that person may not read."""
    case, worksheet = find_case(case_ref), _worksheet(sheet)
    form = sheet_form(case, concern_of(case), worksheet, request.args)
    if not form.validate():
        return show_case(
            "worksheets/prepare.html", case, HERE, form, worksheet=worksheet, closed=""
        )
    try:
        fill = _fill(case, worksheet, form)
        pdf = print_sheet(worksheet, fill, Paper(form.paper.data), who().practice.resource_line)
    except (FillError, PrintError, RefusedError) as fault:
        return error_page(422, Words(mark("This sheet cannot be printed"), fault.args[0]))
    reader = form["reader"].data if "reader" in form else ""
    worksheets.record_print(get_db(), sheet, case_ref, reader)
    return _pdf(pdf, sheet)


def _fill(case: Case, worksheet: Worksheet, form: PaperForm) -> SheetFill:
    if not isinstance(form, SheetForm):
        return fill_alone(case, worksheet)
    concern, sheet = concern_of(case), worksheet.key
    chosen = form["behaviours"].data if "behaviours" in form else None
    if form.is_blank():
        return blank_fill(sheet, concern, chosen)
    reader = form["reader"].data
    narrow = get_narrow_db(who(), Audience.PARTNER, reader)
    if sheet == "w02":
        labels = [concern.behaviours[key].label for key in chosen or ()]
        return worksheets.behaviours_sheet(narrow, case.public_id, reader, labels)
    return worksheets.goals_sheet(narrow, case.public_id, reader, worded(worksheet))


def _pdf(content: bytes, sheet: str) -> Response:
    number = sheet.removeprefix("w")
    name = f"worksheet-{number}-{today().isoformat()}.pdf"
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
