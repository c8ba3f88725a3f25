"""A clinician's caseload: today's appointments, what waits, and the cases themselves, by page."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, Select, exists, func, select
from sqlalchemy.orm import lazyload
from sqlalchemy.orm.attributes import set_committed_value

from clinic.domain.appointments import AppointmentKind
from clinic.domain.case_ends import CaseStatus
from clinic.models.appointments import Appointment
from clinic.models.case_life import PhaseMove
from clinic.models.cases import Case, Partner
from clinic.models.check_ins import CheckIn, CheckInPart
from clinic.models.invitations import Invitation
from clinic.models.scope import ScopedSession
from clinic.services import transfers
from clinic.services.waiting import Waiting, unanswered_check_in, unanswered_intake, waiting

#: How many cases a page lists.
PAGE = 50
#: How many of today's appointments, and of the cases that wait, the first page shows.
SHOWN = 8


@dataclass(frozen=True)
class CaseLine:
    """One case as the caseload shows it; `phase` is "" before the first move."""

    public_id: str
    title: str
    label: str
    opened_on: dt.date
    status: CaseStatus
    last_appointment: dt.date | None
    phase: str


@dataclass(frozen=True)
class Caseload:
    """One page of a clinician's cases, newest first."""

    lines: Sequence[CaseLine]
    page: int
    more: bool


@dataclass(frozen=True)
class TodayLine:
    """One appointment of today."""

    case_ref: str
    title: str
    appointment_ref: str
    number: int
    kind: AppointmentKind


@dataclass(frozen=True)
class WaitingLine:
    """One case in which something waits; names are of those who have not answered yet."""

    case_ref: str
    title: str
    found: Waiting
    unanswered: Sequence[str]
    no_check_in: Sequence[str]


@dataclass(frozen=True)
class WaitingPage:
    """Some of the cases in which something waits, and how many there are."""

    lines: Sequence[WaitingLine]
    page: int
    count: int
    more: bool


@dataclass(frozen=True)
class Home:
    """All that the first page shows."""

    today: Sequence[TodayLine]
    waiting: WaitingPage
    offers: Sequence[str]
    caseload: Caseload


def home(db: ScopedSession, status: CaseStatus, page: int, today: dt.date) -> Home:
    """Give the first page of the signed-in clinician: nine statements, however many cases.

    What waits and today's appointments stand on the first page of the open cases alone.
    """
    listed = list_cases(db, status, page)
    if (status, page) != (CaseStatus.OPEN, 1):
        return Home([], WaitingPage([], 1, 0, more=False), [], listed)
    held, every = _held(db, today), waiting(db, today)
    shown = every[:SHOWN]
    cases = _cases(db, [*(row[0] for row in held), *(each.case_id for each in shown)])
    return Home(
        [_today_line(cases[row[0]], *row[1:]) for row in held],
        WaitingPage(
            _waiting_lines(db, shown, cases, today), 1, len(every), more=len(every) > SHOWN
        ),
        transfers.offers_to_me(db),
        listed,
    )


def list_waiting(db: ScopedSession, page: int, today: dt.date) -> WaitingPage:
    """List the open cases in which something waits: safety first, then what waits longest."""
    every = waiting(db, today)
    shown = every[(page - 1) * PAGE : page * PAGE]
    cases = _cases(db, [each.case_id for each in shown])
    lines = _waiting_lines(db, shown, cases, today)
    return WaitingPage(lines, page, len(every), more=len(every) > page * PAGE)


def list_cases(db: ScopedSession, status: CaseStatus = CaseStatus.OPEN, page: int = 1) -> Caseload:
    """List the signed-in clinician's own cases of one status, fifty a page."""
    query = _mine(db).where(Case.status == status).limit(PAGE + 1).offset((page - 1) * PAGE)
    rows = db.execute(query).all()
    _bring_partners(db, [row[0] for row in rows[:PAGE]])
    return Caseload([_line(*row) for row in rows[:PAGE]], page, more=len(rows) > PAGE)


