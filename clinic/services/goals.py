"""Repair goals in pairs, and what each rater finds with them at an appointment."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from clinic.domain.goal_course import GoalStatus, openness_problems
from clinic.domain.goals import Attainment, GoalLayer
from clinic.models.appointments import Appointment
from clinic.models.cases import Case
from clinic.models.goals import Goal, GoalOwner, GoalPair, GoalRating
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.cases import find_in_case, find_partner, partner_id
from clinic.services.days import today
from clinic.services.errors import RefusedError, StaleError
from clinic.services.formulation import find_explanation
from clinic.services.open_cases import require_open
from clinic.services.versions import expect_version


@dataclass(frozen=True)
class GoalDetails:
    """One goal. Owners and explanation are public ids; anchors run from -2 to +2.

    Importance and difficulty (0 to 3, both or neither) take the place of the weight where they
    are given; the weight is kept beside them. `ends_on` holds for a goal about openness alone.
    """

    layer: GoalLayer
    wording: str
    owners: Sequence[str]
    weight: float
    review_on: dt.date
    anchors: Mapping[Attainment, str]
    start_level: Attainment = Attainment.LESS
    stub: str = ""
    explanation: str = ""
    importance: int | None = None
    difficulty: int | None = None
    about_openness: bool = False
    ends_on: dt.date | None = None


@dataclass(frozen=True)
class RatingDetails:
    """What one rater found with one goal: a level, an own rating of 0 to 10, both or neither.

    `kept` tells whether what was planned was kept since last time; None is not reported.
    """

    level: Attainment | None = None
    own: int | None = None
    kept: bool | None = None


def list_goals(db: ScopedSession, case: Case) -> Sequence[Goal]:
    """List a case's goals, ended ones too, pair by pair, its behaviour goals first."""
    query = select(Goal).where(Goal.case_id == case.id)
    return db.scalars(query.order_by(Goal.pair_id, Goal.layer, Goal.id)).all()


def list_open_goals(db: ScopedSession, case: Case) -> Sequence[Goal]:
    """List the goals that are worked on today, in the same order."""
    return [goal for goal in list_goals(db, case) if goal.is_open_on(today())]


def find_goal(db: ScopedSession, case: Case, ref: str) -> Goal:
    """Find one goal of a case."""
    return find_in_case(db, Goal, case, ref)


def set_pair(db: ScopedSession, case: Case, pair: Sequence[GoalDetails]) -> Sequence[Goal]:
    """Set a behaviour goal and an issue goal together, so that each shows up beside the other.

    Raises RefusedError when one of the two is missing, or the case has ended.
    """
    require_open(db, case)
    if {goal.layer for goal in pair} != set(GoalLayer):
        raise RefusedError("A pair needs a behaviour goal and an issue goal")
    together = GoalPair(case_id=case.id, practice_id=case.practice_id)
    db.add(together)
    db.flush()
    rows = [_add(db, case, together.id, details) for details in pair]
    db.commit()
    return rows


def add_goal(db: ScopedSession, case: Case, beside: Goal, details: GoalDetails) -> Goal:
    """Add another goal to the pair of an existing one, while the case is open."""
    require_open(db, case)
    row = _add(db, case, beside.pair_id, details)
    db.commit()
    return row


def _add(db: ScopedSession, case: Case, pair_id: int, details: GoalDetails) -> Goal:
    row = Goal(case_id=case.id, practice_id=case.practice_id, pair_id=pair_id)
    _write(db, case, row, details)
    audit.record(db, "goal.set", row.public_id)
    return row


def change_goal(
    db: ScopedSession, case: Case, row: Goal, details: GoalDetails, version: int
) -> None:
    """Change a goal. Raises StaleError when it was changed since `version`.

    Anchors that were rated stay as they are: new steps are a new goal, or old ratings would
    silently come to mean something else; and a goal that has ended stays as it was. Raises
    RefusedError.
    """
    expect_version(db, row, version)
    if row.status is not GoalStatus.ACTIVE:
        raise RefusedError("This goal has ended, so it stays as it was")
    if row.ratings and row.anchors() != dict(details.anchors):
        raise RefusedError(
            "This goal has been rated with these five steps, so they stay. Set a new goal to use"
            " other steps",
            "anchors",
        )
    _write(db, case, row, details)
    audit.record(db, "goal.changed", row.public_id)
    db.commit()


