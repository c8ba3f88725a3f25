"""Asking all partners of a case for a check-in before an appointment, and what comes of it.

Everybody is asked the same, for the same day. What one partner answers changes nothing that
another one is sent or shown. Source: clinical.md 2.9; security.md T2, T4, R11.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import raiseload

from clinic.domain.cases import SecretsPolicy
from clinic.domain.check_ins import (
    LONGEST_AHEAD,
    MOST_GOALS,
    AskedGoal,
    OwnRating,
    Reminder,
    asked_in,
    kept,
    ratings_in,
    remind_at,
)
from clinic.domain.invitations import Handing
from clinic.domain.said import say
from clinic.models.appointments import Appointment
from clinic.models.base import now
from clinic.models.cases import Case, Partner
from clinic.models.check_ins import CheckIn, CheckInPart
from clinic.models.goals import Goal, GoalRating
from clinic.models.invitations import Invitation
from clinic.models.questionnaires import QuestionnaireResponse
from clinic.models.scope import ScopedSession
from clinic.services import audit, invitations, outbox
from clinic.services.cases import find_in_case, find_partner
from clinic.services.days import A_DAY, has_passed, today
from clinic.services.errors import MissingError, RefusedError
from clinic.services.goals import list_open_goals
from clinic.services.invitations import Issued
from clinic.services.open_cases import require_open
from clinic.services.questionnaires import answers_of

Words = tuple[str, str]


@dataclass(frozen=True)
class Letters:
    """What a mail says, subject and text: with a fresh link, and as a reminder without one."""

    first: Callable[[str], Words]
    reminder: Words


@dataclass(frozen=True)
class Way:
    """How one partner gets the link; an address is needed for a mail."""

    handing: Handing
    address: str = ""


@dataclass(frozen=True)
class Sending:
    """How one partner gets the link, and in which words."""

    way: Way
    letters: Letters


@dataclass(frozen=True)
class AskDetails:
    """The appointment's day, which goals are rated, and each partner's way, by public ids."""

    due_on: dt.date
    goals: Sequence[str]
    reminder: Reminder
    ways: Mapping[str, Way]


def ask(
    db: ScopedSession, case: Case, details: AskDetails, letters: Letters
) -> tuple[CheckIn, Sequence[Issued]]:
    """Ask every partner for a check-in; gives the fresh links in the partners' order.

    An earlier link of theirs ends, and the new one opens with the PIN they know. Raises
    RefusedError for a day that is over, more than two weeks ahead or asked for before, for a
    reminder whose time has passed, in a case that has ended, and while no policy is chosen.
    """
    require_open(db, case)
    db.refresh(case, with_for_update=True)
    _check(db, case, details)
    row = CheckIn(
        case_id=case.id,
        practice_id=case.practice_id,
        due_on=details.due_on,
        remind_at=remind_at(details.due_on, details.reminder),
    )
    row.appointment_id = _appointment_on(db, case, details.due_on)
    row.goals = kept(_as_asked(db, case, details.goals))
    db.add(row)
    db.flush()
    issued = [
        _give_link(db, row, partner, Sending(details.ways[partner.public_id], letters))
        for partner in case.partners
    ]
    audit.record(db, "check-in.asked", row.public_id)
    db.commit()
    return row, issued


def _check(db: ScopedSession, case: Case, details: AskDetails) -> None:
    if case.secrets_policy is SecretsPolicy.NOT_YET:
        raise RefusedError("First choose the policy on secrets in the case's details: it is signed")
    if has_passed(details.due_on):
        raise RefusedError("This day is over", "due_on")
    if details.due_on > today() + LONGEST_AHEAD:
        raise RefusedError("Links work for two weeks, so ask nearer to the day", "due_on")
    if len(details.goals) > MOST_GOALS:
        raise RefusedError(say("Choose %(most)s at most", most=MOST_GOALS), "goals")
    moment = remind_at(details.due_on, details.reminder)
    if moment is not None and moment <= now():
        raise RefusedError("This time has passed", "reminder")
    asked = select(CheckIn).where(
        CheckIn.case_id == case.id, CheckIn.due_on == details.due_on, CheckIn.closed_at.is_(None)
    )
    if db.scalars(asked).first() is not None:
        raise RefusedError("They have been asked for this day already", "due_on")


def _as_asked(db: ScopedSession, case: Case, refs: Sequence[str]) -> Sequence[AskedGoal]:
    rows = {goal.public_id: goal for goal in list_open_goals(db, case)}
    if unknown := set(refs) - rows.keys():
        raise MissingError(*sorted(unknown))
    return [
        AskedGoal(ref, rows[ref].wording, tuple(rows[ref].anchors().values()))
        for ref in rows
        if ref in refs
    ]


def _appointment_on(db: ScopedSession, case: Case, day: dt.date) -> int | None:
    query = select(Appointment.id).where(Appointment.case_id == case.id, Appointment.held_on == day)
    return db.scalars(query.order_by(Appointment.number.desc()).limit(1)).first()


def _give_link(db: ScopedSession, row: CheckIn, partner: Partner, sending: Sending) -> Issued:
    issued = invitations.issue_again(db, partner, sending.way.handing)
    part = find_part(db, row, partner) or CheckInPart(
        case_id=row.case_id,
        practice_id=row.practice_id,
        partner_id=partner.id,
        check_in_id=row.id,
    )
    part.invitation_id = issued.invitation.id
    db.add(part)
    if sending.way.handing is Handing.EMAIL:
        _mail(db, row, issued, sending)
    db.flush()
    return issued


def _mail(db: ScopedSession, row: CheckIn, issued: Issued, sending: Sending) -> None:
    to, letters = sending.way.address, sending.letters
    outbox.enqueue(db, issued.invitation, to, *letters.first(issued.token))
    if row.remind_at is not None and row.remind_at > now():
        outbox.enqueue(db, issued.invitation, to, *letters.reminder).due_at = row.remind_at


def renew_link(
    db: ScopedSession, case: Case, ref: str, partner_ref: str, sending: Sending
) -> Issued:
    """Give one partner a new link to a check-in that is still open; the old one ends.

    Raises RefusedError once that partner has answered.
    """
    row, partner = find_open(db, case, ref), find_partner(case, partner_ref)
    part = find_part(db, row, partner)
    if part is not None and _sent_at(db, part) is not None:
        raise RefusedError("This check-in has been answered")
    issued = _give_link(db, row, partner, sending)
    audit.record(db, "check-in.link-renewed", row.public_id)
    db.commit()
    return issued


def close(db: ScopedSession, case: Case, ref: str) -> None:
    """End a check-in and the links that were given for it; what was handed in stays."""
    row = find_open(db, case, ref)
    row.closed_at = now()
    query = (
        select(Invitation)
        .join(CheckInPart, CheckInPart.invitation_id == Invitation.id)
        .where(CheckInPart.check_in_id == row.id)
    )
    invitations.end_all(db, db.scalars(query).all())
    audit.record(db, "check-in.closed", row.public_id)
    db.commit()


def find_check_in(db: ScopedSession, case: Case, ref: str) -> CheckIn:
    """Find one check-in of a case."""
    return find_in_case(db, CheckIn, case, ref)


def find_open(db: ScopedSession, case: Case, ref: str) -> CheckIn:
    """Find a check-in that was not ended; raises MissingError otherwise."""
    row = find_check_in(db, case, ref)
    if row.closed_at is not None:
        raise MissingError(ref)
    return row


def find_part(db: ScopedSession, row: CheckIn, partner: Partner) -> CheckInPart | None:
    """Give one partner's part in a check-in."""
    query = select(CheckInPart).where(
        CheckInPart.check_in_id == row.id, CheckInPart.partner_id == partner.id
    )
    return db.scalars(query).first()


