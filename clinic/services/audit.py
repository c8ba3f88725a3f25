"""The audit log: every act and every read, in a chain that shows tampering (security.md 3.8)."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from clinic.models.audit import AuditHead, AuditLine
from clinic.models.base import now
from clinic.models.scope import ScopedSession

START = "0" * 64


@dataclass(frozen=True)
class Read:
    """Something a clinician looked at: what kind of thing, and its public id."""

    action: str
    subject: str


def record(db: ScopedSession, action: str, subject: str = "", clinician_id: int = 0) -> None:
    """Add one line within the transaction of the act itself; ids only, never content.

    The first line of a transaction locks the end of the chain until the commit.
    """
    _add(db, _locked_head(db), Read(action, subject), clinician_id)


def _locked_head(db: ScopedSession) -> AuditHead:
    return db.get_one(AuditHead, 1, with_for_update=True)


def _add(db: ScopedSession, head: AuditHead, told: Read, clinician_id: int = 0) -> None:
    scope = None if db.is_system else db.scope
    line = AuditLine(
        number=head.count + 1,
        at=now(),
        practice_id=scope.practice_id if scope else None,
        clinician_id=(scope.clinician_id if scope else clinician_id) or None,
        action=told.action,
        subject=told.subject,
        previous=head.digest,
    )
    line.digest = digest(line, db.audit_key)
    head.count, head.digest = line.number, line.digest
    db.add(line)


def note_read(db: ScopedSession, action: str, subject: str) -> None:
    """Remember that something was read; `record_reads` writes it before the page leaves."""
    reads: dict[Read, None] = db.info.setdefault("reads", {})
    reads[Read(action, subject)] = None


def reads_of(db: ScopedSession) -> Sequence[Read]:
    """List what was read in this session, each thing once."""
    return list(db.info.get("reads", ()))


def record_reads(db: ScopedSession, reads: Sequence[Read]) -> None:
    """Write what was read. A page whose reads cannot be recorded must not be shown."""
    if reads:
        # Locked once for all of them: a page may show several things that are noted.
        head = _locked_head(db)
        for read in reads:
            _add(db, head, read)
    db.commit()


def digest(line: AuditLine, key: bytes) -> str:
    """Chain a line to the one before it: HMAC-SHA256 under a key outside the database."""
    content = [
        line.number,
        line.at.isoformat(),
        line.practice_id,
        line.clinician_id,
        line.action,
        line.subject,
        line.previous,
    ]
    return hmac.new(key, json.dumps(content).encode(), hashlib.sha256).hexdigest()


def first_broken_line(db: ScopedSession) -> int | None:
    """Walk the chain and name the first line that does not fit, or None when all do.

    Cutting off the newest lines shows against the stored head.
    """
    with db.as_system():
        previous, number = START, 0
        for line in db.scalars(select(AuditLine).order_by(AuditLine.number)):
            number += 1
            fits = line.number == number and line.previous == previous
            if not fits or not hmac.compare_digest(line.digest, digest(line, db.audit_key)):
                return number
            previous = line.digest
        head = db.get(AuditHead, 1)
        count = head.count if head else 0
        whole = count == number and (head is None or head.digest == previous)
        return None if whole else number + 1
