"""What explanations are called, wherever they are offered."""

from collections.abc import Sequence

from clinic.content.library import Concern
from clinic.domain.said import own
from clinic.services.rows import Explanation

LONGEST_NAME = 60


def explanation_name(concern: Concern, row: Explanation) -> str:
    """Call an explanation by its name in the content, or by its own first words."""
    if row.kind:
        return concern.explanations[row.kind].name
    words = row.statement
    return own(words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1]}\u2026")


def explanation_choices(concern: Concern, rows: Sequence[Explanation]) -> list[tuple[str, str]]:
    """Offer the explanations of a case."""
    return [(row.public_id, explanation_name(concern, row)) for row in rows]
