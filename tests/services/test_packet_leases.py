"""Packets are leased: never to two workers, never done twice, and never lost."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
import time_machine
from sqlalchemy import func, select

from clinic.domain.packets import PacketState
from clinic.domain.said import say
from clinic.models.audit import AuditLine
from clinic.models.base import now
from clinic.models.sheet_prints import SheetPrint
from clinic.services import audit, packet_leases, packet_work, packets
from clinic.services.errors import MissingError
from clinic.services.packet_leases import PACE, LostError, Made, Pace
from clinic.services.packet_problems import read_problem, write_problem
from clinic.services.packet_work import NotPrintableError
from clinic.services.sheet_prints import Item
from tests.factories import at_work, case_of
from tests.packet_factories import PDF, blank_order, case_order, claimed, finish, make_job

MOMENT = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
#: Every sheet is noted.
ATTENTIVE = Pace(beat=0)


@pytest.fixture
def clock():
    with time_machine.travel(MOMENT, tick=False) as travelled:
        yield travelled


@pytest.fixture
def job(store, ines) -> str:
    """A started job of two packets of one case."""
    with at_work(store, ines) as db:
        return make_job(db, case_order(case_of(db, ines))).public_id


def states(store, person, ref):
    with at_work(store, person, writes=False) as db:
        return [part.state for part in packets.show(db, ref).parts]


def count_prints(store, person) -> int:
    with at_work(store, person, writes=False) as db:
        return db.scalar(select(func.count(SheetPrint.id)))


def printed(_store, task, beat):
    """Print a packet of nothing, sheet by sheet."""
    for number, _ in enumerate(task.packet.sheets, start=1):
        beat(number)
    return Made(PDF, [Item(sheet, 1) for sheet in task.packet.sheets])


def test_a_task_says_what_was_ordered(store, ines, job):
    _, task = claimed(store)
    with at_work(store, ines) as db:
        assert task.packet == case_order(case_of(db, ines)).packets[0]
    assert (task.clinician_id, task.blank) == (ines.id, False)


def test_a_packet_is_leased_to_one_worker_until_its_lease_ends(store, ines, job, clock):
    first, second = claimed(store)[0], claimed(store)[0]
    assert first.id != second.id
    assert states(store, ines, job) == [PacketState.AT_WORK, PacketState.AT_WORK]
    with store.session(writes=True) as db:
        assert packet_leases.claim_next(db, now()) is None
    clock.shift(PACE.lease)
    again, _ = claimed(store)
    assert (again.id, again.tries) == (first.id, 2)


def test_of_many_workers_at_once_no_two_get_the_same_packet(store, ines, job):
    gate = Barrier(4)

    def claim(_):
        gate.wait()
        with store.session(writes=True) as db:
            return packet_leases.claim_next(db, now())

    with ThreadPoolExecutor(4) as pool:
        found = [claim.id for claim in pool.map(claim, range(4)) if claim is not None]
    assert len(found) == len(set(found)) == 2


def test_who_lost_a_lease_can_neither_keep_nor_finish_nor_give_up(store, ines, job, clock):
    late, task = claimed(store)
    clock.shift(PACE.lease)
    quick, _ = claimed(store)
    assert quick.id == late.id
    with store.session(writes=True) as db, pytest.raises(LostError):
        packet_leases.keep(db, late, 1, now())
    with pytest.raises(LostError):
        finish(store, late, task)
    with store.session(writes=True) as db:
        packet_leases.enter(db, store, late.clinician_id)
        with pytest.raises(LostError):
            packet_leases.fail(db, late, "too late", now())
    finish(store, quick, task)
    with pytest.raises(LostError):
        finish(store, quick, task)
    assert count_prints(store, ines) == 1, "done once"


def test_every_sheet_lengthens_the_lease_and_is_noted(store, ines, job, clock):
    claim, _ = claimed(store)
    clock.shift(PACE.lease / 2)
    with store.session(writes=True) as db:
        longer = packet_leases.keep(db, claim, 1, now())
    clock.shift(PACE.lease / 2)
    with at_work(store, ines) as db:
        part = packets.show(db, job).parts[0]
        assert (part.state, part.made) == (PacketState.AT_WORK, 1)
        packets.stop(db, job)
    with store.session(writes=True) as db, pytest.raises(LostError):
        packet_leases.keep(db, longer, 2, now())


def test_a_worker_prints_one_packet_after_the_other(store, ines, job):
    for _ in range(2):
        assert packet_work.print_next(store, printed, Event(), ATTENTIVE)
    assert not packet_work.print_next(store, printed, Event(), ATTENTIVE)
    assert states(store, ines, job) == [PacketState.DONE, PacketState.DONE]
    with at_work(store, ines) as db:
        assert audit.first_broken_line(db) is None


def test_a_worker_that_is_told_to_end_gives_its_packet_back_at_once(store, ines, job):
    stop = Event()

    def ends(_store, _task, beat):
        stop.set()
        beat(1)

    packet_work.print_next(store, ends, stop, ATTENTIVE)
    assert states(store, ines, job) == [PacketState.WAITING, PacketState.WAITING]
    assert claimed(store)[0].tries == 1, "the try did not count"


def test_a_job_that_is_stopped_meanwhile_drops_the_packet_at_work(store, ines, job):
    def stops(_store, _task, beat):
        with at_work(store, ines) as db:
            packets.stop(db, job)
        beat(1)
        raise AssertionError("it went on")

    packet_work.print_next(store, stops, Event(), ATTENTIVE)
    assert states(store, ines, job) == [PacketState.STOPPED, PacketState.STOPPED]
    assert count_prints(store, ines) == 0


def test_a_packet_that_cannot_be_printed_says_why_and_the_next_one_goes_on(store, ines, job):
    why = say("%(sheet)s: %(why)s", sheet=say("Our pattern"), why=say("It is %(long)s.", long=7))

    def refuses(store, task, beat):
        if len(task.packet.sheets) == 2:
            raise NotPrintableError(why)
        return printed(store, task, beat)

    for _ in range(2):
        packet_work.print_next(store, refuses, Event(), ATTENTIVE)
    assert states(store, ines, job) == [PacketState.FAILED, PacketState.DONE]
    with at_work(store, ines) as db:
        problem = packets.show(db, job).parts[0].problem
    assert problem == "Our pattern: It is 7."
    assert problem.facts["why"].pattern == "It is %(long)s."


def test_what_is_no_longer_there_is_told_and_what_breaks_is_tried_again(store, ines, job, clock):
    def gone(_store, task, _beat):
        raise MissingError(task.packet.case_ref)

    packet_work.print_next(store, gone, Event(), ATTENTIVE)
    with at_work(store, ines) as db:
        assert "no longer there" in packets.show(db, job).parts[0].problem

    def breaks(*_):
        raise RuntimeError

    for _ in range(PACE.most_tries):
        with pytest.raises(RuntimeError):
            packet_work.print_next(store, breaks, Event(), ATTENTIVE)
        clock.shift(PACE.lease)
    packet_work.print_next(store, breaks, Event(), ATTENTIVE)
    with at_work(store, ines) as db:
        part = packets.show(db, job).parts[1]
        assert part.state is PacketState.FAILED
        assert "interrupted too often" in part.problem


def test_what_was_read_for_a_packet_is_written_down_with_it(store, ines, job):
    claim, task = claimed(store)
    with store.session(writes=True) as db:
        packet_leases.enter(db, store, claim.clinician_id)
        read = audit.Read("case.read", task.packet.case_ref)
        packet_leases.finish(db, claim, task, Made(PDF, [], [read]), now())
    with at_work(store, ines) as db:
        lines = db.scalars(select(AuditLine).order_by(AuditLine.number.desc()).limit(2)).all()
        assert [line.action for line in lines] == ["case.read", "worksheet.printed"]
        assert {line.clinician_id for line in lines} == {ines.id}


def test_the_log_of_a_worker_names_no_person_and_no_fault_s_words(store, ines, job, caplog):
    stop = Event()

    def breaks(*_):
        stop.set()
        raise RuntimeError("Mara")

    with caplog.at_level("INFO", packet_work.log.name):
        packet_work.work(store, breaks, stop)
    assert "RuntimeError" in caplog.text
    assert "Mara" not in caplog.text


def test_a_reason_is_kept_with_its_facts():
    why = say("%(sheet)s: %(why)s", sheet="A 100% sheet", why=say("Shorten it."))
    assert read_problem(write_problem(why)) == why
    assert read_problem(write_problem("plain")) == "plain"
    assert read_problem("") == ""


def test_blank_sheets_of_no_case_are_kept_with_their_job(store, ines):
    with at_work(store, ines) as db:
        ref = make_job(db, blank_order()).public_id
    finish(store, *claimed(store))
    with at_work(store, ines) as db:
        [part] = packets.show(db, ref).parts
        assert packets.open_part(db, ref, part.ref).pdf == PDF
    assert count_prints(store, ines) == 0


def test_a_worker_goes_on_until_it_is_stopped_and_forgets_what_is_old(store, ines, job):
    stop, done = Event(), []
    with at_work(store, ines) as db:
        old = packets.prepare(db, blank_order())
        old.created_at = now() - packets.KEPT - dt.timedelta(seconds=1)
        db.commit()

    def prints(store, task, beat):
        made = printed(store, task, beat)
        done.append(task)
        if len(done) == 2:
            stop.set()
        return made

    packet_work.work(store, prints, stop, Pace(rest=0.01, beat=60))
    assert states(store, ines, job) == [PacketState.DONE, PacketState.DONE]
    with store.session(writes=False) as db:
        assert not packet_leases.is_any_old(db, now())


def test_a_worker_without_work_rests_until_it_is_stopped(store):
    stop = Event()
    with ThreadPoolExecutor(1) as pool:
        resting = pool.submit(packet_work.work, store, printed, stop, Pace(rest=0.01))
        stop.wait(0.1)
        assert not resting.done()
        stop.set()
        resting.result(10)
