"""Where each field of a worksheet is filled from, whichever sheet it stands on.

A worksheet names its fields in its file; `FIELDS` and `GROUPS` know all names there are. Each is
read in the session of the sheet's audience, which opens nothing else (security.md T14).
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from sqlalchemy import select

from clinic.domain.answers import Placing
from clinic.domain.blocks import Rows
from clinic.domain.sheets import GoalRow, text_rows
from clinic.domain.worksheets import NAME_FIELD
from clinic.models.appointments import Appointment
from clinic.models.cases import Case, Partner
from clinic.models.goals import GoalRating
from clinic.models.scope import ScopedSession
from clinic.services import rooms, sheet_accords
from clinic.services.sheet_sources import Source

#: The fields for what was agreed to be said in a frame, by the place of the words.
SAID_TOGETHER: Mapping[str, str] = MappingProxyType(
    {
        "said_differences": "deep.differences",
        "said_tender": "deep.sensitivities",
        "said_pressure": "deep.stressors",
        "said_pattern": "deep.pattern",
    }
)


def _name(source: Source) -> Rows:
    return text_rows(source.reader.name)


def _partners(source: Source) -> Rows:
    return tuple((name,) for name in source.names.values())


def _behaviours(source: Source) -> Rows:
    return tuple((label,) for label in source.wanted.behaviours)


def _summary(source: Source) -> Rows:
    return text_rows(rooms.view(source.db, source.case.public_id).summary)


def _own_goals(source: Source) -> Rows:
    return tuple((goal.wording,) for goal in source.own_goals)


def _openness_goals(source: Source) -> Rows:
    return tuple((goal.wording,) for goal in source.own_goals if goal.is_openness)


def _shared_goals(source: Source) -> Rows:
    return tuple((goal.wording, "", "") for goal in source.goals)


def _alike(source: Source) -> Rows:
    return _released(source, alike=True)


def _differ(source: Source) -> Rows:
    return _released(source, alike=False)


def _released(source: Source, *, alike: bool) -> Rows:
    """Give the names, then each row that a pair released and was shown, with a cell for everyone.

    A row is alike when every pair that it was shown to sees it alike.
    """
    partners = source.case.partners
    placed: dict[str, dict[str, Placing | None]] = {}
    differing: set[str] = set()
    for row in source.map_rows:
        placed.setdefault(row.behaviour, {}).update(row.placings)
        differing |= set() if row.alike else {row.behaviour}
    return (
        tuple(partner.name for partner in partners),
        *(
            (source.labels[key], *(_placing(source, found.get(one.public_id)) for one in partners))
            for key, found in placed.items()
            if (key not in differing) is alike
        ),
    )


def _placing(source: Source, placing: Placing | None) -> str:
    return source.wanted.words.placings[placing] if placing else ""


def _said_together(source: Source, *, place: str) -> Rows:
    return text_rows(source.said_together.get(place, ""))


def _goals(source: Source) -> tuple[Mapping[str, Rows], ...]:
    # A sheet of all of them has no ratings: each person's are their own.
    own = _own_ratings(source.db, source.case, source.partner) if source.partner else {}
    return tuple(
        GoalRow(
            text=goal.wording,
            owners=", ".join(source.names[owner.partner_id] for owner in goal.owners),
            anchors=tuple(goal.anchors().values()),
            review=source.wanted.words.day(goal.review_on),
            ratings=own.get(goal.id, ()),
        ).fields()
        for goal in source.goals
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
        "agreed_topics": sheet_accords.topics,
        "agreed_open": sheet_accords.still_open,
        "agreed_apart": sheet_accords.apart,
        "agreed_crossed": sheet_accords.crossed,
        "agreed_days": sheet_accords.days,
        "agreed_by": sheet_accords.by,
        **{name: partial(_said_together, place=place) for name, place in SAID_TOGETHER.items()},
    }
)

#: Every group of a repeated section; the ratings in it are the reader's own and nobody else's.
GROUPS: Mapping[str, Callable[[Source], tuple[Mapping[str, Rows], ...]]] = MappingProxyType(
    {"goals": _goals}
)

#: Fields that are about the reader, so that a sheet needs one.
OF_A_READER = frozenset({NAME_FIELD, "own_goals", "openness_goals", "goals.ratings"})
