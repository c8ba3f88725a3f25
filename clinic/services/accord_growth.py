"""Topics of an agreement that grow from the map: what everybody released and was shown."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from clinic.domain.accords import TopicStatus, position_of
from clinic.domain.answers import Placing
from clinic.domain.guard import NOT_OPEN
from clinic.domain.tracks import Tool
from clinic.models.accords import Accord, AccordPosition, AccordTopic
from clinic.models.cases import Case
from clinic.models.comparison import MapRelease
from clinic.models.scope import ScopedSession
from clinic.services import audit, safety
from clinic.services.accords import count_change, list_topics, lock
from clinic.services.comparison import IntakeContent
from clinic.services.errors import RefusedError
from clinic.services.treating import require_treating


def grow(
    db: ScopedSession, case: Case, accord: Accord, content: IntakeContent, labels: Mapping[str, str]
) -> int:
    """Make a topic of every row of the map that all members released and the room was shown.

    Gives how many were added. `labels` names the behaviours in the words of the page, in order.
    A placing becomes a position where it says the same. Raises RefusedError with one neutral
    sentence, whether the map is shut or there is nothing to take over: it may be read together.
    """
    require_treating(db, case)
    lock(db, accord)
    shut = safety.is_shut(db, case, content, Tool.COMPARISON)
    offered = {} if shut else _offered(db, accord)
    known = {topic.behaviour for topic in list_topics(db, accord)}
    wanted = [key for key in labels if key in offered and key not in known]
    if not wanted:
        raise RefusedError(NOT_OPEN)
    for key in wanted:
        _add_grown(db, case, accord, labels[key], offered[key])
    count_change(accord)
    audit.record(db, "agreement.grown", accord.public_id)
    db.commit()
    return len(wanted)


def _offered(db: ScopedSession, accord: Accord) -> Mapping[str, Sequence[MapRelease]]:
    members = {member.partner_id for member in accord.members}
    query = select(MapRelease).where(
        MapRelease.case_id == accord.case_id,
        MapRelease.partner_id.in_(members),
        MapRelease.withdrawn_at.is_(None),
        MapRelease.revealed_at.is_not(None),
    )
    found: dict[str, list[MapRelease]] = {}
    for row in db.scalars(query):
        found.setdefault(row.behaviour, []).append(row)
    return {key: rows for key, rows in found.items() if len(rows) == len(members)}


def _add_grown(
    db: ScopedSession, case: Case, accord: Accord, title: str, released: Sequence[MapRelease]
) -> None:
    row = AccordTopic(
        case_id=case.id,
        practice_id=case.practice_id,
        accord_id=accord.id,
        behaviour=released[0].behaviour,
        status=TopicStatus.OPEN,
    )
    row.title = title
    for each in released:
        position = position_of(Placing(each.placing) if each.placing else None)
        if position:
            row.positions.append(
                AccordPosition(
                    case_id=case.id,
                    practice_id=case.practice_id,
                    partner_id=each.partner_id,
                    position=position,
                )
            )
    db.add(row)
    db.flush()
