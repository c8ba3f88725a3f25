"""Everybody's yes to a version of an agreement: dated, taken back, never passed on to the next."""

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from clinic.domain.accords import GivenYes
from clinic.models.accords import Accord, AccordVersion, AccordYes
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.accords import lock, members_of
from clinic.services.cases import find_partner
from clinic.services.days import has_come
from clinic.services.errors import MissingError, RefusedError

NOT_NEWEST = "There is a newer version, and a yes belongs to the newest one"


def say_yes(
    db: ScopedSession, case: Case, row: AccordVersion, partner_ref: str, on: dt.date
) -> AccordYes:
    """Note that a partner said yes to the newest version on a day; said again it stays as it was.

    Raises RefusedError for an older version and for a day that has not come yet; MissingError for
    a partner whom the agreement is not between.
    """
    _require_newest(db, case, row, partner_ref)
    if not has_come(on):
        raise RefusedError("This day has not come yet", "on")
    partner_id = find_partner(case, partner_ref).id
    found = _standing(db, row, partner_id)
    if found is None:
        found = AccordYes(
            case_id=case.id,
            practice_id=case.practice_id,
            version_id=row.id,
            partner_id=partner_id,
            given_on=on,
        )
        db.add(found)
        db.flush()
        audit.record(db, "agreement.yes-given", found.public_id)
    db.commit()
    return found


def withdraw_yes(
    db: ScopedSession, case: Case, row: AccordVersion, partner_ref: str, on: dt.date
) -> AccordYes:
    """Note that a partner took a yes back; that it was given stays written.

    It may be taken back from an older version as well. Raises MissingError where none stands,
    RefusedError for a day that has not come yet, or before it was given.
    """
    db.refresh(row, with_for_update=True)
    found = _standing(db, row, find_partner(case, partner_ref).id)
    if found is None:
        raise MissingError(partner_ref)
    if not has_come(on) or on < found.given_on:
        raise RefusedError("Choose a day between the yes and today", "on")
    found.withdrawn_on = on
    audit.record(db, "agreement.yes-withdrawn", found.public_id)
    db.commit()
    return found


def yeses(
    db: ScopedSession, case: Case, versions: Sequence[AccordVersion]
) -> Mapping[int, Sequence[GivenYes]]:
    """List every yes to some versions, also those taken back, by the version's inner id."""
    refs = {partner.id: partner.public_id for partner in case.partners}
    wanted = [row.id for row in versions]
    query = select(AccordYes).where(AccordYes.version_id.in_(wanted)).order_by(AccordYes.id)
    found: dict[int, list[GivenYes]] = {version_id: [] for version_id in wanted}
    for row in db.scalars(query):
        yes = GivenYes(refs[row.partner_id], row.given_on, row.withdrawn_on)
        found[row.version_id].append(yes)
    return found


def _require_newest(db: ScopedSession, case: Case, row: AccordVersion, partner_ref: str) -> None:
    accord = db.get_one(Accord, row.accord_id)
    # Locked, so that a yes and the next version cannot both come first.
    lock(db, accord)
    if partner_ref not in members_of(case, accord):
        raise MissingError(partner_ref)
    newest = select(func.max(AccordVersion.number)).where(AccordVersion.accord_id == accord.id)
    if db.scalar(newest) != row.number:
        raise RefusedError(NOT_NEWEST)


def _standing(db: ScopedSession, row: AccordVersion, partner_id: int) -> AccordYes | None:
    query = select(AccordYes).where(
        AccordYes.version_id == row.id,
        AccordYes.partner_id == partner_id,
        AccordYes.withdrawn_on.is_(None),
    )
    return db.scalars(query).first()
