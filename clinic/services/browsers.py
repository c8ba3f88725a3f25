"""Signed-in browsers: server-side sessions that end when they should (security.md 3.7)."""

import datetime as dt
import hashlib
import secrets

from clinic.models.accounts import BrowserSession, Clinician
from clinic.models.base import now
from clinic.models.scope import ScopedSession
from clinic.services import audit

TOKEN_BYTES = 32
IDLE = dt.timedelta(minutes=30)
ABSOLUTE = dt.timedelta(hours=12)
#: How exactly the last use is known. Writing it at every request would cost a flush each.
SEEN_EVERY = dt.timedelta(minutes=1)


def start(db: ScopedSession, clinician: Clinician) -> str:
    """Sign a browser in and give its cookie's token; only the token's hash is stored."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    moment = now()
    with db.as_system():
        db.add(
            BrowserSession(
                token_hash=_hash(token),
                clinician_id=clinician.id,
                seen_at=moment,
                ends_at=moment + ABSOLUTE,
            )
        )
        db.commit()
    return token


def find(db: ScopedSession, token: str) -> BrowserSession | None:
    """Find a signed-in browser by its token, unless it was idle or signed in too long."""
    with db.as_system():
        browser = db.get(BrowserSession, _hash(token))
        moment = now()
        if browser is None or browser.clinician.disabled_at is not None:
            return None
        # A clock set back must not make a session last longer than it has shown itself.
        if moment >= browser.ends_at or moment - browser.seen_at >= IDLE:
            return None
        return browser


def owner_of(db: ScopedSession, token: str) -> int | None:
    """Say whose browser this was, also when its sign-in has ended by itself."""
    with db.as_system():
        browser = db.get(BrowserSession, _hash(token))
        if browser is None or browser.clinician.disabled_at is not None:
            return None
        return browser.clinician_id


def is_due(browser: BrowserSession) -> bool:
    """Tell whether its last use should be written down again."""
    return now() - browser.seen_at >= SEEN_EVERY


def touch(db: ScopedSession, token_hash: str) -> None:
    """Write down that a browser was just used; committed by the caller."""
    with db.as_system():
        browser = db.get(BrowserSession, token_hash)
        if browser is not None:
            browser.seen_at = now()


def end(db: ScopedSession, token: str) -> None:
    """Sign one browser out."""
    with db.as_system():
        browser = db.get(BrowserSession, _hash(token))
        if browser is not None:
            audit.record(db, "sign-out", clinician_id=browser.clinician_id)
            db.delete(browser)
        db.commit()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
