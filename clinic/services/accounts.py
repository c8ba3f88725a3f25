"""Setting up a practice, signing in and out, and changing a password."""

import hashlib
import secrets
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select

from clinic.domain.visibility import Audience
from clinic.models.accounts import BrowserSession, Clinician, Practice, SetupCode
from clinic.models.base import new_public_id
from clinic.models.scope import Scope, ScopedSession
from clinic.models.store import Store
from clinic.services import audit, throttle
from clinic.services.errors import RefusedError
from clinic.services.passwords import check_password, hash_password, matches

CODE_BYTES = 8


@dataclass(frozen=True)
class NewPractice:
    """What the set-up page asks for."""

    practice: str
    clinician: str
    email: str
    password: str = field(repr=False)


def needs_setup(db: ScopedSession) -> bool:
    """Tell whether nobody has created the practice yet."""
    with db.as_system():
        return not db.scalar(select(func.count()).select_from(Practice))


def new_setup_code(db: ScopedSession) -> str | None:
    """Make the one-time code for the terminal; an earlier one stops working.

    None when the practice exists already.
    """
    if not needs_setup(db):
        return None
    code = secrets.token_hex(CODE_BYTES)
    with db.as_system():
        db.merge(SetupCode(id=1, code_hash=_hash(code)))
        db.commit()
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def set_up(db: ScopedSession, code: str, wanted: NewPractice) -> Clinician:
    """Create the practice and its first clinician, once.

    Raises RefusedError for a wrong code or a weak password, ThrottledError after five wrong codes.
    """
    check_password(wanted.password, (wanted.practice, wanted.clinician, wanted.email))
    throttle.count_guess(db, "set-up", "code")
    password_hash = hash_password(wanted.password)
    with db.as_system():
        stored = db.get(SetupCode, 1, with_for_update=True)
        typed = _hash(code.replace("-", "").replace(" ", "").lower())
        if stored is None or not secrets.compare_digest(stored.code_hash, typed):
            raise RefusedError("That is not the code printed in the terminal", "code")
        clinician = create_clinician(db, None, wanted, password_hash)
        db.delete(stored)
        throttle.forget_guesses(db, "set-up", "code")
        audit.record(db, "practice.created", clinician.practice.public_id, clinician.id)
        db.commit()
    return clinician


def create_clinician(
    db: ScopedSession, practice: Practice | None, wanted: NewPractice, password_hash: str
) -> Clinician:
    """Add a clinician to a practice, or to a new one; committed by the caller."""
    practice = practice or Practice(public_id=new_public_id(), name=wanted.practice)
    db.add(practice)
    db.flush()
    clinician = Clinician(
        practice_id=practice.id,
        name=wanted.clinician,
        email=wanted.email.lower(),
        password_hash=password_hash,
    )
    db.add(clinician)
    db.flush()
    return clinician


def check_credentials(db: ScopedSession, email: str, password: str) -> Clinician | None:
    """Find who signs in; the same work, answer and audit line for unknown names.

    Raises ThrottledError from the sixth guess for one name within 15 minutes.
    """
    throttle.count_guess(db, "sign-in", email)
    with db.as_system():
        query = select(Clinician).where(
            Clinician.email == email.lower(), Clinician.disabled_at.is_(None)
        )
        clinician = db.scalars(query).first()
        password_hash, id_ = (clinician.password_hash, clinician.id) if clinician else (None, 0)
        # The password is tested outside a transaction: nobody waits for a lock meanwhile.
        db.rollback()
        right = matches(password_hash, password)
        if right:
            throttle.forget_guesses(db, "sign-in", email)
        audit.record(
            db, "sign-in" if right else "sign-in.refused", clinician_id=id_ if right else 0
        )
        db.commit()
        return db.scalars(query).first() if right else None


def change_password(db: ScopedSession, clinician_id: int, old: str, new: str) -> None:
    """Set a new password and sign every browser out.

    Raises RefusedError when the old one is wrong or the new one weak.
    """
    with db.as_system():
        clinician = db.scalars(select(Clinician).where(Clinician.id == clinician_id)).one()
        name, email, password_hash = clinician.name, clinician.email, clinician.password_hash
        db.rollback()
    throttle.count_guess(db, "sign-in", email)
    if not matches(password_hash, old):
        raise RefusedError("That is not your present password", "old")
    check_password(new, (name, email))
    fresh = hash_password(new)
    with db.as_system():
        clinician = db.scalars(select(Clinician).where(Clinician.id == clinician_id)).one()
        clinician.password_hash = fresh
        _sign_out_everywhere(db, clinician_id)
        throttle.forget_guesses(db, "sign-in", email)
        audit.record(db, "password.changed", clinician.public_id, clinician.id)
        db.commit()


def enter(db: ScopedSession, store: Store, clinician: Clinician) -> None:
    """Tie a session to a clinician's practice, with the keys of a treating clinician."""
    keyring = store.keyring(clinician.practice.public_id)
    db.enter(
        Scope(
            practice_id=clinician.practice_id,
            clinician_id=clinician.id,
            audience=Audience.AUTHOR,
            keyring=keyring.narrowed(Audience.AUTHOR, clinician.public_id),
        )
    )


def enter_for(
    db: ScopedSession, store: Store, clinician: Clinician, audience: Audience, person: str = ""
) -> None:
    """Tie a session to what one audience may read: for pages and prints that leave the room."""
    keyring = store.keyring(clinician.practice.public_id)
    db.enter(
        Scope(
            practice_id=clinician.practice_id,
            clinician_id=clinician.id,
            audience=audience,
            keyring=keyring.narrowed(audience, person),
        )
    )


def _sign_out_everywhere(db: ScopedSession, clinician_id: int) -> None:
    db.execute(delete(BrowserSession).where(BrowserSession.clinician_id == clinician_id))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
