"""What is done about packets, asked like all acts."""

from collections.abc import Callable

from sqlalchemy import select

from clinic.models.base import now
from clinic.models.cases import Case
from clinic.models.packets import PacketPart
from clinic.models.scope import ScopedSession
from clinic.services import packet_leases, packets
from clinic.services.packet_leases import Claim, Made
from tests.packet_factories import PDF, blank_order, case_order, make_job
from tests.print_factories import printed


def prepare(db: ScopedSession, case: Case) -> str:
    return packets.prepare(db, case_order(case)).public_id


def start(db: ScopedSession, case: Case) -> str:
    return make_job(db, case_order(case)).public_id


def stop(db: ScopedSession, case: Case) -> str:
    job = make_job(db, case_order(case))
    packets.stop(db, job.public_id)
    return job.public_id


def keep_printed(db: ScopedSession, case: Case) -> str:
    return packets.keep_printed(db, case, printed(case), PDF).public_id


def finish(db: ScopedSession, _case: Case) -> str:
    claim = _claimed(db)
    packet_leases.finish(db, claim, packet_leases.open_task(db, claim), Made(PDF), now())
    return claim.ref


def fail(db: ScopedSession, _case: Case) -> str:
    claim = _claimed(db)
    packet_leases.fail(db, claim, "It is too long.", now())
    return claim.ref


def _claimed(db: ScopedSession) -> Claim:
    make_job(db, blank_order())
    claim = packet_leases.claim_next(db, now())
    assert claim is not None
    assert db.scalars(select(PacketPart).where(PacketPart.id == claim.id)).one()
    return claim


PACKET_ACTS: dict[Callable[[ScopedSession, Case], str], str] = {
    prepare: "packets.prepared",
    start: "packets.started",
    stop: "packets.stopped",
    keep_printed: "worksheet.printed",
    finish: "packet.printed",
    fail: "packet.given-up",
}
