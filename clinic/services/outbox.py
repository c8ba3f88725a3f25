"""The outbox: mails written with what they are about, leased to a worker, sent, or given up.

A mail is never lost: its row is committed with its invitation, and a worker that dies loses only
its lease. It may arrive twice, then with the same Message-ID. Source: security.md 3.13, R26.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.headerregistry import Address

from sqlalchemy import ColumnElement, Row, and_, exists, or_, select, update

from clinic.domain.invitations import InvitationState
from clinic.domain.said import Said, mark, say
from clinic.models.base import new_public_id, now
from clinic.models.cases import Case
from clinic.models.invitations import Invitation
from clinic.models.outbox import OutboxMail
from clinic.models.scope import ScopedSession
from clinic.models.store import Store
from clinic.services import audit
from clinic.services.cases import find_in_case
from clinic.services.errors import MissingError, RefusedError
from clinic.services.invitations import enter_as_partner, state_of
from clinic.services.mailing import Letter, NotSentError, check_recipient, compose

#: Waits are shortened by up to this part, so that mails that failed together part company.
JITTER = 0.2
INTERRUPTED = mark("Sending was interrupted too often.")
#: The one fact in what is kept of a fault.
CODE = re.compile(r"\(code ([0-9]+)\)")
SOMEBODY = Address("", "office", "example.org")
DEAD = frozenset({InvitationState.REVOKED, InvitationState.EXPIRED})


@dataclass(frozen=True)
class Pace:
    """How long a worker may hold a mail, and how long it waits, for what, and how often."""

    lease: dt.timedelta = dt.timedelta(minutes=10)
    first_wait: dt.timedelta = dt.timedelta(minutes=1)
    longest_wait: dt.timedelta = dt.timedelta(hours=1)
    most_tries: int = 20


PACE = Pace()


@dataclass(frozen=True)
class Claim:
    """A mail leased to one worker until `leased_until`; `tries` counts this try too."""

    id: int
    ref: str
    invitation_id: int
    tries: int
    leased_until: dt.datetime


@dataclass(frozen=True)
class OpenedLetter:
    """A mail ready to be sent, and the sealed nothing that replaces its text once it is."""

    letter: Letter
    blank: bytes = field(repr=False)


def enqueue(
    db: ScopedSession, invitation: Invitation, recipient: str, subject: str, body: str
) -> OutboxMail:
    """Put a mail to one partner into the outbox; committed by the caller, with the invitation.

    It is due at once; whoever wants it later sets `due_at`. Raises RefusedError unless `recipient`
    is exactly one address, ValueError for a line break in the subject.
    """
    message_id = new_public_id()
    # What cannot be written as a mail is refused now, while somebody is there to put it right.
    compose(Letter(message_id, recipient, subject, body), SOMEBODY, now())
    db.flush()
    mail = OutboxMail(
        practice_id=invitation.practice_id,
        case_id=invitation.case_id,
        partner_id=invitation.partner_id,
        invitation_id=invitation.id,
        message_id=message_id,
        due_at=now(),
    )
    db.add(mail)
    mail.recipient, mail.subject, mail.body = check_recipient(recipient), subject, body
    return mail


def last_recipient(db: ScopedSession, invitation: Invitation) -> str:
    """Give the address an invitation was last mailed to; raises RefusedError when it was not."""
    query = select(OutboxMail).where(OutboxMail.invitation_id == invitation.id)
    mail = db.scalars(query.order_by(OutboxMail.id.desc())).first()
    if mail is None:
        raise RefusedError("This invitation was not sent by e-mail")
    return mail.recipient


def take_out_later(db: ScopedSession, invitation_id: int) -> None:
    """Take out what an invitation was to be mailed later on; committed by the caller."""
    waiting = select(OutboxMail).where(
        OutboxMail.invitation_id == invitation_id,
        OutboxMail.sent_at.is_(None),
        OutboxMail.due_at > now(),
    )
    for mail in db.scalars(waiting):
        db.delete(mail)


def given_up(db: ScopedSession, case: Case) -> Sequence[OutboxMail]:
    """List the mails of a case that were given up and could still be of use, oldest first.

    `last_problem` says why in a sentence, without a word of the mail server's.
    """
    query = select(OutboxMail).where(
        OutboxMail.case_id == case.id, OutboxMail.given_up_at.is_not(None), _is_wanted(now())
    )
    return db.scalars(query.order_by(OutboxMail.id)).all()


def problem_of(mail: OutboxMail) -> Said:
    """Say why a mail was given up, in a sentence that keeps the server's code as its fact."""
    found = CODE.search(mail.last_problem)
    if found is None:
        return say(mail.last_problem)
    return say(CODE.sub("(code %(code)s)", mail.last_problem), code=found[1])


def retry(db: ScopedSession, case: Case, ref: str) -> None:
    """Begin anew with a mail that was given up; asking twice is no fault.

    Raises MissingError when its invitation was revoked or has expired meanwhile.
    """
    mail = find_in_case(db, OutboxMail, case, ref)
    if state_of(db.get_one(Invitation, mail.invitation_id)) in DEAD:
        raise MissingError(ref)
    if mail.given_up_at is None:
        return
    mail.given_up_at, mail.leased_until, mail.tries, mail.due_at = None, None, 0, now()
    audit.record(db, "mail.retried", mail.public_id)
    db.commit()


