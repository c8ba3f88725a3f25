"""What the guard tells the treating clinician, in words that nobody else ever reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic.domain.answers import AnswerState, Given
from clinic.domain.item_flags import Raised
from clinic.domain.items import Flag, Item
from clinic.domain.questionnaires import ScreenResult
from clinic.domain.said import say
from clinic.services.comparison import GuardState, Handed, Watch
from clinic.services.rows import Case
from clinic.web.answered import answered
from clinic.web.comparison.words import REASON, SCREEN
from clinic.web.language import translate


@dataclass(frozen=True)
class RaisedAnswer:
    """One answer that asks for a look: the question as this partner read it, and the answer."""

    question: str
    words: str


@dataclass(frozen=True)
class Watched:
    """What concerns one partner. `in_person`: would rather talk than write."""

    name: str
    sent: bool
    result: str
    tone: str
    reasons: Sequence[str]
    raised: Sequence[RaisedAnswer]
    in_person: bool
    from_screen: bool


def watched(case: Case, state: GuardState, handed: Sequence[Handed]) -> list[Watched]:
    """Say the guard of a case, partner by partner, in the case's order."""
    sent = {each.partner.public_id: each for each in handed}
    return [
        _watched(partner.name, state.watches[partner.public_id], sent.get(partner.public_id))
        for partner in case.partners
    ]


def _watched(name: str, watch: Watch, each: Handed | None) -> Watched:
    result, tone = SCREEN[watch.safety]
    items = {item.key: item for item in each.items} if each else {}
    flags = {one.flag for one in watch.raised}
    return Watched(
        name=name,
        sent=each is not None,
        result=translate(result),
        tone=tone,
        reasons=[
            translate(say(text, name=name))
            for reason, text in REASON.items()
            if reason in watch.reasons
        ],
        raised=_in_words(items, watch.raised),
        in_person=Flag.IN_PERSON in flags,
        from_screen=watch.safety is ScreenResult.POSITIVE and Flag.SAFETY not in flags,
    )


def _in_words(items: Mapping[str, Item], found: Sequence[Raised]) -> list[RaisedAnswer]:
    values: dict[str, tuple[str, ...]] = {}
    for one in found:
        if one.flag is not Flag.IN_PERSON:
            values[one.item] = (*values.get(one.item, ()), one.value)
    return [
        RaisedAnswer(
            translate(items[key].text),
            "\n".join(answered(items[key], Given(AnswerState.ANSWERED, chosen))),
        )
        for key, chosen in values.items()
    ]
