"""Frames beside the formulation: other ways to look at a case, each of them optional.

A frame is content: what it asks, and of whom. What is written in it belongs to the case. Nothing
is counted, and an empty frame is no fault.

Source: clinical.md 2.1 (DEEP), 2.2 (cycle), 2.5 (5Ps) and 2.7 (lens, plan links).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

#: Stands for the relationship as a whole, and for the therapist as the one who says it.
RELATIONSHIP = ""
THERAPIST = ""


@unique
class Per(StrEnum):
    """How often a frame is asked; BOTH is for each partner and for the relationship."""

    RELATIONSHIP = "relationship"
    PARTNER = "partner"
    BOTH = "both"
    THEME = "theme"


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing to write down; `fewest_partners` leaves it out of smaller cases.

    `together` names it where its words are agreed with the partners; "" where none are.
    """

    key: str
    label: str
    prompt: str
    fewest_partners: int = 2
    together: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to look at a case. `versions` asks for each partner's and the therapist's."""

    key: str
    title: str
    intro: str
    per: Per
    slots: tuple[Slot, ...]
    versions: bool = False


@dataclass(frozen=True, slots=True)
class SlotPlace:
    """One place to write: `about` is a partner, a theme or "" for the relationship.

    `version` tells whose view it is: a partner's, or "" for the therapist's.
    """

    frame: str
    slot: Slot
    about: str
    version: str = THERAPIST

    @property
    def key(self) -> str:
        """Name the place as it is stored and linked to.

        >>> SlotPlace("deep", Slot("pattern", "Pattern", "?"), "t1", "p2").key
        'deep.pattern.t1.p2'
        >>> SlotPlace("plan", Slot("not-yet", "Not yet", "?"), "").key
        'plan.not-yet..'
        """
        return f"{self.frame}.{self.slot.key}.{self.about}.{self.version}"


def slots_for(
    frame: Frame, partners: Sequence[str], themes: Sequence[str] = ()
) -> tuple[SlotPlace, ...]:
    """Give every place of a frame in reading order: partners first, the relationship last.

    A frame for themes has no place until there is a theme. Versions are in the partners' order,
    the therapist's last.

    >>> frame = Frame("plan", "Plan", "", Per.RELATIONSHIP, (Slot("not-yet", "Not yet", "?"),))
    >>> [place.about for place in slots_for(frame, ["p1", "p2"])]
    ['']
    >>> slots_for(Frame("deep", "DEEP", "", Per.THEME, frame.slots), ["p1", "p2"])
    ()
    """
    return tuple(
        SlotPlace(frame.key, slot, about, version)
        for about in _subjects(frame.per, partners, themes)
        for slot in frame.slots
        if len(partners) >= slot.fewest_partners
        for version in _versions(frame, partners)
    )


def agreed_places(frame: Frame) -> dict[str, Slot]:
    """Give the slots whose words can be agreed with the partners, by the place of those words.

    >>> frame = Frame("deep", "DEEP", "", Per.THEME, (Slot("pattern", "Pattern", "?", 2, "We"),))
    >>> list(agreed_places(frame))
    ['deep.pattern']
    """
    return {f"{frame.key}.{slot.key}": slot for slot in frame.slots if slot.together}


def _subjects(per: Per, partners: Sequence[str], themes: Sequence[str]) -> Iterator[str]:
    if per is Per.THEME:
        yield from themes
    if per in {Per.PARTNER, Per.BOTH}:
        yield from partners
    if per in {Per.RELATIONSHIP, Per.BOTH}:
        yield RELATIONSHIP


def _versions(frame: Frame, partners: Sequence[str]) -> Sequence[str]:
    return (*partners, THERAPIST) if frame.versions else (THERAPIST,)
