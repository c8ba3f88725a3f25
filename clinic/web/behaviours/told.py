"""What partners said has happened, in the answers they sent: offered to be recorded, never added.

What is taken over stays in the private layer of the partner who told it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from clinic.content.library import Concern
from clinic.domain.answers import NOTHING
from clinic.domain.behaviours import Frequency, HowKnown
from clinic.domain.comparison import HAPPENED
from clinic.domain.conditions import YES
from clinic.domain.said import own
from clinic.domain.visibility import Layer
from clinic.services.comparison import Handed
from clinic.services.errors import MissingError
from clinic.services.rows import BehaviourRecord, Case, Partner

#: Stands for what was told in own words, without any behaviour of the list.
IN_WORDS = "words"
ME = "me"


@dataclass(frozen=True)
class Told:
    """One thing one partner told; `key` is a behaviour's, one of the case's own, or IN_WORDS."""

    teller: Partner
    key: str
    label: str
    recorded: bool


def list_told(handed: Sequence[Handed], rows: Sequence[BehaviourRecord]) -> list[Told]:
    """List what each partner told, in the case's order."""
    return [
        Told(each.partner, key, label, _recorded(each.partner, key, label, rows))
        for each in handed
        for key, label in _happened(each)
    ]


def prefilled(case: Case, concern: Concern, each: Handed, key: str) -> dict[str, Any]:
    """Give what one partner told about one behaviour, as the form holds it.

    What was not asked, such as how often, is left to the therapist. Raises MissingError for what
    this partner did not tell.
    """
    told = dict(_happened(each))
    if key not in told:
        raise MissingError(key)
    named = [told[key]] if key not in concern.behaviours and key != IN_WORDS else []
    return {
        "behaviour": key if key in concern.behaviours else None,
        "own_words": "\n".join([*named, *filter(None, [_said(each, "words")])]),
        "about": _about(case, each),
        "frequency": Frequency.UNCLEAR.value,
        "still_happening": _said(each, "still") or None,
        "how_known": _how_known(each),
        "outsider_role": _said(each, "outside"),
        "times_raised": 1 if _said(each, "raised") == YES else 0,
        "raised_when": _said(each, "then"),
        **({"impact": _said(each, "impact")} if _said(each, "impact") else {}),
    }


def _happened(each: Handed) -> Iterator[tuple[str, str]]:
    offered = [choice for item in each.items if item.key == HAPPENED for choice in item.choices]
    labels = {choice.key: choice.label for choice in offered}
    chosen = [key for key in each.answers.get(HAPPENED, NOTHING).values if key in labels]
    yield from ((key, labels[key]) for key in chosen)
    if not chosen and (words := _said(each, "words")):
        yield IN_WORDS, own(words)


def _said(each: Handed, item: str) -> str:
    return each.answers.get(f"happened-{item}", NOTHING).value


def _about(case: Case, each: Handed) -> str | None:
    """Name whose behaviour it is, where exactly one person was named."""
    others = [one.public_id for one in case.partners if one is not each.partner]
    named = {f"other-{place}": ref for place, ref in enumerate(others, 1)}
    named[ME] = each.partner.public_id
    found = [named[who] for who in each.answers.get("happened-who", NOTHING).values if who in named]
    return found[0] if len(found) == 1 else None


def _how_known(each: Handed) -> str | None:
    answer = _said(each, "learned")
    return answer if answer in {known.value for known in HowKnown} else None


def _recorded(teller: Partner, key: str, label: str, rows: Sequence[BehaviourRecord]) -> bool:
    return any(
        row.behaviour == key or (not row.behaviour and label in row.own_words)
        for row in rows
        if row.layer is Layer.PRIVATE and row.reporter_id == teller.id
    )
