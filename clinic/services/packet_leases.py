"""Packets that wait to be printed: leased to a worker, kept while it prints, finished or given up.

A worker that dies loses only its lease: the packet is begun anew, and one that is done is never
done twice. What is printed is stored and the packet called done in one transaction.
Source: security.md 3.13, R26.
"""

import base64
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement, Row, and_, delete, exists, or_, select, update

from clinic.domain.packets import Packet
from clinic.domain.worksheets import Paper, TypeSize
from clinic.models.accounts import Clinician
from clinic.models.cases import Case, Partner
from clinic.models.packets import PacketJob, PacketPart
from clinic.models.scope import ScopedSession
from clinic.models.store import Store
from clinic.services import accounts, audit, sheet_prints
from clinic.services.cases import find_case
from clinic.services.packet_problems import write_problem
from clinic.services.packets import KEPT
from clinic.services.sheet_prints import Item, Printed


@dataclass(frozen=True)
class Pace:
    """How long a worker may hold a packet between two sheets, how often it is tried, and rests.

    `rest` is between two looks, `beat` between two notes of how far a packet is, in seconds.
    """

    lease: dt.timedelta = dt.timedelta(minutes=2)
    most_tries: int = 3
    rest: float = 2
    longest_rest: float = 60
    beat: float = 0.5


PACE = Pace()


class LostError(Exception):
    """The packet is another worker's by now, or its job was stopped: what is printed is dropped."""


@dataclass(frozen=True)
class Claim:
    """A packet leased to one worker until `leased_until`, and whose job it is of."""

    id: int
    ref: str
    clinician_id: int
    tries: int
    leased_until: dt.datetime


@dataclass(frozen=True)
class Task:
    """What is to be printed, as it was ordered, and for which clinician."""

    clinician_id: int
    packet: Packet
    blank: bool
    paper: Paper
    size: TypeSize


@dataclass(frozen=True)
class Made:
    """A packet that was printed: what is in it, and what was read for it."""

    pdf: bytes = field(repr=False)
    items: Sequence[Item] = ()
    reads: Sequence[audit.Read] = ()


def is_any_due(db: ScopedSession, moment: dt.datetime) -> bool:
    """Tell whether there is a packet to claim, without making any writer wait."""
    with db.as_system():
        query = select(PacketPart.id).where(_is_due(moment)).limit(1)
        return db.scalars(query).first() is not None


def claim_next(db: ScopedSession, moment: dt.datetime, pace: Pace = PACE) -> Claim | None:
    """Lease the packet that waits longest; None when none waits. Two workers never get the same.

    The caller gives up one whose `tries` are too many: it ended its worker at every try.
    """
    with db.as_system():
        row = _next_due(db, moment)
        if row is None:
            return None
        claim = Claim(*row[:3], row.tries + 1, moment + pace.lease)
        _change(db, claim.id, leased_until=claim.leased_until, tries=claim.tries, made=0)
        db.commit()
        return claim


def keep(
    db: ScopedSession, claim: Claim, made: int, moment: dt.datetime, pace: Pace = PACE
) -> Claim:
    """Lengthen a lease and note how many sheets are printed.

    Raises LostError when another worker has the packet, or its job was stopped.
    """
    until = moment + pace.lease
    with db.as_system():
        held = _change(db, claim.id, _is_held(claim), leased_until=until, made=made)
        db.commit()
    if not held:
        raise LostError(claim.ref)
    return replace(claim, leased_until=until)


def let_go(db: ScopedSession, claim: Claim) -> None:
    """Give a lease back unused, as a worker does that is told to end; the try does not count."""
    with db.as_system():
        _change(db, claim.id, _is_held(claim), leased_until=None, tries=claim.tries - 1, made=0)
        db.commit()


def find_clinician(db: ScopedSession, clinician_id: int) -> Clinician:
    """Find the clinician whose job it is, before the session is anybody's."""
    with db.as_system():
        return db.get_one(Clinician, clinician_id)


def enter(db: ScopedSession, store: Store, clinician_id: int) -> None:
    """Tie a session to the clinician whose job it is."""
    accounts.enter(db, store, find_clinician(db, clinician_id))


def open_task(db: ScopedSession, claim: Claim) -> Task:
    """Read what is to be printed, in a session of the clinician whose job it is.

    Raises MissingError for a case that is no longer theirs.
    """
    query = (
        select(PacketPart, PacketJob, Case.public_id, Partner.public_id)
        .join(PacketJob, PacketJob.id == PacketPart.job_id)
        .outerjoin(Case, Case.id == PacketPart.case_id)
        .outerjoin(Partner, Partner.id == PacketPart.partner_id)
        .where(PacketPart.id == claim.id)
    )
    part, job, case_ref, reader = db.execute(query).one()
    sheets = tuple(part.sheets.split(","))
    packet = Packet(part.audience, sheets, case_ref or "", reader or "", part.copies)
    return Task(claim.clinician_id, packet, job.blank, job.paper, job.size)


