"""The sheets for the therapist alone: formulation, matrix and map, next appointment."""

from clinic.domain.sheets import SheetFill
from clinic.domain.visibility import Audience
from clinic.domain.worksheets import Worksheet
from clinic.services import therapist_sheets
from clinic.services.rows import Case
from clinic.web.contents import concern_of, reviewed, rules_of
from clinic.web.printing import worded
from clinic.web.sheet_filling.desk import Desk
from clinic.web.sheet_filling.formulation import formulation_fill
from clinic.web.sheet_filling.matrix import matrix_fill
from clinic.web.sheet_filling.naming import Sheet
from clinic.web.sheet_filling.planner import planner_fill

#: Both put the partners' sides next to each other, as the tools for comparing do.
COMPARING = frozenset({"t01", "t02"})


def fill_alone(desk: Desk, case: Case, worksheet: Worksheet) -> SheetFill:
    """Fill a sheet for the therapist alone."""
    contents, narrow = reviewed(), desk.narrow(Audience.THERAPIST, "")
    sheet = Sheet(case, concern_of(case), worded(worksheet))
    if worksheet.key == "t04":
        rules = rules_of(case)
        found = therapist_sheets.plan(narrow, case.public_id, contents.plain_words, rules)
        return planner_fill(sheet, found)
    laid_out = therapist_sheets.on_paper(narrow, case.public_id)
    if worksheet.key == "t02":
        return matrix_fill(sheet, laid_out)
    return formulation_fill(sheet, laid_out, therapist_sheets.beside(narrow, laid_out.case))
