"""The demo's goals in their pairs, the appointments, and what each rater found at each."""

from collections.abc import Sequence

from clinic.content.vignettes_schema import NOBODY, GoalRow
from clinic.models.appointments import Appointment
from clinic.models.goals import Goal
from clinic.services import appointments, goals
from clinic.services.demo.days import days_after, days_before
from clinic.services.demo.scene import Scene


def set_goals(scene: Scene) -> Sequence[Goal]:
    """Set every pair, and further goals beside it, in the vignette's order."""
    rows: list[Goal] = []
    for pair in scene.vignette.pairs:
        behaviour, issue, *others = [_details(scene, row) for row in pair.goals]
        together = list(goals.set_pair(scene.db, scene.case, [behaviour, issue]))
        beside = [goals.add_goal(scene.db, scene.case, together[0], each) for each in others]
        rows += together + beside
    return rows


def _details(scene: Scene, row: GoalRow) -> goals.GoalDetails:
    return goals.GoalDetails(
        layer=scene.concern.goals[row.stub].layer,
        wording=row.wording,
        owners=[scene.refs[name] for name in row.owners],
        weight=row.weight,
        review_on=days_after(scene.today, row.review_in_days),
        anchors=row.anchors.value(),
        start_level=row.start_level,
        stub=row.stub,
        explanation=scene.refs[row.explanation],
    )


def hold_and_rate(scene: Scene, rows: Sequence[Goal]) -> None:
    """Hold every appointment, and write down what therapist and partners found with each goal."""
    for place, row in enumerate(scene.vignette.appointments):
        details = appointments.AppointmentDetails(
            days_before(scene.today, row.days_ago),
            row.kind,
            {scene.refs[name]: attendance for name, attendance in row.attendance.items()},
        )
        appointment = appointments.hold_appointment(scene.db, scene.case, details)
        _rate(scene, rows, appointment, place)


def _rate(scene: Scene, rows: Sequence[Goal], appointment: Appointment, place: int) -> None:
    told = list(zip(rows, scene.vignette.goals, strict=True))
    for rater in (NOBODY, *(partner.name for partner in scene.vignette.partners)):
        found = {
            goal.public_id: rating
            for goal, row in told
            if (rating := _rating(row, rater, place)) != goals.RatingDetails()
        }
        if found:
            goals.rate_goals(scene.db, scene.case, appointment, scene.refs[rater], found)


def _rating(row: GoalRow, rater: str, place: int) -> goals.RatingDetails:
    """Give the therapist's level, or a partner's own 0 to 10, at one appointment."""
    if rater == NOBODY:
        return goals.RatingDetails(level=row.levels[place] if row.levels else None)
    own = row.own.get(rater)
    return goals.RatingDetails(own=own[place] if own else None)
