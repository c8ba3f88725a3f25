"""How a case ends, rests in the archive, is opened again, or goes to a colleague.

Nothing is deleted: every step is added to the case's history, and each can be taken back. Parting
well is an outcome like others, and none of them is a grade.

Source: clinical.md 2.6 (P3 decision and P5 ending, discernment's three paths).
"""

from collections.abc import Mapping
from enum import StrEnum, unique
from types import MappingProxyType


@unique
class CaseStatus(StrEnum):
    """Whether work on a case goes on."""

    OPEN = "open"
    ENDED = "ended"
    ARCHIVED = "archived"


@unique
class LifeStep(StrEnum):
    """What was done with a case as a whole."""

    ENDED = "ended"
    REOPENED = "reopened"
    ARCHIVED = "archived"
    RESTORED = "restored"


@unique
class CaseOutcome(StrEnum):
    """Where the work left them, in the therapist's view."""

    REACHED = "reached"
    BETTER = "better"
    DECIDED = "decided-to-stay-as-it-is"
    PARTED_WELL = "parted-well"
    PARTED = "parted"
    PAUSE = "pause"
    ELSEWHERE = "elsewhere"
    STOPPED = "stopped-coming"
    NOT_JOINT = "not-joint"
    OTHER = "other"


@unique
class TransferState(StrEnum):
    """Where the offer of a case to a colleague stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class LifeStepError(ValueError):
    """That step does not follow from where the case stands."""


_STEPS: Mapping[tuple[CaseStatus, LifeStep], CaseStatus] = MappingProxyType(
    {
        (CaseStatus.OPEN, LifeStep.ENDED): CaseStatus.ENDED,
        (CaseStatus.ENDED, LifeStep.REOPENED): CaseStatus.OPEN,
        (CaseStatus.ENDED, LifeStep.ARCHIVED): CaseStatus.ARCHIVED,
        (CaseStatus.ARCHIVED, LifeStep.RESTORED): CaseStatus.ENDED,
        (CaseStatus.ARCHIVED, LifeStep.REOPENED): CaseStatus.OPEN,
    }
)


def after(status: CaseStatus, step: LifeStep) -> CaseStatus:
    """Give where a case stands after a step, or raise LifeStepError where it does not follow.

    A case is ended before it is archived, so that everything in the archive has an outcome.

    >>> after(CaseStatus.OPEN, LifeStep.ENDED).value
    'ended'
    >>> after(CaseStatus.OPEN, LifeStep.ARCHIVED)
    Traceback (most recent call last):
    ...
    clinic.domain.case_ends.LifeStepError: open, archived
    """
    if (status, step) not in _STEPS:
        raise LifeStepError(f"{status.value}, {step.value}")
    return _STEPS[status, step]
