"""Why a field of a worksheet is closed, empty or not whole; for the therapist who prepares it.

Read in the therapist's own session, and never part of a sheet: what is printed comes from a
session that could not open any of this (see `sheet_fields`).
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from types import MappingProxyType

from clinic.content.library import Concern
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services import couple_map, readings
from clinic.services.accord_versions import newest_versions
from clinic.services.accords import list_accords
from clinic.services.comparison import asked_behaviours
from clinic.services.sheet_fields import FIELDS, SAID_TOGETHER

Ask = Callable[[ScopedSession, Case, Concern], Sequence["Reason"]]


@unique
class Why(StrEnum):
    """Why something is not on a sheet; a fact about the record, never about a person."""

    CLOSED = "closed"
    NOTHING_YET = "nothing-yet"
    NOT_SHARED = "not-shared"
    PRIVATE = "private"
    NOT_SHOWN = "not-shown"
    NOT_RELEASED = "not-released"
    NOT_SAVED = "not-saved"
    NOT_AGREED = "not-agreed"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: `who` names the partners it is about, `count` says of how many rows."""

    why: Why
    who: tuple[str, ...] = ()
    count: int = 0


def reasons(
    db: ScopedSession,
    case: Case,
    concern: Concern,
    fields: Mapping[str, bool],
    closed: Collection[str] = (),
) -> Mapping[str, Sequence[Reason]]:
    """Give for each field what keeps it from being filled, or from being whole; mostly nothing.

    `fields` tells of each whether there is anything to print. Each source is asked once, and none
    about a field that is `closed` while safety comes first.
    """
    asked: dict[Ask, Sequence[Reason]] = {}
    given: dict[str, Sequence[Reason]] = {name: (Reason(Why.CLOSED),) for name in closed}
    for name, is_there in fields.items():
        ask = SOURCES.get(name)
        if ask and ask not in asked:
            asked[ask] = ask(db, case, concern)
        found = asked[ask] if ask else ()
        given[name] = found or (
            () if is_there else (Reason(WHEN_EMPTY.get(name, Why.NOTHING_YET)),)
        )
    return given


def _of_the_summary(db: ScopedSession, case: Case, _concern: Concern) -> Sequence[Reason]:
    newest = readings.latest_formulation(db, case)
    is_kept = newest and newest.couple_summary and newest.shared_on is None
    return (Reason(Why.NOT_SHARED),) if is_kept else ()


def _of_the_map(db: ScopedSession, case: Case, concern: Concern) -> Sequence[Reason]:
    """Count the rows that stay off the map, by who has not released them."""
    released = couple_map.list_releases(db, case)
    everybody = {partner.public_id: partner.name for partner in case.partners}
    private: Counter[tuple[str, ...]] = Counter()
    unshown = unreleased = 0
    for behaviour, _ in asked_behaviours(db, case, concern):
        row = released.get(behaviour)
        if row is None:
            unreleased += 1
        elif missing := tuple(name for ref, name in everybody.items() if ref not in row.by):
            private[missing] += 1
        else:
            unshown += not row.revealed
    return [
        *(Reason(Why.PRIVATE, who, count) for who, count in private.items()),
        *([Reason(Why.NOT_SHOWN, count=unshown)] if unshown else ()),
        *([Reason(Why.NOT_RELEASED, count=unreleased)] if unreleased else ()),
    ]


def _of_the_agreement(db: ScopedSession, case: Case, _concern: Concern) -> Sequence[Reason]:
    is_begun = list_accords(db, case) and not newest_versions(db, case)
    return (Reason(Why.NOT_SAVED),) if is_begun else ()


#: What is asked about a field beyond whether there is anything.
SOURCES: Mapping[str, Ask] = MappingProxyType(
    {
        "summary": _of_the_summary,
        "alike": _of_the_map,
        "differ": _of_the_map,
        **{name: _of_the_agreement for name in FIELDS if name.startswith("agreed_")},
    }
)

#: Why a field is empty, where more can be said than that nothing is there.
WHEN_EMPTY: Mapping[str, Why] = MappingProxyType(dict.fromkeys(SAID_TOGETHER, Why.NOT_AGREED))
