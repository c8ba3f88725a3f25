"""Where each field of a worksheet is filled from, whichever sheet it stands on.

A worksheet names its fields in its file; `FIELDS` and `GROUPS` know all names there are. Each is
read in the session of the sheet's audience, which opens nothing else (security.md T14).
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import select

from clinic.content.library import Concern
from clinic.domain.answers import Placing
from clinic.domain.blocks import Rows
from clinic.domain.sheets import GoalRow, text_rows
from clinic.domain.worksheets import NAME_FIELD
from clinic.models.appointments import Appointment
from clinic.models.cases import Case, Partner
from clinic.models.goals import Goal, GoalRating
from clinic.models.scope import ScopedSession
from clinic.services import couple_map, rooms
from clinic.services.comparison import asked_behaviours
from clinic.services.errors import MissingError
from clinic.services.goals import list_open_goals

Worded = Callable[[dt.date], str]


@dataclass(frozen=True)
class Wanted:
    """What a sheet is filled with, and how it is said in the sheet's own language.

    `reader` is the partner whose sheet it is, "" for a sheet of all. `behaviours` are labels of
    the inventory to place; `placings` says how a placing is called.
    """

    case_ref: str
    concern: Concern
    worded: Worded
    placings: Mapping[Placing, str]
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

    def goals(self) -> Sequence[Goal]:
        """List the shared goals that are worked on, in the order they were set."""
        return list_open_goals(self.db, self.case)

    def own_goals(self) -> Sequence[Goal]:
        """List the shared goals that the reader has taken on."""
        return [
            goal
            for goal in self.goals()
            if self.reader.id in {owner.partner_id for owner in goal.owners}
        ]


def _name(source: Source) -> Rows:
    return text_rows(source.reader.name)


def _partners(source: Source) -> Rows:
    return tuple((name,) for name in source.names.values())


def _behaviours(source: Source) -> Rows:
    return tuple((label,) for label in source.wanted.behaviours)


def _summary(source: Source) -> Rows:
    return text_rows(rooms.view(source.db, source.case.public_id).summary)


def _own_goals(source: Source) -> Rows:
    return tuple((goal.wording,) for goal in source.own_goals())


def _openness_goals(source: Source) -> Rows:
    return tuple((goal.wording,) for goal in source.own_goals() if goal.is_openness)


def _shared_goals(source: Source) -> Rows:
    return tuple((goal.wording, "", "") for goal in source.goals())


def _alike(source: Source) -> Rows:
    return _released(source, alike=True)


def _differ(source: Source) -> Rows:
    return _released(source, alike=False)


def _released(source: Source, *, alike: bool) -> Rows:
    """Give the names, then each row that a pair released and was shown, with a cell for everyone.

    A row is alike when every pair that it was shown to sees it alike.
    """
    partners, wanted = source.case.partners, source.wanted
    placed: dict[str, dict[str, Placing | None]] = {}
    differing: set[str] = set()
    shown = couple_map.couple_map(source.db, source.case.public_id, wanted.concern)
    for row in (row for rows in shown.values() for row in rows):
        placed.setdefault(row.behaviour, {}).update(row.placings)
        differing |= set() if row.alike else {row.behaviour}
    labels = dict(asked_behaviours(source.db, source.case, wanted.concern))
    return (
        tuple(partner.name for partner in partners),
        *(
            (labels[key], *(_placing(wanted, found.get(one.public_id)) for one in partners))
            for key, found in placed.items()
            if (key not in differing) is alike
        ),
    )


def _placing(wanted: Wanted, placing: Placing | None) -> str:
    return wanted.placings[placing] if placing else ""


def _goals(source: Source) -> tuple[Mapping[str, Rows], ...]:
    own = _own_ratings(source.db, source.case, source.reader)
    return tuple(
        GoalRow(
            text=goal.wording,
            owners=", ".join(source.names[owner.partner_id] for owner in goal.owners),
            anchors=tuple(goal.anchors().values()),
            review=source.wanted.worded(goal.review_on),
            ratings=own.get(goal.id, ()),
        ).fields()
        for goal in source.goals()
    )


def _own_ratings(
    db: ScopedSession, case: Case, reader: Partner
) -> dict[int, tuple[tuple[str, int], ...]]:
    query = (
        select(GoalRating.goal_id, Appointment.number, GoalRating.own)
        .join(Appointment, Appointment.id == GoalRating.appointment_id)
        .where(GoalRating.case_id == case.id, GoalRating.rater_id == reader.id)
        .order_by(GoalRating.id)
    )
    newest: dict[int, dict[int, int | None]] = {}
    for goal_id, number, own in db.execute(query):
        newest.setdefault(goal_id, {})[number] = own
    return {
        goal_id: tuple((str(n), own) for n, own in sorted(found.items()) if own is not None)
        for goal_id, found in newest.items()
    }


#: Every single field a worksheet may name.
FIELDS: Mapping[str, Callable[[Source], Rows]] = MappingProxyType(
    {
        NAME_FIELD: _name,
        "partners": _partners,
        "behaviours": _behaviours,
        "summary": _summary,
        "own_goals": _own_goals,
        "openness_goals": _openness_goals,
        "shared_goals": _shared_goals,
        "alike": _alike,
        "differ": _differ,
    }
)

#: Every group of a repeated section; the ratings in it are the reader's own and nobody else's.
GROUPS: Mapping[str, Callable[[Source], tuple[Mapping[str, Rows], ...]]] = MappingProxyType(
    {"goals": _goals}
)

#: Fields that are about the reader, so that a sheet needs one.
OF_A_READER = frozenset({NAME_FIELD, "own_goals", "openness_goals"})
