"""The map from symptom to issue, laid out for a wide and a narrow page, and in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.content.library import Concern
from clinic.domain.issue_map import (
    DASHES,
    NO_SINGLE_BEHAVIOUR,
    Contradiction,
    IssueMap,
    Node,
    Tie,
    issue_map,
)
from clinic.domain.said import mark, say
from clinic.services.issue_map import Ground
from clinic.services.rows import Case
from clinic.web.explanations import behaviour_name, explanation_name
from clinic.web.language import translate
from clinic.web.people import names_of

WIDE = 720
NARROW = 340

#: How much contradicts, in the order of the legend.
SAID = {
    Contradiction.NONE: mark("Nothing against"),
    Contradiction.LESS: mark("Less against than for"),
    Contradiction.AS_MUCH: mark("As much against as for"),
    Contradiction.MORE: mark("More against than for"),
    Contradiction.ONLY: mark("Only against"),
}


@dataclass(frozen=True)
class Maps:
    """The same map for a wide and a narrow page, and what each kind of line means."""

    wide: IssueMap
    narrow: IssueMap
    legend: tuple[tuple[str, str], ...]


def drawn(case: Case, concern: Concern, ground: Ground) -> Maps:
    """Lay out the map of a case: behaviours left, explanations right, in the reader's language."""
    behaviours = {row.id: row.public_id for row in ground.behaviours}
    explanations = {row.id: row.public_id for row in ground.explanations}
    symptoms = [
        *(
            Node(row.public_id, _named(case, behaviour_name(concern, row), (row.about_id,)))
            for row in ground.behaviours
        ),
        Node(NO_SINGLE_BEHAVIOUR, translate(mark("Not about a single behaviour"))),
    ]
    issues = [
        Node(row.public_id, _named(case, explanation_name(concern, row), row.about_ids))
        for row in ground.explanations
    ]
    ties = [
        Tie(behaviours.get(symptom or 0, NO_SINGLE_BEHAVIOUR), explanations[issue], bearing)
        for symptom, issue, bearing in ground.ties
    ]
    wide, narrow = (issue_map(symptoms, issues, ties, width) for width in (WIDE, NARROW))
    return Maps(wide, narrow, tuple((SAID[kind], DASHES[kind]) for kind in Contradiction))


def _named(case: Case, what: str, about: Sequence[int]) -> str:
    if not about:
        return translate(what)
    name = translate(names_of(case, about, ""))
    return translate(say("%(what)s (%(name)s)", what=translate(what), name=name))
