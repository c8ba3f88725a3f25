"""The inventory of behaviours: what is visible, before anyone asks why.

A behaviour is one visible act. Where it lies (its zone) belongs to the couple's own
agreement, and three facets are rated apart by each partner and the therapist. The
inventory is a clinical checklist and no instrument: nothing here adds anything up.

Source: our own checklist, not validated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Zone(StrEnum):
    """Where somebody places a behaviour: a start for talking, never a verdict."""

    WITHIN = "within"
    GRAY = "gray"
    OBJECTIONABLE = "objectionable"
    BEYOND = "beyond"


@unique
class Facet(StrEnum):
    """What makes a behaviour matter: any one is enough to talk, and none adds up."""

    CONCEALMENT = "concealment"
    FUNCTION = "function"
    AGREEMENT = "agreement"


@unique
class Tendency(StrEnum):
    """How far a facet belongs to a behaviour before anything is known of the case."""

    INHERENT = "inherent"
    TYPICAL = "typical"
    DEPENDS = "depends"
    UNLIKELY = "unlikely"


@unique
class Frequency(StrEnum):
    """How often a behaviour happens, in bands people can answer."""

    ONCE = "once"
    SELDOM = "seldom"
    WEEKLY = "weekly"
    MOST_DAYS = "most-days"
    DAILY = "daily"
    UNCLEAR = "unclear"


@unique
class StillHappening(StrEnum):
    """Whether a behaviour goes on."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@unique
class HowKnown(StrEnum):
    """How a behaviour became known to the partner."""

    TOLD_FREELY = "told-freely"
    TOLD_WHEN_ASKED = "told-when-asked"
    DISCOVERED = "discovered"
    SUSPECTED = "suspected"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One row of the inventory; no zone means behaviour that may limit the other partner."""

    key: str
    label: str
    zone: Zone | None
    tendencies: Mapping[Facet, Tendency]
    changes_zone: str
    asked_first: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """One way of responding when a behaviour is raised."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Driver:
    """One need a behaviour may serve, and the question that looks for it."""

    key: str
    label: str
    motive: str
    probe: str
    points_to: str


#: How strongly a facet is present, from 0 "none" to 3. None means "unknown", never 0.
FACET_RATINGS = (0, 1, 2, 3)


class FacetRatingError(ValueError):
    """A facet was rated with something other than 0, 1, 2, 3 or unknown."""


#: From the most open place to the most closed, so that two placings can be compared.
_ZONE_ORDER = (Zone.WITHIN, Zone.GRAY, Zone.OBJECTIONABLE, Zone.BEYOND)


def facet_rating(value: int | None) -> int | None:
    """Give back a facet's rating if it is one: 0, 1, 2, 3, or None for "unknown".

    Unknown is an answer of its own and never stands for 0; anything else is refused.

    >>> facet_rating(3)
    3
    >>> facet_rating(None) is None
    True
    """
    if value is None or value in FACET_RATINGS:
        return value
    raise FacetRatingError(f"a facet is rated from 0 to 3 or left unknown, not {value}")


def zone_level(zone: Zone) -> int:
    """Give a zone's place from 0 (within) to 3 (beyond), to compare two partners' placings.

    The number is an order and no score: zones of several behaviours are never added up.

    >>> zone_level(Zone.WITHIN)
    0
    >>> zone_level(Zone.BEYOND)
    3
    """
    return _ZONE_ORDER.index(zone)


def in_order(since: tuple[int | None, int | None], until: tuple[int | None, int | None]) -> bool:
    """Tell whether an end does not lie before a beginning; each is a year and month, or unknown.

    >>> in_order((2025, 7), (2025, 6))
    False
    >>> in_order((2025, 7), (2025, None))
    True
    """
    if since[0] is None or until[0] is None:
        return True
    if since[1] is None or until[1] is None:
        return since[0] <= until[0]
    return (since[0], since[1]) <= (until[0], until[1])