def search(db: ScopedSession, words: str) -> Caseload:
    """Find own cases, whatever their status, by parts of names and of what they are called.

    Names are sealed, so they are opened one by one; nothing of them is kept beside the cases.
    """
    wanted = words.casefold().split()
    every = db.execute(_mine(db)).all()
    _bring_partners(db, [row[0] for row in every])
    rows = [row for row in every if _fits(row[0], wanted)]
    return Caseload([_line(*row) for row in rows[:PAGE]], 1, more=len(rows) > PAGE)


def _fits(case: Case, wanted: Iterable[str]) -> bool:
    names = " ".join([case.label, *(partner.name for partner in case.partners)]).casefold()
    return all(word in names for word in wanted)


def _mine(db: ScopedSession) -> Select[Case, dt.date | None, str | None]:
    last = select(func.max(Appointment.held_on)).where(Appointment.case_id == Case.id)
    phase = (
        select(PhaseMove.phase)
        .where(PhaseMove.case_id == Case.id)
        .order_by(PhaseMove.number.desc())
        .limit(1)
    )
    return (
        select(
            Case,
            last.correlate(Case).scalar_subquery(),
            phase.correlate(Case).scalar_subquery(),
        )
        .where(Case.clinician_id == db.scope.clinician_id)
        .order_by(Case.opened_on.desc(), Case.id.desc())
        .options(lazyload(Case.partners))
    )


def _bring_partners(db: ScopedSession, cases: Iterable[Case]) -> None:
    # By their case alone: with the case joined to it, the database goes through the whole practice.
    found = {case.id: case for case in cases}
    query = select(Partner).where(Partner.case_id.in_(found)).order_by(Partner.position)
    partners: dict[int, list[Partner]] = {}
    for partner in db.scalars(query):
        partners.setdefault(partner.case_id, []).append(partner)
    for case_id, case in found.items():
        set_committed_value(case, "partners", partners.get(case_id, []))


def _line(case: Case, last: dt.date | None, phase: str | None) -> CaseLine:
    return CaseLine(
        case.public_id, case.title, case.label, case.opened_on, case.status, last, phase or ""
    )


def _held(db: ScopedSession, today: dt.date) -> Sequence[Row[int, str, int, AppointmentKind]]:
    query = (
        select(Appointment.case_id, Appointment.public_id, Appointment.number, Appointment.kind)
        .join(Case, Case.id == Appointment.case_id)
        .where(Case.clinician_id == db.scope.clinician_id, Appointment.held_on == today)
        .order_by(Appointment.id)
        .limit(SHOWN)
    )
    return db.execute(query).all()


def _today_line(case: Case, ref: str, number: int, kind: AppointmentKind) -> TodayLine:
    return TodayLine(case.public_id, case.title, ref, number, kind)


def _cases(db: ScopedSession, ids: Iterable[int]) -> Mapping[int, Case]:
    query = select(Case).where(Case.id.in_(set(ids))).options(lazyload(Case.partners))
    cases = db.scalars(query).all()
    _bring_partners(db, cases)
    return {case.id: case for case in cases}


def _waiting_lines(
    db: ScopedSession, shown: Sequence[Waiting], cases: Mapping[int, Case], today: dt.date
) -> list[WaitingLine]:
    owing = _owing(db, [each.case_id for each in shown], today)
    return [_waiting_line(cases[each.case_id], each, owing) for each in shown]


def _waiting_line(
    case: Case, found: Waiting, owing: Mapping[int, tuple[bool, bool]]
) -> WaitingLine:
    names = [(partner.name, *owing[partner.id]) for partner in case.partners]
    return WaitingLine(
        case.public_id,
        case.title,
        found,
        [name for name, answers, _ in names if answers],
        [name for name, _, check_in in names if check_in],
    )


def _owing(
    db: ScopedSession, case_ids: Sequence[int], today: dt.date
) -> Mapping[int, tuple[bool, bool]]:
    answers = exists().where(Invitation.partner_id == Partner.id, *unanswered_intake())
    check_in = exists().where(
        CheckInPart.partner_id == Partner.id,
        CheckIn.id == CheckInPart.check_in_id,
        *unanswered_check_in(today),
    )
    query = select(Partner.id, answers, check_in).where(Partner.case_id.in_(case_ids))
    return {row[0]: (bool(row[1]), bool(row[2])) for row in db.execute(query)}