def _sent_at(db: ScopedSession, part: CheckInPart) -> dt.datetime | None:
    if part.response_id is None:
        return None
    return db.get_one(QuestionnaireResponse, part.response_id).sent_at


def take_in(db: ScopedSession, case: Case, appointment: Appointment) -> None:
    """Bring what partners have rated alone into an appointment that is being held.

    Every check-in up to its day that belongs to no appointment yet belongs to it from now on, so
    what comes in later comes in at once. Committed by the caller, with the appointment.
    """
    query = select(CheckIn).where(
        CheckIn.case_id == case.id,
        CheckIn.appointment_id.is_(None),
        # It is the same day, though somewhere tomorrow has begun.
        CheckIn.due_on <= appointment.held_on + A_DAY,
    )
    # The newest first: an older one fills only what it left open.
    for row in db.scalars(query.order_by(CheckIn.due_on.desc(), CheckIn.id.desc())).all():
        row.appointment_id = appointment.id
        for response in _handed_in(db, row):
            bring_in(db, row, response, appointment.id)


def _handed_in(db: ScopedSession, row: CheckIn) -> Sequence[QuestionnaireResponse]:
    query = (
        select(QuestionnaireResponse)
        .join(CheckInPart, CheckInPart.response_id == QuestionnaireResponse.id)
        .where(CheckInPart.check_in_id == row.id, QuestionnaireResponse.sent_at.is_not(None))
    )
    return db.scalars(query.order_by(QuestionnaireResponse.id)).all()


def bring_in(
    db: ScopedSession, row: CheckIn, response: QuestionnaireResponse, appointment_id: int
) -> None:
    """Write what one partner rated alone as that partner's ratings of one appointment.

    A goal that this partner has rated there already keeps what was said in the room, and a level
    chosen among steps that were reworded since does not come in. Committed by the caller.
    """
    found = ratings_in(answers_of(db, response))
    if not found:
        return
    query = select(Goal).where(Goal.case_id == response.case_id, Goal.public_id.in_(list(found)))
    rows = db.scalars(query.options(raiseload("*")).order_by(Goal.id)).all()
    known = _rated_by(db, response.partner_id, appointment_id)
    steps = {goal.ref: goal.anchors for goal in asked_in(row.goals)}
    rated = []
    for goal in rows:
        each = found[goal.public_id]
        if tuple(goal.anchors().values()) != steps.get(goal.public_id):
            each = replace(each, level=None)
        if goal.id not in known and each != OwnRating(None, None):
            rated.append((goal, each))
    _write_ratings(db, response, appointment_id, rated)
    for goal, _ in rated:
        audit.record(db, "goal.rated", goal.public_id)


def _rated_by(db: ScopedSession, partner_id: int, appointment_id: int) -> set[int]:
    query = select(GoalRating.goal_id).where(
        GoalRating.appointment_id == appointment_id, GoalRating.rater_id == partner_id
    )
    return set(db.scalars(query))


def _write_ratings(
    db: ScopedSession,
    response: QuestionnaireResponse,
    appointment_id: int,
    rated: Sequence[tuple[Goal, OwnRating]],
) -> None:
    for goal, each in rated:
        db.add(
            GoalRating(
                case_id=response.case_id,
                practice_id=response.practice_id,
                goal_id=goal.id,
                appointment_id=appointment_id,
                rater_id=response.partner_id,
                level=each.level,
                own=each.own,
            )
        )
    db.flush()
