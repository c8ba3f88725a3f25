"""What becomes of a goal: met, parted with, taken up again, or gone on with on other steps."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm.attributes import flag_modified

from clinic.domain.goal_course import GoalStatus, next_statuses
from clinic.domain.goals import Attainment
from clinic.domain.said import mark
from clinic.models.cases import Case
from clinic.models.goals import Goal, GoalChange, GoalOwner
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.days import has_come
from clinic.services.errors import RefusedError
from clinic.services.goals import write_days
from clinic.services.open_cases import require_open
from clinic.services.versions import expect_version

#: What goes on unchanged when the steps are written anew.
CONTINUED = (
    "case_id",
    "practice_id",
    "pair_id",
    "stub",
    "layer",
    "explanation_id",
    "weight",
    "importance",
    "difficulty",
    "about_openness",
)


@dataclass(frozen=True)
class ChangeDetails:
    """What a goal becomes, from which day on, and why."""

    status: GoalStatus
    since: dt.date
    reason: str


@dataclass(frozen=True)
class NewSteps:
    """Five steps written anew: from which day they hold, where they start, and why."""

    wording: str
    anchors: Mapping[Attainment, str]
    start_level: Attainment
    review_on: dt.date
    since: dt.date
    reason: str
    ends_on: dt.date | None = None


def change_status(
    db: ScopedSession, case: Case, row: Goal, details: ChangeDetails, version: int
) -> None:
    """Write down that a goal was met, parted with or taken up again; what was written stays.

    Raises StaleError when the goal was changed since `version`, and RefusedError for a day that
    has not come or lies before the change before it, a missing reason, or a revised goal.
    """
    expect_version(db, row, version)
    if details.status not in next_statuses(row.status):
        raise RefusedError(mark("A goal cannot become this from where it stands"), "status")
    _add_change(case, row, details)
    audit.record(db, "goal.status-changed", row.public_id)
    db.commit()


def write_new_steps(
    db: ScopedSession, case: Case, row: Goal, steps: NewSteps, version: int
) -> Goal:
    """Close a goal's scale and go on with five other steps, as a goal of the same pair.

    The old goal becomes "revised" and keeps its steps, ratings and history; the new one begins
    on the same day without a rating. Raises StaleError when the goal was changed since `version`,
    and RefusedError where the steps stay the same, or the goal or the case has ended.
    """
    require_open(db, case)
    expect_version(db, row, version)
    if row.status is not GoalStatus.ACTIVE:
        raise RefusedError(mark("This goal has ended, so it stays as it was"))
    if row.anchors() == dict(steps.anchors):
        raise RefusedError(mark("These are the same five steps as before"))
    _add_change(case, row, ChangeDetails(GoalStatus.REVISED, steps.since, steps.reason))
    new = _continued(row, steps)
    db.add(new)
    db.flush()
    audit.record(db, "goal.revised", row.public_id)
    db.commit()
    return new


def _add_change(case: Case, row: Goal, details: ChangeDetails) -> None:
    if not details.reason.strip():
        raise RefusedError(mark("Enter the reason"), "reason")
    if not has_come(details.since):
        raise RefusedError(mark("This day has not come yet"), "since")
    if row.course and details.since < row.course[-1].since:
        raise RefusedError(mark("The change before it was on a later day"), "since")
    row.course.append(
        GoalChange(
            case_id=case.id,
            practice_id=case.practice_id,
            status=details.status,
            since=details.since,
            reason=details.reason,
        )
    )
    # A change of the status alone must also count as a change of the goal.
    flag_modified(row, "weight")


def _continued(row: Goal, steps: NewSteps) -> Goal:
    new = Goal(
        **{name: getattr(row, name) for name in CONTINUED},
        continues_id=row.id,
        begins_on=steps.since,
        start_level=steps.start_level,
    )
    write_days(new, steps.review_on, steps.ends_on)
    new.wording = steps.wording
    new.much_less, new.less, new.expected, new.more, new.much_more = (
        steps.anchors[level] for level in Attainment
    )
    new.owners = [GoalOwner(partner_id=owner.partner_id) for owner in row.owners]
    return new
