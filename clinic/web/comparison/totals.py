"""What the answers to a practice's own questionnaires add up to, in words; no cut-off, no band."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from clinic.domain.item_scores import ItemScores, total
from clinic.domain.items import plain_number
from clinic.domain.said import mark, say_count
from clinic.services.comparison import Handed


@dataclass(frozen=True)
class TotalLine:
    """One questionnaire, and a sentence for each partner who has sent."""

    title: str
    cells: Sequence[str]


def totals(handed: Sequence[Handed]) -> list[TotalLine]:
    """Say the totals of every scored questionnaire of a case, in the order they were asked."""
    additions = handed[0].asked.additions if handed else ()
    return [
        TotalLine(each.questionnaire.title, [_total(one, each.scores) for one in handed])
        for each in additions
        if each.scores
    ]


def _total(each: Handed, scores: ItemScores) -> str:
    if not any(key in scores for key in each.answers):
        return mark("No total: no scored question was asked")
    found = total(scores, each.items, each.answers)
    if found is None:
        return mark("No total: a scored question was left out")
    return say_count(
        "Total %(total)s: %(number)s scored question answered",
        "Total %(total)s: all %(number)s scored questions answered",
        found.answered,
        total=plain_number(Decimal(str(found.value))),
    )
