"""The next appointment on paper (T4): what is due, and what to come back to."""

from clinic.domain.blocks import Rows
from clinic.domain.sheets import SheetFill, text_rows
from clinic.domain.worksheets import NAME_FIELD
from clinic.services.therapist_sheets import Plan
from clinic.web.sheet_filling.naming import Sheet, named


def planner_fill(sheet: Sheet, found: Plan) -> SheetFill:
    """Fill T4: what is due, what was promised, the goals to rate, and the hints."""
    names = {partner.id: partner.name for partner in sheet.case.partners}
    tests = [(f"Test of: {named(sheet, row)}", sheet.worded(row.test_by)) for row in found.tests]
    review = found.reading.review_on if found.reading else None
    again = [("Look at the reading again", sheet.worded(review))] if review else []
    return SheetFill(
        fields={
            NAME_FIELD: text_rows(sheet.case.title),
            "due": (*tests, *again),
            "promised": tuple((name, sheet.worded(day)) for name, day in found.promised),
            "goals": tuple(
                (
                    goal.wording,
                    ", ".join(names[owner.partner_id] for owner in goal.owners),
                    sheet.worded(goal.review_on),
                    "",
                )
                for goal in found.goals
            ),
            "hints": _hints(sheet, found),
        }
    )


def _hints(sheet: Sheet, found: Plan) -> Rows:
    names = {f"explanation:{row.public_id}": named(sheet, row) for row in found.explanations}
    return tuple(
        (f"{names[hint.place]}: {hint.text}" if hint.place in names else str(hint.text),)
        for hint in found.hints
    )
