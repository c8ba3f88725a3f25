"""A practice's own questionnaires: loaded once, chosen for cases, withdrawn but never changed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select

from clinic.content.packs import read_pack
from clinic.domain.items import Questionnaire
from clinic.domain.packs import (
    MOST_ADDITIONS,
    Addition,
    PackFormat,
    bound,
    placed,
    scored_items,
)
from clinic.domain.said import say
from clinic.models.accounts import Practice
from clinic.models.base import now
from clinic.models.packs import QuestionnairePack
from clinic.models.questionnaires import IntakePlan
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.errors import MissingError, RefusedError

#: A file never changes, and every save of a partner asks what it holds: what was read is kept.
read = lru_cache(maxsize=32)(read_pack)


@dataclass(frozen=True)
class PackFile:
    """A file as it was chosen, and under which terms the practice may use it."""

    content: bytes
    format: PackFormat
    licence: str


@dataclass(frozen=True)
class Asked:
    """What the partners of one case are asked: the intake with its additions, and those alone."""

    questionnaire: Questionnaire
    additions: Sequence[Addition] = ()


def list_packs(db: ScopedSession) -> Sequence[QuestionnairePack]:
    """List what the practice has loaded, newest first, withdrawn ones as well."""
    query = select(QuestionnairePack).order_by(QuestionnairePack.id.desc())
    return db.scalars(query).all()


def find_pack(db: ScopedSession, ref: str) -> QuestionnairePack:
    """Find one by its public id; another practice's does not exist."""
    query = select(QuestionnairePack).where(QuestionnairePack.public_id == ref)
    row = db.scalars(query).first()
    if row is None:
        raise MissingError(ref)
    return row


def addition_of(row: QuestionnairePack) -> Addition:
    """Give what a loaded file asks."""
    return read(row.file.encode(), row.format, row.licence)


def load_pack(db: ScopedSession, file: PackFile) -> QuestionnairePack:
    """Load a file for the whole practice.

    Raises ContentError with every fault, and RefusedError for a file that is there already.
    """
    addition = read(file.content, file.format, file.licence)
    digest = hashlib.sha256(file.content).hexdigest()
    # Locked until the commit: of two who load the same file at once, one is told.
    db.get_one(Practice, db.scope.practice_id, with_for_update={"key_share": True})
    _refuse_known(db, digest)
    row = QuestionnairePack(
        practice_id=db.scope.practice_id,
        loaded_by_id=db.scope.clinician_id,
        format=file.format,
        sha256=digest,
        questions=len(addition.items),
        scored=len(list(scored_items(addition))),
    )
    row.title = addition.questionnaire.title
    row.licence, row.file = file.licence, file.content.decode()
    db.add(row)
    db.flush()
    audit.record(db, "pack.loaded", row.public_id)
    db.commit()
    return row


def _refuse_known(db: ScopedSession, digest: str) -> None:
    query = select(QuestionnairePack).where(
        QuestionnairePack.sha256 == digest, QuestionnairePack.withdrawn_at.is_(None)
    )
    known = db.scalars(query).first()
    if known is not None:
        told = say(
            "Your practice has loaded this file already. It is called “%(title)s”",
            title=known.title,
        )
        raise RefusedError(told, "file")


def withdraw_pack(db: ScopedSession, ref: str) -> None:
    """Let a questionnaire be chosen no more; the cases that use it keep it."""
    row = find_pack(db, ref)
    db.refresh(row, with_for_update=True)
    if row.withdrawn_at is None:
        row.withdrawn_at = now()
        audit.record(db, "pack.withdrawn", row.public_id)
        db.commit()


def chosen_refs(plan: IntakePlan | None) -> list[str]:
    """List the public ids of the questionnaires a plan adds, in their order."""
    return plan.packs.split(",") if plan is not None and plan.packs else []


def list_offered(db: ScopedSession, plan: IntakePlan | None) -> Sequence[QuestionnairePack]:
    """List what may be chosen for a case: first what its plan has, then all not withdrawn."""
    chosen = chosen_refs(plan)
    rows = [row for row in list_packs(db) if not row.withdrawn_at or row.public_id in chosen]
    order = {ref: place for place, ref in enumerate(chosen)}
    return sorted(rows, key=lambda row: order.get(row.public_id, len(order)))


def check_choice(db: ScopedSession, plan: IntakePlan | None, wanted: Sequence[str]) -> None:
    """Refuse a choice for a plan that holds too many, one twice, or one that is not offered.

    Raises RefusedError.
    """
    if not wanted:
        return
    if len(wanted) > MOST_ADDITIONS:
        raise RefusedError(say("Choose %(most)s at most", most=MOST_ADDITIONS), "packs")
    offered = {row.public_id for row in list_offered(db, plan)}
    if len(set(wanted)) < len(wanted) or not set(wanted) <= offered:
        raise RefusedError("Choose from the questionnaires of your practice, each once", "packs")


def asked_of_case(db: ScopedSession, intake: Questionnaire, plan: IntakePlan | None) -> Asked:
    """Give what a plan asks of every partner: the same for all, withdrawn or not.

    Without additions it asks the database nothing.
    """
    chosen = chosen_refs(plan)
    if not chosen:
        return Asked(intake)
    query = select(QuestionnairePack).where(QuestionnairePack.public_id.in_(chosen))
    known = {row.public_id: row for row in db.scalars(query)}
    additions = placed([addition_of(known[ref]) for ref in chosen])
    return Asked(bound(intake, additions), additions)
