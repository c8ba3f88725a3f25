"""The control-misuse guard: when comparing the partners' answers could serve control.

A concern about outside contact can be used to cut somebody off from friends, family or a life
of their own. Then comparing, revealing and openness tools stay shut, the therapist alone sees
why, and everybody else reads one sentence that is the same in every case.

What the guard does not find is "no indication today": there is no word here for safe.

Source: clinical.md 1.13, 5.4 and part 7; S1 and S4 on the misuse of the concept.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique

from clinic.domain.behaviours import Zone
from clinic.domain.items import Flag
from clinic.domain.questionnaires import ScreenResult
from clinic.domain.said import mark

#: All that is ever said where somebody else could read along. It also stands where something is
#: simply not ready yet, so that it tells nothing.
NOT_OPEN = mark("This is not open at this point. Time with each person alone usually comes first")

#: One placing alone does not make a pattern.
FEWEST_OBJECTIONS = 2


@unique
class GuardReason(StrEnum):
    """Why the tools stay shut; a note for the therapist, never a finding about a person."""

    ORDINARY_LIFE = "ordinary-life"
    MONITORING = "monitoring"
    LIMITING = "limiting"
    SAFETY = "safety"


GuardReasons = frozenset[GuardReason]


@dataclass(frozen=True, slots=True)
class Concerns:
    """What concerns one partner: what that partner objects to, asks for, and answered alone.

    `objected` holds every behaviour placed "not OK" with its zone in the inventory, None for a
    line in own words. `limiting` are inventory rows about limiting a partner that were recorded
    about this one, or that this one says have happened.
    """

    objected: Mapping[str, Zone | None]
    flags: frozenset[Flag] = frozenset()
    limiting: Collection[str] = ()
    safety: ScreenResult = ScreenResult.INCOMPLETE


def guard(concerns: Concerns) -> GuardReasons:
    """Give every reason to keep comparing and openness tools shut; none means no indication today.

    >>> viktor = Concerns({"B01": Zone.WITHIN, "B02": Zone.WITHIN}, frozenset({Flag.MONITORING}))
    >>> sorted(reason.value for reason in guard(viktor))
    ['monitoring', 'ordinary-life']
    >>> guard(Concerns({"B11": Zone.GRAY, "B01": Zone.WITHIN}))
    frozenset()
    """
    holds = {
        GuardReason.ORDINARY_LIFE: is_mostly_ordinary(concerns.objected),
        GuardReason.MONITORING: Flag.MONITORING in concerns.flags,
        GuardReason.LIMITING: bool(concerns.limiting),
        GuardReason.SAFETY: concerns.safety is ScreenResult.POSITIVE,
    }
    return frozenset(reason for reason, found in holds.items() if found)


def is_mostly_ordinary(objected: Mapping[str, Zone | None]) -> bool:
    """Tell whether more than half of at least two objections are to ordinary life.

    >>> is_mostly_ordinary({"B01": Zone.WITHIN, "B02": Zone.WITHIN, "B11": Zone.GRAY})
    True
    >>> is_mostly_ordinary({"B01": Zone.WITHIN})
    False
    """
    ordinary = sum(zone is Zone.WITHIN for zone in objected.values())
    return len(objected) >= FEWEST_OBJECTIONS and 2 * ordinary > len(objected)


def is_shut(reasons: Mapping[str, GuardReasons]) -> bool:
    """Tell whether the tools stay shut for a case: one reason about one partner is enough.

    >>> is_shut({"p1": frozenset(), "p2": frozenset({GuardReason.SAFETY})})
    True
    >>> is_shut({"p1": frozenset(), "p2": frozenset()})
    False
    """
    return any(reasons.values())
