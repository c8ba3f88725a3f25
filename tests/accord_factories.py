"""Agreements and responses to repair for tests, made through the services.

`fill_accords` leaves one agreement with two versions and a changed text, so that every page of it
has something to show.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from clinic.domain.accords import Position, TopicStatus
from clinic.domain.answers import Placing
from clinic.domain.repair_responses import RepairMark
from clinic.models.accords import Accord, AccordTopic, AccordVersion
from clinic.models.base import now
from clinic.models.cases import Case
from clinic.models.comparison import MapRelease
from clinic.models.repair_responses import RepairResponse
from clinic.models.scope import ScopedSession
from clinic.services import accord_versions, accord_yeses, accords, repair_responses
from clinic.services.days import today
from clinic.services.repair_responses import Occasion, Whose, on_day

#: A day between appointments on which something was seen.
BETWEEN = dt.date(2026, 3, 14)
WEEKS = dt.timedelta(weeks=8)


def refs_of(case: Case) -> Sequence[str]:
    """List the partners of a case by public id."""
    return [partner.public_id for partner in case.partners]


def topic_details(case: Case, **changes: Any) -> accords.TopicDetails:
    """Describe exes: fine for the first if told, and the second is uneasy."""
    first, second = refs_of(case)[:2]
    details = accords.TopicDetails(
        "Staying in touch with people we dated",
        TopicStatus.WITH_CONDITIONS,
        {first: Position.FINE_IF_TOLD, second: Position.UNEASY},
        "we say so the same day",
    )
    return replace(details, **changes)


def version_details(**changes: Any) -> accord_versions.VersionDetails:
    """Describe a version that holds from today and is looked at in eight weeks."""
    details = accord_versions.VersionDetails("after the quiz night", today(), today() + WEEKS)
    return replace(details, **changes)


def make_accord(db: ScopedSession, case: Case, refs: Sequence[str] = ()) -> Accord:
    """Begin an agreement between everybody, or between these."""
    return accords.begin_accord(db, case, refs or refs_of(case))


def make_topic(
    db: ScopedSession, case: Case, accord: Accord | None = None, **changes: Any
) -> AccordTopic:
    """Add a topic to an agreement, or to a new one."""
    row = accord or make_accord(db, case)
    return accords.add_topic(db, case, row, topic_details(case, **changes))


def make_version(
    db: ScopedSession, case: Case, accord: Accord | None = None, **changes: Any
) -> AccordVersion:
    """Save a version of an agreement, or of a new one with one topic."""
    if accord is None:
        accord = make_accord(db, case)
        make_topic(db, case, accord)
    details = version_details(**changes)
    return accord_versions.save_version(db, case, accord, details, accord.version)


def whose(case: Case, place: int = 0, occasion: Occasion | None = None) -> Whose:
    """Name a partner on an occasion, or on a day between two appointments."""
    return Whose(occasion or on_day(BETWEEN), refs_of(case)[place])


def press(db: ScopedSession, case: Case, *marks: RepairMark, at: Whose | None = None) -> None:
    """Press marks for one partner."""
    for mark in marks:
        repair_responses.press(db, case, at or whose(case), mark, on=True)


def fill_accords(db: ScopedSession, case: Case) -> None:
    """Put an agreement with versions, a yes given and one taken back, and responses into a case."""
    known = accords.list_accords(db, case)
    accord = known[0] if known else make_accord(db, case)
    first, second = refs_of(case)[:2]
    make_topic(db, case, accord)
    make_version(db, case, accord, reason="a first time")
    accords.write_crossed(db, accord, "we say it within a day", accord.version)
    newest = make_version(db, case, accord)
    accord_yeses.say_yes(db, case, newest, first, today())
    accord_yeses.say_yes(db, case, newest, second, today())
    accord_yeses.withdraw_yes(db, case, newest, second, today())
    make_topic(db, case, accord, status=TopicStatus.OPEN, wording="", title="Nights out")
    fill_responses(db, case)


def fill_responses(db: ScopedSession, case: Case) -> None:
    """Mark and remark on both partners, on a day between two appointments."""
    press(db, case, RepairMark.ACKNOWLEDGES, RepairMark.OPENNESS_KEPT)
    at = whose(case, 1)
    press(db, case, RepairMark.MINIMISES, RepairMark.OPENNESS_PARTLY, at=at)
    known = repair_responses.responses_on(db, case, at.occasion)[case.partners[1].id]
    repair_responses.write_remark(db, case, at, "came back to it unasked", known.version)


def show_on_map(db: ScopedSession, case: Case, behaviour: str, *placings: Placing) -> None:
    """Let everybody have released a row of the map that was then shown, as the map keeps it."""
    for place, partner in enumerate(case.partners):
        row = MapRelease(
            case_id=case.id,
            practice_id=case.practice_id,
            partner_id=partner.id,
            behaviour=behaviour,
            revealed_at=now(),
        )
        row.placing = (placings or (Placing.NOT_OK,) * len(case.partners))[place].value
        row.agreed = ""
        db.add(row)
    db.flush()


def response_of(db: ScopedSession, case: Case) -> RepairResponse:
    """Find what was entered last in a case."""
    query = select(RepairResponse).where(RepairResponse.case_id == case.id)
    return db.scalars(query.order_by(RepairResponse.id.desc())).all()[0]
