"""Forms of the issue layer: explanations, evidence, and the roll-up."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from clinic.content.library import Concern
from clinic.domain.formulation import (
    Bearing,
    Confidence,
    Diagnosticity,
    ExplanationStatus,
    RollUp,
)
from clinic.domain.said import mark
from clinic.domain.visibility import Layer
from clinic.services.formulation import EvidenceDetails, ExplanationDetails, RollUpDetails
from clinic.services.rows import Case, EvidenceItem, Explanation, Formulation
from clinic.web import wording
from clinic.web.explanations import explanation_name
from clinic.web.fields import Day, One, Pick, Words, in_words
from clinic.web.forms import BaseForm, Version
from clinic.web.people import (
    TOGETHER_REF,
    about_choices,
    as_ref,
    ref_of,
    source_choices,
)

OWN_WORDS = "own"
USUAL = "usual"


class ExplanationForm(BaseForm):
    """One candidate issue beneath what is visible."""

    version = Version()
    statement = Words("In your words, for these people", mark("words"), required=True)
    confidence = One(
        "Confidence",
        in_words(wording.CONFIDENCE),
        thing=mark("how confident you are"),
        default=Confidence.LOW.value,
    )
    reason = Words("Why this confidence", mark("a reason"), render_kw={"rows": 2})
    would_change_my_mind = Words(
        "What would change my mind",
        mark("what would change your mind"),
        required=True,
        description=mark(
            "Something you could see or hear, such as: the contact ends and after four"
            " weeks the evenings are as silent as before."
        ),
    )
    test_by = Day("Look at it again by", mark("a day"), required=False)
    status = One(
        "Where it stands",
        in_words(wording.EXPLANATION_STATUS),
        thing=mark("where it stands"),
        default=ExplanationStatus.ACTIVE.value,
    )

    leading = ("kind", "about")

    def details(self) -> ExplanationDetails:
        """Give what the service needs."""
        kind = self["kind"].data
        return ExplanationDetails(
            kind="" if kind in {None, OWN_WORDS} else kind,
            statement=self.statement.data,
            about=as_ref(self["about"].data),
            confidence=Confidence(self.confidence.data),
            would_change_my_mind=self.would_change_my_mind.data,
            reason=self.reason.data or "",
            status=ExplanationStatus(self.status.data),
            test_by=self.test_by.data,
        )


def explanation_form(case: Case, concern: Concern, **options: Any) -> ExplanationForm:
    """Make the form with the concern's explanations and the people of the case."""
    kinds = [(kind.key, kind.name) for kind in concern.explanations.values()]
    fields = {
        "kind": Pick(
            "Explanation",
            [("", mark("Choose one")), *kinds, (OWN_WORDS, mark("Another, in own words"))],
            thing=mark("an explanation"),
        ),
        "about": One(
            "About whom", about_choices(case), thing=mark("whom it is about"), default=TOGETHER_REF
        ),
    }
    made: ExplanationForm = type("CaseExplanationForm", (ExplanationForm,), fields)(**options)
    return made


def saved_explanation(case: Case, row: Explanation) -> dict[str, Any]:
    """Give an explanation as the form holds it."""
    return {
        "version": row.version,
        "kind": row.kind or OWN_WORDS,
        "statement": row.statement,
        "about": ref_of(case, row.about_id, TOGETHER_REF),
        "confidence": row.confidence.value,
        "reason": row.reason,
        "would_change_my_mind": row.would_change_my_mind,
        "test_by": row.test_by,
        "status": row.status.value,
    }


class EvidenceForm(BaseForm):
    """One observation, and how it bears on each explanation."""

    version = Version()
    observation = Words("What was seen or heard", mark("what was seen or heard"), required=True)
    observed_on = Day("When", mark("a day"))
    diagnosticity = One(
        "How much it tells apart",
        in_words(wording.DIAGNOSTICITY),
        thing=mark("how much it tells apart"),
        default=Diagnosticity.MEDIUM.value,
    )
    layer = One(
        "Who may know it",
        in_words(wording.LAYER),
        thing=mark("who may know it"),
        default=Layer.CLINICIAN.value,
    )

    explanations: Sequence[Explanation]
    concern: Concern
    leading = ("observation", "kind", "source")

    def details(self) -> EvidenceDetails:
        """Give what the service needs, with "as usual" turned into what is usual."""
        kind = self["kind"].data
        kind = "" if kind in {None, OWN_WORDS} else kind
        return EvidenceDetails(
            kind=kind,
            observation=self.observation.data,
            source=as_ref(self["source"].data),
            observed_on=self.observed_on.data,
            diagnosticity=Diagnosticity(self.diagnosticity.data),
            layer=Layer(self.layer.data),
            bearings={
                row.public_id: self._bearing(n, kind, row)
                for n, row in enumerate(self.explanations)
            },
        )

    def _bearing(self, number: int, kind: str, row: Explanation) -> Bearing:
        answer = self[f"bearing_{number}"].data
        if answer in {None, USUAL}:
            return usual_bearing(self.concern, kind, row.kind)
        return Bearing(answer)


