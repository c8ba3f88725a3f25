"""The page of an appointment: all its columns, read in as few statements as can be."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import joinedload

from clinic.domain.appointments import may_be_overheard, minutes_between, took_part
from clinic.domain.disclosures import DisclosureStatus
from clinic.domain.formulation import ExplanationStatus
from clinic.models.appointments import Appointment, AppointmentAttendance
from clinic.models.base import now
from clinic.models.case_life import PhaseMove
from clinic.models.cases import Case
from clinic.models.comparison import DisclosureStep
from clinic.models.formulation import Explanation, Formulation
from clinic.models.repair_responses import RepairResponse
from clinic.models.scope import ScopedSession
from clinic.services import invitations
from clinic.services.accord_versions import review_due
from clinic.services.cases import Progress, progress_counts
from clinic.services.check_in_lines import SentCheckIn, list_sent
from clinic.services.days import A_DAY, today
from clinic.services.errors import MissingError
from clinic.services.goal_board import Board, Meeting, board_over
from clinic.services.handout_lines import HandedOut, given_at, list_handed_out, to_ask_about
from clinic.services.notes import NotesAt, notes_at
from clinic.services.repair_responses import Response, of_partners
from clinic.services.treating import require_treating

#: An appointment that nobody said was over is not counted on for longer than this.
RUNS_FOR = dt.timedelta(hours=12)


#: What is due by a day: tests, promises, the reading, the agreement.
Due = tuple[int, int, dt.date | None, dt.date | None]


#: The phase of a case, "" where it never moved, and who has a way in, by inner id.
Place = tuple[str, frozenset[int]]


@dataclass(frozen=True)
class Handouts:
    """The sheets of an appointment: those to ask about, those handed out there, the phase they fit.

    `phase` is "" in a case that never moved. `ways` names by inner id who has a way in that works.
    """

    to_ask_about: Sequence[HandedOut]
    given: Sequence[HandedOut]
    phase: str
    ways: frozenset[int]


@dataclass(frozen=True)
class Timer:
    """When an appointment began and ended, and its full minutes.

    `runs` while it is not over; `may_begin` on its day, until it has begun.
    """

    began_at: dt.datetime | None
    ended_at: dt.datetime | None
    minutes: int
    runs: bool
    may_begin: bool = False


@dataclass(frozen=True)
class Since:
    """What an appointment finds: the one before it, and how much is due by its day.

    Counts and days only; the words stand on the pages that the counts lead to. `reading_due`
    and `agreement_due` are the days to look at the newest of them again, None until they come.
    """

    before: Meeting | None
    tests: int
    promises: int
    reading_due: dt.date | None
    agreement_due: dt.date | None
    goals: int

    @property
    def is_quiet(self) -> bool:
        """Tell whether nothing is due."""
        due = (self.tests, self.promises, self.goals, self.reading_due, self.agreement_due)
        return not any(due)


@dataclass(frozen=True)
class AppointmentPage:
    """Everything that the page of one appointment shows, but for the words of unsaved forms.

    `overheard` names by inner id the partners of whom it is not certain that they speak alone;
    `check_ins` are those since the appointment before; `responses` are by the partner's inner id.
    """

    appointment: Appointment
    timer: Timer
    overheard: Sequence[int]
    since: Since
    progress: Progress
    board: Board
    notes: NotesAt
    check_ins: Sequence[SentCheckIn]
    responses: Mapping[int, Response]
    handouts: Handouts


def read(db: ScopedSession, case: Case, appointment_ref: str) -> AppointmentPage:
    """Gather the page of one appointment in seven statements, for the clinician who treats it.

    Raises MissingError to everybody else, and when the case has no such appointment.
    """
    require_treating(db, case)
    row, meetings, marked = _held(db, case, appointment_ref)
    before = next((each for each in reversed(meetings) if each.number < row.number), None)
    board = board_over(db, case, meetings)
    progress, due, place = _counted(db, case, row.held_on)
    handed_out = list_handed_out(db, case)
    goals = [goal for goal in board.open_on(row.held_on) if goal.review_on <= row.held_on]
    return AppointmentPage(
        row,
        _timer(row),
        [each.partner_id for each in row.attendances if _might_be_overheard(each)],
        Since(before, *due, goals=len(goals)),
        progress,
        board,
        notes_at(db, row),
        _sent_between(db, case, before, row),
        of_partners(case, marked),
        Handouts(to_ask_about(handed_out, row, meetings), given_at(handed_out, row), *place),
    )


def _held(
    db: ScopedSession, case: Case, ref: str
) -> tuple[Appointment, Sequence[Meeting], Sequence[RepairResponse]]:
    """Read all appointments of a case, and what was marked at one of them, in one statement."""
    here = (RepairResponse.appointment_id == Appointment.id) & (Appointment.public_id == ref)
    query = (
        select(Appointment, RepairResponse)
        .outerjoin(RepairResponse, here)
        .where(Appointment.case_id == case.id)
        .options(joinedload(Appointment.attendances))
        .order_by(Appointment.number)
    )
    found = db.execute(query).unique().all()
    rows = list(dict.fromkeys(row for row, _ in found))
    wanted = next((row for row in rows if row.public_id == ref), None)
    if wanted is None:
        raise MissingError(ref)
    meetings = [Meeting(row.id, row.public_id, row.number, row.held_on) for row in rows]
    return wanted, meetings, [marked for _, marked in found if marked is not None]


def _sent_between(
    db: ScopedSession, case: Case, before: Meeting | None, row: Appointment
) -> Sequence[SentCheckIn]:
    sent = list_sent(db, case, before.held_on if before else None)
    # Somewhere it is already tomorrow.
    return [each for each in sent if each.due_on <= row.held_on + A_DAY]


def _might_be_overheard(row: AppointmentAttendance) -> bool:
    return took_part(row.attendance) and may_be_overheard(row.surroundings)


def _timer(row: Appointment) -> Timer:
    began, ended, moment = row.began_at, row.ended_at, now()
    if began is None:
        return Timer(None, ended, 0, runs=False, may_begin=row.held_on == today())
    runs = ended is None and moment - began < RUNS_FOR
    minutes = minutes_between(began, ended or moment) if ended or runs else 0
    return Timer(began, ended, minutes, runs)


def _counted(db: ScopedSession, case: Case, day: dt.date) -> tuple[Progress, Due, Place]:
    """Count how far the case has come, and what is due by a day, in one statement.

    Gives the phase and who has a way in besides.
    """
    counts = progress_counts(case)
    agreement = review_due(day).correlate(Case).scalar_subquery()
    due = (_tests_due(case, day), _promises_due(case, day), _reading_due(case), agreement)
    ways = [invitations.has_a_way_in(partner) for partner in case.partners]
    query = select(*ways, *counts, *due, _phase(case)).where(Case.id == case.id)
    row: Sequence[Any] = db.execute(query).one()
    has_way, rest = row[: len(ways)], row[len(ways) :]
    *found, tests, promises, review_on, agreement_due, phase = rest
    reading_due = review_on if review_on and review_on <= day else None
    able = (one.id for one, has in zip(case.partners, has_way, strict=True) if has)
    place = (phase or "", frozenset(able))
    return Progress(*found), (tests, promises, reading_due, agreement_due), place


def _phase(case: Case) -> ScalarSelect[str]:
    newest = select(PhaseMove.phase).where(PhaseMove.case_id == case.id)
    return newest.order_by(PhaseMove.number.desc()).limit(1).scalar_subquery()


def _tests_due(case: Case, day: dt.date) -> ScalarSelect[int]:
    rows = select(func.count(Explanation.id)).where(
        Explanation.case_id == case.id,
        Explanation.status == ExplanationStatus.ACTIVE,
        Explanation.test_by <= day,
    )
    return rows.scalar_subquery()


def _promises_due(case: Case, day: dt.date) -> ScalarSelect[int]:
    newest = (
        select(func.max(DisclosureStep.id))
        .where(DisclosureStep.case_id == case.id)
        .group_by(DisclosureStep.disclosure_id)
    )
    rows = select(func.count(DisclosureStep.id)).where(
        DisclosureStep.id.in_(newest),
        DisclosureStep.status == DisclosureStatus.OWNER_TO_SHARE,
        DisclosureStep.on <= day,
    )
    return rows.scalar_subquery()


def _reading_due(case: Case) -> ScalarSelect[dt.date | None]:
    newest = select(Formulation.review_on).where(Formulation.case_id == case.id)
    return newest.order_by(Formulation.number.desc()).limit(1).scalar_subquery()
