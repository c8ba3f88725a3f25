"""Reading what was handed out in a case and how far it came back.

For the treating clinician alone, and never while the room looks along.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from clinic.models.appointments import Appointment
from clinic.models.cases import Case
from clinic.models.handouts import Handout, HandoutForm
from clinic.models.questionnaires import QuestionnaireResponse
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.cases import find_in_case
from clinic.services.goal_board import Meeting
from clinic.services.treating import require_treating

#: Years of weekly sheets for everybody; older ones stay stored.
MOST = 400


@dataclass(frozen=True)
class HandedOut:
    """One handout and how far it came; `begun` and `sent_at` are about a form done at home."""

    handout: Handout
    form: HandoutForm | None
    sent_at: dt.datetime | None

    @property
    def begun(self) -> bool:
        """Tell whether somebody has begun to answer; never what."""
        return self.form is not None and self.form.response_id is not None

    @property
    def is_out(self) -> bool:
        """Tell whether it was not taken back."""
        return self.handout.taken_back_at is None

    @property
    def can_be_taken_back(self) -> bool:
        """Tell whether it was handed out and nothing came back of it yet."""
        return self.is_out and self.handout.returned is None and self.sent_at is None


def find_handout(db: ScopedSession, case: Case, ref: str) -> Handout:
    """Find one handout of a case."""
    return find_in_case(db, Handout, case, ref)


def find_handed_out(db: ScopedSession, case: Case, ref: str) -> HandedOut:
    """Find one handout with how far it came; for the treating clinician alone."""
    row = find_handout(db, case, ref)
    return next(each for each in _read(db, case, [row.id]) if each.handout.id == row.id)


def list_handed_out(db: ScopedSession, case: Case) -> Sequence[HandedOut]:
    """List what was handed out in a case, the newest first; one statement.

    Raises MissingError to anybody but the treating clinician.
    """
    found = _read(db, case)
    if found:
        audit.note_read(db, "handouts.read", case.public_id)
    return found


def _read(db: ScopedSession, case: Case, ids: Sequence[int] = ()) -> Sequence[HandedOut]:
    require_treating(db, case)
    query = (
        select(Handout, HandoutForm, QuestionnaireResponse.sent_at)
        .outerjoin(HandoutForm, HandoutForm.handout_id == Handout.id)
        .outerjoin(QuestionnaireResponse, QuestionnaireResponse.id == HandoutForm.response_id)
        .where(Handout.case_id == case.id)
        .order_by(Handout.handed_out_on.desc(), Handout.id.desc())
        .limit(MOST)
    )
    if ids:
        query = query.where(Handout.id.in_(ids))
    return [HandedOut(*row) for row in db.execute(query)]


def given_at(found: Sequence[HandedOut], row: Appointment) -> Sequence[HandedOut]:
    """Give what was handed out at one appointment, in the order in which it was."""
    here = [each for each in found if each.handout.appointment_id == row.id]
    return [each for each in reversed(here) if each.is_out]


def to_ask_about(
    found: Sequence[HandedOut], row: Appointment, meetings: Sequence[Meeting]
) -> Sequence[HandedOut]:
    """Give what was handed out before an appointment and had not come back by its day.

    `meetings` are all of the case. What came back on the day itself is among it.
    """
    numbers = {each.id: each.number for each in meetings}

    def is_asked(each: HandedOut) -> bool:
        handout = each.handout
        if handout.appointment_id is None:
            is_before = handout.handed_out_on <= row.held_on
        else:
            is_before = numbers[handout.appointment_id] < row.number
        came_back = handout.returned_on is not None and handout.returned_on < row.held_on
        return each.is_out and is_before and not came_back

    return [each for each in reversed(found) if is_asked(each)]
