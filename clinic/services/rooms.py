"""Joint-session mode: which case the room looks at, and what the people in it may see.

What is shown is read with the couple's keys alone, so a fact of another layer cannot be opened
(security.md T14). Nobody's ratings are among it: each partner's numbers are that partner's own.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from clinic.domain.goals import Attainment
from clinic.domain.visibility import Audience
from clinic.models.accounts import BrowserSession
from clinic.models.cases import Case
from clinic.models.formulation import Formulation
from clinic.models.goals import Goal
from clinic.models.scope import ScopedSession, ScopeError
from clinic.services import audit, throttle
from clinic.services.cases import find_case
from clinic.services.errors import RefusedError
from clinic.services.goals import list_open_goals
from clinic.services.passwords import matches


@dataclass(frozen=True)
class RoomGoal:
    """A goal as its owners know it: words, five steps, and when to look again."""

    wording: str
    owners: Sequence[str]
    steps: Sequence[tuple[Attainment, str]]
    review_on: dt.date


@dataclass(frozen=True)
class RoomView:
    """All that the room may see of a case; `shared_on` is None while no summary was shared."""

    title: str
    summary: str
    shared_on: dt.date | None
    goals: Sequence[RoomGoal]


def open_room(db: ScopedSession, browser: BrowserSession, case: Case) -> None:
    """Let this browser show one case to the room, and nothing else, until the password is given."""
    browser.in_room = case.public_id
    audit.record(db, "room.opened", case.public_id)
    db.commit()


def close_room(db: ScopedSession, browser: BrowserSession, password: str) -> None:
    """End joint-session mode with the clinician's password.

    Raises RefusedError when it is wrong, and then the mode stays on; ThrottledError from the sixth
    wrong one within 15 minutes, counted together with those at sign-in.
    """
    case_ref = browser.in_room or ""
    email, password_hash = browser.clinician.email, browser.clinician.password_hash
    throttle.count_guess(db, "sign-in", email)
    if not matches(password_hash, password):
        audit.record(db, "room.refused", case_ref)
        db.commit()
        raise RefusedError("That is not your password", "password")
    browser.in_room = None
    throttle.forget_guesses(db, "sign-in", email)
    audit.record(db, "room.closed", case_ref)
    db.commit()


def view(db: ScopedSession, case_ref: str) -> RoomView:
    """Give what the room may see: names, the summary that was shared last, and the open goals.

    Raises ScopeError in a session that could open more than the couple may read.
    """
    if db.scope.audience is not Audience.COUPLE:
        raise ScopeError("what the room sees is read with the couple's keys alone")
    case = find_case(db, case_ref)
    audit.note_read(db, "room.shown", case.public_id)
    shared = _shared_summary(db, case)
    names = {partner.id: partner.name for partner in case.partners}
    return RoomView(
        case.title,
        shared.couple_summary if shared else "",
        shared.shared_on if shared else None,
        [_goal(row, names) for row in list_open_goals(db, case)],
    )


def _shared_summary(db: ScopedSession, case: Case) -> Formulation | None:
    query = (
        select(Formulation)
        .where(Formulation.case_id == case.id, Formulation.shared_on.is_not(None))
        .order_by(Formulation.number.desc())
        .limit(1)
    )
    return db.scalars(query).first()


def _goal(row: Goal, names: dict[int, str]) -> RoomGoal:
    return RoomGoal(
        row.wording,
        [names[owner.partner_id] for owner in row.owners],
        list(row.anchors().items()),
        row.review_on,
    )
