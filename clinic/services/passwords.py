"""Passwords: hard to guess, slow to test, and never two dozen tests at once."""

from dataclasses import dataclass
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from clinic.domain.said import say
from clinic.services.errors import RefusedError

FEWEST_CHARACTERS = 12
MOST_CHARACTERS = 200
#: zxcvbn's scale runs from 0 to 4; below 2 a password falls to a list of common ones.
LOWEST_STRENGTH = 2
#: zxcvbn's work grows fast with length; what comes later only makes a password stronger.
JUDGED_CHARACTERS = 64

# Each test takes 64 MiB: twenty at once took 1.3 GB (security.md 2, T26).
_turns = BoundedSemaphore(2)


@dataclass
class Work:
    """How much work a password is, and a hash that takes it for an account that is not there."""

    hasher: PasswordHasher
    nobodys: str


def work_of(hasher: PasswordHasher) -> Work:
    """Give the work that a hasher takes; an installation never takes less than argon2's own."""
    return Work(hasher, hasher.hash("nobody has this password"))


work = work_of(PasswordHasher())


def check_password(password: str, about: tuple[str, ...]) -> None:
    """Refuse a password that is too short or easy to guess; `about` is what others know.

    Raises RefusedError. There are no rules about kinds of characters (ASVS 6.2).
    """
    if not FEWEST_CHARACTERS <= len(password) <= MOST_CHARACTERS:
        raise RefusedError(
            say(
                "Choose a password of %(fewest)s to %(most)s characters",
                fewest=FEWEST_CHARACTERS,
                most=MOST_CHARACTERS,
            ),
            "password",
        )
    known = ["undercurrent", "therapist", "therapy", "clinic", *about]
    if zxcvbn(password[:JUDGED_CHARACTERS], user_inputs=known)["score"] < LOWEST_STRENGTH:
        raise RefusedError(
            "This password is easy to guess. Choose another, for example four unrelated words",
            "password",
        )


def hash_password(password: str) -> str:
    """Turn a password into what may be stored: argon2id with its own salt."""
    with _turns:
        return work.hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Test a password; an unknown account takes the same work and is always wrong."""
    with _turns:
        try:
            known = work.hasher.verify(password_hash or work.nobodys, password)
            return known and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False
