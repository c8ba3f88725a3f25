"""Versions of the formulation: saved whole, never changed, compared, and shared as a summary."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Select, select
from sqlalchemy.orm import defer

from clinic.domain.formulation import (
    AlternativesMissingError,
    Confidence,
    ExplanationStatus,
    RollUp,
    StrengthsMissingError,
    accepted_confidence,
    named_strengths,
)
from clinic.domain.snapshots import Field, Section, from_json, to_json
from clinic.models.accounts import Clinician
from clinic.models.cases import Case
from clinic.models.formulation import Formulation, SummaryReaction
from clinic.models.scope import ScopedSession
from clinic.services import audit, snapshots
from clinic.services.cases import find_case, find_partner
from clinic.services.days import has_come, has_passed
from clinic.services.errors import MissingError, RefusedError, StaleError
from clinic.services.formulation import list_explanations


@dataclass(frozen=True)
class RollUpDetails:
    """The therapist's reading of the case, and the summary written by hand for the couple."""

    roll_up: RollUp
    confidence: Confidence
    reason: str
    strengths: str
    responsibility: str = ""
    couple_summary: str = ""
    review_on: dt.date | None = None


@dataclass(frozen=True)
class CoupleReading:
    """What the couple sees of a version: their own names, and the summary for them."""

    title: str
    summary: str


def latest_formulation(db: ScopedSession, case: Case) -> Formulation | None:
    """Give the newest saved reading of the case, if there is one."""
    return db.scalars(_newest_first(case).limit(1)).first()


def list_formulations(db: ScopedSession, case: Case) -> Sequence[Formulation]:
    """List every saved reading, newest first."""
    return db.scalars(_newest_first(case)).all()


def _newest_first(case: Case) -> Select[Formulation]:
    # What a version rests on can be long, and is read only where that version is shown.
    snapshot = getattr(Formulation, Formulation.snapshot.stored_as)
    query = select(Formulation).where(Formulation.case_id == case.id).options(defer(snapshot))
    return query.order_by(Formulation.number.desc())


def authors(db: ScopedSession, rows: Sequence[Formulation]) -> Mapping[int, str]:
    """Name who wrote versions, by the clinician's inner id."""
    wanted = {row.author_id for row in rows}
    found = db.scalars(select(Clinician).where(Clinician.id.in_(wanted)))
    return {row.id: row.name for row in found}


def save_formulation(
    db: ScopedSession, case: Case, details: RollUpDetails, based_on: int
) -> Formulation:
    """Freeze a version of the case's formulation; earlier ones stay as they were.

    High confidence needs two active explanations, and every reading names a strength (clinical.md
    2.7): raises RefusedError, as it does for a day of review that has passed. Raises StaleError
    when a newer reading than number `based_on` was saved meanwhile.
    """
    db.refresh(case, with_for_update=True)
    latest = latest_formulation(db, case)
    number = latest.number if latest else 0
    if number != based_on:
        raise StaleError
    _check(db, case, details)
    row = Formulation(
        case_id=case.id,
        practice_id=case.practice_id,
        number=number + 1,
        author_id=db.scope.clinician_id,
        roll_up=details.roll_up,
        confidence=details.confidence,
        reason=details.reason,
        strengths=details.strengths,
        responsibility=details.responsibility,
        couple_summary=details.couple_summary,
        review_on=details.review_on,
    )
    db.add(row)
    row.snapshot = to_json(snapshots.snapshot_of(db, case, row))
    db.flush()
    snapshots.cite(db, case, row)
    audit.record(db, "formulation.saved", row.public_id)
    db.commit()
    return row


def _check(db: ScopedSession, case: Case, details: RollUpDetails) -> None:
    try:
        named_strengths([details.strengths])
    except StrengthsMissingError:
        raise RefusedError("Name at least one strength", "strengths") from None
    if details.review_on is not None and has_passed(details.review_on):
        raise RefusedError("This day has passed already", "review_on")
    _check_confidence(db, case, details.confidence)


