"""What the treating clinician keeps about safety, as `factories` makes the rest of a case."""

import datetime as dt
from dataclasses import replace
from typing import Any

from clinic.domain.questionnaires import ScreenResult
from clinic.models.cases import Case
from clinic.models.safety import PrivateCheck, SafetyDecision, SafetyPlan
from clinic.models.scope import ScopedSession
from clinic.services import private_checks, safety, safety_plans
from clinic.services.safety_marks import TRACK
from tests.factories import TODAY

WORDS = {"signs": "he goes quiet at noon", "numbers": "my sister"}


def check_details(**changes: Any) -> private_checks.CheckDetails:
    """Describe a check of today in which nothing came up."""
    details = private_checks.CheckDetails(
        asked_on=TODAY,
        asked_alone=True,
        result=ScreenResult.NO_INDICATION,
        told="we shout, and nobody is afraid",
        judgement="spoke freely",
        again_on=TODAY + dt.timedelta(days=60),
    )
    return replace(details, **changes)


def make_check(db: ScopedSession, case: Case, place: int = 0, **changes: Any) -> PrivateCheck:
    """Add a check of one partner, the first one unless told otherwise."""
    ref = case.partners[place].public_id
    today = dt.datetime.now(dt.UTC).date()
    return private_checks.add_check(db, case, ref, check_details(**changes), max(today, TODAY))


def make_positive(db: ScopedSession, case: Case, place: int = 0) -> PrivateCheck:
    """Add a check in which something came up."""
    return make_check(db, case, place, result=ScreenResult.POSITIVE, told="he took my phone")


def make_plan(db: ScopedSession, case: Case, based_on: int = 0, place: int = 0) -> SafetyPlan:
    """Add a version of one partner's safety plan."""
    return safety_plans.add_plan(db, case, case.partners[place].public_id, WORDS, based_on)


def make_decision(
    db: ScopedSession, case: Case, kind: str = TRACK, *, holds: bool = True
) -> SafetyDecision:
    """Decide something about the track, or about a tool."""
    return safety.decide(db, case, kind, "after a talk with each", holds=holds)


def fill_safety(db: ScopedSession, case: Case) -> None:
    """Put one of everything about safety into a case, and leave every tool as it was."""
    for place, partner in enumerate(case.partners):
        make_check(db, case, place)
        versions = safety_plans.list_plans(db, case, partner.public_id)
        make_plan(db, case, versions[0].number if versions else 0, place)
    make_decision(db, case, holds=False)
