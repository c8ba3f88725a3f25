"""What the folder of a presenting concern must hold: nine files, each with its origin.

A second presenting concern is a second folder with the same nine files, and no code.

Source: clinical design part 1 and 2.8.
"""

import datetime as dt
from collections import defaultdict
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, Field, PositiveInt, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from clinic.content.library import Provenance
from clinic.content.rows import (
    BehaviourRow,
    DriverRow,
    EvidenceRow,
    ExplanationRow,
    GoalRow,
    ResponseRow,
    StepRow,
    Strict,
    TopicRow,
)
from clinic.content.wording import Key, Text
from clinic.domain.goals import GoalLayer

Row = TypeVar("Row")


class ContentFile(Strict):
    """What every file begins with; without a licence and a source it does not load."""

    version: PositiveInt
    licence: Text
    source: Text

    def provenance(self) -> Provenance:
        """Return which version this is, under which licence, and where it comes from."""
        return Provenance(self.version, self.licence, self.source)


class ConcernFile(ContentFile):
    """What the concern is called, and when its files were last reviewed together."""

    key: Key
    title: Text
    reviewed: dt.date

    @field_validator("key")
    @classmethod
    def _named_like_its_folder(cls, key: str, info: ValidationInfo) -> str:
        """Refuse a second name for one concern; it also keeps two folders from sharing one."""
        assert info.context is not None, "the loader says which folder it reads"
        if key != (folder := info.context["folder"]):
            message = "the key and the folder's name, {folder}, differ"
            raise PydanticCustomError("folder_name", message, {"folder": folder})
        return key


class RowsFile(ContentFile, Generic[Row]):
    """A file that lists rows of one kind, at least one."""

    items: Annotated[list[Row], Field(min_length=1)]


def _paired(goals: list[GoalRow]) -> list[GoalRow]:
    """Refuse goals of one layer alone, because false progress only shows in pairs."""
    layers = defaultdict(set)
    for goal in goals:
        for explanation in goal.explanations:
            layers[explanation].add(goal.layer)
    if alone := [key for key, found in layers.items() if len(found) < len(GoalLayer)]:
        message = "a behaviour goal and an issue goal are needed for each of {keys}"
        raise PydanticCustomError("unpaired", message, {"keys": ", ".join(alone)})
    return goals


class GoalsFile(ContentFile):
    """The goals to begin from; every explanation they name has them in both layers."""

    items: Annotated[list[GoalRow], Field(min_length=1), AfterValidator(_paired)]


class AgreementFile(ContentFile):
    """What holds for the talk about the agreement, and its topics."""

    principles: Annotated[list[Text], Field(min_length=1)]
    topics: Annotated[list[TopicRow], Field(min_length=1)]


class RaisingFile(ContentFile):
    """How to raise a worry, and how to hear one."""

    raising: Annotated[list[StepRow], Field(min_length=1)]
    receiving: Annotated[list[StepRow], Field(min_length=1)]


class ConcernFolder(Strict):
    """The nine files; validating needs `explanations` (keys) and `folder` (name) as context."""

    concern: ConcernFile
    behaviours: RowsFile[BehaviourRow]
    responses: RowsFile[ResponseRow]
    drivers: RowsFile[DriverRow]
    explanations: RowsFile[ExplanationRow]
    evidence: RowsFile[EvidenceRow]
    goals: GoalsFile
    agreement: AgreementFile
    raising: RaisingFile
