"""How the kinds of events are said: short, plain, and blaming nobody."""

from clinic.domain.said import mark
from clinic.domain.timeline import EventKind

EVENT = {
    EventKind.BEGINNING: mark("Got together"),
    EventKind.COMMITMENT: mark("A commitment"),
    EventKind.AGREEMENT: mark("An agreement"),
    EventKind.MOVE: mark("A move"),
    EventKind.BIRTH: mark("A birth"),
    EventKind.CHILDREN: mark("Something with children"),
    EventKind.FAMILY: mark("Something with family"),
    EventKind.LOSS: mark("A loss"),
    EventKind.CONFLICT: mark("A conflict"),
    EventKind.DISCLOSURE: mark("Something came to light"),
    EventKind.WORK: mark("Something at work"),
    EventKind.MONEY: mark("Something about money"),
    EventKind.HEALTH: mark("Something about health"),
    EventKind.TIME_APART: mark("Time apart"),
    EventKind.SEPARATION: mark("A separation"),
    EventKind.REUNION: mark("Together again"),
    EventKind.OTHER: mark("Something else"),
}
EVERYBODY = mark("Everybody")
