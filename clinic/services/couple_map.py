"""The agreement map that the couple may see: row by row, after each partner's own release.

A release copies one row's answers into the shared layer. The couple's map is built from these
copies alone, in a session that holds no key to anybody's private answers (security.md T14).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from clinic.content.library import Concern
from clinic.domain.agreement import Openness
from clinic.domain.answers import NOTHING, Placing
from clinic.domain.comparison import (
    AGREED,
    PLACING,
    CoupleRow,
    Side,
    agreement_maps,
    couple_rows,
)
from clinic.domain.guard import NOT_OPEN
from clinic.domain.visibility import Audience
from clinic.models.base import now
from clinic.models.cases import Case, Partner
from clinic.models.comparison import MapRelease
from clinic.models.scope import ScopedSession, ScopeError
from clinic.services import audit, questionnaires
from clinic.services.cases import find_case
from clinic.services.comparison import IntakeContent, Pair, asked_behaviours, require_open
from clinic.services.errors import MissingError, RefusedError
from clinic.services.treating import require_treating


@dataclass(frozen=True)
class Released:
    """Which partners have released one row, by public id, and whether it has been shown."""

    by: frozenset[str]
    revealed: bool


def release(db: ScopedSession, behaviour: str) -> MapRelease:
    """Let the partner at work permit that one own row is shown to the others.

    Copies the placing, and what this partner thinks was agreed, as they were sent; no guess.
    Asks nothing about the other partners, so its outcome tells nothing about them. Raises
    RefusedError before the answers were sent. What was left out is copied as nothing.
    """
    partner = _at_work(db)
    copied = _sent_words(db, partner, behaviour)
    row = _own(db, partner, behaviour) or MapRelease(
        case_id=partner.case_id,
        practice_id=partner.practice_id,
        partner_id=partner.id,
        behaviour=behaviour,
    )
    db.add(row)
    row.placing, row.agreed = copied
    row.withdrawn_at = None
    db.flush()
    audit.record(db, "map-row.released", row.public_id)
    db.commit()
    return row


def withdraw(db: ScopedSession, behaviour: str) -> None:
    """Take a release back and empty its copy; raises RefusedError once the row was shown."""
    row = _own(db, _at_work(db), behaviour)
    if row is None:
        raise MissingError(behaviour)
    if row.revealed_at is not None:
        raise RefusedError("This has been shown in the room, so it cannot be taken back")
    row.withdrawn_at = row.withdrawn_at or now()
    row.placing = row.agreed = ""
    audit.record(db, "map-row.withdrawn", row.public_id)
    db.commit()


def own_releases(db: ScopedSession) -> Mapping[str, MapRelease]:
    """Give what the partner at work has released and not taken back, by behaviour."""
    query = select(MapRelease).where(
        MapRelease.partner_id == _at_work(db).id, MapRelease.withdrawn_at.is_(None)
    )
    return {row.behaviour: row for row in db.scalars(query)}


def list_releases(db: ScopedSession, case: Case) -> Mapping[str, Released]:
    """Tell the treating clinician who has released which row."""
    require_treating(db, case)
    audit.note_read(db, "map-releases.read", case.public_id)
    refs = {partner.id: partner.public_id for partner in case.partners}
    found: dict[str, list[MapRelease]] = {}
    for row in db.scalars(_standing(case).order_by(MapRelease.id)):
        found.setdefault(row.behaviour, []).append(row)
    return {
        behaviour: Released(
            frozenset(refs[row.partner_id] for row in rows),
            any(row.revealed_at is not None for row in rows),
        )
        for behaviour, rows in found.items()
    }


def reveal(db: ScopedSession, case: Case, content: IntakeContent, behaviour: str) -> None:
    """Show the couple one row that at least two partners have released.

    Raises RefusedError with one neutral sentence, whether the guard keeps it shut or a release
    is missing: it may be read in the room, and must not tell who did not release.
    """
    require_treating(db, case)
    require_open(db, case, content)
    query = _standing(case).where(MapRelease.behaviour == behaviour).with_for_update()
    rows = db.scalars(query.execution_options(populate_existing=True)).all()
    if len(rows) < 2:
        raise RefusedError(NOT_OPEN)
    for row in rows:
        if row.revealed_at is None:
            row.revealed_at = now()
            audit.record(db, "map-row.revealed", row.public_id)
    db.commit()


def open_couple_map(db: ScopedSession, case: Case, content: IntakeContent) -> None:
    """Let the couple's map be shown now; the caller then builds it in a narrowed session.

    Raises RefusedError with one neutral sentence while the guard keeps it shut.
    """
    require_open(db, case, content)
    audit.note_read(db, "couple-map.shown", case.public_id)


def couple_map(
    db: ScopedSession, case_ref: str, concern: Concern
) -> Mapping[Pair, Sequence[CoupleRow]]:
    """Build the map of every two partners from rows that both released and that were revealed.

    Raises ScopeError in a session that could open more than the couple may read.
    """
    if db.scope.audience is not Audience.COUPLE:
        raise ScopeError("the couple's map is built with the couple's keys alone")
    case = find_case(db, case_ref)
    rows = db.scalars(_standing(case).where(MapRelease.revealed_at.is_not(None))).all()
    sides = [_released_side(partner, rows) for partner in case.partners]
    released = {side.partner: frozenset(side.placings) for side in sides}
    behaviours = [key for key, _ in asked_behaviours(db, case, concern)]
    return {
        pair: couple_rows(map_rows, released, behaviours)
        for pair, map_rows in agreement_maps(sides, behaviours).items()
    }


def _at_work(db: ScopedSession) -> Partner:
    if db.scope.partner_id is None:
        raise ScopeError("only a partner decides about an own row")
    return db.get_one(Partner, db.scope.partner_id)


def _own(db: ScopedSession, partner: Partner, behaviour: str) -> MapRelease | None:
    # Locked until the commit, so that a row is never taken back and shown at the same moment.
    query = select(MapRelease).where(
        MapRelease.partner_id == partner.id, MapRelease.behaviour == behaviour
    )
    locked = query.with_for_update().execution_options(populate_existing=True)
    return db.scalars(locked).first()


def _sent_words(db: ScopedSession, partner: Partner, behaviour: str) -> tuple[str, str]:
    plan = questionnaires.find_plan(db, partner.case_id)
    response = questionnaires.find_response(db, partner, plan.questionnaire) if plan else None
    if response is None or response.sent_at is None:
        raise RefusedError("Send your answers first")
    if plan is None or behaviour not in questionnaires.asked_keys(plan):
        raise MissingError(behaviour)
    answers = questionnaires.answers_of(db, response)
    placing = answers.get(f"{behaviour}.{PLACING}", NOTHING).value
    # What was left out can be permitted like anything else: a refusal would tell what was.
    return placing, answers.get(f"{behaviour}.{AGREED}", NOTHING).value


def _standing(case: Case) -> Select[MapRelease]:
    return select(MapRelease).where(
        MapRelease.case_id == case.id, MapRelease.withdrawn_at.is_(None)
    )


def _released_side(partner: Partner, rows: Sequence[MapRelease]) -> Side:
    own = [row for row in rows if row.partner_id == partner.id]
    return Side(
        partner.public_id,
        {row.behaviour: Placing(row.placing) for row in own if row.placing},
        {row.behaviour: Openness(row.agreed) for row in own if row.agreed},
    )
