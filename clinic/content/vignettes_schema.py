"""What the files of the demo practice must hold: its clinicians, and cases as one would type them.

Rows are as strict as the rest of the content. People are called by their first names; every day is
told as days before the demo is made, so that it never grows old.
"""

import re
from collections.abc import Callable, Iterator
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    Field,
    NonNegativeInt,
    PositiveInt,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from clinic.content.rows import Anchors, Strict
from clinic.content.schema import ContentFile
from clinic.content.wording import Key, Remark, Text
from clinic.domain.agreement import OnsetStatus, Openness
from clinic.domain.appointments import AppointmentKind, Attendance
from clinic.domain.behaviours import Frequency, HowKnown, StillHappening, Zone
from clinic.domain.cases import FEWEST_PARTNERS, MOST_PARTNERS, ContactBy, SecretsPolicy
from clinic.domain.formulation import (
    ENOUGH_ALTERNATIVES,
    Bearing,
    Confidence,
    Diagnosticity,
    ExplanationStatus,
    RollUp,
)
from clinic.domain.goals import Attainment, GoalLayer
from clinic.domain.timeline import EventKind
from clinic.domain.visibility import Layer

#: How a file calls whoever is no partner: the therapist, or the relationship as a whole.
NOBODY = ""

JUDGING_WORDS = re.compile(r"\b(cheat\w*|victims?|perpetrators?|abus\w*)\b", re.IGNORECASE)


def _judges_nobody(text: str) -> str:
    if found := JUDGING_WORDS.search(text):
        raise PydanticCustomError("judges", "“{word}” judges a person", {"word": found[0]})
    return text


def _known(part: str) -> Callable[[str, ValidationInfo], str]:
    """Make the check that a key is one of a part of the concern, such as its behaviours."""

    def check(key: str, info: ValidationInfo) -> str:
        assert info.context is not None, "the loader says which content there is"
        if key and key not in getattr(info.context["concern"], part):
            message = "{key} is not among the {part}"
            raise PydanticCustomError("unknown", message, {"key": key, "part": part})
        return key

    return check


#: What one person said or one therapist saw: people have their own pronouns, unlike the content.
Said = Annotated[str, Field(pattern=r"\S"), AfterValidator(_judges_nobody)]
Aside = Annotated[str, AfterValidator(_judges_nobody)]
Facet = Annotated[int, Field(ge=0, le=3)]
Rating = Annotated[int, Field(ge=0, le=10)]
BehaviourKey = Annotated[Key, AfterValidator(_known("behaviours"))]
ResponseKey = Annotated[Key, AfterValidator(_known("responses"))]
ExplanationKey = Annotated[Key, AfterValidator(_known("explanations"))]
EvidenceKey = Annotated[str, AfterValidator(_known("evidence"))]
GoalKey = Annotated[Key, AfterValidator(_known("goals"))]


class PartnerRow(Strict):
    """A partner, and how that partner may be reached."""

    name: Text
    contact_by: ContactBy
    contact_details: Aside = ""
    contact_notes: Aside = ""


class PositionRow(Strict):
    """How one partner tells what was agreed."""

    openness: Openness
    words: Aside = ""


class AgreedRow(Strict):
    """What was agreed when it began."""

    status: OnsetStatus
    wording: Aside
    positions: dict[str, PositionRow]


class PlacingRow(Strict):
    """Where one person places a behaviour; what is left out, nobody knows."""

    zone: Zone | None = None
    concealment: Facet | None = None
    function: Facet | None = None
    agreement: Facet | None = None


class BehaviourRow(Strict):
    """One visible act. Placings are by name; the therapist's stands apart."""

    behaviour: BehaviourKey
    own_words: Aside = ""
    about: str
    reporter: str = NOBODY
    since_months_ago: PositiveInt | None = None
    frequency: Frequency
    still_happening: StillHappening
    how_known: HowKnown
    times_raised: NonNegativeInt = 0
    responses: tuple[ResponseKey, ...] = ()
    outsider_role: Aside = ""
    notes: Aside = ""
    placings: dict[str, PlacingRow]
    therapist: PlacingRow = PlacingRow()


class EventRow(Strict):
    """What happened in their life, and how long ago it began and ended."""

    kind: EventKind
    words: Text
    about: str = NOBODY
    months_ago: PositiveInt
    ended_months_ago: PositiveInt | None = None


class ExplanationRow(Strict):
    """One candidate issue."""

    kind: ExplanationKey
    statement: Text
    about: tuple[str, ...] = ()
    confidence: Confidence
    reason: Remark
    would_change_my_mind: Text
    status: ExplanationStatus = ExplanationStatus.ACTIVE
    test_in_days: PositiveInt | None = None


class EvidenceRow(Strict):
    """One observation. It bears as its kind usually does, or as `bearings` says instead.

    `reasons` say why it is otherwise here. `behaviour` is the one of this case it is about.
    """

    kind: EvidenceKey = ""
    observation: Said
    behaviour: str = NOBODY
    source: str = NOBODY
    layer: Layer = Layer.CLINICIAN
    days_ago: PositiveInt
    diagnosticity: Diagnosticity
    bearings: dict[ExplanationKey, Bearing] = Field(default_factory=dict)
    reasons: dict[ExplanationKey, Text] = Field(default_factory=dict)


class ReadingRow(Strict):
    """The therapist's reading of the case, and the summary for the partners."""

    roll_up: RollUp
    confidence: Confidence
    reason: Text
    responsibility: Remark = ""
    strengths: Text
    couple_summary: Remark = ""


