"""From the choices on the page to the PDF: what is shown and what is printed are the same."""

from dataclasses import dataclass

from clinic.domain.sheets import FillError, SheetFill
from clinic.domain.worksheets import Worksheet
from clinic.pdf.printing import PrintError, pictures
from clinic.services import sheet_prints
from clinic.services.errors import RefusedError
from clinic.services.rows import Case
from clinic.services.sheet_prints import Item, Printed
from clinic.web.printing import print_sheet
from clinic.web.sheet_filling.desk import Desk
from clinic.web.sheet_filling.filling import fill
from clinic.web.worksheets.forms import PaperForm

#: How wide a page is drawn, in pixels: sharp beside the choices, and quickly drawn.
WIDTH = 800


@dataclass(frozen=True)
class Ready:
    """A sheet with everything that is printed on it; nothing more is read for it."""

    worksheet: Worksheet
    filled: SheetFill
    resources: str

    def item(self, form: PaperForm) -> Item:
        """Tell which fields are filled in, as far as there was something to fill in."""
        there = (each for each in form.fields if self.filled.given(each) or self._draws(each))
        return Item(self.worksheet.key, self.worksheet.version, tuple(there))

    def _draws(self, name: str) -> bool:
        return name in self.filled.drawings


@dataclass(frozen=True)
class Preview:
    """The pages as they would print: how many, and the PDF's digest; or why there are none."""

    pages: int = 0
    digest: str = ""
    problem: str = ""


def ready(desk: Desk, case: Case, worksheet: Worksheet, form: PaperForm) -> Ready:
    """Fill a sheet as the form asks. Raises RefusedError while it is shut."""
    filled = fill(desk, case, worksheet, form)
    return Ready(worksheet, filled, desk.clinician.practice.resource_line)


def press(sheet: Ready, form: PaperForm) -> bytes:
    """Print a sheet. Raises RefusedError with a sentence for the person who prints."""
    try:
        return print_sheet(
            sheet.worksheet, sheet.filled, form.paper_type, sheet.resources, form.type_size
        )
    except (FillError, PrintError) as fault:
        raise RefusedError(fault.args[0]) from fault


def draw_pages(pdf: bytes) -> list[bytes]:
    """Draw each page as a picture. Raises RefusedError as `press` does."""
    try:
        return list(pictures(pdf, WIDTH))
    except PrintError as fault:
        raise RefusedError(fault.args[0]) from fault


def preview_of(desk: Desk, case: Case, worksheet: Worksheet, form: PaperForm) -> Preview:
    """Tell how a sheet would print, or in a sentence why it would not."""
    try:
        pdf = press(ready(desk, case, worksheet, form), form)
        return Preview(len(draw_pages(pdf)), sheet_prints.digest(pdf))
    except RefusedError as refusal:
        return Preview(problem=refusal.args[0])


def printed(sheet: Ready, form: PaperForm) -> Printed:
    """Say what is put on record about a sheet."""
    return Printed(
        [sheet.item(form)],
        sheet.worksheet.audience,
        form.reader_ref,
        form.paper_type,
        form.type_size,
    )
