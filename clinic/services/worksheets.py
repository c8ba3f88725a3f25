"""What goes into a worksheet, read with the keys of whoever the sheet is for and no others.

Every function here is handed a session narrowed to one audience: a fact of another layer cannot
be opened by it, whatever the query says (security.md T14).
"""

import datetime as dt
from collections.abc import Callable, Sequence

from sqlalchemy import select

from clinic.domain.sheets import GoalRow, SheetFill, behaviours_fill, goals_fill
from clinic.models.appointments import Appointment
from clinic.models.cases import Case, Partner
from clinic.models.goals import Goal, GoalRating
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.cases import find_partner
from clinic.services.days import today
from clinic.services.errors import MissingError

Worded = Callable[[dt.date], str]


def behaviours_sheet(
    db: ScopedSession, case_ref: str, partner_ref: str, labels: Sequence[str]
) -> SheetFill:
    """Fill a sheet that places behaviours: the reader's name, and labels of the inventory."""
    partner = find_partner(_case(db, case_ref), partner_ref)
    return behaviours_fill(labels, partner.name)


def goals_sheet(db: ScopedSession, case_ref: str, partner_ref: str, worded: Worded) -> SheetFill:
    """Fill a sheet about the goals that are worked on; of the ratings only the reader's own."""
    case = _case(db, case_ref)
    reader = find_partner(case, partner_ref)
    names = {partner.id: partner.name for partner in case.partners}
    own = _own_ratings(db, case, reader)
    goals = db.scalars(select(Goal).where(Goal.case_id == case.id).order_by(Goal.id)).all()
    rows = [
        _goal_row(goal, names, own.get(goal.id, ()), worded)
        for goal in goals
        if goal.is_open_on(today())
    ]
    return goals_fill(rows, reader.name, list(names.values()))


def record_print(db: ScopedSession, sheet: str, case_ref: str, partner_ref: str) -> None:
    """Note that a sheet was printed for somebody; written down before it leaves."""
    audit.note_read(db, f"worksheet.{sheet}.printed", partner_ref or case_ref)


def _case(db: ScopedSession, case_ref: str) -> Case:
    case = db.scalars(
        select(Case).where(Case.public_id == case_ref, Case.clinician_id == db.scope.clinician_id)
    ).first()
    if case is None:
        raise MissingError(case_ref)
    return case


def _own_ratings(
    db: ScopedSession, case: Case, reader: Partner
) -> dict[int, tuple[tuple[str, int], ...]]:
    query = (
        select(GoalRating.goal_id, Appointment.number, GoalRating.own)
        .join(Appointment, Appointment.id == GoalRating.appointment_id)
        .where(GoalRating.case_id == case.id, GoalRating.rater_id == reader.id)
        .order_by(GoalRating.id)
    )
    newest: dict[int, dict[int, int | None]] = {}
    for goal_id, number, own in db.execute(query):
        newest.setdefault(goal_id, {})[number] = own
    return {
        goal_id: tuple((str(n), own) for n, own in sorted(found.items()) if own is not None)
        for goal_id, found in newest.items()
    }


def _goal_row(
    goal: Goal, names: dict[int, str], own: Sequence[tuple[str, int]], worded: Worded
) -> GoalRow:
    return GoalRow(
        text=goal.wording,
        owners=", ".join(names[owner.partner_id] for owner in goal.owners),
        anchors=tuple(goal.anchors().values()),
        review=worded(goal.review_on),
        ratings=tuple(own),
    )
