"""Sending mail from a terminal, or beside the server, until told to stop."""

import logging
import os
import signal
import sys
from threading import Event, Thread

import click
from flask import current_app

from clinic.services import delivery, upkeep
from clinic.services.mailing import MailServer
from clinic.services.rows import Store
from clinic.web.database import get_store

STOPS = frozenset({signal.SIGTERM, signal.SIGINT})
#: How long a mail that is on its way may take to finish, in seconds.
GRACE = 1.0
#: How often a worker looks whether the server beside it still runs, in seconds.
LOOK_EVERY = 0.5


@click.command()
@click.option("--beside", type=int, help="Stop when the process of this number is gone.")
def worker(beside: int | None) -> None:
    """Send the mails that wait, until Ctrl-C. Several may run at once."""
    server: MailServer | None = current_app.config["MAIL_SERVER"]
    if server is None:
        sys.exit("There is no way to send mail. Set UNDERCURRENT_SMTP and UNDERCURRENT_MAIL_FROM.")
    try:
        store = get_store()
    except upkeep.StartError as fault:
        sys.exit(f"No mail is sent. {fault}")
    _log_to_terminal()
    sys.exit(0 if run(store, server, beside) else "Sending mail ended for a reason unknown.")


def run(store: Store, server: MailServer, beside: int | None = None) -> bool:
    """Send mails until a signal, or until `beside` is gone; False when sending ended by itself.

    What takes longer than a moment to finish is left: its lease runs out and it is sent later.
    """
    # Waited for, not handled: a handler would run in the middle of whatever is being done.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    stop = Event()
    sending = Thread(target=delivery.work, args=(store, server, stop), daemon=True)
    sending.start()
    while sending.is_alive():
        if signal.sigtimedwait(STOPS, LOOK_EVERY) or (beside and not _runs(beside)):
            stop.set()
            sending.join(GRACE)
            return True
    return False


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _log_to_terminal() -> None:
    # This one log only: others may print what was typed.
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    delivery.log.addHandler(handler)
    delivery.log.setLevel(logging.INFO)
    delivery.log.propagate = False
