"""Which work comes first in a case, which tools stay shut, and what the therapist decided.

For the treating clinician only: everybody else meets one sentence that gives no reason
(`guard.NOT_OPEN`). Decisions are added and never changed (clinical.md 5.4, 6.0).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from clinic.domain.tracks import OPENNESS_GOALS, OPENNESS_SHEETS, Gate, Tool, TrackName, gate
from clinic.models.accounts import Clinician
from clinic.models.cases import Case
from clinic.models.safety import SafetyDecision
from clinic.models.scope import ScopedSession
from clinic.services import audit, comparison
from clinic.services.comparison import GuardState, IntakeContent
from clinic.services.errors import MissingError, RefusedError
from clinic.services.safety_marks import TRACK
from clinic.services.treating import require_treating

#: One key of each tool that is shut for some keys alone.
SHUT_KEYS = {Tool.GOAL: min(OPENNESS_GOALS), Tool.SHEET: min(OPENNESS_SHEETS)}


@dataclass(frozen=True)
class Decision:
    """One decision: about the track, or about a tool that was opened in spite of it."""

    kind: str
    holds: bool
    reason: str
    author: str
    decided_on: dt.date


def track_of(db: ScopedSession, case: Case, content: IntakeContent) -> GuardState:
    """Give the track that a case is on, with its reasons, and which tools are shut on it.

    Ask once and then `is_shut` for each tool: six statements, whatever the case holds. It leaves
    no line in the audit log: the page that shows the reasons notes what it reads.
    """
    return comparison.look(db, case, content)


def is_shut(
    db: ScopedSession, case: Case, content: IntakeContent, tool: Tool, key: str = ""
) -> bool:
    """Tell whether a tool stays shut; `key` is a goal stub's or a worksheet's.

    A tool that the therapist opened with a reason is open until something new comes up.
    """
    return track_of(db, case, content).is_shut(tool, key)


def can_be_opened(tool: Tool) -> bool:
    """Tell whether there is a way past with a reason while a tool is shut."""
    return gate(TrackName.SAFETY, tool, SHUT_KEYS.get(tool, "")) is Gate.REASON_NEEDED


def decide(db: ScopedSession, case: Case, kind: str, reason: str, *, holds: bool) -> SafetyDecision:
    """Write down a decision with its reason; earlier ones stay.

    `kind` is "track" or a tool's. A track that ends settles the checks made until then, and no
    other reason. Raises RefusedError without a reason, MissingError for a tool with no way past.
    """
    require_treating(db, case)
    if kind not in kinds():
        raise MissingError(kind)
    if not reason.strip():
        raise RefusedError("Enter the reason", "reason")
    row = SafetyDecision(
        case_id=case.id,
        practice_id=case.practice_id,
        author_id=db.scope.clinician_id,
        kind=kind,
        holds=holds,
    )
    row.reason = reason.strip()
    db.add(row)
    db.flush()
    audit.record(db, "safety.decided", row.public_id)
    db.commit()
    return row


def kinds() -> Sequence[str]:
    """List what can be decided about: the track, and each tool with a way past."""
    return [TRACK, *(tool.value for tool in Tool if can_be_opened(tool))]


def list_decisions(db: ScopedSession, case: Case) -> Sequence[Decision]:
    """List every decision with its author and day, the newest first."""
    require_treating(db, case)
    audit.note_read(db, "safety.read", case.public_id)
    query = (
        select(SafetyDecision, Clinician.name)
        .join(Clinician, Clinician.id == SafetyDecision.author_id)
        .where(SafetyDecision.case_id == case.id)
        .order_by(SafetyDecision.id.desc())
    )
    return [
        Decision(row.kind, row.holds, row.reason, author, row.created_at.date())
        for row, author in db.execute(query)
    ]