def _write(db: ScopedSession, case: Case, row: Goal, details: GoalDetails) -> None:
    if not details.owners:
        raise RefusedError("Choose who can do this", "owners")
    _write_weight(row, details)
    _write_days(row, details)
    row.layer = details.layer
    row.explanation_id = (
        find_explanation(db, case, details.explanation).id if details.explanation else None
    )
    row.start_level, row.wording = details.start_level, details.wording
    row.much_less, row.less, row.expected, row.more, row.much_more = (
        details.anchors[level] for level in Attainment
    )
    db.add(row)
    flag_modified(row, "weight")
    _write_owners(row, [find_partner(case, ref).id for ref in details.owners])
    db.flush()


def _write_weight(row: Goal, details: GoalDetails) -> None:
    if (details.importance is None) != (details.difficulty is None):
        raise RefusedError("Rate both importance and difficulty, or neither", "difficulty")
    row.weight = details.weight
    row.importance, row.difficulty = details.importance, details.difficulty


def _write_days(row: Goal, details: GoalDetails) -> None:
    row.stub, row.about_openness = details.stub or None, details.about_openness
    write_days(row, details.review_on, details.ends_on)


def write_days(row: Goal, review_on: dt.date, ends_on: dt.date | None) -> None:
    """Set when a goal is looked at again and, for one about openness, when it ends.

    Raises RefusedError for days that openness does not allow, unless they stay as they were.
    """
    wanted = (review_on, ends_on if row.is_openness else None)
    if row.is_openness and wanted != (row.review_on, row.ends_on):
        for field, problem in openness_problems(today(), *wanted).items():
            raise RefusedError(problem, field)
    row.review_on, row.ends_on = wanted


def _write_owners(row: Goal, partner_ids: Sequence[int]) -> None:
    kept = [owner for owner in row.owners if owner.partner_id in partner_ids]
    known = {owner.partner_id for owner in kept}
    row.owners = [*kept, *(GoalOwner(partner_id=id_) for id_ in partner_ids if id_ not in known)]


def rate_goals(
    db: ScopedSession,
    case: Case,
    appointment: Appointment,
    rater: str,
    ratings: Mapping[str, RatingDetails],
) -> None:
    """Write down what one rater found with each goal at one appointment.

    `rater` is a partner's public id, or "" for the therapist. What did not change is not written
    again; what was not rated stays unrated.
    """
    rater_id = partner_id(case, rater)
    for goal in list_goals(db, case):
        wanted = ratings.get(goal.public_id)
        if wanted is not None and wanted != rating_of(goal, appointment.id, rater_id):
            goal.ratings.append(
                GoalRating(
                    appointment_id=appointment.id,
                    rater_id=rater_id,
                    level=wanted.level,
                    own=wanted.own,
                    kept=wanted.kept,
                )
            )
            audit.record(db, "goal.rated", goal.public_id)
    db.commit()


def expect_ratings(
    db: ScopedSession, case: Case, appointment: Appointment, rater: str, version: int
) -> None:
    """Raise StaleError when this rater's ratings changed since `ratings_version` gave `version`.

    The case stays locked until the commit, so two at the same moment cannot both pass.
    """
    db.refresh(case, with_for_update={"of": Case})
    rows = list_goals(db, case)
    if ratings_version(rows, appointment.id, partner_id(case, rater)) != version:
        raise StaleError


def ratings_version(goals: Sequence[Goal], appointment_id: int, rater_id: int | None) -> int:
    """Count what one rater has entered at one appointment, so that a second tab is noticed."""
    return sum(
        rating.appointment_id == appointment_id and rating.rater_id == rater_id
        for goal in goals
        for rating in goal.ratings
    )


def rating_of(goal: Goal, appointment_id: int, rater_id: int | None) -> RatingDetails:
    """Give what a rater last said of a goal at an appointment; the newest entry counts."""
    for rating in reversed(goal.ratings):
        if rating.appointment_id == appointment_id and rating.rater_id == rater_id:
            return _details(rating)
    return RatingDetails()


def ratings_of(goal: Goal) -> Mapping[tuple[int, int | None], RatingDetails]:
    """Give what counts of a goal's ratings, by appointment and rater (None: the therapist)."""
    return {(rating.appointment_id, rating.rater_id): _details(rating) for rating in goal.ratings}


def _details(rating: GoalRating) -> RatingDetails:
    level = None if rating.level is None else Attainment(rating.level)
    return RatingDetails(level, rating.own, rating.kept)
