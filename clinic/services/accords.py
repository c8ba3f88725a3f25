"""The agreement that partners write together: its topics, while it is being written.

One agreement between all partners of a case, and in a case of three or more one for each pair.
What grows from the map is in `accord_growth`; what was saved in `accord_versions`, and who says
yes to that in `accord_yeses`.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from clinic.domain.accords import (
    AccordError,
    Position,
    TopicStatus,
    WrittenAccord,
    WrittenTopic,
    check_topic,
    possible,
)
from clinic.models.accords import Accord, AccordMember, AccordPosition, AccordTopic
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.cases import find_in_case, find_partner
from clinic.services.errors import MissingError, RefusedError
from clinic.services.versions import expect_version

TWICE = "There is an agreement between them already"


@dataclass(frozen=True)
class TopicDetails:
    """One topic as it is written; positions by partner's public id, left out where not said."""

    title: str
    status: TopicStatus
    positions: Mapping[str, Position] = field(default_factory=dict)
    wording: str = ""
    starts_on: dt.date | None = None
    review_on: dt.date | None = None


def list_accords(db: ScopedSession, case: Case) -> Sequence[Accord]:
    """List a case's agreements, the one between everybody first, then in the order begun."""
    rows = db.scalars(select(Accord).where(Accord.case_id == case.id).order_by(Accord.id)).all()
    return sorted(rows, key=lambda row: -len(row.members))


def find_accord(db: ScopedSession, case: Case, ref: str) -> Accord:
    """Find one agreement of a case."""
    return find_in_case(db, Accord, case, ref)


def members_of(case: Case, accord: Accord) -> Sequence[str]:
    """Name whom an agreement is between, by public id, in the case's order."""
    known = {member.partner_id for member in accord.members}
    return [partner.public_id for partner in case.partners if partner.id in known]


def still_possible(case: Case, accords: Sequence[Accord]) -> Sequence[tuple[str, ...]]:
    """List between whom no agreement has been begun yet, by public ids."""
    begun = {tuple(members_of(case, accord)) for accord in accords}
    return [
        refs for refs in possible([one.public_id for one in case.partners]) if refs not in begun
    ]


def begin_accord(db: ScopedSession, case: Case, refs: Sequence[str]) -> Accord:
    """Begin an agreement between all partners of a case, or two of three or more.

    Raises RefusedError where there is one already, MissingError for anybody else.
    """
    db.refresh(case, with_for_update=True)
    wanted = tuple(one.public_id for one in case.partners if one.public_id in refs)
    if len(refs) != len(wanted) or wanted not in possible([one.public_id for one in case.partners]):
        raise MissingError(" ".join(refs))
    if wanted not in still_possible(case, list_accords(db, case)):
        raise RefusedError(TWICE)
    row = Accord(case_id=case.id, practice_id=case.practice_id)
    row.members = [
        AccordMember(practice_id=case.practice_id, partner_id=find_partner(case, ref).id)
        for ref in wanted
    ]
    db.add(row)
    db.flush()
    audit.record(db, "agreement.begun", row.public_id)
    db.commit()
    return row


def list_topics(db: ScopedSession, accord: Accord) -> Sequence[AccordTopic]:
    """List the topics of an agreement in the order in which they were added."""
    query = select(AccordTopic).where(AccordTopic.accord_id == accord.id)
    return db.scalars(query.order_by(AccordTopic.id)).all()


def find_topic(db: ScopedSession, accord: Accord, ref: str) -> AccordTopic:
    """Find one topic of an agreement."""
    query = select(AccordTopic).where(
        AccordTopic.accord_id == accord.id, AccordTopic.public_id == ref
    )
    row = db.scalars(query).first()
    if row is None:
        raise MissingError(ref)
    return row


def add_topic(db: ScopedSession, case: Case, accord: Accord, details: TopicDetails) -> AccordTopic:
    """Add a topic. Raises RefusedError for one called agreed without its words, or odd days."""
    lock(db, accord)
    row = AccordTopic(case_id=case.id, practice_id=case.practice_id, accord_id=accord.id)
    _write(db, case, accord, row, details)
    audit.record(db, "agreement-topic.added", row.public_id)
    db.commit()
    return row


