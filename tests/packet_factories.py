"""Packet jobs for tests, written and worked on through the services."""

import base64
from typing import Any

from sqlalchemy import select

from clinic.domain.packets import Packet
from clinic.domain.worksheets import Paper, SheetAudience, TypeSize
from clinic.models.base import now
from clinic.models.cases import Case
from clinic.models.packets import PacketJob, PacketPart
from clinic.models.scope import ScopedSession
from clinic.models.store import Store
from clinic.services import packet_leases, packets, sheet_prints
from clinic.services.packet_leases import Claim, Made, Task
from clinic.services.packet_problems import write_problem
from clinic.services.packet_work import INTERRUPTED
from clinic.services.packets import JobOrder
from clinic.services.sheet_prints import Item, Printed

#: Stands for a printed packet where nobody looks inside.
PDF = b"%PDF-1.7 a packet"
LOOK = (Paper.A4, TypeSize.NORMAL)


def case_order(case: Case, **changes: Any) -> JobOrder:
    """Order a packet for the first partner and one for all of a case."""
    ref = case.public_id
    alone = Packet(SheetAudience.PARTNER, ("w01", "w12"), ref, case.partners[0].public_id)
    together = Packet(SheetAudience.COUPLE, ("w06",), ref)
    return JobOrder(**{"packets": [alone, together], "blank": False} | changes)


def blank_order(copies: int = 2) -> JobOrder:
    """Order blank sheets of no case."""
    return JobOrder([Packet(SheetAudience.EACH, ("w01", "w14"), copies=copies)], blank=True)


def make_job(db: ScopedSession, order: JobOrder) -> PacketJob:
    """Prepare a job and start it."""
    job = packets.prepare(db, order)
    packets.start(db, job.public_id)
    return job


def claimed(store: Store) -> tuple[Claim, Task]:
    """Lease the next packet, as a worker does."""
    with store.session(writes=True) as db:
        claim = packet_leases.claim_next(db, now())
    assert claim is not None, "no packet waits"
    with store.session(writes=False) as db:
        packet_leases.enter(db, store, claim.clinician_id)
        return claim, packet_leases.open_task(db, claim)


def finish(store: Store, claim: Claim, task: Task, pdf: bytes = PDF) -> None:
    """Store a packet as printed."""
    items = [Item(sheet, 1) for sheet in task.packet.sheets]
    with store.session(writes=True) as db:
        packet_leases.enter(db, store, claim.clinician_id)
        packet_leases.finish(db, claim, task, Made(pdf, items), now())


def print_next(store: Store, pdf: bytes = PDF) -> Task:
    """Do what a worker does with the next packet, without a press."""
    claim, task = claimed(store)
    finish(store, claim, task, pdf)
    return task


def make_packets(db: ScopedSession, case: Case) -> str:
    """Put a job with one of everything among a clinician's own, and give its ref.

    A packet of the case that is done, one that could not be printed, and blank sheets.
    """
    packets_of_case = case_order(case).packets
    order = JobOrder([*packets_of_case, *blank_order().packets], blank=False)
    job = make_job(db, order)
    rows = db.scalars(select(PacketPart).where(PacketPart.job_id == job.id)).all()
    alone, together, blank = sorted(rows, key=lambda row: row.position)
    printed = Printed([Item("w01", 1)], SheetAudience.PARTNER, packets_of_case[0].reader, *LOOK)
    alone.print_id = sheet_prints.record(db, case, printed, PDF).id
    alone.done_at = blank.done_at = together.failed_at = now()
    together.problem = write_problem(INTERRUPTED)
    blank.file = base64.b64encode(PDF).decode()
    db.commit()
    return job.public_id
