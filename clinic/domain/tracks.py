"""Which way a case goes first, and which tools stay shut on the way of safety.

Control and fear come before everything: then joint work on openness stops and each partner is
seen alone. Where somebody is leaning out, getting clear comes before repair. What is not found
is "no indication today"; there is no word here for safe. All of it is for the treating clinician
alone: everybody else reads one sentence that is the same in every case (`guard.NOT_OPEN`).

Source: clinical.md 1.1 (hidden from fear), 2.6 (gates), 5.4, 6.0 and part 7.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique
from types import MappingProxyType

from clinic.domain.answers import Standpoint
from clinic.domain.formulation import ExplanationStatus
from clinic.domain.guard import GuardReasons
from clinic.domain.questionnaires import ScreenResult
from clinic.domain.said import mark

#: The explanations that rules name: nothing happened, a position of one's own, control and fear.
NO_BREACH = "H0"
POSITION = "H7"
CONTROL = "H11"

#: Evidence that only tells something when it was done freely: turning the blame round, keeping a
#: secret with effort, offering openness, agreeing to end a contact.
FREELY_ONLY = frozenset({"E09", "E10", "E23", "E24"})

#: Goals and worksheets for openness between the partners.
OPENNESS_GOALS = frozenset({"G02", "G17"})
OPENNESS_SHEETS = frozenset({"W05", "W07", "W08", "W10"})


@unique
class TrackName(StrEnum):
    """Which work comes first."""

    USUAL = "usual"
    DISCERNMENT = "discernment-first"
    SAFETY = "safety"


@unique
class TrackReason(StrEnum):
    """Why a track is proposed; a note for the therapist, never a finding about a person."""

    CONTROL = "control"
    GUARD = "guard"
    FEAR = "hidden-from-fear"
    CHECK = "check-positive"
    DECIDED = "decided"
    LEANING_OUT = "leaning-out"
    GET_CLEAR = "get-clear"


@unique
class Tool(StrEnum):
    """What is shut on the safety track."""

    COMPARISON = "comparison"
    REVEAL = "reveal"
    GOAL = "goal"
    SHEET = "sheet"


@unique
class Gate(StrEnum):
    """Whether a tool may be used."""

    OPEN = "open"
    REASON_NEEDED = "reason-needed"
    SHUT = "shut"


@dataclass(frozen=True, slots=True)
class Signals:
    """What a track rests on; partners by their reference.

    `explanations` gives the kind and status of each. `hidden_from_fear` names the partners who,
    by anybody's rating, hid something out of fear. `decided` is the therapist's own choice.
    """

    explanations: Collection[tuple[str, ExplanationStatus]] = ()
    guard: Mapping[str, GuardReasons] = field(default_factory=dict)
    hidden_from_fear: frozenset[str] = frozenset()
    checks: Mapping[str, ScreenResult] = field(default_factory=dict)
    standpoints: Mapping[str, Standpoint | None] = field(default_factory=dict)
    decided: TrackName | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a track; `partner` is empty where it is about nobody in particular."""

    kind: TrackReason
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """The work that comes first, with every reason found, those of safety before others."""

    name: TrackName
    reasons: tuple[Reason, ...] = ()


TRACK_WORDS: Mapping[TrackName, str] = MappingProxyType(
    {
        TrackName.USUAL: mark("The usual way"),
        TrackName.DISCERNMENT: mark("Getting clear first, in mostly individual talks"),
        TrackName.SAFETY: mark("Safety first, with each partner alone"),
    }
)
REASON_WORDS: Mapping[TrackReason, str] = MappingProxyType(
    {
        TrackReason.CONTROL: mark("You are considering control and fear as an explanation."),
        TrackReason.GUARD: mark("What is objected to or asked for may limit somebody's life."),
        TrackReason.FEAR: mark("Something was rated as hidden out of fear."),
        TrackReason.CHECK: mark("An answer of the private check asks for a talk alone."),
        TrackReason.DECIDED: mark("You decided so."),
        TrackReason.LEANING_OUT: mark("A partner is leaning out of the relationship."),
        TrackReason.GET_CLEAR: mark("A partner wants to get clear first, and another leans out."),
    }
)
CHECK_WORDS: Mapping[ScreenResult, str] = MappingProxyType(
    {
        ScreenResult.POSITIVE: mark("Please look at this with the partner alone"),
        ScreenResult.INCOMPLETE: mark("Not complete, so nothing can be said yet"),
        ScreenResult.NO_INDICATION: mark("No indication today"),
    }
)

#: An explanation in one of these is still at work.
_AT_WORK = frozenset({ExplanationStatus.ACTIVE, ExplanationStatus.CONFIRMED})
_OF_DISCERNMENT = frozenset({TrackReason.LEANING_OUT, TrackReason.GET_CLEAR})


