"""Everything a clinician can do to a case, so that one test can ask the same of each act."""

from collections.abc import Callable
from dataclasses import dataclass

from clinic.domain.formulation import Bearing
from clinic.domain.goals import Attainment
from clinic.models.base import now
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services import (
    appointments,
    behaviours,
    cases,
    evidence,
    formulation,
    frames,
    goals,
    readings,
    suggestions,
    timeline,
)
from tests import factories as made
from tests import intake_factories as intake
from tests.print_factories import make_print
from tests.services.accord_acts import ACCORD_ACTS, ACCORD_SAVES
from tests.services.goal_acts import GOAL_ACTS, again_status
from tests.services.handout_acts import HANDOUT_ACTS, again_outcome, write_outcome
from tests.services.intake_acts import INTAKE_ACTS
from tests.services.life_acts import LIFE_ACTS, again_ending, again_move
from tests.services.life_acts import move as move_phase
from tests.services.note_acts import (
    NOTE_ACTS,
    add_process_note,
    again_note,
    again_process_note,
    write_note,
)
from tests.services.packet_acts import PACKET_ACTS
from tests.services.safety_acts import SAFETY_ACTS, add_plan
from tests.services.safety_acts import again_plan as again_safety_plan

#: Where words are agreed with the partners.
AGREED = "deep.pattern"


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
    evidence.change_evidence(db, case, row, made.evidence_details(), row.version)
    return row.public_id


def delete_evidence(db: ScopedSession, case: Case) -> str:
    row = made.make_evidence(db, case)
    ref = row.public_id
    evidence.delete_evidence(db, case, row, row.version)
    return ref


def save_formulation(db: ScopedSession, case: Case) -> str:
    return made.make_formulation(db, case).public_id


def share_summary(db: ScopedSession, case: Case) -> str:
    row = made.make_formulation(db, case)
    readings.share_summary(db, case, row.number, made.TODAY)
    return row.public_id


def write_reaction(db: ScopedSession, case: Case) -> str:
    row = made.make_formulation(db, case)
    readings.share_summary(db, case, row.number, made.TODAY)
    partner = case.partners[0].public_id
    readings.write_reaction(db, case, row.number, partner, "that is how it was")
    return row.public_id


def add_event(db: ScopedSession, case: Case) -> str:
    return made.make_event(db, case).public_id


def change_event(db: ScopedSession, case: Case) -> str:
    row = made.make_event(db, case)
    timeline.change_event(db, case, row, made.event_details(), row.version)
    return row.public_id


def delete_event(db: ScopedSession, case: Case) -> str:
    row = made.make_event(db, case)
    ref = row.public_id
    timeline.delete_event(db, row, row.version)
    return ref


def add_theme(db: ScopedSession, case: Case) -> str:
    return frames.add_theme(db, case, "deep", "Evenings").public_id


def rename_theme(db: ScopedSession, case: Case) -> str:
    row = frames.add_theme(db, case, "deep", "Evenings")
    frames.rename_theme(db, row, "Mornings", row.version)
    return row.public_id


def record(db: ScopedSession, case: Case) -> str:
    return make_print(db, case).public_id


def write_agreements(db: ScopedSession, case: Case) -> str:
    frames.write_agreements(db, case, {AGREED: "we go quiet"}, {})
    return case.public_id


def write_frames(db: ScopedSession, case: Case) -> str:
    frames.write_frames(db, case, {"plan.not-yet..": "the flat"}, {})
    return case.public_id


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


def begin_now(db: ScopedSession, case: Case) -> str:
    row = made.make_appointment(db, case)
    return appointments.begin_now(db, case, row.public_id).public_id


def end_now(db: ScopedSession, case: Case) -> str:
    row = made.make_appointment(db, case)
    return appointments.end_now(db, case, row.public_id).public_id


def answer(db: ScopedSession, case: Case) -> str:
    partner = case.partners[0].public_id
    return suggestions.answer(db, case, "leaning-out", partner, accepted=True).public_id


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
    delete_evidence: "evidence.deleted",
    save_formulation: "formulation.saved",
    share_summary: "summary.shared",
    write_reaction: "summary.answered",
    add_event: "event.added",
    change_event: "event.changed",
    delete_event: "event.deleted",
    add_theme: "theme.added",
    rename_theme: "theme.changed",
    write_frames: "frames.written",
    write_agreements: "frames.agreed",
    record: "worksheet.printed",
    answer: "suggestion.answered",
    set_pair: "goal.set",
    add_goal: "goal.set",
    change_goal: "goal.changed",
    rate_goals: "goal.rated",
    hold_appointment: "appointment.held",
    change_appointment: "appointment.changed",
    begin_now: "appointment.begun",
    end_now: "appointment.ended",
    **PACKET_ACTS,
    **INTAKE_ACTS,
    **SAFETY_ACTS,
    **ACCORD_ACTS,
    **GOAL_ACTS,
    **LIFE_ACTS,
    **NOTE_ACTS,
    **HANDOUT_ACTS,
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
    row = evidence.find_evidence(db, case, ref)
    evidence.change_evidence(db, case, row, made.evidence_details(), version)


def again_formulation(db: ScopedSession, case: Case, _ref: str, version: int) -> None:
    made.make_formulation(db, case, based_on=version)


def again_event(db: ScopedSession, case: Case, ref: str, version: int) -> None:
    row = timeline.find_event(db, case, ref)
    timeline.change_event(db, case, row, made.event_details(), version)


def again_frame(db: ScopedSession, case: Case, _ref: str, version: int) -> None:
    place = "plan.not-yet.."
    # The same words again would be no change, and so no conflict.
    frames.write_frames(db, case, {place: f"written at {now()}"}, {place: version})


def again_agreement(db: ScopedSession, case: Case, _ref: str, version: int) -> None:
    # The same words again would be no change, and so no conflict.
    frames.write_agreements(db, case, {AGREED: f"said at {now()}"}, {AGREED: version})


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
    "note": Save(write_note, again_note),
    "process note": Save(add_process_note, again_process_note),
    "phase": Save(move_phase, again_move),
    "ending": Save(lambda _db, case: case.public_id, again_ending),
    "case": Save(lambda _db, case: case.public_id, again_case),
    "behaviour": Save(record_behaviour, again_behaviour),
    "onset": Save(write_onset, again_onset),
    "explanation": Save(add_explanation, again_explanation),
    "evidence": Save(add_evidence, again_evidence),
    "formulation": Save(save_formulation, again_formulation),
    "event": Save(add_event, again_event),
    "frame": Save(write_frames, again_frame),
    "agreed words": Save(write_agreements, again_agreement),
    "goal": Save(lambda db, case: made.make_pair(db, case)[0].public_id, again_goal),
    "goal's status": Save(lambda db, case: made.make_pair(db, case)[0].public_id, again_status),
    "safety plan": Save(add_plan, again_safety_plan),
    "appointment": Save(hold_appointment, again_appointment),
    **{name: Save(make, again) for name, (make, again) in ACCORD_SAVES.items()},
    "outcome": Save(write_outcome, again_outcome),
    "plan": Save(lambda db, case: intake.plan_intake(db, case).public_id, again_plan),
}
