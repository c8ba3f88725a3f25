"""Something said in private: what its owner wishes, and what becomes of it.

Source: clinical.md 5.3. The policy in force when something was said governs it; matters of safety
are exempt from every policy and never come here.
"""

from collections.abc import Mapping
from enum import StrEnum, unique


@unique
class Wish(StrEnum):
    """What the partner who said it wants."""

    THERAPIST_ONLY = "therapist-only"
    MAY_RAISE = "may-raise"
    WILL_SHARE = "will-share"


@unique
class DisclosureStatus(StrEnum):
    """What was decided about it, in dated steps."""

    NO_ISSUE = "no-issue"
    OWNER_TO_SHARE = "owner-to-share"
    SHARED = "shared"
    WITHHELD = "withheld"
    CANNOT_CONTINUE = "cannot-continue"


class DisclosureError(ValueError):
    """A step that lacks what it needs, or cannot follow the last one."""


#: What may follow. What was shared stays shared: nobody can unsay it.
NEXT: Mapping[DisclosureStatus | None, frozenset[DisclosureStatus]] = {
    None: frozenset(DisclosureStatus),
    DisclosureStatus.NO_ISSUE: frozenset(DisclosureStatus),
    DisclosureStatus.OWNER_TO_SHARE: frozenset(DisclosureStatus),
    DisclosureStatus.WITHHELD: frozenset(DisclosureStatus),
    DisclosureStatus.CANNOT_CONTINUE: frozenset(DisclosureStatus),
    DisclosureStatus.SHARED: frozenset(),
}
NEEDS_DATE = frozenset({DisclosureStatus.OWNER_TO_SHARE, DisclosureStatus.SHARED})
NEEDS_REASON = frozenset({DisclosureStatus.WITHHELD, DisclosureStatus.CANNOT_CONTINUE})


def check_step(
    last: DisclosureStatus | None, wanted: DisclosureStatus, *, dated: bool, reasoned: bool
) -> None:
    """Refuse a step without its date or reason, and any step after "shared".

    >>> check_step(None, DisclosureStatus.NO_ISSUE, dated=False, reasoned=False)
    >>> check_step(None, DisclosureStatus.WITHHELD, dated=False, reasoned=False)
    Traceback (most recent call last):
    ...
    clinic.domain.disclosures.DisclosureError: reason
    """
    if wanted not in NEXT[last]:
        raise DisclosureError("order")
    if wanted in NEEDS_DATE and not dated:
        raise DisclosureError("date")
    if wanted in NEEDS_REASON and not reasoned:
        raise DisclosureError("reason")