class GoalRow(Strict):
    """One goal in the partners' words; levels and own ratings run along the appointments."""

    stub: GoalKey
    wording: Text
    owners: Annotated[tuple[str, ...], Field(min_length=1)]
    weight: PositiveInt
    review_in_days: PositiveInt
    start_level: Attainment
    explanation: str = NOBODY
    anchors: Anchors
    levels: tuple[Attainment, ...] = ()
    own: dict[str, tuple[Rating, ...]] = Field(default_factory=dict)


class PairRow(Strict):
    """Goals that belong together: a behaviour goal first, an issue goal second, then others."""

    goals: Annotated[tuple[GoalRow, ...], Field(min_length=2)]


class AppointmentRow(Strict):
    """One meeting, and how each partner took part; a partner it was not for is left out."""

    days_ago: PositiveInt
    kind: AppointmentKind
    attendance: Annotated[dict[str, Attendance], Field(min_length=1)]


class Vignette(ContentFile):
    """One invented case, whole; the loader has checked every key and every name in it."""

    label: Text
    secrets_policy: SecretsPolicy
    partners: Annotated[
        tuple[PartnerRow, ...], Field(min_length=FEWEST_PARTNERS, max_length=MOST_PARTNERS)
    ]
    behaviours: tuple[BehaviourRow, ...]
    events: tuple[EventRow, ...] = ()
    agreed: AgreedRow
    explanations: Annotated[tuple[ExplanationRow, ...], Field(min_length=ENOUGH_ALTERNATIVES)]
    evidence: tuple[EvidenceRow, ...]
    reading: ReadingRow
    pairs: tuple[PairRow, ...] = ()
    appointments: tuple[AppointmentRow, ...]

    @property
    def goals(self) -> tuple[GoalRow, ...]:
        """Name all goals, pair by pair."""
        return tuple(goal for pair in self.pairs for goal in pair.goals)

    @model_validator(mode="after")
    def _people_are_partners(self) -> Self:
        known = {partner.name for partner in self.partners} | {NOBODY}
        if strangers := sorted(set(self._people()) - known):
            message = "{names}: not among the partners"
            raise PydanticCustomError("stranger", message, {"names": ", ".join(strangers)})
        return self

    def _people(self) -> Iterator[str]:
        yield from self.agreed.positions
        for behaviour in self.behaviours:
            yield from (behaviour.about, behaviour.reporter, *behaviour.placings)
        yield from (row.about for row in self.events)
        yield from (name for row in self.explanations for name in row.about)
        yield from (row.source for row in self.evidence)
        for goal in self.goals:
            yield from (*goal.owners, *goal.own)
        for appointment in self.appointments:
            yield from appointment.attendance

    @model_validator(mode="after")
    def _explanations_are_this_case_s(self) -> Self:
        known = {row.kind for row in self.explanations} | {NOBODY}
        named = {goal.explanation for goal in self.goals}
        named.update(key for row in self.evidence for key in row.bearings)
        if foreign := sorted(named - known):
            message = "{keys}: not among this case's explanations"
            raise PydanticCustomError("foreign", message, {"keys": ", ".join(foreign)})
        return self

    @model_validator(mode="after")
    def _evidence_is_about_this_case_s_behaviours(self) -> Self:
        known = {row.behaviour for row in self.behaviours} | {NOBODY}
        if foreign := sorted({row.behaviour for row in self.evidence} - known):
            message = "{keys}: not among this case's behaviours"
            raise PydanticCustomError("foreign", message, {"keys": ", ".join(foreign)})
        return self

    @model_validator(mode="after")
    def _a_pair_begins_with_both_layers(self, info: ValidationInfo) -> Self:
        assert info.context is not None, "the loader says which content there is"
        stubs = info.context["concern"].goals
        for pair in self.pairs:
            first_two = [stubs[goal.stub].layer for goal in pair.goals[:2]]
            if first_two != [GoalLayer.BEHAVIOUR, GoalLayer.ISSUE]:
                message = "a pair begins with a behaviour goal and an issue goal"
                raise PydanticCustomError("unpaired", message)
        return self

    @model_validator(mode="after")
    def _rated_at_every_appointment_or_never(self) -> Self:
        held = len(self.appointments)
        for goal in self.goals:
            if any(len(ratings) not in {0, held} for ratings in (goal.levels, *goal.own.values())):
                message = "{stub} needs {held} ratings or none"
                raise PydanticCustomError("ratings", message, {"stub": goal.stub, "held": held})
        return self


class ClinicianRow(Strict):
    """A clinician of the demo practice. The password is for the demo only, and no secret."""

    name: Text
    email: Text
    password: Text
    treats: Annotated[tuple[Text, ...], Field(min_length=1)]


class PracticeFile(ContentFile):
    """The practice, and which vignettes each of its clinicians treats, by file name."""

    name: Text
    concern: Key
    resource_line: Annotated[Text, Field(max_length=400)]
    clinicians: Annotated[tuple[ClinicianRow, ...], Field(min_length=1)]

    @field_validator("concern")
    @classmethod
    def _is_there(cls, key: str, info: ValidationInfo) -> str:
        assert info.context is not None, "the loader says which concerns there are"
        if key not in info.context["library"].concerns:
            raise PydanticCustomError("unknown", "there is no concern {key}", {"key": key})
        return key
