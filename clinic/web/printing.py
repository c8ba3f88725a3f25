"""From a worksheet and what may be printed into it to the PDF."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from babel import Locale
from babel.dates import format_date
from flask import Response, current_app

from clinic.content.library import Concern
from clinic.domain.sheets import PAGE, STOP, Footer, SheetFill, behaviours_fill, draw
from clinic.domain.worksheets import Paper, TypeSize, Worksheet
from clinic.pdf.printing import render, render_form
from clinic.services.days import today
from clinic.web.language import said_in


def blank_fill(
    worksheet: Worksheet, concern: Concern, chosen: Sequence[str] | None = None, people: int = 2
) -> SheetFill:
    """Give what even a blank sheet holds: behaviours to place, and room for so many people."""
    if not worksheet.places_behaviours:
        return SheetFill(people=people)
    first = [each.key for each in concern.behaviours.values() if each.asked_first]
    return behaviours_fill([concern.behaviours[key].label for key in chosen or first])


def worded(worksheet: Worksheet) -> Callable[[dt.date], str]:
    """Write days in the sheet's own language, whatever the person who prints it reads."""
    language = Locale.parse(worksheet.language, sep="-")
    return lambda day: format_date(day, "long", language)


def print_sheet(  # noqa: PLR0913
    worksheet: Worksheet,
    fill: SheetFill,
    paper: Paper,
    resources: str,
    size: TypeSize = TypeSize.NORMAL,
    *,
    fillable: bool = False,
) -> bytes:
    """Print a sheet; the footer is the same whoever it is for.

    A `fillable` one is a form for a screen, with what would be written on paper in its fields.
    Raises FillError or PrintError, each with a sentence for the person who prints.
    """
    stop, page = (said_in(worksheet.language, text) for text in (STOP, PAGE))
    footer = Footer(worded(worksheet)(today()), resources, stop, page)
    sheet = replace(draw(worksheet, fill, footer, size), fillable=fillable)
    # The template is given the sheet and nothing else: no request, no person, no case.
    template = current_app.jinja_env.get_template("worksheets/sheet.html")
    html = template.render(sheet=sheet)
    return render_form(html, paper, sheet.values()) if fillable else render(html, paper)


def file_name(worksheet: Worksheet, mark: str) -> str:
    """Name a printed sheet after its number and a day or a paper, and after nobody."""
    return f"worksheet-{worksheet.key.removeprefix('w')}-{mark}.pdf"


def as_answer(worksheet: Worksheet, pdf: bytes) -> Response:
    """Answer with a printed sheet, to be looked at in the browser."""
    response = Response(pdf, mimetype="application/pdf")
    name = file_name(worksheet, today().isoformat())
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
