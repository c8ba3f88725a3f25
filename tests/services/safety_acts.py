"""What a clinician does about safety, asked like all acts."""

from collections.abc import Callable

from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from tests import safety_factories as made


def add_check(db: ScopedSession, case: Case) -> str:
    return made.make_check(db, case).public_id


def add_plan(db: ScopedSession, case: Case) -> str:
    return made.make_plan(db, case).public_id


def decide(db: ScopedSession, case: Case) -> str:
    return made.make_decision(db, case).public_id


def again_plan(db: ScopedSession, case: Case, _ref: str, version: int) -> None:
    made.make_plan(db, case, version)


SAFETY_ACTS: dict[Callable[[ScopedSession, Case], str], str] = {
    add_check: "private-check.added",
    add_plan: "safety-plan.written",
    decide: "safety.decided",
}
