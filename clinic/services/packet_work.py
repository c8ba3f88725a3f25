"""Printing what waits in packet jobs, one packet after the other, for as long as the program runs.

No transaction is open while anything is printed. Nothing here has to end well: whatever is cut
short, the lease runs out and the packet is begun anew.
"""

import logging
import time
from threading import Event
from typing import Protocol

from clinic.domain.said import mark
from clinic.models.base import now
from clinic.models.store import Store
from clinic.services import packet_leases
from clinic.services.errors import MissingError
from clinic.services.packet_leases import PACE, Claim, LostError, Made, Pace, Task

log = logging.getLogger(__name__)

INTERRUPTED = mark("Printing was interrupted too often. Begin again with fewer sheets.")
GONE = mark("The case, or this person in it, is no longer there for you.")


class NotPrintableError(Exception):
    """A packet cannot be printed; the first argument says why, in a sentence for its clinician."""


class Beat(Protocol):
    """Notes that so many sheets are printed; raises LostError when printing has to end."""

    def __call__(self, made: int) -> None:
        """Note it."""


class Printer(Protocol):
    """Prints a packet; raises NotPrintableError, or MissingError for what is no longer there."""

    def __call__(self, store: Store, task: Task, beat: Beat) -> Made:
        """Print it, in sessions of its own."""


class _EndingError(LostError):
    """The worker was told to end."""


def work(store: Store, printer: Printer, stop: Event, pace: Pace = PACE) -> None:
    """Print packets until `stop` is set; an outage of the database is sat out."""
    rest = pace.rest
    while not stop.is_set():
        try:
            _forget_old(store)
            found = print_next(store, printer, stop, pace)
        except Exception as fault:
            # A worker outlives whatever happens to one packet. The fault's own words may hold what
            # was typed, so its kind must do.
            log.warning("packets cannot be printed just now (%s)", type(fault).__name__)
            stop.wait(rest)
            rest = min(rest * 2, pace.longest_rest)
            continue
        rest = pace.rest
        if not found:
            stop.wait(rest)


def print_next(store: Store, printer: Printer, stop: Event, pace: Pace = PACE) -> bool:
    """Print the packet that waits longest, or write down why not; tell whether there was one."""
    with store.session(writes=False) as db:
        if not packet_leases.is_any_due(db, now()):
            return False
    with store.session(writes=True) as db:
        claim = packet_leases.claim_next(db, now(), pace)
    if claim is None:
        return False
    heart = _Heart(store, claim, stop, pace)
    try:
        _print(store, printer, heart, pace)
    except _EndingError:
        with store.session(writes=True) as db:
            packet_leases.let_go(db, heart.claim)
    except LostError:
        log.info("packet %s: left", claim.ref)
    return True


class _Heart:
    """Lengthens the lease of one packet while it is printed."""

    def __init__(self, store: Store, claim: Claim, stop: Event, pace: Pace) -> None:
        self._store, self._stop, self._pace = store, stop, pace
        self._last = time.monotonic()
        self.claim = claim

    def beat(self, made: int) -> None:
        """Note how far it is, now and then; LostError when it is not this worker's to go on."""
        if self._stop.is_set():
            raise _EndingError(self.claim.ref)
        if time.monotonic() - self._last < self._pace.beat:
            return
        with self._store.session(writes=True) as db:
            self.claim = packet_leases.keep(db, self.claim, made, now(), self._pace)
        self._last = time.monotonic()


def _print(store: Store, printer: Printer, heart: _Heart, pace: Pace) -> None:
    if heart.claim.tries > pace.most_tries:
        _give_up(store, heart, INTERRUPTED)
        return
    try:
        with store.session(writes=False) as db:
            packet_leases.enter(db, store, heart.claim.clinician_id)
            task = packet_leases.open_task(db, heart.claim)
        made = printer(store, task, heart.beat)
        with store.session(writes=True) as db:
            packet_leases.enter(db, store, heart.claim.clinician_id)
            packet_leases.finish(db, heart.claim, task, made, now())
    except NotPrintableError as fault:
        _give_up(store, heart, fault.args[0])
    except MissingError:
        _give_up(store, heart, GONE)
    else:
        log.info("packet %s: printed", heart.claim.ref)


def _give_up(store: Store, heart: _Heart, why: str) -> None:
    with store.session(writes=True) as db:
        packet_leases.enter(db, store, heart.claim.clinician_id)
        packet_leases.fail(db, heart.claim, why, now())
    log.info("packet %s: given up", heart.claim.ref)


def _forget_old(store: Store) -> None:
    with store.session(writes=False) as db:
        if not packet_leases.is_any_old(db, now()):
            return
    with store.session(writes=True) as db:
        packet_leases.forget_old(db, now())
