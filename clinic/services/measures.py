"""Scores of standardised measures, entered by the therapist from a practice's own licensed forms.

No wording of any measure is here: a score, its range, and what a change amounts to where that is
verified. What a score or single item asks somebody to look at becomes a safety task.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

from sqlalchemy import select

from clinic.domain.change import Change, ScoreRangeError, classify
from clinic.domain.instruments import Instrument, check_score, item_nine_needs_task
from clinic.domain.said import mark
from clinic.domain.visibility import Layer
from clinic.models.base import now
from clinic.models.cases import Case, Partner
from clinic.models.comparison import MeasureScore, SafetyTask
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.cases import find_in_case, find_partner
from clinic.services.errors import RefusedError
from clinic.services.treating import require_treating


@unique
class TaskKind(StrEnum):
    """What a safety task asks the treating clinician to look at."""

    SINGLE_ITEM = "single-item"
    POSITIVE_SCREEN = "positive-screen"


@dataclass(frozen=True)
class ScoreDetails:
    """One score, and the answer to the item asked apart from it, None where it was left out."""

    taken_on: dt.date
    score: float
    single_item: int | None = None


@dataclass(frozen=True)
class ScorePoint:
    """One score as it was entered.

    `change` is since that partner's first score, None for the first and where none is verified.
    """

    ref: str
    taken_on: dt.date
    score: float
    single_item: int | None
    change: Change | None


def enter_score(
    db: ScopedSession,
    case: Case,
    partner_ref: str,
    instrument: Instrument,
    details: ScoreDetails,
) -> MeasureScore:
    """Add one partner's score; scores are added, never changed.

    An item asked apart that is 1 or more, or left out, raises a safety task whatever the total
    is, and so does a safety screen at its cut-off. Raises RefusedError for what the instrument
    cannot have.
    """
    require_treating(db, case)
    partner = find_partner(case, partner_ref)
    tasks = _tasks(instrument, details)
    row = MeasureScore(
        case_id=case.id,
        practice_id=case.practice_id,
        partner_id=partner.id,
        instrument=instrument.key,
        taken_on=details.taken_on,
        layer=instrument.layer,
    )
    row.score = repr(float(details.score))
    row.single_items = "" if details.single_item is None else str(details.single_item)
    db.add(row)
    db.flush()
    audit.record(db, "measure.entered", row.public_id)
    for kind, words in tasks.items():
        _raise_task(db, partner, kind, words)
    db.commit()
    return row


def _tasks(instrument: Instrument, details: ScoreDetails) -> Mapping[TaskKind, str]:
    try:
        score = check_score(instrument, details.score)
    except ScoreRangeError as fault:
        raise RefusedError(fault.args[0], "score") from None
    found = {}
    if _is_task(instrument, details.single_item):
        found[TaskKind.SINGLE_ITEM] = f"{instrument.key}: {_said(details.single_item)}"
    if instrument.layer is Layer.SAFETY and _reaches_cut_off(instrument, score):
        found[TaskKind.POSITIVE_SCREEN] = f"{instrument.key}: {score:g}"
    return found


def _is_task(instrument: Instrument, answer: int | None) -> bool:
    if instrument.asks_single_item is None:
        return False
    try:
        return item_nine_needs_task(answer)
    except ScoreRangeError as fault:
        raise RefusedError(fault.args[0], "single_item") from None


def _said(answer: int | None) -> str:
    return mark("left out") if answer is None else str(answer)


def _reaches_cut_off(instrument: Instrument, score: float) -> bool:
    if instrument.cut_off is None:
        return False
    cut_off = instrument.cut_off.value
    return score > cut_off or (score == cut_off and instrument.clinical_at_cut_off)


def _raise_task(db: ScopedSession, partner: Partner, kind: TaskKind, words: str) -> None:
    task = SafetyTask(
        case_id=partner.case_id,
        practice_id=partner.practice_id,
        partner_id=partner.id,
        kind=kind.value,
    )
    task.words = words
    db.add(task)
    db.flush()
    audit.record(db, "safety-task.raised", task.public_id)


def history(
    db: ScopedSession, case: Case, instrument: Instrument
) -> Mapping[str, Sequence[ScorePoint]]:
    """Give each partner's scores on one instrument, oldest first, by the partner's public id.

    A change is named only where a checked source says how large one must be. Partners stay
    apart: nothing is averaged or compared between them.
    """
    require_treating(db, case)
    audit.note_read(db, "measures.read", case.public_id)
    rows = db.scalars(
        select(MeasureScore)
        .where(MeasureScore.case_id == case.id, MeasureScore.instrument == instrument.key)
        .order_by(MeasureScore.taken_on, MeasureScore.id)
    ).all()
    return {
        partner.public_id: _points(
            [row for row in rows if row.partner_id == partner.id], instrument
        )
        for partner in case.partners
    }


def _points(rows: Sequence[MeasureScore], instrument: Instrument) -> Sequence[ScorePoint]:
    scores = [float(row.score) for row in rows]
    measure = instrument.measure
    return [
        ScorePoint(
            row.public_id,
            row.taken_on,
            score,
            int(row.single_items) if row.single_items else None,
            classify(measure, scores[0], score) if measure and place else None,
        )
        for place, (row, score) in enumerate(zip(rows, scores, strict=True))
    ]


def change_between(instrument: Instrument, before: ScorePoint, after: ScorePoint) -> Change | None:
    """Say what the change between any two of one partner's scores amounts to.

    None where no checked source says how large a change must be (clinical.md 4.2, 4.3).
    """
    measure = instrument.measure
    return classify(measure, before.score, after.score) if measure else None


def list_tasks(db: ScopedSession, case: Case) -> Sequence[SafetyTask]:
    """List what the treating clinician must look at: open ones first, then the newest first."""
    require_treating(db, case)
    audit.note_read(db, "safety-tasks.read", case.public_id)
    query = select(SafetyTask).where(SafetyTask.case_id == case.id).order_by(SafetyTask.id.desc())
    return sorted(db.scalars(query), key=lambda task: task.done_at is not None)


def finish_task(db: ScopedSession, case: Case, ref: str) -> None:
    """Note that the treating clinician has looked at it; done stays done."""
    require_treating(db, case)
    task = find_in_case(db, SafetyTask, case, ref)
    task.done_at = task.done_at or now()
    audit.record(db, "safety-task.done", task.public_id)
    db.commit()
