"""Everything a clinician can do to a case, so that one test can ask the same of each act."""

from collections.abc import Callable
from dataclasses import dataclass

from clinic.domain.formulation import Bearing
from clinic.domain.goals import Attainment
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services import appointments, behaviours, cases, formulation, goals
from tests import factories as made
from tests import intake_factories as intake
from tests.services.intake_acts import INTAKE_ACTS


def open_case(db: ScopedSession, _case: Case) -> str:
    return made.make_case(db).public_id


def change_case(db: ScopedSession, case: Case) -> str:
    cases.change_case(db, case, made.case_details(), case.version)
    return case.public_id


def record_behaviour(db: ScopedSession, case: Case) -> str:
    return made.make_behaviour(db, case).public_id


def change_behaviour(db: ScopedSession, case: Case) -> str:
    row = made.make_behaviour(db, case)
    behaviours.change_behaviour(db, case, row, made.behaviour_details(case), row.version)
    return row.public_id


def write_onset(db: ScopedSession, case: Case) -> str:
    behaviours.write_onset(db, case, made.onset_details(case), version=0)
    return case.public_id


def add_explanation(db: ScopedSession, case: Case) -> str:
    return made.make_explanation(db, case).public_id


def change_explanation(db: ScopedSession, case: Case) -> str:
    row = made.make_explanation(db, case)
    formulation.change_explanation(db, case, row, made.explanation_details(), row.version)
    return row.public_id


def add_evidence(db: ScopedSession, case: Case) -> str:
    bearings = {made.make_explanation(db, case).public_id: Bearing.AGAINST}
    return made.make_evidence(db, case, bearings=bearings).public_id


def change_evidence(db: ScopedSession, case: Case) -> str:
    row = made.make_evidence(db, case)
    formulation.change_evidence(db, case, row, made.evidence_details(), row.version)
    return row.public_id


def save_formulation(db: ScopedSession, case: Case) -> str:
    return made.make_formulation(db, case).public_id


def set_pair(db: ScopedSession, case: Case) -> str:
    return made.make_pair(db, case)[-1].public_id


def add_goal(db: ScopedSession, case: Case) -> str:
    beside = made.make_pair(db, case)[0]
    return goals.add_goal(db, case, beside, made.goal_details(case)).public_id


def change_goal(db: ScopedSession, case: Case) -> str:
    row = made.make_pair(db, case)[0]
    goals.change_goal(db, case, row, made.goal_details(case), row.version)
    return row.public_id


def rate_goals(db: ScopedSession, case: Case) -> str:
    row = made.make_pair(db, case)[0]
    ratings = {row.public_id: goals.RatingDetails(Attainment.LESS)}
    goals.rate_goals(db, case, made.make_appointment(db, case), "", ratings)
    return row.public_id


def hold_appointment(db: ScopedSession, case: Case) -> str:
    return made.make_appointment(db, case).public_id


def change_appointment(db: ScopedSession, case: Case) -> str:
    row = made.make_appointment(db, case)
    details = made.appointment_details(case)
    appointments.change_appointment(db, case, row, details, row.version)
    return row.public_id


#: Each act and the action that its audit line must name.
ACTS: dict[Callable[[ScopedSession, Case], str], str] = {
    open_case: "case.opened",
    change_case: "case.changed",
    record_behaviour: "behaviour.recorded",
    change_behaviour: "behaviour.changed",
    write_onset: "agreement-at-onset.written",
    add_explanation: "explanation.added",
    change_explanation: "explanation.changed",
    add_evidence: "evidence.added",
    change_evidence: "evidence.changed",
    save_formulation: "formulation.saved",
    set_pair: "goal.set",
    add_goal: "goal.set",
    change_goal: "goal.changed",
    rate_goals: "goal.rated",
    hold_appointment: "appointment.held",
    change_appointment: "appointment.changed",
    **INTAKE_ACTS,
}


@dataclass(frozen=True)
class Save:
    """One thing that two people can have open: how it is made, and how it is saved again."""

    make: Callable[[ScopedSession, Case], str]
    again: Callable[[ScopedSession, Case, str, int], None]


def again_case(db: ScopedSession, case: Case, _ref: str, version: int) -> None:
    partners = made.case_details("Mara", "Jonas").partners
    cases.change_case(db, case, made.case_details(partners=partners), version)


def again_behaviour(db: ScopedSession, case: Case, ref: str, version: int) -> None:
    row = behaviours.find_behaviour(db, case, ref)
    behaviours.change_behaviour(db, case, row, made.behaviour_details(case), version)


def again_onset(db: ScopedSession, case: Case, _ref: str, version: int) -> None:
    behaviours.write_onset(db, case, made.onset_details(case), version)


def again_explanation(db: ScopedSession, case: Case, ref: str, version: int) -> None:
    row = formulation.find_explanation(db, case, ref)
    formulation.change_explanation(db, case, row, made.explanation_details(), version)


def again_evidence(db: ScopedSession, case: Case, ref: str, version: int) -> None:
    row = formulation.find_evidence(db, case, ref)
    formulation.change_evidence(db, case, row, made.evidence_details(), version)


def again_formulation(db: ScopedSession, case: Case, _ref: str, version: int) -> None:
    made.make_formulation(db, case, based_on=version)


def again_goal(db: ScopedSession, case: Case, ref: str, version: int) -> None:
    row = goals.find_goal(db, case, ref)
    goals.change_goal(db, case, row, made.goal_details(case), version)


def again_appointment(db: ScopedSession, case: Case, ref: str, version: int) -> None:
    row = appointments.find_appointment(db, case, ref)
    details = made.appointment_details(case)
    appointments.change_appointment(db, case, row, details, version)


def again_plan(db: ScopedSession, case: Case, _ref: str, version: int) -> None:
    intake.plan_intake(db, case, version)


SAVES = {
    "case": Save(lambda _db, case: case.public_id, again_case),
    "behaviour": Save(record_behaviour, again_behaviour),
    "onset": Save(write_onset, again_onset),
    "explanation": Save(add_explanation, again_explanation),
    "evidence": Save(add_evidence, again_evidence),
    "formulation": Save(save_formulation, again_formulation),
    "goal": Save(lambda db, case: made.make_pair(db, case)[0].public_id, again_goal),
    "appointment": Save(hold_appointment, again_appointment),
    "plan": Save(lambda db, case: intake.plan_intake(db, case).public_id, again_plan),
}
