"""The phases that work with a case usually passes through, and when one may be left.

A phase is content: its aim, and what the therapist ticks before moving on. Nothing moves by
itself: the therapist says so, with a reason where something is still open or where something
else comes first.

Source: clinical.md 2.6 (phases, exit criteria and gates).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

from clinic.domain.said import mark
from clinic.domain.tracks import TrackName

#: Stands for the case as a whole, where a criterion is not asked partner by partner.
CASE = ""


@unique
class Per(StrEnum):
    """Whether a criterion is met once for the case, or by each partner."""

    CASE = "case"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that should hold before a phase is left."""

    key: str
    label: str
    per: Per


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of the work; `also_called` are the names other schools give it."""

    key: str
    title: str
    aim: str
    also_called: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class TickPlace:
    """One box to tick: `about` is a partner, or "" for the case."""

    phase: str
    criterion: Criterion
    about: str

    @property
    def key(self) -> str:
        """Name the place as it is stored and sent.

        >>> TickPlace("p0", Criterion("screens", "Screens are done", Per.PARTNER), "r1").key
        'p0.screens.r1'
        """
        return f"{self.phase}.{self.criterion.key}.{self.about}"


#: What comes before the next phase; in neither of these is anything forbidden.
GATES = frozenset({TrackName.DISCERNMENT, TrackName.SAFETY})
#: The same for both, so that a glance at the screen learns nothing.
COMES_FIRST = mark("Something comes before the next phase. The page about the phases says what.")


def places(phase: Phase, partners: Sequence[str]) -> tuple[TickPlace, ...]:
    """Give every box of a phase in reading order, the partners of one criterion side by side.

    >>> screens = Criterion("screens", "Screens are done", Per.PARTNER)
    >>> agenda = Criterion("agenda", "What each of them wants is known", Per.CASE)
    >>> phase = Phase("p0", "Safety and contract", "", "", (screens, agenda))
    >>> [place.key for place in places(phase, ["r1", "r2"])]
    ['p0.screens.r1', 'p0.screens.r2', 'p0.agenda.']
    """
    return tuple(
        TickPlace(phase.key, criterion, about)
        for criterion in phase.criteria
        for about in (partners if criterion.per is Per.PARTNER else (CASE,))
    )


def passed(phases: Sequence[Phase], here: str, to: str) -> Sequence[Phase]:
    """List the phases that moving on leaves behind, the present one first; none on the way back.

    >>> first, second = (Phase(key, key, "", "", ()) for key in ("p0", "p1"))
    >>> [phase.key for phase in passed([first, second], "p0", "p1")]
    ['p0']
    >>> passed([first, second], "p1", "p0")
    ()
    """
    keys = [phase.key for phase in phases]
    start, end = keys.index(here), keys.index(to)
    return tuple(phases[start:end])


def left_open(
    phases: Sequence[Phase], partners: Sequence[str], ticked: Collection[str]
) -> tuple[TickPlace, ...]:
    """List what is not ticked in some phases; `ticked` are the keys of places."""
    return tuple(
        place for phase in phases for place in places(phase, partners) if place.key not in ticked
    )


def needs_reason(
    behind: Sequence[Phase], open_places: Collection[TickPlace], name: TrackName
) -> bool:
    """Tell whether moving needs a reason: on the way forward, with something open or in front.

    `behind` are the phases left behind, so going back is free. A reason is no obstacle: the
    therapist decides.

    >>> needs_reason((), (), TrackName.SAFETY)
    False
    >>> needs_reason((Phase("p0", "", "", "", ()),), (), TrackName.SAFETY)
    True
    """
    return bool(behind) and (bool(open_places) or name in GATES)
