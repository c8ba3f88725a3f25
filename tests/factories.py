"""What a test needs a case to hold: details with sensible values, and rows made through services.

Every `..._details` takes what shall differ; every `make_...` stores through the service, so that a
row of a test is one that the app itself could have written.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from clinic.domain.agreement import OnsetStatus, Openness
from clinic.domain.appointments import AppointmentKind, Attendance
from clinic.domain.behaviours import Frequency, HowKnown, StillHappening, Zone
from clinic.domain.cases import ContactBy, SecretsPolicy
from clinic.domain.formulation import Bearing, Confidence, Diagnosticity, RollUp
from clinic.domain.goals import Attainment, GoalLayer
from clinic.domain.timeline import EventKind
from clinic.models.appointments import Appointment
from clinic.models.behaviours import BehaviourRecord
from clinic.models.cases import Case
from clinic.models.formulation import EvidenceItem, Explanation, Formulation
from clinic.models.goals import Goal
from clinic.models.scope import ScopedSession
from clinic.models.store import Store
from clinic.models.timeline import LifeEvent
from clinic.services import (
    appointments,
    behaviours,
    cases,
    drafts,
    evidence,
    formulation,
    frames,
    goal_course,
    goals,
    readings,
    suggestions,
    timeline,
)
from tests.accord_factories import fill_accords
from tests.cast import Person, enter_as
from tests.check_in_factories import fill_check_ins
from tests.note_factories import fill_notes
from tests.print_factories import make_print

TODAY = dt.date(2026, 11, 20)


@contextmanager
def at_work(store: Store, person: Person, *, writes: bool = True) -> Iterator[ScopedSession]:
    """Give a session of one person; what was not committed is undone at its end."""
    with store.session(writes=writes) as db:
        enter_as(db, store, person.id)
        yield db


def case_of(db: ScopedSession, person: Person) -> Case:
    """Find the case that the cast gave to a person."""
    return cases.find_case(db, person.case_ref)


def case_details(*names: str, **changes: Any) -> cases.CaseDetails:
    """Describe a case with these partners, or with two of them."""
    partners = [
        cases.PartnerDetails(name, ContactBy.EMAIL, f"{name.lower()}@example.org", "evenings")
        for name in names or ("Ada", "Nour")
    ]
    return replace(cases.CaseDetails("couple", SecretsPolicy.LIMITED, partners), **changes)


def make_case(db: ScopedSession, *names: str, **changes: Any) -> Case:
    """Open another case for whoever the session belongs to."""
    return cases.open_case(db, case_details(*names, **changes))


def behaviour_details(case: Case, **changes: Any) -> behaviours.BehaviourDetails:
    """Describe late messages, seen by the first partner in the second."""
    first, second = case.partners[0].public_id, case.partners[1].public_id
    details = behaviours.BehaviourDetails(
        behaviour="B01",
        own_words="messages after midnight",
        about=second,
        reporter=first,
        frequency=Frequency.WEEKLY,
        still_happening=StillHappening.YES,
        how_known=HowKnown.DISCOVERED,
        since=(2026, 3),
        times_raised=2,
        responses=("R01", "R02"),
        outsider_role="a colleague",
        notes="came up twice",
        placings={
            first: behaviours.Placing(Zone.BEYOND, 3, 2, None),
            "": behaviours.Placing(Zone.GRAY, 1, None, 2),
        },
    )
    return replace(details, **changes)


def make_behaviour(db: ScopedSession, case: Case, **changes: Any) -> BehaviourRecord:
    """Record a behaviour."""
    return behaviours.record_behaviour(db, case, behaviour_details(case, **changes))


def onset_details(case: Case, **changes: Any) -> behaviours.OnsetDetails:
    """Describe an agreement that the two partners tell differently."""
    first, second = (partner.public_id for partner in case.partners[:2])
    details = behaviours.OnsetDetails(
        status=OnsetStatus.DIFFERS,
        wording="no contact outside work",
        positions={
            first: (Openness.SAID_ALOUD, "we said it in May"),
            second: (Openness.NEVER_DISCUSSED, "I never heard that"),
        },
    )
    return replace(details, **changes)


def explanation_details(**changes: Any) -> formulation.ExplanationDetails:
    """Describe an explanation about the relationship."""
    details = formulation.ExplanationDetails(
        kind="H2",
        statement="distance since the move",
        about=(),
        confidence=Confidence.LOW,
        would_change_my_mind="closeness before the move was just as low",
        reason="both name the move",
        test_by=TODAY + dt.timedelta(days=28),
    )
    return replace(details, **changes)


def make_explanation(db: ScopedSession, case: Case, **changes: Any) -> Explanation:
    """Add an explanation."""
    return formulation.add_explanation(db, case, explanation_details(**changes))


def evidence_details(**changes: Any) -> evidence.EvidenceDetails:
    """Describe something that the therapist saw."""
    details = evidence.EvidenceDetails(
        kind="E03",
        observation="looks away when the move is mentioned",
        source="",
        observed_on=TODAY,
        diagnosticity=Diagnosticity.HIGH,
    )
    return replace(details, **changes)


def make_evidence(db: ScopedSession, case: Case, **changes: Any) -> EvidenceItem:
    """Add a piece of evidence."""
    return evidence.add_evidence(db, case, evidence_details(**changes))


def event_details(**changes: Any) -> timeline.EventDetails:
    """Describe a move of all of them."""
    details = timeline.EventDetails(EventKind.MOVE, "to the coast", "", (2025, 3))
    return replace(details, **changes)


def make_event(db: ScopedSession, case: Case, **changes: Any) -> LifeEvent:
    """Add an event to the couple's timeline."""
    return timeline.add_event(db, case, event_details(**changes))


