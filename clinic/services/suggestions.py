"""Suggestions that rest on what partners answered: offered with grounds, never added alone."""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from clinic.domain.answers import Given
from clinic.domain.behaviours import Zone
from clinic.domain.cases import SecretsPolicy
from clinic.domain.comparison import KEPT
from clinic.domain.items import Item
from clinic.domain.suggestions import Answered, Kept, Rule, Suggestion, suggest
from clinic.domain.visibility import Layer
from clinic.models.base import PUBLIC_ID_BYTES
from clinic.models.cases import Case, Partner
from clinic.models.formulation import SuggestionAnswer
from clinic.models.scope import ScopedSession
from clinic.services import audit, comparison, disclosures
from clinic.services.cases import find_partner
from clinic.services.comparison import Handed, IntakeContent
from clinic.services.days import today
from clinic.services.disclosures import Entry
from clinic.services.errors import MissingError
from clinic.services.safety_marks import limits
from clinic.services.treating import require_treating

#: From the most open to the most closed: what rests on several answers takes the last of theirs.
_CLOSEDNESS = (Layer.SHARED, Layer.CLINICIAN, Layer.PRIVATE, Layer.SAFETY)


@dataclass(frozen=True)
class GroundAnswer:
    """One answer that a suggestion rests on: whose it is, on which card, and what was asked."""

    partner: Partner
    card: str
    item: Item
    given: Given


@dataclass(frozen=True)
class Offered:
    """One suggestion with its grounds, and what was made of it: None while nothing was decided."""

    suggestion: Suggestion
    partner: Partner
    grounds: Sequence[GroundAnswer]
    accepted: bool | None

    @property
    def ref(self) -> str:
        """Name it in addresses, where the rule itself would tell something about somebody."""
        named = (self.suggestion.partner, self.suggestion.other, self.suggestion.rule.key)
        digest = hashlib.sha256(".".join(named).encode()).digest()[:PUBLIC_ID_BYTES]
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    @property
    def own_grounds(self) -> Sequence[GroundAnswer]:
        """List the grounds that are this partner's own words; no other's may be kept with them."""
        return [ground for ground in self.grounds if ground.partner is self.partner]

    @property
    def layer(self) -> Layer:
        """Name the layer that evidence made of it belongs in.

        What two partners' answers show together is the therapist's own finding.
        """
        if self.suggestion.rule.safety:
            return Layer.SAFETY
        layers = [ground.item.layer for ground in self.grounds]
        strictest = max(layers, key=_CLOSEDNESS.index, default=Layer.SAFETY)
        if strictest is Layer.PRIVATE and self.suggestion.other:
            return Layer.CLINICIAN
        return strictest

    @property
    def for_safety(self) -> bool:
        """Tell whether it says something about safety, so that nobody may look along."""
        return self.layer is Layer.SAFETY


def offered(
    db: ScopedSession, case: Case, content: IntakeContent, rules: Iterable[Rule]
) -> Sequence[Offered]:
    """Give what the rules find in the answers that were sent, with what was made of each.

    Raises MissingError to anybody but the treating clinician.
    """
    require_treating(db, case)
    audit.note_read(db, "suggestions.read", case.public_id)
    handed = comparison.side_by_side(db, case, content)
    sides = _sides(db, case, handed)
    made = answers(db, case)
    given = {each.partner.public_id: each for each in handed}
    return [
        _offered(found, given, made) for found in suggest(rules, sides, _zones(db, case, content))
    ]


def find_offered(
    db: ScopedSession, case: Case, content: IntakeContent, rules: Iterable[Rule], ref: str
) -> Offered:
    """Find one suggestion by its reference. Raises MissingError."""
    for each in offered(db, case, content, rules):
        if each.ref == ref:
            return each
    raise MissingError(ref)


def _offered(
    found: Suggestion,
    given: Mapping[str, Handed],
    made: Mapping[tuple[str, int], SuggestionAnswer],
) -> Offered:
    partner = given[found.partner].partner
    answered = made.get((found.rule.key, partner.id))
    items = {
        (ref, item.key): GroundAnswer(each.partner, page.title, item, each.answers[item.key])
        for ref, each in given.items()
        for page in each.pages
        for item in page.items
        if item.key in each.answers
    }
    grounds = [items[ground.partner, ground.item] for ground in found.rests_on]
    return Offered(found, partner, grounds, answered.accepted if answered else None)


def _zones(db: ScopedSession, case: Case, content: IntakeContent) -> Mapping[str, Zone | None]:
    inventory = content.concern.behaviours
    return {
        key: inventory[key].zone if key in inventory else None
        for key, _ in comparison.asked_behaviours(db, case, content.concern)
        if not limits(content.concern, key)
    }


def _sides(db: ScopedSession, case: Case, handed: Sequence[Handed]) -> Sequence[Answered]:
    ledger = disclosures.ledger(db, case, today())
    refs = [partner.public_id for partner in case.partners]
    return [
        Answered(
            each.partner.public_id,
            [ref for ref in refs if ref != each.partner.public_id],
            each.answers,
            {item.key: item.layer for item in each.items},
            SecretsPolicy(disclosures.policy_in_force(db, each.partner)),
            _kept(each, ledger),
        )
        for each in handed
    ]


def _kept(each: Handed, ledger: Sequence[Entry]) -> Mapping[str, Kept]:
    """Tie each box of what is to be kept to its row of the ledger: both stand in one order."""
    boxes = sorted(
        key
        for key, given in each.answers.items()
        if key.startswith(KEPT) and "." not in key and given.value
    )
    own = [entry for entry in ledger if entry.partner is each.partner]
    own.sort(key=lambda entry: entry.disclosure.id)
    return {
        box: Kept(entry.disclosure.wish, entry.status)
        for box, entry in zip(boxes, own, strict=False)
    }


def answer(
    db: ScopedSession, case: Case, rule: str, partner_ref: str, *, accepted: bool
) -> SuggestionAnswer:
    """Keep what the therapist made of a suggestion; a second thought replaces the first."""
    require_treating(db, case)
    partner = find_partner(case, partner_ref)
    # Locked until the commit: two first answers at once must not make two rows.
    db.refresh(case, with_for_update={"key_share": True})
    row = answers(db, case).get((rule, partner.id)) or SuggestionAnswer(
        case_id=case.id, practice_id=case.practice_id, partner_id=partner.id, rule=rule
    )
    row.accepted = accepted
    db.add(row)
    db.flush()
    audit.record(db, "suggestion.answered", row.public_id)
    db.commit()
    return row


def answers(db: ScopedSession, case: Case) -> Mapping[tuple[str, int], SuggestionAnswer]:
    """Give what was made of each suggestion, by rule and the partner's inner id."""
    query = select(SuggestionAnswer).where(SuggestionAnswer.case_id == case.id)
    return {(row.rule, row.partner_id): row for row in db.scalars(query)}
