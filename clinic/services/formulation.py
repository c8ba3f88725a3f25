"""The issue layer: candidate explanations, each with what would change the therapist's mind."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from clinic.domain.formulation import (
    ChangeOfMindMissingError,
    Confidence,
    ExplanationStatus,
    would_change_my_mind,
)
from clinic.models.cases import Case
from clinic.models.formulation import Explanation, ExplanationBeside
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.cases import find_in_case, find_partner
from clinic.services.errors import RefusedError
from clinic.services.versions import expect_version

PAIR = 2


@dataclass(frozen=True)
class ExplanationDetails:
    """One candidate issue. `about` names a partner or a pair by public id, or nobody: all."""

    kind: str
    statement: str
    about: Sequence[str]
    confidence: Confidence
    would_change_my_mind: str
    reason: str = ""
    status: ExplanationStatus = ExplanationStatus.ACTIVE
    test_by: dt.date | None = None


def list_explanations(db: ScopedSession, case: Case) -> Sequence[Explanation]:
    """List a case's explanations in the order they were added."""
    query = select(Explanation).where(Explanation.case_id == case.id).order_by(Explanation.id)
    return db.scalars(query).all()


def find_explanation(db: ScopedSession, case: Case, ref: str) -> Explanation:
    """Find one explanation of a case."""
    return find_in_case(db, Explanation, case, ref)


def due_tests(db: ScopedSession, case: Case, today: dt.date) -> Sequence[Explanation]:
    """List the active explanations whose test was to be looked at by a day that has come.

    The longest due first; one that was weakened, dropped or acted on asks for nothing.
    """
    return tests_due(list_explanations(db, case), today)


def tests_due(explanations: Iterable[Explanation], today: dt.date) -> Sequence[Explanation]:
    """Choose those whose test is due from explanations that were read before."""
    due = [
        (row.test_by, row.id, row)
        for row in explanations
        if row.status is ExplanationStatus.ACTIVE and row.test_by and row.test_by <= today
    ]
    return [row for *_, row in sorted(due, key=lambda each: each[:2])]


def add_explanation(db: ScopedSession, case: Case, details: ExplanationDetails) -> Explanation:
    """Add a candidate issue. What would change the therapist's mind is required.

    So is the day to look again, while it is active. Raises RefusedError without them.
    """
    row = Explanation(case_id=case.id, practice_id=case.practice_id)
    _write_explanation(db, case, row, details)
    audit.record(db, "explanation.added", row.public_id)
    db.commit()
    return row


def change_explanation(
    db: ScopedSession, case: Case, row: Explanation, details: ExplanationDetails, version: int
) -> None:
    """Change an explanation. Raises StaleError when it was changed since `version`."""
    expect_version(db, row, version)
    _write_explanation(db, case, row, details)
    audit.record(db, "explanation.changed", row.public_id)
    db.commit()


def _write_explanation(
    db: ScopedSession, case: Case, row: Explanation, details: ExplanationDetails
) -> None:
    if details.status is ExplanationStatus.ACTIVE and details.test_by is None:
        raise RefusedError("Say by when you will look again", "test_by")
    row.kind = details.kind or None
    _tell_whom(case, row, details.about)
    row.confidence, row.status = details.confidence, details.status
    row.test_by = details.test_by
    row.statement, row.reason = details.statement, details.reason
    row.would_change_my_mind = _change_of_mind(details.would_change_my_mind)
    db.add(row)
    db.flush()


def _tell_whom(case: Case, row: Explanation, refs: Sequence[str]) -> None:
    found = sorted({find_partner(case, ref).id for ref in refs})
    if len(found) > PAIR:
        raise RefusedError("Choose one of them, two, or the relationship", "about")
    row.about_id = found[0] if found else None
    if len(found) < PAIR:
        row.beside = None
        return
    if row.beside is None:
        row.beside = ExplanationBeside(case_id=case.id, practice_id=case.practice_id)
    row.beside.partner_id = found[1]


def _change_of_mind(text: str) -> str:
    try:
        return would_change_my_mind(text)
    except ChangeOfMindMissingError:
        raise RefusedError(
            "Say what you would have to see to change your mind, in a few words",
            "would_change_my_mind",
        ) from None