def track(signals: Signals) -> Track:
    """Propose which work comes first: safety before getting clear, and that before the usual way.

    The therapist's own decision adds safety to any case and settles anything else, but lifts no
    reason of safety: for single tools there is a way past with a reason (`gate`). A private check
    that is not complete moves nothing by itself; `check_result` says that it is not complete.

    >>> track(Signals(standpoints={"p1": Standpoint.LEANING_OUT})).name.value
    'discernment-first'
    >>> track(Signals(checks={"p1": ScreenResult.POSITIVE}, decided=TrackName.USUAL)).name.value
    'safety'
    """
    found = (*_safety(signals), *_discernment(signals.standpoints))
    if any(reason.kind not in _OF_DISCERNMENT for reason in found):
        return Track(TrackName.SAFETY, found)
    if signals.decided is not None:
        return Track(signals.decided, (Reason(TrackReason.DECIDED), *found))
    return Track(TrackName.DISCERNMENT if found else TrackName.USUAL, found)


def _safety(signals: Signals) -> Iterator[Reason]:
    if signals.decided is TrackName.SAFETY:
        yield Reason(TrackReason.DECIDED)
    if any(kind == CONTROL and status in _AT_WORK for kind, status in signals.explanations):
        yield Reason(TrackReason.CONTROL)
    for partner, reasons in signals.guard.items():
        if reasons:
            yield Reason(TrackReason.GUARD, partner)
    for partner in sorted(signals.hidden_from_fear):
        yield Reason(TrackReason.FEAR, partner)
    for partner, result in signals.checks.items():
        if result is ScreenResult.POSITIVE:
            yield Reason(TrackReason.CHECK, partner)


def _discernment(standpoints: Mapping[str, Standpoint | None]) -> Iterator[Reason]:
    leaning = [one for one, where in standpoints.items() if where is Standpoint.LEANING_OUT]
    unclear = [one for one, where in standpoints.items() if where is Standpoint.GET_CLEAR]
    yield from (Reason(TrackReason.LEANING_OUT, partner) for partner in leaning)
    yield from (Reason(TrackReason.GET_CLEAR, partner) for partner in unclear if leaning)


def check_result(checks: Mapping[str, ScreenResult]) -> ScreenResult:
    """Read every partner's private check as one: positive stands, and a gap is never a "no".

    >>> check_result({"p1": ScreenResult.NO_INDICATION, "p2": ScreenResult.INCOMPLETE}).value
    'incomplete'
    >>> check_result({"p1": ScreenResult.NO_INDICATION}).value
    'no-indication-today'
    """
    results = set(checks.values())
    for result in (ScreenResult.POSITIVE, ScreenResult.INCOMPLETE):
        if result in results:
            return result
    return ScreenResult.NO_INDICATION if results else ScreenResult.INCOMPLETE


def gate(name: TrackName, tool: Tool, key: str = "") -> Gate:
    """Tell whether a tool may be used; `key` is a goal stub's or a worksheet's.

    On the safety track the tools for comparing and for openness need a reason, which is kept in
    the safety layer. Revealing has no such way past: what one partner reads of another cannot be
    taken back. Every other goal and sheet stays open.

    >>> gate(TrackName.SAFETY, Tool.SHEET, "w08").value
    'reason-needed'
    >>> gate(TrackName.DISCERNMENT, Tool.REVEAL).value
    'open'
    """
    if name is not TrackName.SAFETY:
        return Gate.OPEN
    match tool:
        case Tool.REVEAL:
            return Gate.SHUT
        case Tool.GOAL if not is_openness(key):
            return Gate.OPEN
        case Tool.SHEET if key.upper() not in OPENNESS_SHEETS:
            return Gate.OPEN
    return Gate.REASON_NEEDED


def is_openness(goal: str) -> bool:
    """Tell whether a goal of the library is about openness between the partners.

    >>> is_openness("G02")
    True
    >>> is_openness("G11")
    False
    """
    return goal.upper() in OPENNESS_GOALS


def counts_for(evidence: str, explanation: str, *, from_fear: bool) -> bool:
    """Tell whether evidence of a kind may bear on an explanation of a kind at all.

    What was done out of fear says nothing about a position of one's own (H7), and a secret kept
    up out of fear (E10) is no upkeep of concealment, so it bears on nothing but control (H11).
    `evidence` is "" for an observation in own words, and so is `explanation`.

    >>> counts_for("E10", "H7", from_fear=True), counts_for("E10", "H6", from_fear=True)
    (False, False)
    >>> counts_for("E10", "H11", from_fear=True), counts_for("E10", "H7", from_fear=False)
    (True, True)
    """
    if not from_fear or explanation == CONTROL:
        return True
    return explanation != POSITION and evidence not in FREELY_ONLY
