"""A partner's personal way in: how long it lasts, and when guessing ends it.

Source: security.md 2 (T1 to T6). The link alone opens nothing: a PIN the partner chose is needed.
"""

import datetime as dt
from enum import StrEnum, unique
from itertools import pairwise

LASTS = dt.timedelta(days=14)
FEWEST_DIGITS = 6
MOST_DIGITS = 12
MOST_WRONG_PINS = 5
#: A partner's phone locks itself to the PIN after this long without a touch.
IDLE = dt.timedelta(minutes=15)
ABSOLUTE = dt.timedelta(hours=2)
REMIND_EVERY = dt.timedelta(days=1)


@unique
class Handing(StrEnum):
    """How an invitation reaches its partner."""

    LINK = "link"
    EMAIL = "e-mail"
    TABLET = "tablet"


@unique
class InvitationState(StrEnum):
    """Where an invitation stands, as the therapist sees it."""

    OPEN = "open"
    CLAIMED = "claimed"
    LOCKED = "locked"
    EXPIRED = "expired"
    REVOKED = "revoked"


class WeakPinError(ValueError):
    """A PIN that others would try first."""


def check_pin(pin: str) -> None:
    """Refuse a PIN that is not 6 to 12 digits, one digit repeated, or a plain run of digits.

    >>> check_pin("483920")
    >>> check_pin("123456")
    Traceback (most recent call last):
    ...
    clinic.domain.invitations.WeakPinError: easy
    """
    if not (pin.isdecimal() and pin.isascii() and FEWEST_DIGITS <= len(pin) <= MOST_DIGITS):
        raise WeakPinError("digits")
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    if len(steps) == 1 and steps <= {-1, 0, 1}:
        raise WeakPinError("easy")


def initials(name: str) -> str:
    """Give the initials that are asked for before anything is created.

    >>> initials("Łukasz Žižek")
    'ŁŽ'
    >>> initials("Mara")
    'M'
    """
    return "".join(part[0].upper() for part in name.split())
