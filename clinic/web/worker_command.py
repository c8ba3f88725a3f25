"""Sending mail and printing packets from a terminal, or beside the server, until told to stop."""

import logging
import os
import signal
import sys
from collections.abc import Iterator
from functools import partial
from threading import Event, Thread

import click
from flask import Flask, current_app

from clinic.services import delivery, packet_work, upkeep
from clinic.services.mailing import MailServer
from clinic.services.rows import Store
from clinic.web.database import get_store
from clinic.web.packet_printing import print_task

STOPS = frozenset({signal.SIGTERM, signal.SIGINT})
#: How long a mail or a sheet that is on its way may take to finish, in seconds.
GRACE = 1.0
#: How often a worker looks whether the server beside it still runs, in seconds.
LOOK_EVERY = 0.5


@click.command()
@click.option("--beside", type=int, help="Stop when the process of this number is gone.")
def worker(beside: int | None) -> None:
    """Print packets and send the mails that wait, until Ctrl-C. Several may run at once."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    server: MailServer | None = app.config["MAIL_SERVER"]
    try:
        store = get_store()
    except upkeep.StartError as fault:
        sys.exit(f"Nothing is sent or printed. {fault}")
    _log_to_terminal()
    sys.exit(0 if run(app, store, server, beside) else "The work ended for a reason unknown.")


def run(app: Flask, store: Store, server: MailServer | None, beside: int | None = None) -> bool:
    """Work until a signal, or until `beside` is gone; False when some work ended by itself.

    Without a mail server no mail is sent, and packets are printed all the same. What takes longer
    than a moment to finish is left: its lease runs out and it is done later.
    """
    # Waited for, not handled: a handler would run in the middle of whatever is being done.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    stop = Event()
    working = list(_works(app, store, server, stop))
    for thread in working:
        thread.start()
    while all(thread.is_alive() for thread in working):
        if signal.sigtimedwait(STOPS, LOOK_EVERY) or (beside and not _runs(beside)):
            stop.set()
            for thread in working:
                thread.join(GRACE)
            return True
    return False


def _works(app: Flask, store: Store, server: MailServer | None, stop: Event) -> Iterator[Thread]:
    printer = partial(print_task, app)
    yield Thread(target=packet_work.work, args=(store, printer, stop), daemon=True)
    if server is not None:
        yield Thread(target=delivery.work, args=(store, server, stop), daemon=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _log_to_terminal() -> None:
    # These logs only: others may print what was typed.
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    for log in (delivery.log, packet_work.log):
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        log.propagate = False
