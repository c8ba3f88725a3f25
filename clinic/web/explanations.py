"""What explanations and behaviours are called, wherever they are offered."""

from collections.abc import Sequence

from clinic.content.library import Concern
from clinic.domain.said import own, say
from clinic.services.rows import BehaviourRecord, Explanation

LONGEST_NAME = 60


def explanation_name(concern: Concern, row: Explanation) -> str:
    """Call an explanation by its name in the content, or by its own first words."""
    return concern.explanations[row.kind].name if row.kind else own(_shortened(row.statement))


def explanation_choices(concern: Concern, rows: Sequence[Explanation]) -> list[tuple[str, str]]:
    """Offer the explanations of a case."""
    return [(row.public_id, explanation_name(concern, row)) for row in rows]


def behaviour_name(concern: Concern, row: BehaviourRecord) -> str:
    """Call a behaviour by the inventory's words, or by its own first ones."""
    if row.behaviour:
        return say(concern.behaviours[row.behaviour].label)
    return own(_shortened(row.own_words))


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1]}\u2026"
