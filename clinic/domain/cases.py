"""A case: two or more partners in one relationship, and how each may be reached.

Source: clinical.md 5.1 (case unit), 5.3 (policy between partners), 5.10 (more than two).
"""

from collections.abc import Sequence
from enum import StrEnum

from clinic.domain.said import Said, own, say

FEWEST_PARTNERS = 2
MOST_PARTNERS = 8


class SecretsPolicy(StrEnum):
    """What the therapist may do with something one partner says alone."""

    NOT_YET = "not-yet"
    NO_SECRETS = "no-secrets"
    LIMITED = "limited-secrets"
    FULL = "full-individual"


class ContactBy(StrEnum):
    """The one way in which a partner wants to be reached."""

    IN_PERSON = "in-person"
    PHONE = "phone"
    TEXT = "text-message"
    EMAIL = "e-mail"
    POST = "post"


class PartnerCountError(ValueError):
    """A case needs two to eight partners."""


def check_partner_count(names: Sequence[str]) -> None:
    """Refuse a case with fewer than two or more than eight partners.

    >>> check_partner_count(["Mara", "Jonas"])
    >>> check_partner_count(["Mara"])
    Traceback (most recent call last):
    ...
    clinic.domain.cases.PartnerCountError: a case needs 2 to 8 partners, not 1
    """
    if not FEWEST_PARTNERS <= len(names) <= MOST_PARTNERS:
        raise PartnerCountError(
            f"a case needs {FEWEST_PARTNERS} to {MOST_PARTNERS} partners, not {len(names)}"
        )


def together(names: Sequence[str]) -> Said:
    """Name several people in one breath; the names stay as they are in every language.

    >>> together(["Mara", "Jonas"])
    'Mara and Jonas'
    >>> together(["Kim", "Lou", "Tariq"])
    'Kim, Lou and Tariq'
    """
    *first, last = names
    if not first:
        return own(last)
    return say("%(others)s and %(last)s", others=", ".join(first), last=last)
