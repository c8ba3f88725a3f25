"""The content of a presenting concern, as the rest of the program sees it.

Nothing in here is about a case: it is what a clinician has written and reviewed, once, for
everybody. Keys are stored with answers and never change their meaning.

Source: clinical design part 1 and 2.8.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from clinic.domain.behaviours import Behaviour, Driver, Response
from clinic.domain.formulation import EvidenceKind, ExplanationKind
from clinic.domain.goals import GoalStub


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which version of a content file this is, under which licence, and where it comes from."""

    version: int
    licence: str
    source: str


@dataclass(frozen=True, slots=True)
class AgreementTopic:
    """One subject of the talk about the agreement, and the questions that open it."""

    key: str
    title: str
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of raising a worry, or of hearing one."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Concern:
    """Everything written for one presenting concern; mappings are by key, in file order.

    `files` gives the provenance of each of its files by name, without the ending.
    """

    key: str
    title: str
    reviewed: dt.date
    behaviours: Mapping[str, Behaviour]
    responses: Mapping[str, Response]
    drivers: Mapping[str, Driver]
    explanations: Mapping[str, ExplanationKind]
    evidence: Mapping[str, EvidenceKind]
    goals: Mapping[str, GoalStub]
    agreement_principles: tuple[str, ...]
    agreement_topics: Mapping[str, AgreementTopic]
    raising_steps: tuple[Step, ...]
    receiving_steps: tuple[Step, ...]
    files: Mapping[str, Provenance]


@dataclass(frozen=True, slots=True)
class Library:
    """All presenting concerns, by key, in the order of their folders' names."""

    concerns: Mapping[str, Concern]