def is_any_due(db: ScopedSession, moment: dt.datetime) -> bool:
    """Tell whether there is a mail to claim, without making any writer wait."""
    with db.as_system():
        return db.scalars(select(OutboxMail.id).where(_is_due(moment)).limit(1)).first() is not None


def claim_next(db: ScopedSession, moment: dt.datetime, pace: Pace = PACE) -> Claim | None:
    """Lease the mail that has waited longest; None when none is due.

    Two workers never get the same one. Mails of revoked or expired invitations are left alone,
    and one that ended its worker at every try is given up.
    """
    with db.as_system():
        row = _next_due(db, moment)
        while row is not None and row.tries >= pace.most_tries:
            values = {"given_up_at": moment, "leased_until": None, "last_problem": INTERRUPTED}
            _change(db, row.id, **values)
            row = _next_due(db, moment)
        claim = None
        if row is not None:
            until = moment + pace.lease
            claim = Claim(row.id, row.public_id, row.invitation_id, row.tries + 1, until)
            _change(db, claim.id, leased_until=until, tries=claim.tries)
        db.commit()
        return claim


def _next_due(db: ScopedSession, moment: dt.datetime) -> Row[int, str, int, int] | None:
    query = (
        select(OutboxMail.id, OutboxMail.public_id, OutboxMail.invitation_id, OutboxMail.tries)
        .where(_is_due(moment))
        .order_by(OutboxMail.due_at, OutboxMail.id)
        .limit(1)
        # SQLite's writers stand in line anyway; PostgreSQL's pass by what another one holds.
        .with_for_update(skip_locked=True, of=OutboxMail)
    )
    return db.execute(query).first()


def open_letter(db: ScopedSession, store: Store, claim: Claim) -> OpenedLetter | None:
    """Open a claimed mail with its partner's own keys, just before it is sent.

    None when its invitation was revoked or has expired meanwhile, or another worker has it now.
    """
    with db.as_system():
        invitation = db.get_one(Invitation, claim.invitation_id)
    if state_of(invitation) in DEAD or claim.leased_until <= now():
        return None
    enter_as_partner(db, store, invitation)
    query = select(OutboxMail).where(OutboxMail.id == claim.id, _is_held(claim))
    mail = db.scalars(query).first()
    if mail is None:
        return None
    letter = Letter(mail.message_id, mail.recipient, mail.subject, mail.body)
    return OpenedLetter(letter, db.scope.keyring.seal("", OutboxMail.body.place(mail)))


def mark_sent(db: ScopedSession, claim: Claim, opened: OpenedLetter, moment: dt.datetime) -> None:
    """Write down that a mail was taken, and forget its text: it holds the link.

    One statement, because a worker killed before it has committed sends the mail twice.
    """
    with db.as_system():
        _change(db, claim.id, sent_at=moment, leased_until=None, sealed_body=opened.blank)
        db.commit()


def mark_failed(
    db: ScopedSession,
    claim: Claim,
    fault: NotSentError,
    moment: dt.datetime,
    pace: Pace = PACE,
) -> bool:
    """Put a mail off, or give it up after a final refusal or the last try; tell whether it was.

    Changes nothing when the lease has run out and another worker has the mail.
    """
    ends = fault.permanent or claim.tries >= pace.most_tries
    due_at = moment + wait_after(claim.tries, claim.ref, pace)
    with db.as_system():
        _change(
            db,
            claim.id,
            _is_held(claim),
            leased_until=None,
            last_problem=str(fault),
            due_at=due_at,
            given_up_at=moment if ends else None,
        )
        db.commit()
    return ends


def wait_after(tries: int, ref: str, pace: Pace = PACE) -> dt.timedelta:
    """Give the wait after a failed try: a minute, doubling up to an hour, less up to a fifth.

    How much less depends on the mail and the try alone.
    """
    full: dt.timedelta = min(pace.first_wait * 2 ** min(tries - 1, 30), pace.longest_wait)
    drawn = hashlib.sha256(f"{ref}:{tries}".encode()).digest()[0] / 256
    return full * (1 - JITTER * drawn)


def _change(
    db: ScopedSession, mail_id: int, *conditions: ColumnElement[bool], **values: object
) -> None:
    db.execute(
        update(OutboxMail)
        .where(OutboxMail.id == mail_id, OutboxMail.sent_at.is_(None), *conditions)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _is_held(claim: Claim) -> ColumnElement[bool]:
    # The end of a lease tells one claim from any later one.
    return and_(OutboxMail.leased_until == claim.leased_until, OutboxMail.sent_at.is_(None))


def _is_due(moment: dt.datetime) -> ColumnElement[bool]:
    return and_(
        OutboxMail.sent_at.is_(None),
        OutboxMail.given_up_at.is_(None),
        OutboxMail.due_at <= moment,
        or_(OutboxMail.leased_until.is_(None), OutboxMail.leased_until <= moment),
        _is_wanted(moment),
    )


def _is_wanted(moment: dt.datetime) -> ColumnElement[bool]:
    return exists().where(
        Invitation.id == OutboxMail.invitation_id,
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > moment,
    )
