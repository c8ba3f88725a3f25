"""The worker that sends mail and prints: killed, cut off and restarted, it loses nothing."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Thread

import psycopg
import pytest
from sqlalchemy import func, make_url, select, update

from clinic.domain.invitations import LASTS, Handing
from clinic.domain.packets import PacketState
from clinic.models.base import now
from clinic.models.cases import Case
from clinic.models.invitations import Invitation
from clinic.models.outbox import OutboxMail
from clinic.models.packets import PacketPart
from clinic.services import audit, delivery, outbox, packets, sheet_prints
from clinic.services.delivery import Rest
from clinic.services.outbox import Pace
from tests.factories import at_work, case_of
from tests.mail import HANG_UP, free_port, mail_server, seconds
from tests.packet_factories import case_order, make_job

ROOT = Path(__file__).resolve().parents[1]
HERD = Path(__file__).with_name("worker_herd.py")
PASSWORD = "right-password"
WORKER = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
QUICK = Pace(lease=seconds(4), first_wait=seconds(0.1), longest_wait=seconds(0.5))
RESTLESS = Rest(idle=0.05, first=0.05, longest=0.2)

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"])
postgresql_only = pytest.mark.parametrize("engine_name", ["postgresql"])


@pytest.fixture
def post():
    with mail_server() as running:
        yield running


def invite(db, case: Case, number: int) -> Invitation:
    """Invite the first partner, leaving earlier invitations as they are."""
    invitation = Invitation(
        practice_id=case.practice_id,
        case_id=case.id,
        partner_id=case.partners[0].id,
        token_hash=f"{number:064}",
        handing=Handing.EMAIL,
        expires_at=now() + LASTS,
    )
    db.add(invitation)
    return invitation


def put(store, person, count=1, first=0) -> list[str]:
    """Put mails into the outbox, each to an address of its own and with its own invitation."""
    addresses = [f"p{number}@example.org" for number in range(first, first + count)]
    with at_work(store, person) as db:
        case = case_of(db, person)
        for number, address in enumerate(addresses, start=first):
            outbox.enqueue(db, invite(db, case, number), address, "A form for you", "Hello\n")
        db.commit()
    return addresses


def revoke_from(store, person, number) -> None:
    with at_work(store, person) as db:
        for invitation in db.scalars(select(Invitation)).all():
            if int(invitation.token_hash) >= number:
                invitation.revoked_at = now()
        db.commit()


def count_unsent(store) -> int:
    with store.session(writes=False) as db, db.as_system():
        return db.scalar(select(func.count(OutboxMail.id)).where(OutboxMail.sent_at.is_(None)))


def wait_until(holds, at_most=60.0) -> None:
    end = time.monotonic() + at_most
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


@contextmanager
def herd(settings, port, **orders):
    """Keep a herd of workers, and tell when the last kill is done."""
    command = [sys.executable, str(HERD)]
    surroundings = os.environ | {"PYTHONPATH": str(ROOT)}
    orders |= {"key_file": str(settings.key_file), "database_url": settings.database_url}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings
    ) as keeper:
        keeper.stdin.write(json.dumps(orders | {"port": port}) + "\n")
        keeper.stdin.flush()
        yield keeper
        keeper.stdin.write("stop\n")
    assert keeper.returncode == 0


def test_of_six_hundred_mails_none_is_lost_and_hardly_any_sent_twice(settings, store, ines, post):
    post.put_off, post.hang_up, post.delay = 0.1, 0.03, 0.05
    wanted = put(store, ines, 600)
    revoked = put(store, ines, 60, first=600)
    revoke_from(store, ines, 630)
    orders = {"workers": 4, "kills": 20, "between": (0.15, 0.4), "seed": 20261120}
    with herd(settings, post.port, **orders) as keeper:
        wait_until(lambda: len(post.raw) > 60)
        revoke_from(store, ines, 600)
        assert keeper.stdout.readline() == "killed\n"
        killed_at = len(post.raw)
        wait_until(lambda: count_unsent(store) == len(revoked))
    taken = Counter(mail["To"] for mail in post.mails())
    assert killed_at < 600, "the kills fell while there was work"
    assert post.faults.total() - post.faults["250 OK"] > 40
    assert post.faults[HANG_UP] > 5
    assert set(taken) == set(wanted), "all of these, and none of a revoked invitation"
    assert taken.total() <= 606
    assert len({mail["Message-ID"] for mail in post.mails()}) == 600


@contextmanager
def working(store, server):
    """Work in a thread of this process, with short rests."""
    stop = Event()
    thread = Thread(target=delivery.work, args=(store, server, stop, QUICK, RESTLESS))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_a_mail_waits_out_a_mail_server_that_is_away(store, ines):
    port = free_port()
    put(store, ines, 3)
    with mail_server(port) as before:
        server = before.server()
    with working(store, server):
        time.sleep(0.5)
        assert count_unsent(store) == 3
        with mail_server(port) as post:
            wait_until(lambda: count_unsent(store) == 0)
    assert len(post.raw) == 3


@postgresql_only
def test_a_mail_waits_out_a_database_that_restarts(store, ines, post):
    with working(store, post.server()):
        with database_away(store):
            time.sleep(0.5)
        put(store, ines, 3)
        wait_until(lambda: count_unsent(store) == 0)
    assert len(post.raw) == 3


@postgresql_only
def test_a_mail_sent_just_before_the_database_went_is_not_sent_again(store, ines, post):
    put(store, ines)
    post.delay = 0.5
    with working(store, post.server()):
        wait_until(lambda: post.faults["250 OK"] == 1)
        with database_away(store):
            wait_until(lambda: len(post.raw) == 1)
            time.sleep(0.3)
        wait_until(lambda: count_unsent(store) == 0)
    assert len(post.raw) == 1


@contextmanager
def database_away(store):
    """Close every connection to the database and let nobody in, as a restart does."""
    name = store.engine.url.database
    admin = make_url(store.engine.url).set(drivername="postgresql", database="postgres")
    allow = f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS '
    with psycopg.connect(admin.render_as_string(hide_password=False), autocommit=True) as database:
        database.execute(allow + "false")
        database.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        try:
            yield
        finally:
            database.execute(allow + "true")


@pytest.fixture
def env(settings, post) -> dict[str, str]:
    """What the programs of an installation are told."""
    return os.environ | {
        "UNDERCURRENT_DATA": str(settings.data_folder),
        "UNDERCURRENT_KEY": str(settings.key_file),
        "UNDERCURRENT_BIND": f"127.0.0.1:{free_port()}",
        "DATABASE_URL": settings.database_url,
        "UNDERCURRENT_SMTP": f"smtp://office:{PASSWORD}@localhost:{post.port}",
        "UNDERCURRENT_MAIL_FROM": "Harbour Practice <office@harbour.example>",
    }


@contextmanager
def started(command, env, folder=ROOT):
    """Start a program in a session of its own, and leave nothing of it."""
    with TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command, cwd=folder, env=env, stdout=said, stderr=said, start_new_session=True
        )

        def read() -> str:
            said.seek(0)
            return said.read()

        try:
            yield process, read
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def end(process, name) -> float:
    """Send a signal to a program and those it started; give the seconds until its end."""
    asked = time.monotonic()
    os.killpg(process.pid, name)
    process.wait(20)
    return time.monotonic() - asked


@sqlite_only
def test_the_command_sends_what_waits_and_ends_when_it_is_told(env, store, ines):
    put(store, ines, 2)
    with started(WORKER, env) as (process, said):
        wait_until(lambda: count_unsent(store) == 0)
        assert end(process, signal.SIGTERM) < 2
        assert process.returncode == 0
        assert len(said().splitlines()) == 2
        for word in (PASSWORD, "example.org", "Hello"):
            assert word not in said()


@sqlite_only
def test_ctrl_c_ends_it_even_while_the_mail_server_keeps_it_waiting(env, store, ines, post):
    put(store, ines)
    post.greets.clear()
    with started(WORKER, env) as (process, said):
        assert post.greeted.wait(20)
        assert end(process, signal.SIGINT) < 2
        assert (process.returncode, said()) == (0, "")
    assert (count_unsent(store), post.raw) == (1, [])
    post.greets.set()


def unprinted(store, person) -> int:
    """Count the sheets of a person's jobs that are not printed yet."""
    with at_work(store, person, writes=False) as db:
        return sum(job.count - job.made for job in packets.list_jobs(db))


