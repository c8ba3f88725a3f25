"""The case as a sheet's audience sees it: each thing read once, however many fields are its own.

The session is narrowed to the audience: what it may not read, it cannot open (security.md T14).
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from clinic.content.library import Concern
from clinic.domain.accords import Position
from clinic.domain.answers import Placing
from clinic.domain.comparison import CoupleRow
from clinic.models.cases import Case, Partner
from clinic.models.goals import Goal
from clinic.models.scope import ScopedSession
from clinic.services import couple_map, frames
from clinic.services.accord_versions import SharedAccord, shared_accords
from clinic.services.comparison import asked_behaviours
from clinic.services.errors import MissingError
from clinic.services.goals import list_open_goals

Worded = Callable[[dt.date], str]


@dataclass(frozen=True)
class Words:
    """How things are said in the sheet's own language.

    `day` writes a day, and `again` the sentence about the day of another look.
    """

    day: Worded
    again: Worded
    placings: Mapping[Placing, str]
    positions: Mapping[Position, str]


@dataclass(frozen=True)
class Wanted:
    """What a sheet is filled with, and how it is said.

    `reader` is the partner whose sheet it is, "" for a sheet of all. `behaviours` are labels of
    the inventory to place.
    """

    case_ref: str
    concern: Concern
    words: Words
    reader: str = ""
    behaviours: Sequence[str] = ()


@dataclass(frozen=True)
class Source:
    """The case as the audience's session sees it, and the partner whose sheet it is."""

    db: ScopedSession
    case: Case
    partner: Partner | None
    wanted: Wanted

    @property
    def reader(self) -> Partner:
        """The partner whose sheet it is. Raises MissingError for a sheet of all."""
        if self.partner is None:
            raise MissingError("reader")
        return self.partner

    @property
    def names(self) -> Mapping[int, str]:
        """The partners' names by inner id, in the case's order."""
        return {partner.id: partner.name for partner in self.case.partners}

    @cached_property
    def goals(self) -> Sequence[Goal]:
        """The shared goals that are worked on, in the order they were set."""
        return list_open_goals(self.db, self.case)

    @property
    def own_goals(self) -> Sequence[Goal]:
        """The shared goals that the reader has taken on."""
        return [
            goal
            for goal in self.goals
            if self.reader.id in {owner.partner_id for owner in goal.owners}
        ]

    @cached_property
    def map_rows(self) -> Sequence[CoupleRow]:
        """The rows of the map that two partners released and were shown, pair by pair."""
        shown = couple_map.couple_map(self.db, self.case.public_id, self.wanted.concern)
        return [row for rows in shown.values() for row in rows]

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What each behaviour that the partners were asked about is called."""
        return dict(asked_behaviours(self.db, self.case, self.wanted.concern))

    @cached_property
    def accord(self) -> SharedAccord | None:
        """The newest version of what everybody agreed, or else of the first pair's; None yet."""
        return next(iter(shared_accords(self.db, self.case.public_id)), None)

    @cached_property
    def said_together(self) -> Mapping[str, str]:
        """What was agreed to be said in frames, by place."""
        return {place: row.words for place, row in frames.agreements(self.db, self.case).items()}
