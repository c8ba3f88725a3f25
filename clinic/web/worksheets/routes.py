"""Worksheets: the shelf, preparing one with a preview, and printing it."""

from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.guard import NOT_OPEN
from clinic.domain.said import mark
from clinic.domain.worksheets import Worksheet
from clinic.services import sheet_prints, worksheets
from clinic.services.appointments import find_appointment
from clinic.services.errors import RefusedError
from clinic.services.rows import Case
from clinic.web.contents import concern_of, reviewed
from clinic.web.database import get_db, let_others_write
from clinic.web.errors import Words, error_page
from clinic.web.filters import sentence
from clinic.web.pages import find_case, show_case
from clinic.web.sheet_filling.desk import own_desk
from clinic.web.sheet_filling.shutting import is_shut
from clinic.web.sheet_finding import FOR_WHOM, find_sheets, picture_version
from clinic.web.worksheets.choices import choices_of, left_empty
from clinic.web.worksheets.forms import PaperForm, SearchForm, asked_in_address, sheet_form
from clinic.web.worksheets.previews import (
    Preview,
    draw_pages,
    press,
    preview_of,
    printed,
    ready,
)

bp = Blueprint("worksheets", __name__)
HERE = "worksheets.shelf"
OF_SHEET = "/cases/<ref:case_ref>/worksheets/<sheet:sheet>"
#: Asks for the preview, in an address and as the name of a button.
SHOW = "show"
#: Names the appointment at which the sheet will be handed out.
APPOINTMENT = "appointment"
CHANGED = mark("This sheet has changed since it was shown. Look at it again, then print it")


def _worksheet(sheet: str) -> Worksheet:
    found: Worksheet | None = reviewed().worksheets.get(sheet)
    return found or abort(404)


def _form(case: Case, worksheet: Worksheet) -> PaperForm:
    posted = request.method == "POST"
    given = request.form if posted else asked_in_address(case, request.args)
    return sheet_form(case, concern_of(case), worksheet, given)


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


@bp.route(OF_SHEET, methods=["GET", "POST"])
def prepare(case_ref: str, sheet: str) -> ResponseReturnValue:
    """Choose for whom a sheet is and what is filled in, look at it as it will print, and print.

    Opened from an appointment, printing it notes there that it was handed out.
    """
    case, worksheet = find_case(case_ref), _worksheet(sheet)
    form = _form(case, worksheet)
    asked = request.method == "POST" or bool(request.args)
    sound = asked and form.validate()
    if request.method == "POST" and sound:
        if SHOW in request.form:
            choices: dict[str, Any] = {**form.choices, SHOW: 1, APPOINTMENT: _appointment(case)}
            return redirect(url_for(".prepare", case_ref=case_ref, sheet=sheet, **choices))
        with form.refusals():
            ref = _print(case, worksheet, form)
            return redirect(url_for(".print_again", case_ref=case_ref, print_ref=ref))
    if request.method == "POST":
        # Printing let go of what was read.
        case = find_case(case_ref)
    return _show(case, worksheet, form, shows=sound and SHOW in request.args)


def _appointment(case: Case) -> str | None:
    """Give the appointment from which the sheet is prepared; MissingError for another case's."""
    ref = request.values.get(APPOINTMENT, "")
    return find_appointment(get_db(), case, ref).public_id if ref else None


def _print(case: Case, worksheet: Worksheet, form: PaperForm) -> str:
    """Print a sheet and put it on record, both or neither; gives the record's public id."""
    db, case_ref, sheet = get_db(), case.public_id, ready(own_desk(), case, worksheet, form)
    # Nobody who wants to save something waits for the press.
    let_others_write()
    pdf = press(sheet, form)
    if form.seen.data and form.seen.data != sheet_prints.digest(pdf):
        raise RefusedError(CHANGED)
    row = sheet_prints.record(db, find_case(case_ref), printed(sheet, form), pdf)
    db.commit()
    return row.public_id


def _show(case: Case, worksheet: Worksheet, form: PaperForm, *, shows: bool) -> ResponseReturnValue:
    desk = own_desk()
    closed = is_shut(desk, case, worksheet)
    shown = preview_of(desk, case, worksheet, form) if shows and not closed else Preview()
    choices = {} if closed else choices_of(desk, case, worksheet, form)
    return show_case(
        "worksheets/prepare.html",
        case,
        HERE,
        form,
        worksheet=worksheet,
        closed=sentence(NOT_OPEN) if closed else "",
        choices=choices,
        left_empty=left_empty(choices),
        preview=shown,
        pages=_pictures(case, worksheet, form, shown),
        appointment_ref=_appointment(case),
    )


def _pictures(case: Case, worksheet: Worksheet, form: PaperForm, shown: Preview) -> list[str]:
    """Give each picture's address; it names the very pages, so that no older ones are shown."""
    facts: dict[str, Any] = {"case_ref": case.public_id, "sheet": worksheet.key, **form.choices}
    mark_of_pages = shown.digest[:12]
    return [
        url_for(".preview", page=page, of=mark_of_pages, **facts)
        for page in range(1, shown.pages + 1)
    ]


@bp.get(f"{OF_SHEET}/pages/<int:page>.png")
def preview(case_ref: str, sheet: str, page: int) -> ResponseReturnValue:
    """Show one page of a sheet as it will print; nothing is put on record but that it was seen."""
    case, worksheet = find_case(case_ref), _worksheet(sheet)
    form = _form(case, worksheet)
    if not form.validate():
        abort(404)
    try:
        pages = draw_pages(press(ready(own_desk(), case, worksheet, form), form))
    except RefusedError as refusal:
        return error_page(422, Words(mark("This sheet cannot be printed"), refusal.args[0]))
    if not 1 <= page <= len(pages):
        abort(404)
    worksheets.note_preview(get_db(), sheet, case_ref, form.reader_ref)
    return Response(pages[page - 1], mimetype="image/png")
