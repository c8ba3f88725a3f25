"""How the issue page tells where each explanation stands: all for it, all against it."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.content.library import Concern
from clinic.domain.said import Said, say
from clinic.services.formulation import IssueLayer
from clinic.services.rows import Case, EvidenceItem, Explanation
from clinic.web.explanations import explanation_name
from clinic.web.people import name_of


@dataclass(frozen=True)
class Stand:
    """One explanation with its evidence, as the page shows it; `about` the couple is ""."""

    explanation: Explanation
    name: str
    about: str
    supports: Sequence[EvidenceItem]
    against: Sequence[EvidenceItem]
    weighed: Said


def stand_of(case: Case, concern: Concern, layer: IssueLayer) -> Sequence[Stand]:
    """List the explanations, those with least against them first; never a percentage."""
    rows = {row.public_id: row for row in layer.explanations}
    items = {item.public_id: item for item in layer.evidence}
    stands = []
    for standing in layer.standings:
        row = rows[standing.explanation]
        weighed = sum(
            bearing.explanation_id == row.id for item in layer.evidence for bearing in item.bearings
        )
        stands.append(
            Stand(
                explanation=row,
                name=explanation_name(concern, row),
                about=name_of(case, row.about_id, ""),
                supports=[items[each.text] for each in standing.supports],
                against=[items[each.text] for each in standing.against],
                weighed=_weighed(
                    len(standing.supports), len(standing.against), len(layer.evidence) - weighed
                ),
            )
        )
    return stands


def _weighed(supports: int, against: int, unweighed: int) -> Said:
    if not unweighed:
        return say("%(supports)s for, %(against)s against", supports=supports, against=against)
    return say(
        "%(supports)s for, %(against)s against, %(unweighed)s not weighed yet",
        supports=supports,
        against=against,
        unweighed=unweighed,
    )
