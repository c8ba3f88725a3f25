"""Counting wrong guesses in the database, where every server process and a restart see them."""

import datetime as dt
import hashlib
import hmac

from sqlalchemy.exc import IntegrityError

from clinic.models.accounts import Attempts
from clinic.models.base import now
from clinic.models.scope import ScopedSession
from clinic.services.errors import ThrottledError

MOST_GUESSES = 5
WINDOW = dt.timedelta(minutes=15)


def count_guess(db: ScopedSession, kind: str, name: str) -> None:
    """Count one guess before it is tested, so that guesses at the same moment all count.

    Raises ThrottledError from the sixth within 15 minutes. Others are not affected.
    """
    with db.as_system():
        subject = _subject(db, kind, name)
        try:
            _count(db, subject)
        except IntegrityError:
            # Somebody else made the first guess at the same moment: now there is a row to lock.
            db.rollback()
            _count(db, subject)


def _count(db: ScopedSession, subject: str) -> None:
    row = db.get(Attempts, subject, with_for_update=True)
    if row is None:
        row = Attempts(subject=subject, count=0, started_at=now())
        db.add(row)
    elif row.started_at + WINDOW <= now():
        row.count, row.started_at = 0, now()
    if row.count >= MOST_GUESSES:
        db.rollback()
        raise ThrottledError
    row.count += 1
    db.commit()


def forget_guesses(db: ScopedSession, kind: str, name: str) -> None:
    """Start anew after a right guess; committed by the caller."""
    row = db.get(Attempts, _subject(db, kind, name))
    if row is not None:
        db.delete(row)


def _subject(db: ScopedSession, kind: str, name: str) -> str:
    # The name itself is not stored: a list of guessed addresses is nobody's business.
    known = hmac.new(db.audit_key, name.lower().encode(), hashlib.sha256).hexdigest()
    return f"{kind}:{known[:40]}"
