"""The least work that argon2 can take: the suite tests more than a thousand passwords.

At full strength they took a tenth of the run. What a password costs is asked in
`tests/services/test_passwords.py`, which takes the app's own work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from argon2 import PasswordHasher

from clinic.services import passwords

FULL = replace(passwords.work)
LEAST = passwords.work_of(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def take(work: passwords.Work) -> None:
    """Let every password of this process be so much work from now on."""
    passwords.work.hasher, passwords.work.nobodys = work.hasher, work.nobodys


@contextmanager
def at_full_strength() -> Iterator[None]:
    """Let passwords be as much work as in an installation."""
    take(FULL)
    try:
        yield
    finally:
        take(LEAST)