def finish(db: ScopedSession, claim: Claim, task: Task, made: Made, moment: dt.datetime) -> None:
    """Store a packet and call it done, in one transaction; what was read for it is noted.

    Changes nothing and raises LostError when the packet is no longer this worker's.
    """
    part = _held(db, claim)
    packet = task.packet
    if packet.case_ref:
        case = find_case(db, packet.case_ref)
        printed = Printed(
            made.items, packet.audience, packet.reader, task.paper, task.size, fillable=False
        )
        part.print_id = sheet_prints.record(db, case, printed, made.pdf).id
    else:
        part.file = base64.b64encode(made.pdf).decode()
        audit.record(db, "packet.printed", part.public_id)
    part.made, part.leased_until, part.done_at = packet.count, None, moment
    audit.record_reads(db, made.reads)


def fail(db: ScopedSession, claim: Claim, why: str, moment: dt.datetime) -> None:
    """Give a packet up, with the reason in a sentence; LostError when it is not this worker's."""
    part = _held(db, claim)
    part.problem, part.leased_until, part.failed_at = write_problem(why), None, moment
    audit.record(db, "packet.given-up", part.public_id)
    db.commit()


def forget_old(db: ScopedSession, moment: dt.datetime) -> None:
    """Delete the jobs that are no longer kept; what they printed stays among the cases' prints."""
    with db.as_system():
        old = select(PacketJob.id).where(PacketJob.created_at <= moment - KEPT)
        db.execute(
            delete(PacketPart)
            .where(PacketPart.job_id.in_(old))
            .execution_options(synchronize_session=False)
        )
        db.execute(
            delete(PacketJob)
            .where(PacketJob.created_at <= moment - KEPT)
            .execution_options(synchronize_session=False)
        )
        db.commit()


def is_any_old(db: ScopedSession, moment: dt.datetime) -> bool:
    """Tell whether there is a job to forget, without making any writer wait."""
    with db.as_system():
        query = select(PacketJob.id).where(PacketJob.created_at <= moment - KEPT).limit(1)
        return db.scalars(query).first() is not None


def _held(db: ScopedSession, claim: Claim) -> PacketPart:
    query = select(PacketPart).where(PacketPart.id == claim.id, _is_held(claim))
    part = db.scalars(query.with_for_update()).first()
    if part is None:
        raise LostError(claim.ref)
    return part


def _next_due(db: ScopedSession, moment: dt.datetime) -> Row[int, str, int, int] | None:
    query = (
        select(PacketPart.id, PacketPart.public_id, PacketJob.clinician_id, PacketPart.tries)
        .join(PacketJob, PacketJob.id == PacketPart.job_id)
        .where(_is_due(moment))
        .order_by(PacketJob.started_at, PacketPart.job_id, PacketPart.position)
        .limit(1)
        # SQLite's writers stand in line anyway; PostgreSQL's pass by what another one holds.
        .with_for_update(skip_locked=True, of=PacketPart)
    )
    return db.execute(query).first()


def _change(
    db: ScopedSession, part_id: int, *conditions: ColumnElement[bool], **values: object
) -> bool:
    statement = update(PacketPart).where(PacketPart.id == part_id, *conditions).values(**values)
    changed = db.execute(
        statement.returning(PacketPart.id), execution_options={"synchronize_session": False}
    )
    return changed.first() is not None


def _is_held(claim: Claim) -> ColumnElement[bool]:
    # The end of a lease tells one claim from any later one.
    return and_(
        PacketPart.leased_until == claim.leased_until,
        PacketPart.done_at.is_(None),
        PacketPart.failed_at.is_(None),
        _is_wanted(),
    )


def _is_due(moment: dt.datetime) -> ColumnElement[bool]:
    return and_(
        PacketPart.done_at.is_(None),
        PacketPart.failed_at.is_(None),
        or_(PacketPart.leased_until.is_(None), PacketPart.leased_until <= moment),
        _is_wanted(),
    )


def _is_wanted() -> ColumnElement[bool]:
    wanted = exists().where(
        PacketJob.id == PacketPart.job_id,
        PacketJob.started_at.is_not(None),
        PacketJob.stopped_at.is_(None),
    )
    return wanted.correlate(PacketPart)