def usual_bearing(concern: Concern, kind: str | None, explanation: str | None) -> Bearing:
    """Give how a kind of evidence usually bears on an explanation; own words bear on nothing."""
    if not kind or not explanation:
        return Bearing.NEUTRAL
    return concern.evidence[kind].bearings.get(explanation, Bearing.NEUTRAL)


def evidence_form(
    case: Case, concern: Concern, explanations: Sequence[Explanation], **options: Any
) -> EvidenceForm:
    """Make the form with one bearing for each explanation of the case."""
    kinds = [(kind.key, kind.label) for kind in concern.evidence.values()]
    fields: dict[str, Any] = {
        "kind": Pick("Kind of evidence", [("", mark("In own words")), *kinds]),
        "source": One("Who it comes from", source_choices(case), thing=mark("who it comes from")),
        "explanations": explanations,
        "concern": concern,
    }
    answers = [(USUAL, mark("As this kind usually does")), *in_words(wording.BEARING)]
    for n, row in enumerate(explanations):
        fields[f"bearing_{n}"] = One(explanation_name(concern, row), answers, default=USUAL)
    made: EvidenceForm = type("CaseEvidenceForm", (EvidenceForm,), fields)(**options)
    return made


def saved_evidence(
    case: Case, explanations: Sequence[Explanation], row: EvidenceItem
) -> dict[str, Any]:
    """Give an observation as the form holds it."""
    known: Mapping[int, Bearing] = {each.explanation_id: each.bearing for each in row.bearings}
    bearings = {
        f"bearing_{n}": known[explanation.id].value if explanation.id in known else USUAL
        for n, explanation in enumerate(explanations)
    }
    return {
        "version": row.version,
        "kind": row.kind,
        "observation": row.observation,
        "source": ref_of(case, row.source_id),
        "observed_on": row.observed_on,
        "diagnosticity": row.diagnosticity.value,
        "layer": row.layer.value,
        **bearings,
    }


class RollUpForm(BaseForm):
    """The therapist's reading so far, and the couple's summary, written by hand."""

    version = Version()
    roll_up = One("Roll-up", in_words(wording.ROLL_UP), thing=mark("a roll-up"))
    confidence = One(
        "Confidence", in_words(wording.CONFIDENCE), thing=mark("how confident you are")
    )
    reason = Words("Why, and what is new", mark("why"), required=True)
    responsibility = Words(
        "Who did what",
        mark("who did what"),
        description=mark("Without causes. Explaining something does not excuse it."),
    )
    strengths = Words(
        "Strengths", mark("at least one strength"), required=True, render_kw={"rows": 3}
    )
    couple_summary = Words(
        "Summary for them to read",
        mark("a summary"),
        description=mark(
            "In plain words you would say aloud. Never copied from the evidence, which may be"
            " private."
        ),
    )

    def details(self) -> RollUpDetails:
        """Give what the service needs."""
        return RollUpDetails(
            roll_up=RollUp(self.roll_up.data),
            confidence=Confidence(self.confidence.data),
            reason=self.reason.data,
            strengths=self.strengths.data,
            responsibility=self.responsibility.data or "",
            couple_summary=self.couple_summary.data or "",
        )


def saved_roll_up(row: Formulation | None) -> dict[str, Any]:
    """Give the newest reading as the form holds it; its number is the version."""
    if row is None:
        return {"version": 0}
    return {
        "version": row.number,
        "roll_up": row.roll_up.value,
        "confidence": row.confidence.value,
        "reason": row.reason,
        "responsibility": row.responsibility,
        "strengths": row.strengths,
        "couple_summary": row.couple_summary,
    }


def today() -> dt.date:
    """Give the day, where a form starts with it."""
    return dt.datetime.now(dt.UTC).date()
