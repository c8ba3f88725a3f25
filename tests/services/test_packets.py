"""Packet jobs: prepared, started, stopped; a clinician's own, and gone after two weeks."""

import datetime as dt

import pytest
import time_machine
from sqlalchemy import func, select

from clinic.domain.packets import MOST_SHEETS, JobState, Packet, PacketState
from clinic.domain.visibility import Audience, Layer
from clinic.domain.worksheets import SheetAudience
from clinic.keyring.errors import ClosedLayerError
from clinic.models.accounts import Clinician
from clinic.models.base import now
from clinic.models.cases import Partner
from clinic.models.packets import PacketJob, PacketPart
from clinic.models.sheet_prints import SheetPrint
from clinic.services import accounts, packet_leases, packets
from clinic.services.errors import MissingError, RefusedError
from clinic.services.packets import KEPT, JobOrder
from tests import factories as made
from tests import life_factories as life
from tests.factories import at_work, case_of
from tests.packet_factories import (
    PDF,
    case_order,
    make_job,
    make_packets,
    print_next,
)


def blank_sheets(count: int) -> JobOrder:
    return JobOrder([Packet(SheetAudience.EACH, ("w01",), copies=count)], blank=True)


def test_a_prepared_job_says_how_much_it_is_and_waits_to_be_started(store, ines):
    with at_work(store, ines) as db:
        ref = packets.prepare(db, case_order(case_of(db, ines))).public_id
        job = packets.show(db, ref)
    assert (job.state, job.count, len(job.parts)) == (JobState.PREPARED, 3, 2)
    assert [(part.name, part.count) for part in job.parts] == [("Mara", 2), ("Mara and Jonas", 1)]
    with store.session(writes=False) as db:
        assert not packet_leases.is_any_due(db, now())


def test_two_hundred_sheets_are_taken_and_one_more_is_refused_with_a_sentence(store, ines):
    with at_work(store, ines) as db:
        packets.prepare(db, blank_sheets(MOST_SHEETS))
        with pytest.raises(RefusedError, match="This makes 201 sheets, and 200 can be printed"):
            packets.prepare(db, blank_sheets(MOST_SHEETS + 1))
        with pytest.raises(RefusedError, match="at least one sheet"):
            packets.prepare(db, JobOrder([], blank=True))
    with at_work(store, ines) as db:
        assert db.scalar(select(func.count(PacketJob.id))) == 1


def test_a_job_takes_one_s_own_open_cases_and_people_in_them_alone(store, ines, cast):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        mine = case.public_id
        life.end(db, case)
        with pytest.raises(RefusedError, match="has ended"):
            packets.prepare(db, case_order(case))
    stranger = Packet(SheetAudience.PARTNER, ("w01",), mine, cast["tomas"].partner_refs[0])
    with at_work(store, ines) as db, pytest.raises(MissingError):
        packets.prepare(db, JobOrder([stranger], blank=False))
    with at_work(store, cast["tomas"]) as db, pytest.raises(MissingError):
        packets.prepare(db, JobOrder([Packet(SheetAudience.COUPLE, ("w06",), mine)], blank=False))


@pytest.mark.parametrize("who", ["tomas", "noa"])
def test_another_clinician_s_job_does_not_exist(store, ines, cast, who):
    with at_work(store, ines) as db:
        ref = make_packets(db, case_of(db, ines))
        part = packets.show(db, ref).parts[0].ref
    with at_work(store, cast[who]) as db:
        assert packets.list_jobs(db) == []
        for asked in (packets.show, packets.start, packets.stop):
            with pytest.raises(MissingError):
                asked(db, ref)
        with pytest.raises(MissingError):
            packets.open_part(db, ref, part)


def test_a_packet_of_a_case_that_went_to_a_colleague_is_named_and_opened_no_more(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        ref = make_packets(db, case)
        case.clinician_id = db.scalars(select(Clinician.id).where(Clinician.id != ines.id)).first()
        db.commit()
    with at_work(store, ines) as db:
        alone, together, blank = packets.show(db, ref).parts
        assert [part.name for part in (alone, together)] == ["", ""]
        assert [each.can_be_opened for each in (alone, together, blank)] == [False, False, True]
        with pytest.raises(MissingError):
            packets.open_part(db, ref, alone.ref)


def test_what_is_printed_opens_byte_for_byte_and_nothing_else_does(store, ines):
    with at_work(store, ines) as db:
        ref = make_packets(db, case_of(db, ines))
    with at_work(store, ines) as db:
        job = packets.show(db, ref)
        assert (job.state, job.ready, job.failed, job.made) == (JobState.DONE, 2, 1, job.count)
        alone, together, blank = job.parts
        for part in (alone, blank):
            assert packets.open_part(db, ref, part.ref).pdf == PDF
        with pytest.raises(MissingError):
            packets.open_part(db, ref, together.ref)
        assert (
            together.problem == "Printing was interrupted too often. Begin again with fewer sheets."
        )


def test_a_packet_lies_in_its_audience_s_own_layer(store, ines):
    with at_work(store, ines) as db:
        make_job(db, case_order(case_of(db, ines)))
    print_next(store, b"Mara's")
    print_next(store, b"of all")
    with store.session(writes=False) as db:
        with db.as_system():
            clinician = db.get_one(Clinician, ines.id)
        accounts.enter_for(db, store, clinician, Audience.COUPLE)
        alone, together = db.scalars(select(SheetPrint).order_by(SheetPrint.id)).all()
        assert [alone.layer, together.layer] == [Layer.PRIVATE, Layer.SHARED]
        assert together.pdf
        with pytest.raises(ClosedLayerError):
            _ = alone.pdf


def test_a_stopped_job_keeps_what_is_done_and_prints_no_more(store, ines):
    with at_work(store, ines) as db:
        ref = make_job(db, case_order(case_of(db, ines))).public_id
    print_next(store)
    with at_work(store, ines) as db:
        packets.stop(db, ref)
        packets.stop(db, ref)
        job = packets.show(db, ref)
        assert job.state is JobState.STOPPED
        assert [part.state for part in job.parts] == [PacketState.DONE, PacketState.STOPPED]
        with pytest.raises(RefusedError, match="Prepare it anew"):
            packets.start(db, ref)
    with store.session(writes=False) as db:
        assert not packet_leases.is_any_due(db, now())


def test_a_job_is_forgotten_after_two_weeks_and_its_prints_stay(store, ines):
    with at_work(store, ines) as db:
        ref = make_job(db, case_order(case_of(db, ines))).public_id
    print_next(store)
    later = now() + KEPT + dt.timedelta(seconds=1)
    with time_machine.travel(later, tick=False):
        with at_work(store, ines) as db:
            assert packets.list_jobs(db) == []
            with pytest.raises(MissingError):
                packets.show(db, ref)
        with store.session(writes=True) as db:
            assert packet_leases.is_any_old(db, now())
            packet_leases.forget_old(db, now())
            assert not packet_leases.is_any_old(db, now())
    with at_work(store, ines) as db:
        assert not db.scalar(select(func.count(PacketPart.id)))
        assert db.scalar(select(func.count(SheetPrint.id))) == 1


def test_the_packets_of_a_job_are_read_in_few_statements(store, ines):
    with at_work(store, ines) as db:
        orders = [case_order(made.make_case(db)) for _ in range(5)]
        packets.prepare(db, JobOrder([each for o in orders for each in o.packets], blank=True))
    with at_work(store, ines) as db:
        [job] = packets.list_jobs(db)
        assert {part.name for part in job.parts} == {"Ada", "Ada and Nour"}
        assert len(db.scalars(select(Partner)).all()) > 10
