"""From a worksheet and what may be printed into it to the PDF."""

import datetime as dt
from collections.abc import Callable, Sequence

from babel import Locale
from babel.dates import format_date
from flask import current_app

from clinic.content.library import Concern
from clinic.domain.sheets import Footer, SheetFill, behaviours_fill, draw
from clinic.domain.worksheets import Paper, Worksheet
from clinic.pdf.printing import render
from clinic.services.days import today


def blank_fill(sheet: str, concern: Concern, chosen: Sequence[str] | None = None) -> SheetFill:
    """Give what even a blank sheet holds: w02 offers behaviours to place, and no name."""
    if sheet != "w02":
        return SheetFill()
    first = [each.key for each in concern.behaviours.values() if each.asked_first]
    return behaviours_fill([concern.behaviours[key].label for key in chosen or first])


def worded(worksheet: Worksheet) -> Callable[[dt.date], str]:
    """Write days in the sheet's own language, whatever the person who prints it reads."""
    language = Locale.parse(worksheet.language, sep="-")
    return lambda day: format_date(day, "long", language)


def print_sheet(worksheet: Worksheet, fill: SheetFill, paper: Paper, resources: str) -> bytes:
    """Print a sheet; the footer is the same whoever it is for.

    Raises FillError or PrintError, each with a sentence for the person who prints.
    """
    footer = Footer(worded(worksheet)(today()), resources)
    # The template is given the sheet and nothing else: no request, no person, no case.
    template = current_app.jinja_env.get_template("worksheets/sheet.html")
    return render(template.render(sheet=draw(worksheet, fill, footer)), paper)
