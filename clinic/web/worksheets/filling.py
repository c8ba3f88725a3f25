"""Filling a sheet from a case, with the keys of whoever it is for and no others."""

from clinic.domain.answers import Placing
from clinic.domain.guard import NOT_OPEN
from clinic.domain.sheets import SheetFill
from clinic.domain.tracks import OPENNESS_SHEETS, Tool
from clinic.domain.visibility import Audience
from clinic.domain.worksheets import SheetAudience, Worksheet
from clinic.services import couple_map, safety, worksheets
from clinic.services.errors import RefusedError
from clinic.services.rows import Case
from clinic.services.sheet_fields import Wanted
from clinic.web.access import who
from clinic.web.contents import concern_of, intake_of
from clinic.web.database import get_db, get_narrow_db
from clinic.web.printing import blank_fill, worded
from clinic.web.worksheets.alone import COMPARING, fill_alone
from clinic.web.worksheets.forms import PaperForm

#: How a placing is called on paper, in the words of the sheet on which it is made.
PLACED = {
    Placing.FINE: "Fine for me",
    Placing.DEPENDS: "It depends",
    Placing.NOT_OK: "Not okay for me",
}

#: Fields that hold what the partners released to each other.
RELEASED = frozenset({"alike", "differ"})


def is_shut(case: Case, worksheet: Worksheet) -> bool:
    """Tell whether a sheet stays shut, as the tools for comparing and for openness do."""
    if worksheet.key in COMPARING:
        return safety.is_shut(get_db(), case, intake_of(case), Tool.COMPARISON)
    if worksheet.key.upper() not in OPENNESS_SHEETS:
        return False
    return safety.is_shut(get_db(), case, intake_of(case), Tool.SHEET, worksheet.key)


def fill(case: Case, worksheet: Worksheet, form: PaperForm) -> SheetFill:
    """Fill a sheet as the form asks. Raises RefusedError, without a reason, while it is shut."""
    if is_shut(case, worksheet):
        raise RefusedError(NOT_OPEN)
    if form.is_blank:
        return blank_fill(worksheet, concern_of(case), form.chosen, len(case.partners))
    if worksheet.audience is SheetAudience.THERAPIST:
        return fill_alone(case, worksheet)
    return _from_case(case, worksheet, form).without(form.to_leave_empty)


def _from_case(case: Case, worksheet: Worksheet, form: PaperForm) -> SheetFill:
    if RELEASED & set(worksheet.prefill):
        couple_map.open_couple_map(get_db(), case, intake_of(case))
    concern = concern_of(case)
    wanted = Wanted(
        case.public_id,
        concern,
        worded(worksheet),
        PLACED,
        form.reader_ref,
        [concern.behaviours[key].label for key in form.chosen],
    )
    audience, person = Audience.COUPLE, ""
    if worksheet.has_one_reader:
        audience, person = Audience.PARTNER, form.reader_ref
    return worksheets.fill_sheet(get_narrow_db(who(), audience, person), worksheet, wanted)
