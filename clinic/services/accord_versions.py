"""Saved versions of an agreement: frozen, compared, shared, and looked at again in time."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased, defer

from clinic.domain.accords import (
    AccordError,
    GivenYes,
    WrittenAccord,
    check_days,
    from_sections,
    next_review,
    to_sections,
)
from clinic.domain.snapshots import Section, from_json, to_json
from clinic.domain.visibility import Audience
from clinic.models.accords import Accord, AccordVersion
from clinic.models.accounts import Clinician
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession, ScopeError
from clinic.services import audit
from clinic.services.accord_yeses import yeses
from clinic.services.accords import as_written, list_accords, list_topics, members_of
from clinic.services.cases import find_case
from clinic.services.days import has_passed, today
from clinic.services.errors import MissingError, RefusedError
from clinic.services.versions import expect_version


@dataclass(frozen=True)
class VersionDetails:
    """Why a version is saved, in words for everybody, from when it holds, and its review."""

    reason: str
    starts_on: dt.date
    review_on: dt.date


@dataclass(frozen=True)
class SharedAccord:
    """The newest version of an agreement, as everybody in the case may read it.

    `members` and the yeses that stand are by partner's public id.
    """

    accord_ref: str
    members: Sequence[str]
    number: int
    saved_on: dt.date
    written: WrittenAccord
    yeses: Sequence[GivenYes]


def save_version(
    db: ScopedSession, case: Case, accord: Accord, details: VersionDetails, version: int
) -> AccordVersion:
    """Freeze the text as it stands under the next number; nobody has said yes to it yet.

    Raises RefusedError where there is nothing to save, and for a review that has passed or comes
    before the start; StaleError when anything of the text was changed since `version`.
    """
    expect_version(db, accord, version)
    topics = list_topics(db, accord)
    whole = as_written(case, accord, topics, details.starts_on, details.review_on)
    review_on = _checked(whole)
    numbers = [row.number for row in list_versions(db, accord)]
    row = AccordVersion(
        case_id=case.id,
        practice_id=case.practice_id,
        accord_id=accord.id,
        number=max(numbers, default=0) + 1,
        author_id=db.scope.clinician_id,
        saved_on=today(),
        review_on=review_on,
    )
    row.reason, row.snapshot = details.reason, to_json(to_sections(whole))
    db.add(row)
    db.flush()
    audit.record(db, "agreement.saved", row.public_id)
    db.commit()
    return row


def list_versions(db: ScopedSession, accord: Accord) -> Sequence[AccordVersion]:
    """List an agreement's versions, newest first."""
    return db.scalars(_newest_first(AccordVersion.accord_id == accord.id)).all()


def newest_versions(db: ScopedSession, case: Case) -> Mapping[int, AccordVersion]:
    """Give the newest version of each agreement of a case, by the agreement's inner id."""
    rows = db.scalars(_newest_first(AccordVersion.case_id == case.id)).all()
    return {row.accord_id: row for row in reversed(rows)}


def _newest_first(condition: ColumnElement[bool]) -> Select[AccordVersion]:
    # What a version says can be long, and is read only where that version is shown.
    snapshot = getattr(AccordVersion, AccordVersion.snapshot.stored_as)
    query = select(AccordVersion).where(condition).options(defer(snapshot))
    return query.order_by(AccordVersion.number.desc())


def find_version(db: ScopedSession, accord: Accord, number: int) -> AccordVersion:
    """Find one version of an agreement by its number."""
    query = select(AccordVersion).where(
        AccordVersion.accord_id == accord.id, AccordVersion.number == number
    )
    row = db.scalars(query).first()
    if row is None:
        raise MissingError(str(number))
    return row


def frozen(row: AccordVersion) -> Sequence[Section]:
    """Give what a version said, as it was saved."""
    return from_json(row.snapshot)


def author_of(db: ScopedSession, row: AccordVersion) -> str:
    """Name who saved a version."""
    return db.get_one(Clinician, row.author_id).name


def shared_accords(db: ScopedSession, case_ref: str) -> Sequence[SharedAccord]:
    """Give the newest version of each agreement; for a session with the couple's keys alone.

    What is only being written is left out. Raises ScopeError in a session that could open more.
    """
    if db.scope.audience is not Audience.COUPLE:
        raise ScopeError("what everybody reads together is read with their keys alone")
    case = find_case(db, case_ref)
    audit.note_read(db, "agreement.shown", case.public_id)
    newest = newest_versions(db, case)
    given = yeses(db, case, list(newest.values()))
    return [
        _shared(case, accord, newest[accord.id], given[newest[accord.id].id])
        for accord in list_accords(db, case)
        if accord.id in newest
    ]


def review_due(day: dt.date) -> Select[dt.date | None]:
    """Select the first day on which an agreement of a case was to be looked at again by a day.

    The newest version of an agreement counts: saving the next one settles the review. To be
    correlated with `Case`.
    """
    later = aliased(AccordVersion)
    newer = exists().where(
        later.accord_id == AccordVersion.accord_id, later.number > AccordVersion.number
    )
    return select(func.min(AccordVersion.review_on)).where(
        AccordVersion.case_id == Case.id, AccordVersion.review_on <= day, ~newer
    )


def _checked(whole: WrittenAccord) -> dt.date:
    if not whole.topics and not whole.crossed.strip():
        raise RefusedError("Add a topic first: there is nothing to save yet")
    try:
        check_days(whole.starts_on, whole.review_on)
    except AccordError as error:
        raise RefusedError(str(error), error.field) from None
    review_on = next_review(whole)
    if review_on is None or (whole.review_on and has_passed(whole.review_on)):
        raise RefusedError("This day has passed already", "review_on")
    if has_passed(review_on):
        raise RefusedError("A topic's own review has passed already. Give that topic a new day")
    return review_on


def _shared(
    case: Case, accord: Accord, row: AccordVersion, given: Sequence[GivenYes]
) -> SharedAccord:
    return SharedAccord(
        accord.public_id,
        members_of(case, accord),
        row.number,
        row.saved_on,
        from_sections(frozen(row)),
        [yes for yes in given if yes.withdrawn_on is None],
    )
