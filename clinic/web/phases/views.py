"""How the phases stand on their page: each with its boxes, and a history in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic.domain.phases import Criterion, Per, Phase, TickPlace, places
from clinic.domain.said import own, say
from clinic.services.phases import Move, Tick, present, ticked
from clinic.services.rows import Case


@dataclass(frozen=True)
class Box:
    """One box: whose it is, "" for the case, and the tick in it, if there is one."""

    place: str
    name: str
    tick: Tick | None


@dataclass(frozen=True)
class Row:
    """One criterion with a box for each who is asked."""

    criterion: Criterion
    boxes: Sequence[Box]


@dataclass(frozen=True)
class PhaseView:
    """One phase on the page; `waiting` counts what is not ticked."""

    phase: Phase
    number: int
    is_here: bool
    rows: Sequence[Row]
    waiting: int


@dataclass(frozen=True)
class PastTick:
    """A line of the history of ticks, in words."""

    tick: Tick
    words: str


def phase_views(
    case: Case, phases: Mapping[str, Phase], moves: Sequence[Move], ticks: Sequence[Tick]
) -> list[PhaseView]:
    """Show every phase in order, the present one marked."""
    here, now = present(phases, moves), ticked(ticks)
    return [
        _view(case, phase, number, now, is_here=phase.key == here)
        for number, phase in enumerate(phases.values())
    ]


def _view(
    case: Case, phase: Phase, number: int, now: Mapping[str, Tick], *, is_here: bool
) -> PhaseView:
    names = {partner.public_id: partner.name for partner in case.partners}
    boxes = {
        place: Box(place.key, own(names[place.about]) if place.about else "", now.get(place.key))
        for place in places(phase, list(names))
    }
    rows = [
        Row(criterion, [box for place, box in boxes.items() if place.criterion is criterion])
        for criterion in phase.criteria
    ]
    waiting = sum(box.tick is None for box in boxes.values())
    return PhaseView(phase, number, is_here, rows, waiting)


def past_ticks(case: Case, phases: Mapping[str, Phase], ticks: Sequence[Tick]) -> list[PastTick]:
    """Say every tick that was set or taken back, the newest first."""
    names = {partner.public_id: partner.name for partner in case.partners}
    known = {place.key: place for phase in phases.values() for place in places(phase, list(names))}
    return [
        PastTick(tick, _called(known[tick.place], names))
        for tick in reversed(ticks)
        if tick.place in known
    ]


def _called(place: TickPlace, names: Mapping[str, str]) -> str:
    label = say(place.criterion.label)
    if place.criterion.per is Per.CASE:
        return label
    return say("%(name)s: %(what)s", name=own(names[place.about]), what=label)
