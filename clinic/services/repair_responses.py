"""How each partner answered to repair: marked with one press, remarked on, seen over weeks.

For the treating clinician alone: nobody who looks along is told even that something was marked.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from clinic.domain.repair_responses import Marks, RepairMark, from_text, pressed, to_text
from clinic.models.appointments import Appointment
from clinic.models.cases import Case
from clinic.models.repair_responses import RepairResponse
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.appointments import find_appointment
from clinic.services.cases import find_partner
from clinic.services.days import has_come
from clinic.services.errors import MissingError, StaleError
from clinic.services.treating import require_treating


@dataclass(frozen=True)
class Occasion:
    """When something was seen: at an appointment, or on a day between two.

    `ref` is what it is called in addresses; a day has neither an appointment's id nor its number.
    """

    day: dt.date
    ref: str
    appointment_id: int | None = None
    number: int | None = None


@dataclass(frozen=True)
class Whose:
    """One partner, by public id, on one occasion."""

    occasion: Occasion
    partner_ref: str


@dataclass(frozen=True)
class Response:
    """What was marked for one partner on one occasion; `version` counts the remark's changes."""

    partner_id: int
    marks: Marks = frozenset()
    remark: str = ""
    version: int = 0


@dataclass(frozen=True)
class DatedResponse:
    """One occasion of one partner; `number` is the appointment's, None for a day between."""

    ref: str
    day: dt.date
    number: int | None
    response: Response


def at_appointment(row: Appointment) -> Occasion:
    """Give the occasion that an appointment is."""
    return Occasion(row.held_on, row.public_id, row.id, row.number)


def on_day(day: dt.date) -> Occasion:
    """Give a day between appointments as an occasion."""
    return Occasion(day, day.isoformat())


def find_occasion(db: ScopedSession, case: Case, ref: str) -> Occasion:
    """Find an appointment by its public id, or a day that has come; anything else is not there."""
    day = _day(ref)
    if day is None:
        return at_appointment(find_appointment(db, case, ref))
    if not has_come(day):
        raise MissingError(ref)
    return on_day(day)


def responses_on(db: ScopedSession, case: Case, occasion: Occasion) -> Mapping[int, Response]:
    """Give what was marked on one occasion, by the partner's inner id, in one statement.

    Every partner of the case is in it. Raises MissingError to all but the treating clinician.
    """
    require_treating(db, case)
    query = select(RepairResponse).where(
        RepairResponse.case_id == case.id,
        _on(occasion),
    )
    return of_partners(case, db.scalars(query))


def of_partners(case: Case, rows: Iterable[RepairResponse]) -> Mapping[int, Response]:
    """Give what was marked on one occasion by the partner's inner id, from rows read before."""
    found = {row.partner_id: _response(row) for row in rows}
    return {one.id: found.get(one.id, Response(one.id)) for one in case.partners}


def list_responses(db: ScopedSession, case: Case) -> Sequence[DatedResponse]:
    """List everything that was marked or remarked in a case, the earliest day first."""
    require_treating(db, case)
    audit.note_read(db, "repair-responses.read", case.public_id)
    day = func.coalesce(Appointment.held_on, RepairResponse.seen_on)
    query = (
        select(RepairResponse, Appointment.public_id, day, Appointment.number)
        .outerjoin(Appointment, Appointment.id == RepairResponse.appointment_id)
        .where(RepairResponse.case_id == case.id)
    )
    rows = [
        _dated(row, ref, on, number)
        for row, ref, on, number in db.execute(query)
        if row.marks or row.remark
    ]
    return sorted(rows, key=lambda each: (each.day, each.number or 0))


def press(db: ScopedSession, case: Case, whose: Whose, mark: RepairMark, *, on: bool) -> Marks:
    """Put a mark on a partner's response or take it off, and give the marks that stand now.

    The same press sent twice changes nothing the second time.
    """
    row = _locked(db, case, whose)
    marks = pressed(from_text(row.marks), mark, on=on)
    if marks != from_text(row.marks):
        row.marks = to_text(marks)
        db.add(row)
        db.flush()
        audit.record(db, "repair-response.marked", row.public_id)
    db.commit()
    return marks


def write_remark(db: ScopedSession, case: Case, whose: Whose, words: str, version: int) -> None:
    """Keep a short remark beside the marks. Raises StaleError when changed since `version`."""
    row = _locked(db, case, whose)
    if row.version != version:
        raise StaleError
    row.remark = words
    row.version += 1
    db.add(row)
    db.flush()
    audit.record(db, "repair-response.remarked", row.public_id)
    db.commit()


def _locked(db: ScopedSession, case: Case, whose: Whose) -> RepairResponse:
    require_treating(db, case)
    partner = find_partner(case, whose.partner_ref)
    # The case stays locked until the commit, so two first presses make one row.
    db.refresh(case, with_for_update={"of": Case})
    query = select(RepairResponse).where(
        RepairResponse.partner_id == partner.id, _on(whose.occasion)
    )
    row = db.scalars(query.execution_options(populate_existing=True)).first()
    return row or _new(db, case, partner.id, whose.occasion)


def _new(db: ScopedSession, case: Case, partner_id: int, occasion: Occasion) -> RepairResponse:
    at = occasion.appointment_id
    row = RepairResponse(
        case_id=case.id,
        practice_id=case.practice_id,
        partner_id=partner_id,
        appointment_id=at,
        seen_on=None if at else occasion.day,
        version=0,
    )
    row.marks = row.remark = ""
    return row


def _on(occasion: Occasion) -> ColumnElement[bool]:
    if occasion.appointment_id is None:
        return RepairResponse.seen_on == occasion.day
    return RepairResponse.appointment_id == occasion.appointment_id


def _response(row: RepairResponse) -> Response:
    return Response(row.partner_id, from_text(row.marks), row.remark, row.version)


def _dated(row: RepairResponse, ref: str | None, day: dt.date, number: int | None) -> DatedResponse:
    return DatedResponse(ref or day.isoformat(), day, number, _response(row))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if len(text) == len("2026-03-14") else None
    except ValueError:
        return None
