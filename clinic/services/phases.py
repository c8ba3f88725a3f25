"""Where the work on a case stands: ticks, and moves that the therapist decides (clinical.md 2.6).

Both are added and never changed. No tick and no gate moves a case by itself.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from clinic.domain.phases import Phase, TickPlace, left_open, needs_reason, passed, places
from clinic.domain.said import mark
from clinic.models.accounts import Clinician
from clinic.models.case_life import PhaseMove, PhaseTick
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services import audit, safety
from clinic.services.cases import find_partner
from clinic.services.comparison import IntakeContent
from clinic.services.days import today
from clinic.services.errors import MissingError, RefusedError, StaleError
from clinic.services.treating import require_treating


@dataclass(frozen=True)
class Ways:
    """The reviewed content that moving rests on: the phases in order, and what answers mean."""

    phases: Mapping[str, Phase]
    content: IntakeContent


@dataclass(frozen=True)
class Tick:
    """One time a box was ticked, or its tick taken back; `place` is its key."""

    place: str
    holds: bool
    on: dt.date
    author: str


@dataclass(frozen=True)
class Move:
    """One move to a phase; `number` counts from 1, `left_open` what was not ticked behind it."""

    number: int
    phase: str
    on: dt.date
    author: str
    reason: str
    left_open: int


def list_ticks(db: ScopedSession, case: Case) -> Sequence[Tick]:
    """List every tick and every tick taken back, oldest first; the last of a place counts."""
    refs = {partner.id: partner.public_id for partner in case.partners}
    query = (
        select(PhaseTick, Clinician.name)
        .join(Clinician, Clinician.id == PhaseTick.author_id)
        .where(PhaseTick.case_id == case.id)
        .order_by(PhaseTick.id)
    )
    return [
        Tick(
            f"{row.phase}.{row.criterion}.{refs.get(row.partner_id or 0, '')}",
            row.holds,
            row.ticked_on,
            author,
        )
        for row, author in db.execute(query)
    ]


def ticked(ticks: Sequence[Tick]) -> Mapping[str, Tick]:
    """Give what is ticked now, by the key of its place."""
    newest = {tick.place: tick for tick in ticks}
    return {place: tick for place, tick in newest.items() if tick.holds}


def list_moves(db: ScopedSession, case: Case) -> Sequence[Move]:
    """List every move of a case, the first one first; without any it is in the first phase."""
    query = (
        select(PhaseMove, Clinician.name)
        .join(Clinician, Clinician.id == PhaseMove.author_id)
        .where(PhaseMove.case_id == case.id)
        .order_by(PhaseMove.number)
    )
    return [
        Move(row.number, row.phase, row.moved_on, author, row.reason, row.left_open)
        for row, author in db.execute(query)
    ]


def present(phases: Mapping[str, Phase], moves: Sequence[Move]) -> str:
    """Give the key of the phase that a case is in."""
    return moves[-1].phase if moves else next(iter(phases))


def tick(
    db: ScopedSession, case: Case, phases: Mapping[str, Phase], place: str, *, holds: bool
) -> None:
    """Tick a box, or take its tick back; what stood there before stays in the history.

    The same again changes nothing. Raises MissingError for a place that no phase has.
    """
    require_treating(db, case)
    found = _place(case, phases, place)
    # Two at the same moment must not both find it as it was.
    db.refresh(case, with_for_update=True)
    if (place in ticked(list_ticks(db, case))) == holds:
        return
    row = PhaseTick(
        case_id=case.id,
        practice_id=case.practice_id,
        phase=found.phase,
        criterion=found.criterion.key,
        partner_id=find_partner(case, found.about).id if found.about else None,
        holds=holds,
        ticked_on=today(),
        author_id=db.scope.clinician_id,
    )
    db.add(row)
    db.flush()
    audit.record(db, "phase.ticked" if holds else "phase.tick-taken-back", row.public_id)
    db.commit()


def _place(case: Case, phases: Mapping[str, Phase], key: str) -> TickPlace:
    refs = [partner.public_id for partner in case.partners]
    for phase in phases.values():
        for place in places(phase, refs):
            if place.key == key:
                return place
    raise MissingError(key)


@dataclass(frozen=True)
class MoveDetails:
    """The phase that the therapist moves a case to, and why."""

    phase: str
    reason: str = ""


def move(
    db: ScopedSession, case: Case, ways: Ways, details: MoveDetails, version: int
) -> PhaseMove:
    """Move a case to another phase, forward or back; earlier moves stay.

    `version` is the number of the move that the page showed last, 0 for none; raises StaleError
    when there is a newer one. Raises RefusedError on the way forward without a reason, where
    something is left open or something else comes first, and for the phase the case is in.
    """
    require_treating(db, case)
    db.refresh(case, with_for_update=True)
    moves = list_moves(db, case)
    if (moves[-1].number if moves else 0) != version:
        raise StaleError
    here = present(ways.phases, moves)
    row = PhaseMove(
        case_id=case.id,
        practice_id=case.practice_id,
        number=version + 1,
        phase=details.phase,
        left_open=_check(db, case, ways, here, details),
        moved_on=today(),
        author_id=db.scope.clinician_id,
    )
    row.reason = details.reason.strip()
    db.add(row)
    db.flush()
    audit.record(db, "phase.moved", row.public_id)
    db.commit()
    return row


def _check(db: ScopedSession, case: Case, ways: Ways, here: str, details: MoveDetails) -> int:
    if details.phase not in ways.phases:
        raise MissingError(details.phase)
    if details.phase == here:
        raise RefusedError("They are in this phase already", "phase")
    refs = [partner.public_id for partner in case.partners]
    behind = passed(list(ways.phases.values()), here, details.phase)
    waiting = left_open(behind, refs, ticked(list_ticks(db, case)))
    first = safety.track_of(db, case, ways.content).track.name
    if needs_reason(behind, waiting, first) and not details.reason.strip():
        raise RefusedError(_why(waiting), "reason")
    return len(waiting)


def _why(waiting: Sequence[TickPlace]) -> str:
    if waiting:
        return mark("Something is not ticked yet. Say in a few words why you move on all the same")
    return mark("Something comes before the next phase. Say in a few words why you move on")
