"""How a suggestion is said on the page, and how it starts the form of what it proposes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clinic.content.library import Concern
from clinic.domain.said import mark, own, say
from clinic.domain.suggestions import Rule, Usable
from clinic.domain.visibility import Layer
from clinic.services import suggestions
from clinic.services.rows import Case, ScopedSession
from clinic.services.suggestions import GroundAnswer, Offered
from clinic.web.answered import answered
from clinic.web.contents import intake_of, rules_of
from clinic.web.language import translate
from clinic.web.people import THERAPIST_REF, TOGETHER_REF

#: Whether it may be used in joint work, and the tone of its tag.
USABLE = {
    Usable.MAY_BE_USED: (mark("May be used"), "teal"),
    Usable.ASK_FIRST: (mark("Ask first"), "rust"),
    Usable.THERAPIST_ALONE: (mark("For you alone"), "violet"),
}
LAYER = {
    Layer.PRIVATE: mark("Private to %(name)s"),
    Layer.SAFETY: mark("Safety, %(name)s"),
    Layer.SHARED: mark("Shared, from %(name)s"),
    Layer.CLINICIAN: mark("My record, about %(name)s"),
}


@dataclass(frozen=True)
class GroundLine:
    """One answer a suggestion rests on, in words: whose, on which card, what was asked and said."""

    whose: str
    card: str
    question: str
    words: str


@dataclass(frozen=True)
class Proposal:
    """One suggestion as the page shows it; `what` is "explanation" or "evidence"."""

    ref: str
    what: str
    title: str
    about: str
    reason: str
    usable: str
    tone: str
    grounds: Sequence[GroundLine]
    accepted: bool | None
    for_safety: bool


@dataclass(frozen=True)
class Wanted:
    """A suggestion on its way into a form: only its own partner's words go along."""

    offered: Offered

    @property
    def rule(self) -> Rule:
        """Give the rule that made it."""
        return self.offered.suggestion.rule

    @property
    def of_one(self) -> bool:
        """Tell whether it rests on one partner's answers alone."""
        return not self.offered.suggestion.other

    def answer(self, db: ScopedSession, case: Case, *, accepted: bool) -> None:
        """Keep what the therapist made of it."""
        partner = self.offered.partner.public_id
        suggestions.answer(db, case, self.rule.key, partner, accepted=accepted)

    @property
    def item(self) -> str:
        """Name the item it was taken from; "" where it rests on what two of them said."""
        own_grounds = self.offered.own_grounds
        return own_grounds[0].item.key if self.of_one and own_grounds else ""

    def explanation(self) -> dict[str, Any]:
        """Give what the form of an explanation starts with; the words stay the therapist's."""
        partner = self.offered.partner.public_id
        return {
            "kind": self.rule.explanation or None,
            "about": partner if self.rule.about_partner else TOGETHER_REF,
            "reason": translate(self.rule.reason),
        }

    def evidence(self) -> dict[str, Any]:
        """Give what the form of evidence starts with.

        What two partners said is the therapist's own finding: neither's words go into the other's
        layer.
        """
        lines = [
            translate(say("%(question)s %(answer)s", question=line.question, answer=line.words))
            for line in map(ground_line, self.offered.own_grounds)
        ]
        return {
            "kind": self.rule.evidence or None,
            "source": self.offered.partner.public_id if self.of_one else THERAPIST_REF,
            "layer": self.offered.layer.value,
            "observation": "\n".join(lines) if self.of_one else translate(self.rule.reason),
        }


def find_wanted(db: ScopedSession, case: Case, ref: str) -> Wanted:
    """Find one suggestion by its reference, or end in a 404."""
    return Wanted(suggestions.find_offered(db, case, intake_of(case), rules_of(case), ref))


def wanted_of(db: ScopedSession, case: Case, asked: Mapping[str, str]) -> Wanted | None:
    """Find the suggestion that a form was opened for, if it was opened for one."""
    ref = asked.get("suggestion")
    return find_wanted(db, case, ref) if ref else None


def keep_accepted(db: ScopedSession, case: Case, wanted: Wanted | None) -> None:
    """Note that a suggestion was taken up, once what it proposed has been saved."""
    if wanted is not None:
        wanted.answer(db, case, accepted=True)


def proposals(case: Case, concern: Concern, found: Sequence[Offered]) -> Sequence[Proposal]:
    """Say every suggestion in words."""
    names = {partner.public_id: partner.name for partner in case.partners}
    return [_proposal(concern, each, names) for each in found]


def _proposal(concern: Concern, each: Offered, names: Mapping[str, str]) -> Proposal:
    suggestion, rule = each.suggestion, each.suggestion.rule
    usable, tone = USABLE[suggestion.usable]
    people = [names[ref] for ref in (suggestion.partner, suggestion.other) if ref]
    title = (
        concern.explanations[rule.explanation].name
        if rule.explanation
        else concern.evidence[rule.evidence].label
    )
    return Proposal(
        each.ref,
        "explanation" if rule.explanation else "evidence",
        title,
        ", ".join(people),
        rule.reason,
        usable,
        tone,
        [ground_line(ground) for ground in each.grounds],
        each.accepted,
        each.for_safety,
    )


def ground_line(ground: GroundAnswer) -> GroundLine:
    """Say one answer in words, in the reader's language but for what was typed."""
    whose = say(LAYER[ground.item.layer], name=own(ground.partner.name))
    card, question = translate(ground.card), translate(ground.item.text)
    return GroundLine(
        translate(whose), card, question, ", ".join(answered(ground.item, ground.given))
    )