@sqlite_only
def test_a_worker_without_a_mail_server_prints_and_one_that_is_killed_loses_nothing(
    env, store, ines
):
    del env["UNDERCURRENT_SMTP"]
    with at_work(store, ines) as db:
        order = case_order(case_of(db, ines))
        sheets = ("w01", "w02", "w12", "w13", "w15")
        alone = replace(order.packets[0], sheets=sheets)
        make_job(db, replace(order, packets=[alone, order.packets[1]]))
    with started(WORKER, env) as (process, _):
        wait_until(lambda: 0 < unprinted(store, ines) < 6)
        end(process, signal.SIGKILL)
    assert states(store, ines) == [PacketState.AT_WORK, PacketState.WAITING]
    release_leases(store)
    with started(WORKER, env) as (process, said):
        wait_until(lambda: unprinted(store, ines) == 0)
        assert end(process, signal.SIGTERM) < 5
        assert process.returncode == 0
        assert "Mara" not in said()
    assert states(store, ines) == [PacketState.DONE, PacketState.DONE]
    with at_work(store, ines) as db:
        assert len(sheet_prints.list_printed(db, case_of(db, ines))) == 2, "each is printed once"
        assert audit.first_broken_line(db) is None


def states(store, person) -> list[PacketState]:
    with at_work(store, person, writes=False) as db:
        return [part.state for job in packets.list_jobs(db) for part in job.parts]


def release_leases(store) -> None:
    """Let all leases run out now, instead of waiting for it."""
    with store.session(writes=True) as db, db.as_system():
        db.execute(update(PacketPart).values(leased_until=now()))
        db.commit()


@pytest.fixture
def installation(tmp_path) -> Path:
    """This program in a folder of its own, with nothing left to install."""
    folder = tmp_path / "program"
    (folder / "script").mkdir(parents=True)
    (folder / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "script" / "serve", folder / "script")
    for name, text in {
        "script/bootstrap": "#!/bin/sh\n",
        ".venv/bin/python": f'#!/bin/sh\nexec {sys.executable} "$@"\n',
    }.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    for name in ("clinic", "migrations", "templates", "static", "pyproject.toml"):
        (folder / name).symlink_to(ROOT / name)
    for name in ("config.py", "wsgi.py"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@sqlite_only
def test_the_server_brings_its_worker_and_takes_it_along(installation, env, store, ines):
    put(store, ines)
    with started(["script/serve", "setup-code"], env, installation) as (server, said):
        wait_until(lambda: count_unsent(store) == 0)
        [first] = workers_beside(server.pid)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: "It is started again" in said())
        wait_until(lambda: set(workers_beside(server.pid)) - {first})
        server.terminate()
        server.wait(20)
        wait_until(lambda: not workers_beside(server.pid), at_most=10)
        assert PASSWORD not in said()


def workers_beside(server: int) -> list[int]:
    """Find the processes that were started to send mail beside a server."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"--beside" in words and str(server).encode() in words and b"flask" in words:
            found.append(int(entry.parent.name))
    return found
