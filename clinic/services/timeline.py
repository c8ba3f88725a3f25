"""What happened in the couple's life, beside which the behaviours of the case can be read."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from clinic.domain.timeline import EventKind
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.models.timeline import LifeEvent
from clinic.services import audit
from clinic.services.cases import find_in_case, partner_id
from clinic.services.days import check_months
from clinic.services.versions import expect_version


@dataclass(frozen=True)
class EventDetails:
    """One event; with an end it is a time. `about` is a partner's public id, "" for all of them."""

    kind: EventKind
    words: str
    about: str
    since: tuple[int, int | None]
    until: tuple[int | None, int | None] = (None, None)


def list_events(db: ScopedSession, case: Case) -> Sequence[LifeEvent]:
    """List a case's events, the earliest first."""
    query = select(LifeEvent).where(LifeEvent.case_id == case.id)
    ordered = query.order_by(LifeEvent.year, LifeEvent.month, LifeEvent.id)
    return db.scalars(ordered).all()


def find_event(db: ScopedSession, case: Case, ref: str) -> LifeEvent:
    """Find one event of a case."""
    return find_in_case(db, LifeEvent, case, ref)


def add_event(db: ScopedSession, case: Case, details: EventDetails) -> LifeEvent:
    """Add an event. Raises RefusedError when it ends before it began, or has not come yet."""
    row = LifeEvent(case_id=case.id, practice_id=case.practice_id)
    _write(db, case, row, details)
    audit.record(db, "event.added", row.public_id)
    db.commit()
    return row


def change_event(
    db: ScopedSession, case: Case, row: LifeEvent, details: EventDetails, version: int
) -> None:
    """Correct an event. Raises StaleError when it was changed since `version`."""
    expect_version(db, row, version)
    _write(db, case, row, details)
    audit.record(db, "event.changed", row.public_id)
    db.commit()


def delete_event(db: ScopedSession, row: LifeEvent, version: int) -> None:
    """Take an event away. Raises StaleError when it was changed since `version`."""
    expect_version(db, row, version)
    audit.record(db, "event.deleted", row.public_id)
    db.delete(row)
    db.commit()


def _write(db: ScopedSession, case: Case, row: LifeEvent, details: EventDetails) -> None:
    check_months(details.since, details.until)
    row.kind, row.words = details.kind, details.words
    row.about_id = partner_id(case, details.about)
    row.year, row.month = details.since
    row.until_year, row.until_month = details.until
    db.add(row)
    flag_modified(row, "kind")
    db.flush()
