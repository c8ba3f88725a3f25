"""A partner's way in: inviting, claiming with a PIN, locking, re-issuing (security.md T1 to T6)."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Exists, delete, select, update

from clinic.domain.invitations import (
    ABSOLUTE,
    LASTS,
    MOST_WRONG_PINS,
    REMIND_EVERY,
    Handing,
    InvitationState,
    WeakPinError,
    check_pin,
)
from clinic.domain.said import mark
from clinic.domain.visibility import Audience
from clinic.models.accounts import Clinician, Practice
from clinic.models.base import now
from clinic.models.cases import Case, Partner
from clinic.models.invitations import Invitation, PartnerSession
from clinic.models.scope import Scope, ScopedSession
from clinic.models.store import Store
from clinic.services import audit
from clinic.services.cases import find_in_case, find_partner
from clinic.services.errors import MissingError, RefusedError, ThrottledError
from clinic.services.passwords import hash_password, matches

TOKEN_BYTES = 32
#: A way in that somebody can use as it is.
WORKING = frozenset({InvitationState.OPEN, InvitationState.CLAIMED})
#: How long a browser that has locked itself may still hand in what had been typed in it.
HANDED_IN_LATE = dt.timedelta(hours=12)


@dataclass(frozen=True)
class Issued:
    """A fresh invitation with its token, which is shown once and never stored."""

    invitation: Invitation
    token: str


def issue(
    db: ScopedSession, case: Case, partner_ref: str, handing: Handing, start_code: str = ""
) -> Issued:
    """Invite a partner; an earlier invitation of theirs and its browsers end in the same breath.

    Committed by the caller, together with whatever carries the link.
    """
    issued = _issue(db, find_partner(case, partner_ref), handing, start_code)
    audit.record(db, "invitation.issued", issued.invitation.public_id)
    return issued


def issue_again(db: ScopedSession, partner: Partner, handing: Handing) -> Issued:
    """Give a partner a new link that opens with the PIN they chose for the earlier one.

    Whoever sees the new mail first gains nothing without that PIN. An earlier link that was locked
    by wrong guesses leaves the new one locked. Committed by the caller.
    """
    before = _living(db, partner)
    issued = _issue(db, partner, handing, "")
    if before:
        issued.invitation.pin_hash = before[-1].pin_hash
        issued.invitation.wrong_pins = before[-1].wrong_pins
        issued.invitation.claimed_at = before[-1].claimed_at
        # A code told in the room holds until somebody has come in with it.
        issued.invitation.start_code_hash = before[-1].start_code_hash
    audit.record(db, "invitation.issued", issued.invitation.public_id)
    return issued


def _issue(db: ScopedSession, partner: Partner, handing: Handing, start_code: str) -> Issued:
    _end(db, _living(db, partner))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation(
        case_id=partner.case_id,
        practice_id=partner.practice_id,
        partner_id=partner.id,
        token_hash=_hash(token),
        handing=handing,
        expires_at=now() + LASTS,
        start_code_hash=hash_password(start_code) if start_code else None,
    )
    db.add(invitation)
    db.flush()
    return Issued(invitation, token)


def keep_open(db: ScopedSession, partner: Partner) -> Invitation:
    """Let the way in that a partner has serve something new; committed by the caller.

    Once a PIN was chosen it lasts its whole time again; before, the link alone would choose the
    PIN, and it ends when it was said to. Raises RefusedError without a way in.
    """
    living = [
        row
        for row in _living(db, partner)
        if state_of(row) in WORKING and row.handing is not Handing.TABLET
    ]
    if not living:
        raise RefusedError("There is no way in that works just now")
    if living[-1].pin_hash is not None:
        living[-1].expires_at = now() + LASTS
    return living[-1]


def has_a_way_in(partner: Partner) -> Exists:
    """Tell within another statement whether a partner has a way in that works just now.

    The practice's own device is none: nobody takes it home.
    """
    return (
        select(Invitation.id)
        .where(
            Invitation.partner_id == partner.id,
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now(),
            Invitation.wrong_pins < MOST_WRONG_PINS,
            Invitation.handing != Handing.TABLET,
        )
        .exists()
    )


def end_all(db: ScopedSession, invitations: Sequence[Invitation]) -> None:
    """End several invitations and every browser that came in; committed by the caller."""
    _end(db, [each for each in invitations if each.revoked_at is None])


def revoke(db: ScopedSession, case: Case, invitation_ref: str) -> None:
    """End an invitation and every browser that came in through it."""
    invitation = find_in_case(db, Invitation, case, invitation_ref)
    _end(db, [invitation])
    audit.record(db, "invitation.revoked", invitation.public_id)
    db.commit()


def reset_pin(db: ScopedSession, case: Case, invitation_ref: str) -> None:
    """Let a partner choose a new PIN: after forgetting it, or after too many wrong ones.

    The browsers that knew the old one end.
    """
    invitation = find_in_case(db, Invitation, case, invitation_ref)
    invitation.pin_hash, invitation.wrong_pins, invitation.claimed_at = None, 0, None
    _end_browsers(db, [invitation.id])
    audit.record(db, "invitation.pin-reset", invitation.public_id)
    db.commit()


def note_reminder(db: ScopedSession, invitation: Invitation) -> None:
    """Count a reminder; at most one a day. Raises RefusedError; committed by the caller."""
    if invitation.reminded_at and now() - invitation.reminded_at < REMIND_EVERY:
        raise RefusedError("A reminder went out within the last day. Wait until tomorrow")
    invitation.reminded_at = now()
    audit.record(db, "invitation.reminded", invitation.public_id)


def latest(db: ScopedSession, case: Case) -> Mapping[int, Invitation]:
    """Give each partner's newest invitation, by the partner's inner id."""
    query = select(Invitation).where(Invitation.case_id == case.id).order_by(Invitation.id)
    return {row.partner_id: row for row in db.scalars(query)}


def state_of(invitation: Invitation) -> InvitationState:
    """Say where an invitation stands."""
    if invitation.revoked_at is not None:
        return InvitationState.REVOKED
    if invitation.expires_at <= now():
        return InvitationState.EXPIRED
    if invitation.wrong_pins >= MOST_WRONG_PINS:
        return InvitationState.LOCKED
    return InvitationState.CLAIMED if invitation.claimed_at else InvitationState.OPEN


def find_by_token(db: ScopedSession, token: str) -> Invitation:
    """Find a living invitation by its token, changing nothing.

    Unknown, expired and revoked ones are the same MissingError.
    """
    with db.as_system():
        row = db.scalars(select(Invitation).where(Invitation.token_hash == _hash(token))).first()
        gone = {InvitationState.REVOKED, InvitationState.EXPIRED}
        if row is None or state_of(row) in gone:
            raise MissingError
        return row


def partner_name(db: ScopedSession, store: Store, invitation: Invitation) -> str:
    """Give the partner's name, for the initials at the door and nothing else."""
    with store.session(writes=False) as narrow:
        return enter_as_partner(narrow, store, invitation).name


