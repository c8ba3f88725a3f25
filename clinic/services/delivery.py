"""Sending what the outbox holds, one mail after the other, for as long as the program runs.

Nothing here has to end well: whatever is cut short, the lease runs out and the mail is sent later.
The log holds ids, codes and our own sentences.
"""

import datetime as dt
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from threading import Event

from sqlalchemy.exc import SQLAlchemyError

from clinic.models.base import now
from clinic.models.store import Store
from clinic.services import mailing, outbox
from clinic.services.mailing import MailServer, NoServerError, NotSentError
from clinic.services.outbox import PACE, Claim, OpenedLetter, Pace

log = logging.getLogger(__name__)


class Outcome(Enum):
    """How one look into the outbox ended."""

    NOTHING_DUE = auto()
    DEALT_WITH = auto()
    #: Mail server or database are away: whatever comes next would fail as well.
    OUTAGE = auto()


@dataclass(frozen=True)
class Rest:
    """How long a worker rests, in seconds: between looks, and growing while something is away."""

    idle: float = 2
    first: float = 1
    longest: float = 60

    def growing(self) -> Iterator[float]:
        """Give rests that double up to the longest."""
        seconds = self.first
        while True:
            yield seconds
            seconds = min(seconds * 2, self.longest)


REST = Rest()


def work(
    store: Store, server: MailServer, stop: Event, pace: Pace = PACE, rest: Rest = REST
) -> None:
    """Send mails until `stop` is set. Outages of mail server and database are sat out."""
    growing = rest.growing()
    while not stop.is_set():
        outcome = _look(store, server, pace)
        if outcome is Outcome.OUTAGE:
            stop.wait(next(growing))
            continue
        growing = rest.growing()
        if outcome is Outcome.NOTHING_DUE:
            stop.wait(rest.idle)


def deliver_next(store: Store, server: MailServer, pace: Pace = PACE) -> Outcome:
    """Send the next mail that is due, or write down why it could not be sent."""
    with store.session(writes=False) as db:
        if not outbox.is_any_due(db, now()):
            return Outcome.NOTHING_DUE
    with store.session(writes=True) as db:
        claim = outbox.claim_next(db, now(), pace)
    if claim is None:
        return Outcome.NOTHING_DUE
    try:
        _deliver(store, server, claim)
    except NotSentError as fault:
        with store.session(writes=True) as db:
            ends = outbox.mark_failed(db, claim, fault, now(), pace)
        log.warning("mail %s, try %d: %s", claim.ref, claim.tries, fault)
        if ends:
            log.warning("mail %s: given up", claim.ref)
        return Outcome.OUTAGE if isinstance(fault, NoServerError) else Outcome.DEALT_WITH
    return Outcome.DEALT_WITH


def _deliver(store: Store, server: MailServer, claim: Claim) -> None:
    with mailing.connected(server) as smtp:
        # Asked again now that the server listens: the invitation may have been revoked meanwhile.
        with store.session(writes=False) as db:
            opened = outbox.open_letter(db, store, claim)
        if opened is None:
            log.info("mail %s: no longer wanted", claim.ref)
            return
        mailing.send(smtp, server, opened.letter, now())
        _mark_sent(store, claim, opened)
        log.info("mail %s: sent", claim.ref)


def _mark_sent(store: Store, claim: Claim, opened: OpenedLetter) -> None:
    # It is out already: only what is written down now keeps it from going out again.
    for seconds in Rest(first=0.5).growing():
        try:
            with store.session(writes=True) as db:
                outbox.mark_sent(db, claim, opened, now())
            return
        except SQLAlchemyError as fault:
            if now() + dt.timedelta(seconds=seconds) >= claim.leased_until:
                raise
            log.warning("mail %s: sent, not yet written down (%s)", claim.ref, type(fault).__name__)
            time.sleep(seconds)


def _look(store: Store, server: MailServer, pace: Pace) -> Outcome:
    try:
        return deliver_next(store, server, pace)
    except Exception as fault:
        # A worker outlives whatever happens to one mail. The fault's own words may hold what was
        # typed, so its kind must do.
        log.warning("the records cannot be used just now (%s)", type(fault).__name__)
        return Outcome.OUTAGE
