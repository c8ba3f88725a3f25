"""The life of a progress note: a draft, then signed, then only added to.

A signed note never changes and nothing unlocks it. What is learned later is added
beside it, labelled with its kind, its reason, the day it was written and the day it
is about, and the first text stays readable.

Source: common practice of clinical records; that nothing unlocks is our own choice.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from types import MappingProxyType


@unique
class NoteState(StrEnum):
    """How far a note has come."""

    DRAFT = "draft"
    SIGNED = "signed"
    ADDENDED = "addended"


@unique
class AdditionKind(StrEnum):
    """What is added to a signed note: news, something left out, or what was wrong."""

    ADDENDUM = "addendum"
    LATE_ENTRY = "late-entry"
    CORRECTION = "correction"


class NoteError(ValueError):
    """A note cannot be treated like this."""


class NoteLockedError(NoteError):
    """A note cannot go from its state to the one asked for."""


class AdditionIncompleteError(NoteError):
    """An addition lacks its text or its reason."""


class AdditionDateError(NoteError):
    """An addition is about a day after the one it was written on."""


@dataclass(frozen=True, slots=True)
class Addition:
    """One text added to a signed note, with all that its label says.

    `served_on` is the day of the appointment it is about. Text and reason may not be
    blank, and nobody writes about a day that has not come.

    >>> day = dt.date(2026, 3, 14)
    >>> Addition(AdditionKind.ADDENDUM, "They called.", "News after signing", day, day).kind
    <AdditionKind.ADDENDUM: 'addendum'>
    >>> Addition(AdditionKind.CORRECTION, "It was Tuesday.", " ", day, day)
    Traceback (most recent call last):
    clinic.domain.notes.AdditionIncompleteError: an addition needs a text and a reason
    """

    kind: AdditionKind
    text: str
    reason: str
    served_on: dt.date
    written_on: dt.date

    def __post_init__(self) -> None:
        if not (self.text.strip() and self.reason.strip()):
            raise AdditionIncompleteError("an addition needs a text and a reason")
        if self.written_on < self.served_on:
            raise AdditionDateError("an addition is about a day that has come")


#: Where a note may go from each state. No way leads back, so nothing unlocks.
NEXT_STATES: Mapping[NoteState, frozenset[NoteState]] = MappingProxyType(
    {
        NoteState.DRAFT: frozenset({NoteState.SIGNED}),
        NoteState.SIGNED: frozenset({NoteState.ADDENDED}),
        NoteState.ADDENDED: frozenset({NoteState.ADDENDED}),
    }
)


def may_edit(state: NoteState) -> bool:
    """Tell whether a note's own text may still change: only while it is a draft.

    >>> may_edit(NoteState.DRAFT)
    True
    >>> may_edit(NoteState.SIGNED)
    False
    """
    return state is NoteState.DRAFT


def may_become(state: NoteState, wanted: NoteState) -> bool:
    """Tell whether a note may go from one state to another.

    >>> may_become(NoteState.DRAFT, NoteState.SIGNED)
    True
    >>> may_become(NoteState.SIGNED, NoteState.DRAFT)
    False
    """
    return wanted in NEXT_STATES[state]


def become(state: NoteState, wanted: NoteState) -> NoteState:
    """Give back the state wanted, or refuse a step that no note may take.

    >>> become(NoteState.SIGNED, NoteState.ADDENDED)
    <NoteState.ADDENDED: 'addended'>
    >>> become(NoteState.SIGNED, NoteState.DRAFT)
    Traceback (most recent call last):
    clinic.domain.notes.NoteLockedError: a note that is signed cannot become draft
    """
    if not may_become(state, wanted):
        raise NoteLockedError(f"a note that is {state} cannot become {wanted}")
    return wanted