def roll_up_details(**changes: Any) -> readings.RollUpDetails:
    """Describe a reading of the case, with a summary for the couple."""
    details = readings.RollUpDetails(
        roll_up=RollUp.MIXED,
        confidence=Confidence.MEDIUM,
        reason="the distance came first",
        strengths="they still laugh together",
        responsibility="each for their own part",
        couple_summary="You both want evenings back",
    )
    return replace(details, **changes)


def make_formulation(
    db: ScopedSession, case: Case, based_on: int = 0, **changes: Any
) -> Formulation:
    """Save a reading of the case."""
    return readings.save_formulation(db, case, roll_up_details(**changes), based_on)


def appointment_details(case: Case, **changes: Any) -> appointments.AppointmentDetails:
    """Describe a joint appointment to which the second partner came late."""
    first, second = (partner.public_id for partner in case.partners[:2])
    details = appointments.AppointmentDetails(
        TODAY, AppointmentKind.JOINT, {first: Attendance.PRESENT, second: Attendance.LATE}
    )
    return replace(details, **changes)


def make_appointment(db: ScopedSession, case: Case, **changes: Any) -> Appointment:
    """Hold the next appointment."""
    return appointments.hold_appointment(db, case, appointment_details(case, **changes))


def goal_details(case: Case, **changes: Any) -> goals.GoalDetails:
    """Describe a behaviour goal of both partners."""
    details = goals.GoalDetails(
        layer=GoalLayer.BEHAVIOUR,
        wording="phones stay in the kitchen at night",
        owners=[partner.public_id for partner in case.partners],
        weight=2,
        review_on=TODAY + dt.timedelta(days=28),
        anchors={level: f"{3 + level} nights a week" for level in Attainment},
        stub="G01",
    )
    return replace(details, **changes)


def make_pair(db: ScopedSession, case: Case, **changes: Any) -> list[Goal]:
    """Set a behaviour goal and an issue goal together; the changes go to the behaviour goal."""
    issue = goal_details(case, layer=GoalLayer.ISSUE, wording="we ask before we guess", weight=1)
    return list(goals.set_pair(db, case, [goal_details(case, **changes), issue]))


def make_new_steps(db: ScopedSession, case: Case, row: Goal) -> Goal:
    """Close a goal's scale, and go on with other steps."""
    steps = goal_course.NewSteps(
        wording=row.wording,
        anchors={level: f"{4 + level} nights a week" for level in Attainment},
        start_level=Attainment.LESS,
        review_on=TODAY + dt.timedelta(days=28),
        since=TODAY,
        reason="the first steps were too easy",
    )
    return goal_course.write_new_steps(db, case, row, steps, row.version)


def fill_case(db: ScopedSession, case: Case) -> None:
    """Put one of everything into a case."""
    explanation = make_explanation(db, case)
    make_behaviour(db, case)
    behaviours.write_onset(db, case, onset_details(case), version=0)
    make_evidence(
        db,
        case,
        bearings={explanation.public_id: Bearing.SUPPORTS},
        reasons={explanation.public_id: "it had never been so before"},
    )
    make_formulation(db, case)
    behaviour_goal, _ = make_pair(db, case, explanation=explanation.public_id)
    appointment = make_appointment(db, case)
    ratings = {behaviour_goal.public_id: goals.RatingDetails(Attainment.MORE, 7)}
    goals.rate_goals(db, case, appointment, case.partners[0].public_id, ratings)
    fill_workspace(db, case)


def fill_workspace(db: ScopedSession, case: Case) -> None:
    """Put one of everything beside the formulation into a case that has its first rows."""
    behaviour = behaviours.list_behaviours(db, case)[0].public_id
    appointment = appointments.list_appointments(db, case)[0].public_id
    explanation = formulation.list_explanations(db, case)[0].public_id
    make_event(db, case)
    make_evidence(
        db,
        case,
        behaviour=behaviour,
        appointment=appointment,
        bearings={explanation: Bearing.AGAINST},
        reasons={explanation: "here it was the other way round"},
    )
    theme = frames.add_theme(db, case, "deep", "Evenings")
    place = f"deep.pattern.{theme.public_id}."
    frames.write_frames(db, case, {place: "one asks, one leaves", "plan.not-yet..": "money"}, {})
    frames.write_agreements(db, case, {"deep.pattern": "we go quiet"}, {})
    make_print(db, case)
    newest = readings.latest_formulation(db, case)
    saved = make_formulation(db, case, newest.number if newest else 0)
    readings.share_summary(db, case, saved.number, TODAY)
    partner = case.partners[0]
    readings.write_reaction(db, case, saved.number, partner.public_id, "that is how it was")
    suggestions.answer(db, case, "leaning-out", partner.public_id, accepted=False)
    fill_accords(db, case)
    fill_check_ins(db, case)
    fill_notes(db, case)
    drafts.keep(db, case, f"/cases/{case.public_id}/roll-up", {"reason": ["not saved yet"]})
