"""What one row of a content file must look like, and how it becomes the domain's value.

Rows are strict: no field too many, none too few, no value turned into another kind.

Source: clinical design part 1 and 2.8.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from clinic.content.library import AgreementTopic, Step
from clinic.content.wording import Key, Remark, Text
from clinic.domain.behaviours import Behaviour, Driver, Facet, Response, Tendency, Zone
from clinic.domain.formulation import Bearing, EvidenceKind, ExplanationKind
from clinic.domain.goals import Attainment, GoalLayer, GoalStub

#: How a bearing is written in a file. A doubled sign makes it a strong one.
SIGNS = {
    "++": Bearing.SUPPORTS,
    "+": Bearing.SUPPORTS,
    "-": Bearing.AGAINST,
    "--": Bearing.AGAINST,
}
Sign: TypeAlias = Literal["++", "+", "-", "--"]


class Strict(BaseModel):
    """Takes exactly what it names, as TOML gave it."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def _known(key: str, info: ValidationInfo) -> str:
    """Refuse an explanation that explanations.toml does not have, if that file can be read."""
    assert info.context is not None, "the loader says which explanations there are"
    known = info.context["explanations"]
    if known and key not in known:
        raise PydanticCustomError("unknown", "{key} is not an explanation", {"key": key})
    return key


ExplanationKey = Annotated[Key, AfterValidator(_known)]


class Tendencies(Strict):
    """How far each facet belongs to an act before anything is known of the case."""

    concealment: Annotated[Tendency, Field(strict=False)]
    function: Annotated[Tendency, Field(strict=False)]
    agreement: Annotated[Tendency, Field(strict=False)]

    def value(self) -> Mapping[Facet, Tendency]:
        """Return the tendencies by facet."""
        return MappingProxyType({facet: getattr(self, facet) for facet in Facet})


class BehaviourRow(Strict):
    """One act; zone and tendencies come together, or neither for behaviour that may limit."""

    key: Key
    label: Text
    zone: Annotated[Zone, Field(strict=False)] | None = None
    tendencies: Tendencies | None = None
    changes_zone: Text
    asked_first: bool = False

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.zone is None) != (self.tendencies is None):
            raise PydanticCustomError("half_placed", "zone and tendencies come together")
        return self

    def value(self) -> Behaviour:
        """Return the row as the domain's behaviour."""
        tendencies = self.tendencies.value() if self.tendencies else MappingProxyType({})
        return Behaviour(
            self.key, self.label, self.zone, tendencies, self.changes_zone, self.asked_first
        )


class ResponseRow(Strict):
    """One way of responding when a behaviour is raised."""

    key: Key
    label: Text

    def value(self) -> Response:
        """Return the row as the domain's response."""
        return Response(self.key, self.label)


class DriverRow(Strict):
    """One need a behaviour may serve; the motive is empty where research names none."""

    key: Key
    label: Text
    motive: Remark = ""
    probe: Text
    points_to: Text

    def value(self) -> Driver:
        """Return the row as the domain's driver."""
        return Driver(self.key, self.label, self.motive, self.probe, self.points_to)


class ExplanationRow(Strict):
    """One candidate issue."""

    key: Key
    name: Text
    meaning: Text
    work: Text
    worksheets: list[Key] = []

    def value(self) -> ExplanationKind:
        """Return the row as the domain's explanation."""
        sheets = tuple(self.worksheets)
        return ExplanationKind(self.key, self.name, self.meaning, self.work, sheets)


class EvidenceRow(Strict):
    """One observation; it touches at least one explanation, or it would be no evidence."""

    key: Key
    label: Text
    bearings: Annotated[dict[ExplanationKey, Sign], Field(min_length=1)]
    note: Remark = ""

    def value(self, explanations: Mapping[str, ExplanationKind]) -> EvidenceKind:
        """Return the row as the domain's evidence, neutral on explanations it does not name."""
        bearings = dict.fromkeys(explanations, Bearing.NEUTRAL)
        bearings |= {key: SIGNS[sign] for key, sign in self.bearings.items()}
        strong = frozenset(key for key, sign in self.bearings.items() if len(sign) == 2)
        return EvidenceKind(self.key, self.label, MappingProxyType(bearings), strong, self.note)


class Anchors(Strict):
    """The five outcomes of one goal, from much less than expected to much more."""

    much_less: Text
    less: Text
    expected: Text
    more: Text
    much_more: Text

    def value(self) -> Mapping[Attainment, str]:
        """Return the five outcomes by attainment."""
        outcomes = {one: getattr(self, one.name.lower()) for one in Attainment}
        return MappingProxyType(outcomes)


class GoalRow(Strict):
    """One goal to begin from, with an example of each of the five outcomes."""

    key: Key
    text: Text
    layer: Annotated[GoalLayer, Field(strict=False)]
    explanations: Annotated[list[ExplanationKey], Field(min_length=1)]
    anchors: Anchors

    def value(self) -> GoalStub:
        """Return the row as the domain's goal stub."""
        explanations = tuple(self.explanations)
        return GoalStub(self.key, self.text, self.layer, explanations, self.anchors.value())


class TopicRow(Strict):
    """One subject of the talk about the agreement."""

    key: Key
    title: Text
    prompts: Annotated[list[Text], Field(min_length=1)]

    def value(self) -> AgreementTopic:
        """Return the row as a topic."""
        return AgreementTopic(self.key, self.title, tuple(self.prompts))


class StepRow(Strict):
    """One step of raising or hearing a worry."""

    key: Key
    title: Text
    text: Text

    def value(self) -> Step:
        """Return the row as a step."""
        return Step(self.key, self.title, self.text)
