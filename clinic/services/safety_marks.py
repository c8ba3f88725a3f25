"""What is on record about safety beside the partners' own answers, read in four statements.

The guard and the track rest on it (clinical.md 1.1, 5.4). Nothing sealed is opened here, and who
may know of any of it is for the caller to ask.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select

from clinic.content.library import Concern
from clinic.domain.formulation import ExplanationStatus, RollUp
from clinic.domain.questionnaires import ScreenResult
from clinic.domain.tracks import CONTROL, Tool, TrackName
from clinic.models.behaviours import BehaviourRating, BehaviourRecord
from clinic.models.cases import Case, Partner
from clinic.models.comparison import SafetyTask
from clinic.models.formulation import Explanation, Formulation
from clinic.models.safety import PrivateCheck, SafetyDecision
from clinic.models.scope import ScopedSession
from clinic.services.measures import TaskKind

#: The kind of a decision about the track; every other kind is a tool.
TRACK = "track"

Moments = Sequence[dt.datetime]


@dataclass(frozen=True)
class Marks:
    """What the treating clinician noted; people by inner id.

    `positive` had a score at its cut-off, or a check in which something came up. `opened` are the
    tools that were opened knowing everything that has come up until now.
    """

    explanations: Sequence[tuple[str, ExplanationStatus]]
    limiting: Mapping[int, Sequence[str]]
    hidden_from_fear: frozenset[int]
    positive: frozenset[int]
    decided: TrackName | None
    opened: frozenset[Tool]


@dataclass(frozen=True)
class _Decided:
    """The newest decision of one kind."""

    holds: bool
    at: dt.datetime


@dataclass(frozen=True)
class _Entered:
    """What was entered about one partner, and the newest roll-up of the case."""

    partner_id: int
    screened_at: dt.datetime | None
    checked_at: dt.datetime | None
    roll_up: RollUp | None

    def is_positive(self, track: _Decided | None) -> bool:
        """Tell whether something stands; a later decision to end the track settles a check."""
        ended = track is not None and not track.holds
        settled = track and ended and self.checked_at and track.at > self.checked_at
        return bool(self.screened_at or (self.checked_at and not settled))


@dataclass(frozen=True)
class _Seen:
    """One recorded behaviour, as far as it tells about limiting or fear."""

    about_id: int
    limiting: str
    from_fear: bool
    at: dt.datetime


def limits(concern: Concern, key: str) -> bool:
    """Tell whether a behaviour is one that may limit a partner: such rows have no zone."""
    return key in concern.behaviours and concern.behaviours[key].zone is None


def read_marks(
    db: ScopedSession, case: Case, concern: Concern, answered: Iterable[dt.datetime]
) -> Marks:
    """Read what is noted about a case; `answered` are the moments at which answers were sent.

    A check with something come up counts until the therapist decides later that the track has
    ended: a check without indication lifts nothing. A tool stays open until something new comes up.
    """
    decided = _decisions(db, case)
    track = decided.get(TRACK)
    entered, seen = list(_entered(db, case)), list(_seen(db, case, concern))
    explanations = _explanations(db, case)
    on_track = track is not None and track.holds
    rolled_up = any(each.roll_up is RollUp.SAFETY_TRACK for each in entered)
    moments = [*answered, *_moments(entered, seen, explanations)]
    if track is not None and track.holds:
        moments.append(track.at)
    return Marks(
        [(kind, status) for kind, status, _ in explanations],
        _limiting(seen),
        frozenset(each.about_id for each in seen if each.from_fear),
        frozenset(each.partner_id for each in entered if each.is_positive(track)),
        TrackName.SAFETY if on_track or rolled_up else None,
        frozenset(tool for tool in Tool if _stays_open(decided.get(tool.value), moments)),
    )


def _stays_open(decision: _Decided | None, moments: Moments) -> bool:
    if decision is None or not decision.holds:
        return False
    return all(decision.at > moment for moment in moments)


def _moments(
    entered: Iterable[_Entered],
    seen: Iterable[_Seen],
    explanations: Iterable[tuple[str, ExplanationStatus, dt.datetime]],
) -> Iterator[dt.datetime]:
    for each in entered:
        yield from filter(None, (each.screened_at, each.checked_at))
    yield from (each.at for each in seen if each.limiting or each.from_fear)
    yield from (at for kind, _, at in explanations if kind == CONTROL)


def _decisions(db: ScopedSession, case: Case) -> Mapping[str, _Decided]:
    query = select(SafetyDecision.kind, SafetyDecision.holds, SafetyDecision.created_at).where(
        SafetyDecision.case_id == case.id
    )
    rows = db.execute(query.order_by(SafetyDecision.id))
    return {kind: _Decided(holds, at) for kind, holds, at in rows}


def _entered(db: ScopedSession, case: Case) -> Iterator[_Entered]:
    screened = select(func.max(SafetyTask.created_at)).where(
        SafetyTask.partner_id == Partner.id, SafetyTask.kind == TaskKind.POSITIVE_SCREEN.value
    )
    checked = select(func.max(PrivateCheck.created_at)).where(
        PrivateCheck.partner_id == Partner.id, PrivateCheck.result == ScreenResult.POSITIVE
    )
    roll_up = (
        select(Formulation.roll_up)
        .where(Formulation.case_id == Partner.case_id)
        .order_by(Formulation.number.desc())
        .limit(1)
    )
    parts = [each.scalar_subquery() for each in (screened, checked, roll_up)]
    for row in db.execute(select(Partner.id, *parts).where(Partner.case_id == case.id)):
        yield _Entered(*row)


def _seen(db: ScopedSession, case: Case, concern: Concern) -> Iterator[_Seen]:
    row = BehaviourRecord
    query = select(row.about_id, row.behaviour, _is_from_fear(), row.created_at)
    for about_id, key, from_fear, at in db.execute(query.where(row.case_id == case.id)):
        yield _Seen(about_id, key if key and limits(concern, key) else "", bool(from_fear), at)


def _is_from_fear() -> ColumnElement[bool]:
    return exists().where(
        BehaviourRating.behaviour_id == BehaviourRecord.id, BehaviourRating.from_fear.is_(True)
    )


def _limiting(seen: Iterable[_Seen]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    for each in seen:
        if each.limiting:
            found.setdefault(each.about_id, []).append(each.limiting)
    return found


def _explanations(
    db: ScopedSession, case: Case
) -> Sequence[tuple[str, ExplanationStatus, dt.datetime]]:
    query = select(Explanation.kind, Explanation.status, Explanation.created_at).where(
        Explanation.case_id == case.id
    )
    return [(kind or "", status, at) for kind, status, at in db.execute(query)]
