"""A few workers that are killed again and again, each replaced at once: run by test_worker.py.

Reads its orders from standard input as JSON. Forked from one parent that has everything imported,
because starting a Python for each would take longer than all the mails.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from threading import Event
from typing import NoReturn

from sqlalchemy.orm import configure_mappers

from clinic.services import delivery, upkeep
from clinic.services.mailing import MailServer, Protection
from clinic.services.outbox import Pace
from tests.mail import SENDER, seconds

PACE = Pace(lease=seconds(3), first_wait=seconds(0.1), longest_wait=seconds(1))
REST = delivery.Rest(idle=0.05, first=0.05, longest=0.2)


def send_mails(place: upkeep.Place, server: MailServer) -> NoReturn:
    try:
        delivery.work(upkeep.open_records(place), server, Event(), PACE, REST)
    finally:
        os._exit(1)


def main() -> None:
    orders = json.loads(sys.stdin.readline())
    place = upkeep.Place(Path(), Path(orders["key_file"]), orders["database_url"])
    server = MailServer("localhost", orders["port"], Protection.NONE, SENDER)
    # Done once here, and not again in every fork.
    upkeep.newest_revision()
    configure_mappers()
    chance = random.Random(orders["seed"])  # noqa: S311

    def start() -> int:
        return os.fork() or send_mails(place, server)

    herd = [start() for _ in range(orders["workers"])]
    for _ in range(orders["kills"]):
        time.sleep(chance.uniform(*orders["between"]))
        victim = herd.pop(chance.randrange(len(herd)))
        os.kill(victim, signal.SIGKILL)
        _, status = os.waitpid(victim, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL, "it was at work until it was killed"
        herd.append(start())
    print("killed", flush=True)  # noqa: T201 - read by the test
    sys.stdin.readline()
    for worker in herd:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)


if __name__ == "__main__":
    main()
