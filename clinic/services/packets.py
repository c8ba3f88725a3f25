"""Jobs that print packets in the background: preparing one, starting, stopping, looking at it.

A job is its clinician's own; a colleague's does not exist. It keeps what was ordered and how far it
has come. What was printed from a case lies among that case's prints, in its audience's own layer.
"""

import base64
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select

from clinic.domain.case_ends import CaseStatus
from clinic.domain.packets import (
    ENDED,
    MOST_SHEETS,
    JobState,
    Packet,
    PacketState,
    count_sheets,
    job_state,
)
from clinic.domain.said import own, say
from clinic.domain.worksheets import Paper, SheetAudience, TypeSize
from clinic.models.base import now
from clinic.models.cases import Case
from clinic.models.packets import PacketJob, PacketPart
from clinic.models.scope import ScopedSession
from clinic.models.sheet_prints import SheetPrint
from clinic.services import audit, sheet_prints
from clinic.services.cases import find_case, find_partner
from clinic.services.errors import MissingError, RefusedError
from clinic.services.packet_problems import read_problem
from clinic.services.sheet_prints import Item, Printed

#: How long a job can be looked at; what it printed from a case stays among the case's prints.
KEPT = dt.timedelta(days=14)


@dataclass(frozen=True)
class JobOrder:
    """What a job is to print, and on what; `blank` leaves every sheet empty."""

    packets: Sequence[Packet]
    blank: bool
    paper: Paper = Paper.A4
    size: TypeSize = TypeSize.NORMAL


@dataclass(frozen=True)
class PartView:
    """One packet of a job. `name` is of its reader or its case, "" where that is not one's own.

    `made` of `count` sheets are printed; `problem` says why there is no packet.
    """

    ref: str
    audience: SheetAudience
    case_ref: str
    name: str
    sheets: Sequence[str]
    copies: int
    count: int
    made: int
    state: PacketState
    problem: str

    @property
    def is_for_therapist(self) -> bool:
        """Whether it is for the therapist alone."""
        return self.audience is SheetAudience.THERAPIST

    @property
    def can_be_opened(self) -> bool:
        """Whether its PDF is there, and one's own to open."""
        is_open = bool(self.name) or self.audience is SheetAudience.EACH
        return is_open and self.state is PacketState.DONE


@dataclass(frozen=True)
class OpenedPart:
    """The PDF of a packet, with the case it was printed from; None for sheets of no case."""

    case: Case | None
    items: Sequence[Item]
    pdf: bytes = field(repr=False)


@dataclass(frozen=True)
class JobView:
    """A job as its page shows it."""

    ref: str
    created_at: dt.datetime
    until: dt.date
    state: JobState
    blank: bool
    paper: Paper
    size: TypeSize
    parts: Sequence[PartView]

    @property
    def count(self) -> int:
        """How many sheets it prints."""
        return sum(part.count for part in self.parts)

    @property
    def made(self) -> int:
        """How many sheets are printed, or given up with their packet."""
        return sum(part.count if part.state in ENDED else part.made for part in self.parts)

    @property
    def is_of_no_case(self) -> bool:
        """Whether it is blank sheets that belong to no case."""
        return all(part.audience is SheetAudience.EACH for part in self.parts)

    @property
    def ready(self) -> int:
        """How many packets are done."""
        return sum(part.state is PacketState.DONE for part in self.parts)

    @property
    def failed(self) -> int:
        """How many packets were given up."""
        return sum(part.state is PacketState.FAILED for part in self.parts)


def prepare(db: ScopedSession, order: JobOrder) -> PacketJob:
    """Write down what is to be printed; nothing is printed before the job is started.

    Raises RefusedError for no sheet at all, for more than MOST_SHEETS, and for a case that is not
    open; MissingError for a case or a partner that is not one's own.
    """
    _check_number(count_sheets(order.packets))
    job = PacketJob(
        practice_id=db.scope.practice_id,
        clinician_id=db.scope.clinician_id,
        blank=order.blank,
        paper=order.paper,
        size=order.size,
    )
    db.add(job)
    db.flush()
    found = {ref: find_case(db, ref) for ref in {each.case_ref for each in order.packets} - {""}}
    for position, packet in enumerate(order.packets):
        db.add(_part(job, position, packet, found))
    audit.record(db, "packets.prepared", job.public_id)
    db.commit()
    return job


def _check_number(count: int) -> None:
    if not count:
        raise RefusedError("Choose at least one sheet", "sheets")
    if count > MOST_SHEETS:
        told = say(
            "This makes %(count)s sheets, and %(most)s can be printed in one go."
            " Choose fewer, or begin a second time for the rest",
            count=count,
            most=MOST_SHEETS,
        )
        raise RefusedError(told, "sheets")


def _part(job: PacketJob, position: int, packet: Packet, found: Mapping[str, Case]) -> PacketPart:
    case = found.get(packet.case_ref)
    reader = find_partner(case, packet.reader) if case and packet.reader else None
    if case is not None and case.status is not CaseStatus.OPEN:
        raise RefusedError("One of these cases has ended. Choose open cases only", "cases")
    return PacketPart(
        practice_id=job.practice_id,
        job_id=job.id,
        position=position,
        case_id=case.id if case else None,
        partner_id=reader.id if reader else None,
        audience=packet.audience,
        sheets=",".join(packet.sheets),
        copies=packet.copies,
    )