def change_topic(
    db: ScopedSession, case: Case, row: AccordTopic, details: TopicDetails, version: int
) -> None:
    """Change a topic of the text being written. Raises StaleError when changed since `version`."""
    accord = db.get_one(Accord, row.accord_id)
    lock(db, accord)
    expect_version(db, row, version)
    _write(db, case, accord, row, details)
    audit.record(db, "agreement-topic.changed", row.public_id)
    db.commit()


def delete_topic(db: ScopedSession, row: AccordTopic, version: int) -> None:
    """Take a topic out of the text being written; versions that were saved with it keep it.

    Raises StaleError when it was changed since `version`.
    """
    accord = db.get_one(Accord, row.accord_id)
    lock(db, accord)
    expect_version(db, row, version)
    audit.record(db, "agreement-topic.deleted", row.public_id)
    db.delete(row)
    count_change(accord)
    db.commit()


def write_crossed(db: ScopedSession, accord: Accord, words: str, version: int) -> None:
    """Write what happens in the first 24 hours if a line is crossed.

    Raises StaleError when anything of the agreement was changed since `version`.
    """
    expect_version(db, accord, version)
    accord.crossed = words
    count_change(accord)
    audit.record(db, "agreement.written", accord.public_id)
    db.commit()


def as_written(
    case: Case,
    accord: Accord,
    topics: Sequence[AccordTopic],
    starts_on: dt.date | None = None,
    review_on: dt.date | None = None,
) -> WrittenAccord:
    """Give an agreement as the domain sees it; positions stand in the order of the partners."""
    members = members_of(case, accord)
    return WrittenAccord(
        starts_on, review_on, [_written(case, members, row) for row in topics], accord.crossed
    )


def lock(db: ScopedSession, accord: Accord) -> None:
    """Let one writer at a time change anything of an agreement, until the commit."""
    db.refresh(accord, with_for_update={"of": Accord})


def count_change(accord: Accord) -> None:
    """Count a change of any part of an agreement, so that what was seen is what is saved."""
    flag_modified(accord, Accord.crossed.stored_as)


def _written(case: Case, members: Sequence[str], row: AccordTopic) -> WrittenTopic:
    refs = {partner.id: partner.public_id for partner in case.partners}
    known = {refs[each.partner_id]: each.position for each in row.positions}
    return WrittenTopic(
        row.public_id,
        row.title,
        row.status,
        {ref: known[ref] for ref in members if ref in known},
        row.wording,
        row.starts_on,
        row.review_on,
    )


def _write(
    db: ScopedSession, case: Case, accord: Accord, row: AccordTopic, details: TopicDetails
) -> None:
    _check(details)
    wanted = _positions(case, accord, details.positions)
    row.title, row.wording, row.status = details.title, details.wording, details.status
    row.starts_on, row.review_on = details.starts_on, details.review_on
    known = {each.partner_id: each for each in row.positions}
    for each in list(row.positions):
        if each.partner_id not in wanted:
            row.positions.remove(each)
    for partner_id, position in wanted.items():
        if partner_id in known:
            known[partner_id].position = position
        else:
            row.positions.append(_position(case, partner_id, position))
    db.add(row)
    # A change in a position alone must also count as a change of the topic.
    flag_modified(row, "status")
    count_change(accord)
    db.flush()


def _check(details: TopicDetails) -> None:
    written = WrittenTopic(
        "",
        details.title,
        details.status,
        {},
        details.wording,
        details.starts_on,
        details.review_on,
    )
    try:
        check_topic(written)
    except AccordError as error:
        raise RefusedError(str(error), error.field) from None


def _positions(case: Case, accord: Accord, given: Mapping[str, Position]) -> Mapping[int, Position]:
    members = members_of(case, accord)
    if not set(given) <= set(members):
        raise MissingError(" ".join(given))
    return {find_partner(case, ref).id: position for ref, position in given.items()}


def _position(case: Case, partner_id: int, position: Position) -> AccordPosition:
    return AccordPosition(
        case_id=case.id, practice_id=case.practice_id, partner_id=partner_id, position=position
    )