def claim(db: ScopedSession, store: Store, token: str, pin: str, start_code: str = "") -> str:
    """Set the PIN at the first visit and give the browser's token.

    Raises RefusedError for a weak PIN or a wrong start code, MissingError when it was claimed
    meanwhile: whoever came first is seen by the therapist.
    """
    try:
        check_pin(pin)
    except WeakPinError as fault:
        raise RefusedError(_about_pin(str(fault)), "pin") from None
    pin_hash = hash_password(pin)
    invitation = find_by_token(db, token)
    _check_start_code(db, invitation, start_code)
    with db.as_system():
        invitation = db.get_one(Invitation, invitation.id, with_for_update=True)
        if invitation.pin_hash is not None:
            raise MissingError
        invitation.pin_hash, invitation.claimed_at = pin_hash, now()
        audit.record(db, "invitation.claimed", invitation.public_id)
        return _start(db, invitation)


def come_back(db: ScopedSession, token: str, pin: str) -> str:
    """Test the PIN and give a browser's token.

    Guesses are counted before they are tested. Raises ThrottledError once the invitation is
    locked, until the therapist resets it, and RefusedError for a wrong PIN.
    """
    invitation = find_by_token(db, token)
    with db.as_system():
        _count_guess(db, invitation.id)
        pin_hash = invitation.pin_hash
        db.rollback()
        if not matches(pin_hash, pin):
            raise RefusedError("That is not the PIN you chose", "pin")
        invitation = db.get_one(Invitation, invitation.id)
        invitation.wrong_pins = 0
        audit.record(db, "invitation.opened", invitation.public_id)
        return _start(db, invitation)


def hand_over(db: ScopedSession, invitation: Invitation) -> str:
    """Give a token for the practice's tablet: one form, until the clinician's password.

    Committed by the caller, which also ends the clinician's own sign-in there.
    """
    clinician_id = db.scope.clinician_id
    invitation.claimed_at = invitation.claimed_at or now()
    audit.record(db, "invitation.handed-over", invitation.public_id)
    return _start(db, invitation, clinician_id)


def take_back(db: ScopedSession, token: str, password: str) -> Clinician:
    """End a handed-over form with the clinician's password; raises RefusedError when wrong."""
    with db.as_system():
        session = db.get(PartnerSession, _hash(token))
        clinician = db.get(Clinician, session.clinician_id) if session else None
        if session is None or clinician is None:
            raise MissingError
        _count_guess(db, session.invitation_id)
        password_hash = clinician.password_hash
        db.rollback()
        if not matches(password_hash, password):
            raise RefusedError("That is not the password", "password")
        db.delete(db.get_one(PartnerSession, _hash(token)))
        db.execute(
            update(Invitation).where(Invitation.id == session.invitation_id).values(wrong_pins=0)
        )
        invitation = db.get_one(Invitation, session.invitation_id)
        audit.record(db, "form.taken-back", invitation.public_id, clinician.id)
        db.commit()
        return db.get_one(Clinician, clinician.id)