def start(db: ScopedSession, ref: str) -> None:
    """Let a job be printed; starting twice is no fault. Raises RefusedError once it was stopped."""
    job = _find(db, ref, locked=True)
    if job.stopped_at is not None:
        raise RefusedError("This job was stopped. Prepare it anew to print the rest")
    if job.started_at is not None:
        return
    job.started_at = now()
    audit.record(db, "packets.started", job.public_id)
    db.commit()


def stop(db: ScopedSession, ref: str) -> None:
    """Print nothing more of a job; packets that are done stay. Stopping twice is no fault."""
    job = _find(db, ref, locked=True)
    if job.stopped_at is not None:
        return
    job.stopped_at = now()
    audit.record(db, "packets.stopped", job.public_id)
    db.commit()


def keep_printed(db: ScopedSession, case: Case, printed: Printed, pdf: bytes) -> SheetPrint:
    """Record a packet that was printed at once, before it leaves."""
    row = sheet_prints.record(db, case, printed, pdf)
    db.commit()
    return row


def own_open_cases(db: ScopedSession) -> Sequence[Case]:
    """List the clinician's own open cases, newest first."""
    query = select(Case).where(
        Case.clinician_id == db.scope.clinician_id, Case.status == CaseStatus.OPEN
    )
    return db.scalars(query.order_by(Case.opened_on.desc(), Case.id.desc())).all()


def list_jobs(db: ScopedSession) -> Sequence[JobView]:
    """List the clinician's own jobs of the last 14 days, newest first."""
    query = (
        select(PacketJob)
        .where(PacketJob.clinician_id == db.scope.clinician_id, _is_kept())
        .order_by(PacketJob.id.desc())
    )
    return _views(db, db.scalars(query).all())


def show(db: ScopedSession, ref: str) -> JobView:
    """Give one of the clinician's own jobs; anybody else's, or an old one, does not exist."""
    return _views(db, [_find(db, ref)])[0]


def open_part(db: ScopedSession, job_ref: str, part_ref: str) -> OpenedPart:
    """Give the PDF of a packet that is done, in one of the clinician's own jobs and cases.

    One of a case comes out of that case's prints. Raises MissingError for any other.
    """
    job = _find(db, job_ref)
    query = select(PacketPart, Case.public_id, SheetPrint.public_id).where(
        PacketPart.job_id == job.id,
        PacketPart.public_id == part_ref,
        PacketPart.done_at.is_not(None),
    )
    found = db.execute(
        query.outerjoin(Case, Case.id == PacketPart.case_id).outerjoin(
            SheetPrint, SheetPrint.id == PacketPart.print_id
        )
    ).first()
    if found is None:
        raise MissingError(part_ref)
    part, case_ref, print_ref = found
    if part.case_id is None:
        return OpenedPart(None, (), base64.b64decode(part.file))
    case = find_case(db, case_ref)
    row, pdf = sheet_prints.again(db, case, print_ref)
    return OpenedPart(case, sheet_prints.items_of(row), pdf)


def _find(db: ScopedSession, ref: str, *, locked: bool = False) -> PacketJob:
    query = select(PacketJob).where(
        PacketJob.public_id == ref,
        PacketJob.clinician_id == db.scope.clinician_id,
        _is_kept(),
    )
    job = db.scalars(query.with_for_update() if locked else query).first()
    if job is None:
        raise MissingError(ref)
    return job


def _is_kept() -> ColumnElement[bool]:
    return PacketJob.created_at > now() - KEPT


def _views(db: ScopedSession, jobs: Sequence[PacketJob]) -> Sequence[JobView]:
    query = select(PacketPart).where(PacketPart.job_id.in_([job.id for job in jobs]))
    parts: dict[int, list[PacketPart]] = {job.id: [] for job in jobs}
    for part in db.scalars(query.order_by(PacketPart.position)):
        parts[part.job_id].append(part)
    cases = _own_cases(db, {part.case_id for job in parts.values() for part in job})
    return [_view(job, parts[job.id], cases) for job in jobs]


def _own_cases(db: ScopedSession, ids: Iterable[int | None]) -> Mapping[int | None, Case]:
    query = select(Case).where(Case.id.in_(ids), Case.clinician_id == db.scope.clinician_id)
    return {case.id: case for case in db.scalars(query)}


def _view(job: PacketJob, rows: Sequence[PacketPart], cases: Mapping[int | None, Case]) -> JobView:
    parts = [_part_view(job, row, cases.get(row.case_id)) for row in rows]
    started, stopped = job.started_at is not None, job.stopped_at is not None
    return JobView(
        job.public_id,
        job.created_at,
        (job.created_at + KEPT).date(),
        job_state([part.state for part in parts], started=started, stopped=stopped),
        job.blank,
        job.paper,
        job.size,
        parts,
    )


def _part_view(job: PacketJob, row: PacketPart, case: Case | None) -> PartView:
    sheets = row.sheets.split(",")
    return PartView(
        row.public_id,
        row.audience,
        case.public_id if case else "",
        _name(case, row.partner_id) if case else "",
        sheets,
        row.copies,
        len(sheets) * row.copies,
        row.made,
        _state(job, row),
        read_problem(row.problem),
    )


def _name(case: Case, partner_id: int | None) -> str:
    names = [own(partner.name) for partner in case.partners if partner.id == partner_id]
    return names[0] if names else case.title


def _state(job: PacketJob, row: PacketPart) -> PacketState:
    if row.done_at is not None:
        return PacketState.DONE
    if row.failed_at is not None:
        return PacketState.FAILED
    if job.stopped_at is not None:
        return PacketState.STOPPED
    held = row.leased_until is not None and row.leased_until > now()
    return PacketState.AT_WORK if held else PacketState.WAITING
