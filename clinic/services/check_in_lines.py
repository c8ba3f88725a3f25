"""Reading check-ins: who has not answered, and each partner's answers over time.

For the treating clinician alone, and never while the room looks along.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select

from clinic.domain.answers import Given
from clinic.domain.check_ins import BRING, OwnRating, ratings_in
from clinic.models.cases import Case
from clinic.models.check_ins import CheckIn, CheckInPart
from clinic.models.invitations import Invitation
from clinic.models.questionnaires import Answer, QuestionnaireResponse
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.invitations import state_of
from clinic.services.questionnaires import given_in
from clinic.services.treating import require_treating

#: A year of weekly ones; older ones stay stored.
MOST = 60


@dataclass(frozen=True)
class SentCheckIn:
    """What one partner handed in for one day: numbers, ratings of goals, and the line to bring."""

    ref: str
    due_on: dt.date
    partner_id: int
    sent_at: dt.datetime
    answers: Mapping[str, Given]

    @property
    def bring(self) -> str:
        """Give what this partner wants to bring, "" where nothing was written."""
        return self.answers[BRING].value if BRING in self.answers else ""

    @property
    def ratings(self) -> Mapping[str, OwnRating]:
        """Give the ratings of goals by the goal's public id."""
        return ratings_in(self.answers)


@dataclass(frozen=True)
class PartStanding:
    """Where one partner stands with one check-in."""

    partner_id: int
    invitation: Invitation
    begun: bool
    sent_at: dt.datetime | None

    @property
    def state(self) -> str:
        """Name where the way in stands."""
        return state_of(self.invitation)


@dataclass(frozen=True)
class AskedCheckIn:
    """One check-in with where every partner stands, in the order of their ids."""

    check_in: CheckIn
    parts: Sequence[PartStanding]

    @property
    def is_open(self) -> bool:
        """Tell whether somebody can still answer it."""
        return self.check_in.closed_at is None and not all(part.sent_at for part in self.parts)


@dataclass(frozen=True)
class Unanswered:
    """A check-in of the clinician's own caseload that somebody has not answered."""

    case_id: int
    case_ref: str
    due_on: dt.date
    partner_ids: Sequence[int]


def list_sent(db: ScopedSession, case: Case, since: dt.date | None = None) -> Sequence[SentCheckIn]:
    """List what partners handed in for days after `since`, oldest first; one statement.

    Raises MissingError to anybody but the treating clinician.
    """
    require_treating(db, case)
    audit.note_read(db, "check-ins.read", case.public_id)
    recent = select(CheckIn.id).where(CheckIn.case_id == case.id)
    if since is not None:
        recent = recent.where(CheckIn.due_on > since)
    recent = recent.order_by(CheckIn.due_on.desc(), CheckIn.id.desc()).limit(MOST)
    query = (
        select(CheckIn, QuestionnaireResponse, Answer)
        .join(CheckInPart, CheckInPart.check_in_id == CheckIn.id)
        .join(QuestionnaireResponse, QuestionnaireResponse.id == CheckInPart.response_id)
        .outerjoin(Answer, Answer.response_id == QuestionnaireResponse.id)
        .where(CheckIn.id.in_(recent), QuestionnaireResponse.sent_at.is_not(None))
        .order_by(CheckIn.due_on, CheckIn.id, CheckInPart.partner_id, Answer.id)
    )
    found: dict[int, SentCheckIn] = {}
    answers: dict[int, dict[str, Given]] = {}
    for row, response, answer in db.execute(query):
        mine = answers.setdefault(response.id, {})
        found.setdefault(
            response.id,
            SentCheckIn(
                row.public_id,
                row.due_on,
                response.partner_id,
                cast("dt.datetime", response.sent_at),
                mine,
            ),
        )
        if answer is not None:
            mine[answer.item] = given_in(answer)
    return list(found.values())


def list_asked(db: ScopedSession, case: Case) -> Sequence[AskedCheckIn]:
    """List what was asked for, newest day first, with where everybody stands; one statement."""
    recent = select(CheckIn.id).where(CheckIn.case_id == case.id)
    recent = recent.order_by(CheckIn.due_on.desc(), CheckIn.id.desc()).limit(MOST)
    query = (
        select(CheckIn, CheckInPart, Invitation, QuestionnaireResponse.sent_at)
        .join(CheckInPart, CheckInPart.check_in_id == CheckIn.id)
        .join(Invitation, Invitation.id == CheckInPart.invitation_id)
        .outerjoin(QuestionnaireResponse, QuestionnaireResponse.id == CheckInPart.response_id)
        .where(CheckIn.id.in_(recent))
        .order_by(CheckIn.due_on.desc(), CheckIn.id.desc(), CheckInPart.partner_id)
    )
    rows: dict[int, CheckIn] = {}
    parts: dict[int, list[PartStanding]] = {}
    for row, part, invitation, sent_at in db.execute(query):
        rows[row.id] = row
        begun = part.response_id is not None
        standing = PartStanding(part.partner_id, invitation, begun, sent_at)
        parts.setdefault(row.id, []).append(standing)
    return [AskedCheckIn(row, parts[row.id]) for row in rows.values()]


def unanswered_check_ins(db: ScopedSession, today: dt.date, most: int = 50) -> Sequence[Unanswered]:
    """List the signed-in clinician's check-ins for today or later that somebody has not answered.

    The soonest first; one statement, which stops after `most` partners.
    """
    query = (
        select(Case.id, Case.public_id, CheckIn.id, CheckIn.due_on, CheckInPart.partner_id)
        .join(CheckIn, CheckIn.case_id == Case.id)
        .join(CheckInPart, CheckInPart.check_in_id == CheckIn.id)
        .outerjoin(QuestionnaireResponse, QuestionnaireResponse.id == CheckInPart.response_id)
        .where(
            Case.clinician_id == db.scope.clinician_id,
            CheckIn.closed_at.is_(None),
            CheckIn.due_on >= today,
            QuestionnaireResponse.sent_at.is_(None),
        )
        .order_by(CheckIn.due_on, CheckIn.id, CheckInPart.partner_id)
        .limit(most)
    )
    found: dict[int, Unanswered] = {}
    waiting: dict[int, list[int]] = {}
    for case_id, case_ref, check_in_id, due_on, partner_id in db.execute(query):
        mine = waiting.setdefault(check_in_id, [])
        mine.append(partner_id)
        found.setdefault(check_in_id, Unanswered(case_id, case_ref, due_on, mine))
    return list(found.values())