def find_session(db: ScopedSession, token: str, idle: dt.timedelta) -> PartnerSession | None:
    """Find a browser in which the PIN was given, unless it was idle too long."""
    with db.as_system():
        session = db.get(PartnerSession, _hash(token))
        moment = now()
        if session is None or moment >= session.ends_at or moment - session.seen_at >= idle:
            return None
        gone = {InvitationState.REVOKED, InvitationState.EXPIRED, InvitationState.LOCKED}
        return None if state_of(session.invitation) in gone else session


def find_late_session(db: ScopedSession, token: str) -> PartnerSession | None:
    """Find a browser that has locked itself but may still save; nothing is shown to it.

    Without this, a page left open over a long telephone call would lose what was typed in it.
    """
    with db.as_system():
        session = db.get(PartnerSession, _hash(token))
        if session is None or now() - session.seen_at >= HANDED_IN_LATE:
            return None
        gone = {InvitationState.REVOKED, InvitationState.EXPIRED}
        return None if state_of(session.invitation) in gone else session


def touch(db: ScopedSession, token_hash: str) -> None:
    """Write down that a partner's browser was just used; committed by the caller."""
    with db.as_system():
        db.execute(
            update(PartnerSession)
            .where(PartnerSession.token_hash == token_hash)
            .values(seen_at=now())
        )


def leave(db: ScopedSession, token: str) -> None:
    """End a partner's browser; the PIN is asked for again."""
    with db.as_system():
        db.execute(delete(PartnerSession).where(PartnerSession.token_hash == _hash(token)))
        db.commit()


def enter_as_partner(db: ScopedSession, store: Store, invitation: Invitation) -> Partner:
    """Tie a session to one partner: own rows only, and no other keys than the own ones."""
    with db.as_system():
        partner = db.get_one(Partner, invitation.partner_id)
        practice = db.get_one(Practice, invitation.practice_id)
    keyring = store.keyring(practice.public_id).narrowed(Audience.PARTNER, partner.public_id)
    db.enter(
        Scope(
            practice_id=invitation.practice_id,
            audience=Audience.PARTNER,
            keyring=keyring,
            partner_id=partner.id,
        )
    )
    return partner


def practice_of(db: ScopedSession, invitation: Invitation) -> Practice:
    """Give the practice an invitation comes from."""
    with db.as_system():
        return db.get_one(Practice, invitation.practice_id)


def _start(db: ScopedSession, invitation: Invitation, clinician_id: int | None = None) -> str:
    from_now = now()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    db.add(
        PartnerSession(
            token_hash=_hash(token),
            invitation_id=invitation.id,
            clinician_id=clinician_id,
            seen_at=from_now,
            ends_at=from_now + ABSOLUTE,
        )
    )
    db.commit()
    return token


def _count_guess(db: ScopedSession, invitation_id: int) -> None:
    row = db.get_one(Invitation, invitation_id, with_for_update=True, populate_existing=True)
    if row.wrong_pins >= MOST_WRONG_PINS:
        db.rollback()
        raise ThrottledError
    row.wrong_pins += 1
    db.commit()


def _check_start_code(db: ScopedSession, invitation: Invitation, start_code: str) -> None:
    if invitation.start_code_hash is None:
        return
    invitation_id, code_hash = invitation.id, invitation.start_code_hash
    with db.as_system():
        _count_guess(db, invitation_id)
        if not matches(code_hash, start_code.strip()):
            raise RefusedError("That is not the code you were told in the room", "start_code")
        db.get_one(Invitation, invitation_id).wrong_pins = 0


def _living(db: ScopedSession, partner: Partner) -> Sequence[Invitation]:
    query = select(Invitation).where(
        Invitation.partner_id == partner.id, Invitation.revoked_at.is_(None)
    )
    return db.scalars(query.order_by(Invitation.id)).all()


def _end(db: ScopedSession, invitations: Sequence[Invitation]) -> None:
    for invitation in invitations:
        invitation.revoked_at = invitation.revoked_at or now()
    _end_browsers(db, [invitation.id for invitation in invitations])


def _end_browsers(db: ScopedSession, invitation_ids: Sequence[int]) -> None:
    with db.as_system():
        db.execute(delete(PartnerSession).where(PartnerSession.invitation_id.in_(invitation_ids)))


def _about_pin(fault: str) -> str:
    if fault == "digits":
        return mark("Choose a PIN of 6 to 12 digits")
    return mark("This PIN is easy to guess. Mix the digits more")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def is_due(session: PartnerSession, every: dt.timedelta) -> bool:
    """Tell whether a browser's last use should be written down again."""
    return now() - session.seen_at >= every


def find_invitation(db: ScopedSession, case: Case, invitation_ref: str) -> Invitation:
    """Find one invitation of a case."""
    return find_in_case(db, Invitation, case, invitation_ref)
