"""What was said in private in a case, so that a text for others can be held against it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from clinic.domain.comparison import KEPT
from clinic.keyring.ring import PERSONAL
from clinic.models.behaviours import BehaviourRecord
from clinic.models.cases import Case
from clinic.models.comparison import Disclosure
from clinic.models.formulation import EvidenceItem
from clinic.models.scope import ScopedSession
from clinic.services import audit, questionnaires
from clinic.services.behaviours import TEXTS
from clinic.services.treating import require_treating


@dataclass(frozen=True)
class PrivateText:
    """One text that is private to a partner, with that partner's name."""

    name: str
    words: str


def private_texts(db: ScopedSession, case: Case) -> Sequence[PrivateText]:
    """List what partners said in private: in the record, in the ledger, in answers they sent.

    Raises MissingError to anybody but the treating clinician. The cost does not grow with the case.
    """
    require_treating(db, case)
    audit.note_read(db, "private.compared", case.public_id)
    names = {partner.id: partner.name for partner in case.partners}
    found = [*_recorded(db, case), *_kept(db, case), *_sent(db, case)]
    return [PrivateText(names[owner], words) for owner, words in found if words and owner in names]


def _recorded(db: ScopedSession, case: Case) -> Iterator[tuple[int, str]]:
    evidence = select(EvidenceItem).where(
        EvidenceItem.case_id == case.id, EvidenceItem.layer.in_(PERSONAL)
    )
    for item in db.scalars(evidence):
        yield item.source_id or 0, item.observation
    behaviours = select(BehaviourRecord).where(
        BehaviourRecord.case_id == case.id, BehaviourRecord.layer.in_(PERSONAL)
    )
    for row in db.scalars(behaviours):
        yield from ((row.reporter_id or 0, getattr(row, name)) for name in TEXTS)


def _kept(db: ScopedSession, case: Case) -> Iterator[tuple[int, str]]:
    for row in db.scalars(select(Disclosure).where(Disclosure.case_id == case.id)):
        yield row.partner_id, row.words


def _sent(db: ScopedSession, case: Case) -> Iterator[tuple[int, str]]:
    plan = questionnaires.find_plan(db, case.id)
    sent: Mapping[int, questionnaires.Sent] = (
        questionnaires.list_sent(db, case, plan.questionnaire) if plan else {}
    )
    for partner_id, each in sent.items():
        # What is kept from the others stands in the ledger already.
        texts = (given.value for item, given in each.answers.items() if not item.startswith(KEPT))
        yield from ((partner_id, text) for text in texts)
