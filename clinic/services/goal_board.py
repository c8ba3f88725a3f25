"""Goals with all that was found, read in few statements however many appointments there are."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from clinic.models.appointments import Appointment
from clinic.models.cases import Case
from clinic.models.goals import Goal
from clinic.models.scope import ScopedSession


@dataclass(frozen=True)
class Meeting:
    """An appointment, as far as ratings need it."""

    id: int
    ref: str
    number: int
    held_on: dt.date


@dataclass(frozen=True)
class Board:
    """All goals of a case with owners, steps, course and ratings, and all appointments in order."""

    goals: Sequence[Goal]
    meetings: Sequence[Meeting]

    def pairs(self) -> Sequence[Sequence[Goal]]:
        """Give the goals pair by pair, behaviour goals first, ended ones too."""
        return [list(group) for _, group in groupby(self.goals, key=lambda goal: goal.pair_id)]

    def open_on(self, day: dt.date) -> Sequence[Goal]:
        """Give the goals that can be rated at an appointment of that day."""
        return [goal for goal in self.goals if goal.can_be_rated_on(day)]


def goal_board(db: ScopedSession, case: Case) -> Board:
    """Read all goals, ratings and appointments of a case, in three statements however many.

    Owners and course come with the goals, all ratings in one more, the appointments in a third.
    """
    held = (
        select(Appointment.id, Appointment.public_id, Appointment.number, Appointment.held_on)
        .where(Appointment.case_id == case.id)
        .order_by(Appointment.number)
    )
    return board_over(db, case, [Meeting(*row) for row in db.execute(held)])


def board_over(db: ScopedSession, case: Case, meetings: Sequence[Meeting]) -> Board:
    """Read all goals and ratings of a case whose appointments were read before: two statements."""
    query = (
        select(Goal)
        .where(Goal.case_id == case.id)
        .options(joinedload(Goal.owners), joinedload(Goal.course))
        .order_by(Goal.pair_id, Goal.layer, Goal.id)
    )
    return Board(db.scalars(query).unique().all(), meetings)
