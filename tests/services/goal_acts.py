"""What becomes of a goal, asked like all acts."""

from collections.abc import Callable

from clinic.domain.goal_course import GoalStatus
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services import goal_course, goals
from tests import factories as made


def change_status(db: ScopedSession, case: Case) -> str:
    row = made.make_pair(db, case)[0]
    details = goal_course.ChangeDetails(GoalStatus.MET, made.TODAY, "six weeks in a row")
    goal_course.change_status(db, case, row, details, row.version)
    return row.public_id


def write_new_steps(db: ScopedSession, case: Case) -> str:
    row = made.make_pair(db, case)[0]
    made.make_new_steps(db, case, row)
    return row.public_id


def again_status(db: ScopedSession, case: Case, ref: str, version: int) -> None:
    row = goals.find_goal(db, case, ref)
    status = GoalStatus.MET if row.status is GoalStatus.ACTIVE else GoalStatus.ACTIVE
    details = goal_course.ChangeDetails(status, made.TODAY, "again")
    goal_course.change_status(db, case, row, details, version)


GOAL_ACTS: dict[Callable[[ScopedSession, Case], str], str] = {
    change_status: "goal.status-changed",
    write_new_steps: "goal.revised",
}
