"""What waits in a clinician's open cases, read for all of them in two statements.

Only days and counts are read, and nothing sealed is opened. What comes from the private and
safety layers is told apart here for the order alone: a page says the same words for all of it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from clinic.domain.case_ends import CaseStatus
from clinic.domain.disclosures import DisclosureStatus
from clinic.domain.formulation import ExplanationStatus
from clinic.domain.goal_course import GoalStatus
from clinic.models.cases import Case
from clinic.models.check_ins import CheckIn, CheckInPart
from clinic.models.comparison import DisclosureStep, SafetyTask
from clinic.models.formulation import Explanation, Formulation
from clinic.models.goals import Goal, GoalChange
from clinic.models.invitations import Invitation
from clinic.models.questionnaires import IntakePlan, QuestionnaireResponse
from clinic.models.safety import PrivateCheck
from clinic.models.scope import ScopedSession
from clinic.services.accord_versions import review_due
from clinic.services.notes import unsigned_notes

Days = Select[Any]


@dataclass(frozen=True)
class Waiting:
    """What waits in one case: since which day, None where nothing of the kind does."""

    case_id: int
    task: dt.datetime | None
    check: dt.date | None
    promise: dt.date | None
    explanation: dt.date | None
    answers: dt.datetime | None
    check_in: dt.date | None
    goals: dt.date | None
    reading: dt.date | None
    agreement: dt.date | None
    note: dt.date | None = None

    @property
    def looks(self) -> int:
        """Count the kinds that a page names with the same neutral words."""
        kinds = (self.task, self.check, self.promise, self.explanation)
        return sum(kind is not None for kind in kinds)

    @property
    def is_safety(self) -> bool:
        """Tell whether something of the safety layer is among it."""
        return self.task is not None or self.check is not None

    @property
    def since(self) -> dt.date | None:
        """Give the earliest day of all that waits, None where nothing does."""
        return min(map(_day, filter(None, list(vars(self).values())[1:])), default=None)


def _day(when: dt.date | dt.datetime) -> dt.date:
    return when.date() if isinstance(when, dt.datetime) else when


def waiting(db: ScopedSession, today: dt.date) -> Sequence[Waiting]:
    """List the signed-in clinician's open cases in which something waits.

    Those with something open in the safety layer come first, then what waits longest.
    """
    mine = select(Case.id, *_kinds(today)).where(
        Case.clinician_id == db.scope.clinician_id, Case.status == CaseStatus.OPEN
    )
    late = _late_notes(db, today)
    found = [
        Waiting(*(*row, late.get(row[0])))
        for row in db.execute(mine)
        if row[0] in late or any(row[1:])
    ]
    dated = [(not each.is_safety, each.since or today, each.case_id, each) for each in found]
    return [each for *_, each in sorted(dated, key=lambda one: one[:3])]


def waiting_of(db: ScopedSession, case: Case, today: dt.date) -> Waiting:
    """Give what waits in one case, but for its notes, in one statement."""
    query = select(Case.id, *_kinds(today)).where(Case.id == case.id)
    return Waiting(*db.execute(query).one())


def _late_notes(db: ScopedSession, today: dt.date) -> Mapping[int, dt.date]:
    # The oldest comes first, and is the one that is kept.
    return {note.case_id: note.held_on for note in reversed(unsigned_notes(db, today))}


def _kinds(today: dt.date) -> list[Any]:
    queries = (
        _tasks(),
        _checks(today),
        _promises(today),
        _explanations(today),
        _answers(),
        _check_ins(today),
        _goals(today),
        _readings(today),
        review_due(today),
    )
    return [query.correlate(Case).scalar_subquery() for query in queries]


def _tasks() -> Days:
    return select(func.min(SafetyTask.created_at)).where(
        SafetyTask.case_id == Case.id, SafetyTask.done_at.is_(None)
    )


def _checks(today: dt.date) -> Days:
    later = aliased(PrivateCheck)
    newer = exists().where(later.partner_id == PrivateCheck.partner_id, later.id > PrivateCheck.id)
    return select(func.min(PrivateCheck.again_on)).where(
        PrivateCheck.case_id == Case.id, PrivateCheck.again_on <= today, ~newer
    )


def _promises(today: dt.date) -> Days:
    later = aliased(DisclosureStep)
    newer = exists().where(
        later.disclosure_id == DisclosureStep.disclosure_id, later.id > DisclosureStep.id
    )
    return select(func.min(DisclosureStep.on)).where(
        DisclosureStep.case_id == Case.id,
        DisclosureStep.status == DisclosureStatus.OWNER_TO_SHARE,
        DisclosureStep.on <= today,
        ~newer,
    )


def _explanations(today: dt.date) -> Days:
    return select(func.min(Explanation.test_by)).where(
        Explanation.case_id == Case.id,
        Explanation.status == ExplanationStatus.ACTIVE,
        Explanation.test_by <= today,
    )


def _answers() -> Days:
    return select(func.min(Invitation.created_at)).where(
        Invitation.case_id == Case.id, *unanswered_intake()
    )


def unanswered_intake() -> Sequence[Any]:
    """Say of an invitation that its partner was asked, and has not sent the answers yet."""
    sent = exists().where(
        QuestionnaireResponse.partner_id == Invitation.partner_id,
        QuestionnaireResponse.questionnaire == IntakePlan.questionnaire,
        QuestionnaireResponse.sent_at.is_not(None),
        IntakePlan.case_id == QuestionnaireResponse.case_id,
    )
    asked = exists().where(IntakePlan.case_id == Invitation.case_id)
    return (Invitation.revoked_at.is_(None), asked, ~sent)


def _check_ins(today: dt.date) -> Days:
    return (
        select(func.min(CheckIn.due_on))
        .join(CheckInPart, CheckInPart.check_in_id == CheckIn.id)
        .where(
            CheckIn.case_id == Case.id,
            # Said twice, so that the database looks at this case's parts alone.
            CheckInPart.case_id == Case.id,
            *unanswered_check_in(today),
        )
    )


def unanswered_check_in(today: dt.date) -> Sequence[Any]:
    """Say of a partner's part in a check-in that it is asked for still, and was not sent."""
    sent = exists().where(
        QuestionnaireResponse.id == CheckInPart.response_id,
        QuestionnaireResponse.sent_at.is_not(None),
    )
    return (
        CheckIn.closed_at.is_(None),
        CheckIn.appointment_id.is_(None),
        CheckIn.due_on >= today,
        ~sent,
    )


def _goals(today: dt.date) -> Days:
    later = aliased(GoalChange)
    newer = exists().where(later.goal_id == GoalChange.goal_id, later.id > GoalChange.id)
    left = exists().where(
        GoalChange.goal_id == Goal.id, GoalChange.status != GoalStatus.ACTIVE, ~newer
    )
    return select(func.min(Goal.review_on)).where(
        Goal.case_id == Case.id,
        Goal.review_on <= today,
        or_(Goal.ends_on.is_(None), Goal.ends_on >= today),
        ~left,
    )


def _readings(today: dt.date) -> Days:
    later = aliased(Formulation)
    newer = exists().where(later.case_id == Formulation.case_id, later.number > Formulation.number)
    return select(func.min(Formulation.review_on)).where(
        and_(Formulation.case_id == Case.id, Formulation.review_on <= today), ~newer
    )