def _check_confidence(db: ScopedSession, case: Case, confidence: Confidence) -> None:
    active = [row for row in list_explanations(db, case) if row.status is ExplanationStatus.ACTIVE]
    try:
        accepted_confidence(confidence, len(active))
    except AlternativesMissingError:
        raise RefusedError(
            "High confidence needs at least two active explanations. Add another one you have"
            " considered, or choose medium",
            "confidence",
        ) from None


def find_formulation(db: ScopedSession, case: Case, number: int) -> Formulation:
    """Find one saved version of a case by its number."""
    query = select(Formulation).where(Formulation.case_id == case.id, Formulation.number == number)
    row = db.scalars(query).first()
    if row is None:
        raise MissingError(str(number))
    return row


def frozen(db: ScopedSession, row: Formulation) -> Sequence[Section]:
    """Give what a version rested on, with what each piece of evidence said then.

    Of one saved before that was kept there is the reading itself, and nothing else.
    """
    said = snapshots.cited(db, row)
    audit.note_read(db, "formulation.read", row.public_id)
    sections = from_json(row.snapshot) if row.snapshot else [snapshots.section_of(row)]
    return [_with_words(section, said) for section in sections]


def _with_words(section: Section, said: Mapping[str, str]) -> Section:
    kind, _, ref = section.key.partition(".")
    if kind != "evidence" or ref not in said:
        return section
    words = Field(snapshots.OBSERVATION, snapshots.OBSERVATION, said[ref])
    return replace(section, fields=(words, *section.fields))


def couple_reading(db: ScopedSession, case_ref: str, number: int) -> CoupleReading:
    """Give what the couple sees of a version; for a session that opens no more than they may read.

    The summary is "" where none was written.
    """
    case = find_case(db, case_ref)
    return CoupleReading(case.title, find_formulation(db, case, number).couple_summary)


def share_summary(db: ScopedSession, case: Case, number: int, on: dt.date) -> None:
    """Note the day on which the couple was given the summary of a version.

    Raises RefusedError where that version has none, for a day that has not come yet, and for
    another day than the one of a first sharing.
    """
    row = find_formulation(db, case, number)
    db.refresh(row, with_for_update=True)
    _check_sharing(row, on)
    row.shared_on = on
    audit.record(db, "summary.shared", row.public_id)
    db.commit()


def _check_sharing(row: Formulation, on: dt.date) -> None:
    if not row.couple_summary:
        raise RefusedError("Write the summary first", "on")
    if not has_come(on):
        raise RefusedError("This day has not come yet", "on")
    if row.shared_on is not None and row.shared_on != on:
        raise RefusedError("It was first shared on another day, and that day stays", "on")


def write_reaction(
    db: ScopedSession, case: Case, number: int, partner_ref: str, words: str
) -> None:
    """Keep what a partner said to the summary; written again, it replaces what was kept.

    Raises RefusedError before the summary was shared.
    """
    row, partner = find_formulation(db, case, number), find_partner(case, partner_ref)
    db.refresh(row, with_for_update=True)
    if row.shared_on is None:
        raise RefusedError("Note first when the summary was shared")
    found = reactions(db, row).get(partner.id) or SummaryReaction(
        case_id=case.id,
        practice_id=case.practice_id,
        formulation_id=row.id,
        partner_id=partner.id,
    )
    db.add(found)
    found.words = words
    audit.record(db, "summary.answered", row.public_id)
    db.commit()


def expect_reaction(
    db: ScopedSession, case: Case, number: int, partner_ref: str, before: str
) -> None:
    """Raise StaleError when a partner's reaction is no longer what it was: `before`, "" for none.

    The version stays locked until the commit, so two at the same moment cannot both pass.
    """
    row, partner = find_formulation(db, case, number), find_partner(case, partner_ref)
    db.refresh(row, with_for_update=True)
    known = reactions(db, row).get(partner.id)
    if (known.words if known else "") != before:
        raise StaleError


def reactions(db: ScopedSession, row: Formulation) -> Mapping[int, SummaryReaction]:
    """Give what each partner said to a version's summary, by the partner's inner id."""
    query = select(SummaryReaction).where(SummaryReaction.formulation_id == row.id)
    return {each.partner_id: each for each in db.scalars(query)}
