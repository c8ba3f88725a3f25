"""The columns of an appointment's page, put together from what each feature draws."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from clinic.services.appointment_pages import AppointmentPage
from clinic.services.drafts import Kept
from clinic.services.repair_responses import at_appointment
from clinic.services.rows import Case
from clinic.web.check_in_panel import PanelLine, panel_lines
from clinic.web.contents import CHECK_IN, reviewed
from clinic.web.drafts import kept_at, look_ahead
from clinic.web.goal_ratings import GoalPanel, goal_panel, rating_urls
from clinic.web.handout_panel import SheetPanel, outcome_urls, sheet_panel
from clinic.web.note_forms import NotePanel, note_panel, note_url
from clinic.web.people import names_of
from clinic.web.repair_entry import Panel, panel_of, remark_urls


@dataclass(frozen=True)
class Panels:
    """What stands on the page beside the day.

    `kept` is what was changed in the details and not saved; `unheard` names those of whom it is
    not certain that nobody overhears them, "" for none.
    """

    details_url: str
    kept: Kept | None
    unheard: str
    check_ins: Sequence[PanelLine]
    note: NotePanel
    goals: GoalPanel
    repair: Panel
    sheets: SheetPanel


def panels_of(case: Case, page: AppointmentPage) -> Panels:
    """Put the columns together; the unsaved words of all their forms take one statement."""
    row = page.appointment
    details_url = url_for(
        "appointments.change", case_ref=case.public_id, appointment_ref=row.public_id
    )
    occasion = at_appointment(row)
    look_ahead(
        [
            details_url,
            note_url(case, row),
            *rating_urls(case, row.public_id),
            *remark_urls(case, occasion),
            *outcome_urls(case, page.handouts),
        ]
    )
    return Panels(
        details_url,
        kept_at(details_url),
        names_of(case, page.overheard, ""),
        panel_lines(case, page.check_ins, reviewed().questionnaires[CHECK_IN]),
        note_panel(case, row, page.notes, page.board.goals),
        goal_panel(case, page.board, row.id),
        panel_of(case, occasion, page.responses),
        sheet_panel(case, row, page.handouts),
    )
