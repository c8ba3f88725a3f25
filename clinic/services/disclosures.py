"""The disclosure ledger: what one partner said alone, that partner's wish, and what became of it.

For the treating clinician only. Another partner's session finds no row of it, and a session for
the couple cannot open one (clinical.md 5.3).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from clinic.domain.answers import NOTHING, Given
from clinic.domain.cases import SecretsPolicy
from clinic.domain.comparison import KEPT, KEPT_BY, KEPT_WISH
from clinic.domain.disclosures import DisclosureError, DisclosureStatus, Wish, check_step
from clinic.domain.said import mark
from clinic.models.cases import Case, Partner
from clinic.models.comparison import Disclosure, DisclosureStep
from clinic.models.questionnaires import Signature
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.cases import find_in_case
from clinic.services.errors import RefusedError
from clinic.services.treating import require_treating

_FAULTS = {
    "order": (mark("What has been shared stays shared. Nobody can unsay it"), "status"),
    "date": (mark("Enter the day"), "on"),
    "reason": (mark("Enter the reason"), "reason"),
}


@dataclass(frozen=True)
class StepDetails:
    """One decision: `on` is the day it is promised for, or was shared on."""

    status: DisclosureStatus
    on: dt.date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Entry:
    """One disclosure with its steps, oldest first.

    `due_on` is the day the therapist wrote down for what its owner means to share.
    """

    disclosure: Disclosure
    partner: Partner
    steps: Sequence[DisclosureStep]
    today: dt.date

    @property
    def promise(self) -> str:
        """Give when its owner means to share it, in own words."""
        return self.disclosure.promise

    @property
    def status(self) -> DisclosureStatus | None:
        """Give where it stands, None while nothing was decided."""
        return self.steps[-1].status if self.steps else None

    @property
    def due_on(self) -> dt.date | None:
        """Give the day its owner is to share it by, while that is what was decided."""
        return self.steps[-1].on if self.status is DisclosureStatus.OWNER_TO_SHARE else None

    @property
    def is_due(self) -> bool:
        """Tell whether that day has come and it has not been shared."""
        return self.due_on is not None and self.due_on <= self.today


def note_kept(
    db: ScopedSession, partner: Partner, answers: Mapping[str, Given]
) -> Sequence[Disclosure]:
    """Put into the ledger what a partner who sends the answers wants kept from the others.

    `answers` are those that count. Without a wish the closest one holds: for the therapist only.
    The policy that this partner signed last governs the words for ever. Committed by the caller,
    with the sending.
    """
    policy = policy_in_force(db, partner)
    rows = [
        _disclose(db, partner, policy, answers, box)
        for box in _boxes(answers)
        if answers[box].value
    ]
    for row in rows:
        audit.record(db, "disclosure.made", row.public_id)
    return rows


def _boxes(answers: Mapping[str, Given]) -> Sequence[str]:
    return sorted(item for item in answers if item.startswith(KEPT) and "." not in item)


def _disclose(
    db: ScopedSession, partner: Partner, policy: str, answers: Mapping[str, Given], box: str
) -> Disclosure:
    wish = answers.get(f"{box}.{KEPT_WISH}", NOTHING).value
    row = Disclosure(
        case_id=partner.case_id,
        practice_id=partner.practice_id,
        partner_id=partner.id,
        wish=Wish(wish) if wish else Wish.THERAPIST_ONLY,
        policy=policy,
    )
    row.words = answers[box].value
    row.promise = answers.get(f"{box}.{KEPT_BY}", NOTHING).value
    db.add(row)
    db.flush()
    return row


def policy_in_force(db: ScopedSession, partner: Partner) -> str:
    """Name the policy on secrets that a partner signed last, or the case's where none is signed.

    A case whose policy was changed afterwards needs new signatures: until then the old one holds.
    """
    signed = db.scalars(
        select(Signature.document)
        .where(
            Signature.partner_id == partner.id,
            Signature.document.in_([policy.value for policy in SecretsPolicy]),
        )
        .order_by(Signature.id.desc())
        .limit(1)
    ).first()
    return signed or db.get_one(Case, partner.case_id).secrets_policy.value


def ledger(db: ScopedSession, case: Case, today: dt.date) -> Sequence[Entry]:
    """List what was said alone: first what is due, then what is undecided, then the newest.

    Raises MissingError to anybody but the treating clinician.
    """
    require_treating(db, case)
    audit.note_read(db, "disclosures.read", case.public_id)
    steps = _steps(db, case)
    partners = {partner.id: partner for partner in case.partners}
    rows = db.scalars(
        select(Disclosure).where(Disclosure.case_id == case.id).order_by(Disclosure.id.desc())
    )
    entries = [Entry(row, partners[row.partner_id], steps.get(row.id, []), today) for row in rows]
    return sorted(entries, key=lambda entry: (not entry.is_due, bool(entry.steps)))


def promises_due(db: ScopedSession, case: Case, today: dt.date) -> Sequence[Entry]:
    """List what its owner was to share by a day that has come, and has not shared."""
    return [entry for entry in ledger(db, case, today) if entry.is_due]


def add_step(db: ScopedSession, case: Case, ref: str, details: StepDetails) -> DisclosureStep:
    """Write down a decision about a disclosure; earlier ones stay.

    Raises RefusedError for a step without its day or reason, or after it was shared.
    """
    require_treating(db, case)
    disclosure = find_in_case(db, Disclosure, case, ref)
    # Locked until the commit, so that nothing can follow what was shared at the same moment.
    db.refresh(disclosure, with_for_update=True)
    _check(_steps(db, case).get(disclosure.id, []), details)
    row = DisclosureStep(
        case_id=case.id,
        practice_id=case.practice_id,
        partner_id=disclosure.partner_id,
        disclosure_id=disclosure.id,
        author_id=db.scope.clinician_id,
        status=details.status,
        on=details.on,
    )
    row.reason = details.reason.strip()
    db.add(row)
    db.flush()
    audit.record(db, "disclosure.decided", disclosure.public_id)
    db.commit()
    return row


def _check(steps: Sequence[DisclosureStep], details: StepDetails) -> None:
    last = steps[-1].status if steps else None
    dated, reasoned = details.on is not None, bool(details.reason.strip())
    try:
        check_step(last, details.status, dated=dated, reasoned=reasoned)
    except DisclosureError as fault:
        raise RefusedError(*_FAULTS[str(fault)]) from None


def _steps(db: ScopedSession, case: Case) -> Mapping[int, list[DisclosureStep]]:
    query = select(DisclosureStep).where(DisclosureStep.case_id == case.id)
    found: dict[int, list[DisclosureStep]] = {}
    for step in db.scalars(query.order_by(DisclosureStep.id)):
        found.setdefault(step.disclosure_id, []).append(step)
    return found
