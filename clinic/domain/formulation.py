"""Which issue may lie beneath a behaviour: explanations and what speaks for each.

The explanations and the evidence are content, the ordering is here, and the judgement
is the therapist's. No score, no percentage, no verdict.

Method: weigh competing explanations by what contradicts them (Heuer 1999, analysis of
competing hypotheses).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Bearing(StrEnum):
    """What a piece of evidence does to one explanation."""

    SUPPORTS = "supports"
    AGAINST = "against"
    NEUTRAL = "neutral"


@unique
class Diagnosticity(StrEnum):
    """How well a piece of evidence tells the explanations apart."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@unique
class Confidence(StrEnum):
    """How sure the therapist is today, in words and never in per cent."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@unique
class ExplanationStatus(StrEnum):
    """What has become of an explanation in this case."""

    ACTIVE = "active"
    WEAKENED = "weakened"
    DROPPED = "dropped"
    CONFIRMED = "confirmed-enough-to-act"


@unique
class RollUp(StrEnum):
    """The headline the therapist gives a formulation; it is chosen, never computed."""

    SYMPTOM_LEADING = "symptom-leading"
    ISSUE_LEADING = "issue-itself-leading"
    MIXED = "mixed"
    AGREEMENT_MISMATCH = "agreement-mismatch"
    UNDETERMINED = "undetermined"
    SAFETY_TRACK = "safety-track"


@dataclass(frozen=True, slots=True)
class ExplanationKind:
    """One candidate issue of the content, the work it implies, and worksheets that go with it."""

    key: str
    name: str
    meaning: str
    work: str
    worksheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """One kind of observation of the content, and which explanations it touches."""

    key: str
    label: str
    bearings: Mapping[str, Bearing]
    strong: frozenset[str]
    note: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something seen or heard, and which explanations it touches."""

    text: str
    bearings: Mapping[str, Bearing]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one explanation stands: everything for it, everything against it."""

    explanation: str
    supports: tuple[Evidence, ...]
    against: tuple[Evidence, ...]


#: "High" needs at least two active explanations, so that one was weighed against another.
ENOUGH_ALTERNATIVES = 2

#: Shorter texts ("no", "?") say nothing that could be looked for.
SHORTEST_CHANGE_OF_MIND = 10


class FormulationError(ValueError):
    """A formulation cannot be kept as it is."""


class ChangeOfMindMissingError(FormulationError):
    """An explanation does not say what would change the therapist's mind."""


class StrengthsMissingError(FormulationError):
    """A formulation names no strength of the partners."""


class AlternativesMissingError(FormulationError):
    """Confidence is high although no other explanation was weighed."""


def standings(explanations: Iterable[str], evidence: Iterable[Evidence]) -> list[Standing]:
    """Order the explanations by how little speaks against them.

    What contradicts an explanation tells more than what fits it, because most evidence
    fits several. So support only decides between equals, and the order given between
    explanations that are equal in both. An explanation given twice counts once.

    >>> late = Evidence("Began after the move", {"H2": Bearing.SUPPORTS, "H7": Bearing.AGAINST})
    >>> [standing.explanation for standing in standings(["H7", "H2"], [late])]
    ['H2', 'H7']
    >>> standings(["H0"], [late])
    [Standing(explanation='H0', supports=(), against=())]
    """
    seen = tuple(evidence)

    def standing(explanation: str) -> Standing:
        def with_bearing(bearing: Bearing) -> tuple[Evidence, ...]:
            return tuple(item for item in seen if item.bearings.get(explanation) is bearing)

        return Standing(explanation, with_bearing(Bearing.SUPPORTS), with_bearing(Bearing.AGAINST))

    return sorted(
        map(standing, dict.fromkeys(explanations)),
        key=lambda standing: (len(standing.against), -len(standing.supports)),
    )


def may_be_high(active_explanations: int) -> bool:
    """Tell whether confidence may be high: at least two active explanations were weighed.

    >>> may_be_high(2)
    True
    >>> may_be_high(1)
    False
    """
    return active_explanations >= ENOUGH_ALTERNATIVES


def accepted_confidence(confidence: Confidence, active_explanations: int) -> Confidence:
    """Give back the confidence, and refuse a high one without an alternative.

    >>> accepted_confidence(Confidence.MEDIUM, 1)
    <Confidence.MEDIUM: 'medium'>
    >>> accepted_confidence(Confidence.HIGH, 1)
    Traceback (most recent call last):
    clinic.domain.formulation.AlternativesMissingError: high needs two active explanations
    """
    if confidence is Confidence.HIGH and not may_be_high(active_explanations):
        raise AlternativesMissingError("high needs two active explanations")
    return confidence


def would_change_my_mind(text: str) -> str:
    """Give back, stripped, what would change the therapist's mind; refuse an empty answer.

    At least 10 characters, because every explanation can turn out wrong and must say how.

    >>> would_change_my_mind(" Contact ends and the distance is gone. ")
    'Contact ends and the distance is gone.'
    >>> would_change_my_mind("?")
    Traceback (most recent call last):
    clinic.domain.formulation.ChangeOfMindMissingError: say what would change your mind
    """
    stripped = text.strip()
    if len(stripped) < SHORTEST_CHANGE_OF_MIND:
        raise ChangeOfMindMissingError("say what would change your mind")
    return stripped


def named_strengths(strengths: Iterable[str]) -> tuple[str, ...]:
    """Give back the strengths that were written down, stripped; refuse when there is none.

    >>> named_strengths(["They laugh together. ", ""])
    ('They laugh together.',)
    >>> named_strengths([" "])
    Traceback (most recent call last):
    clinic.domain.formulation.StrengthsMissingError: name at least one strength
    """
    named = tuple(stripped for text in strengths if (stripped := text.strip()))
    if not named:
        raise StrengthsMissingError("name at least one strength")
    return named
