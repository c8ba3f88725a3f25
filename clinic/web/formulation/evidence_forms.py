"""Forms of evidence: one observation weighed on every explanation, in full or in ten seconds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from clinic.content.library import Concern
from clinic.domain.formulation import Bearing, Diagnosticity
from clinic.domain.said import mark, own, say
from clinic.domain.tracks import counts_for
from clinic.domain.visibility import Layer
from clinic.services.days import today
from clinic.services.evidence import EvidenceDetails, usual_bearing
from clinic.services.rows import Appointment, BehaviourRecord, Case, EvidenceItem, Explanation
from clinic.web import wording
from clinic.web.drafts import typed_at
from clinic.web.explanations import behaviour_name, explanation_name
from clinic.web.fields import Day, Line, One, Pick, Words, in_words
from clinic.web.filters import day
from clinic.web.forms import BaseForm, Version
from clinic.web.people import THERAPIST_REF, as_ref, name_of, ref_of, source_choices

USUAL = "usual"
REASON_MISSING = mark("Say in a few words why it is otherwise here")
#: What the short form sends, and what it may leave out.
QUICK = "quick-"


@dataclass(frozen=True)
class Weighed:
    """What evidence of a case is about and weighed on."""

    case: Case
    concern: Concern
    explanations: Sequence[Explanation]
    behaviours: Sequence[BehaviourRecord]
    appointments: Sequence[Appointment]

    @property
    def feared(self) -> Collection[str]:
        """Name the behaviours that somebody rated as hidden out of fear."""
        return {
            row.public_id
            for row in self.behaviours
            if any(rating.from_fear for rating in row.ratings)
        }


class EvidenceForm(BaseForm):
    """One observation, and how it bears on each explanation."""

    version = Version()
    observation = Words("What was seen or heard", mark("what was seen or heard"), required=True)
    observed_on = Day("When", mark("a day"))
    layer = One(
        "Who may know it",
        in_words(wording.LAYER),
        thing=mark("who may know it"),
        default=Layer.CLINICIAN.value,
    )
    diagnosticity = One(
        "How much it tells apart",
        in_words(wording.DIAGNOSTICITY),
        thing=mark("how much it tells apart"),
        default=Diagnosticity.MEDIUM.value,
    )

    weighed: Weighed
    leading = ("observation", "kind", "source", "observed_on", "behaviour", "appointment")
    #: The answer of the intake it was taken from, which no field asks.
    answer = ""

    def details(self) -> EvidenceDetails:
        """Give what the service needs, with "as usual" turned into what is usual."""
        return EvidenceDetails(
            kind=self._kind(),
            observation=self.observation.data,
            source=as_ref(self["source"].data),
            observed_on=self.observed_on.data,
            diagnosticity=Diagnosticity(self.diagnosticity.data),
            layer=Layer(self.layer.data),
            bearings={row.public_id: self._bearing(n, row) for n, row in self._places()},
            reasons={row.public_id: self[f"reason_{n}"].data or "" for n, row in self._places()},
            behaviour=self["behaviour"].data or "",
            appointment=self["appointment"].data or "",
            answer=self.answer,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a bearing other than the usual one without a reason, beside that reason."""
        good = bool(super().validate(extra_validators))
        unexplained = [n for n, row in self._places() if self._is_unexplained(n, row)]
        for n in unexplained:
            self[f"reason_{n}"].errors = [*self[f"reason_{n}"].errors, REASON_MISSING]
        return good and not unexplained

    @property
    def not_counting(self) -> Collection[int]:
        """Name the places of the explanations on which this cannot bear, as it was out of fear."""
        return {
            n
            for n, row in self._places()
            if not counts_for(self._kind(), row.kind or "", from_fear=self._is_from_fear())
        }

    def _places(self) -> Sequence[tuple[int, Explanation]]:
        return list(enumerate(self.weighed.explanations))

    def _kind(self) -> str:
        kind = self["kind"].data
        return kind if kind in self.weighed.concern.evidence else ""

    def _is_from_fear(self) -> bool:
        return self["behaviour"].data in self.weighed.feared

    def _usual(self, row: Explanation) -> Bearing | None:
        from_fear = self._is_from_fear()
        return usual_bearing(
            self.weighed.concern, self._kind(), row.kind or "", from_fear=from_fear
        )

    def _bearing(self, number: int, row: Explanation) -> Bearing:
        answer = self[f"bearing_{number}"].data
        if answer in {None, USUAL}:
            return self._usual(row) or Bearing.NEUTRAL
        return Bearing(answer)

    def _is_unexplained(self, number: int, row: Explanation) -> bool:
        answer, usual = self[f"bearing_{number}"].data, self._usual(row)
        overruled = usual is not None and answer not in {None, USUAL, usual.value}
        return overruled and not self[f"reason_{number}"].data


def evidence_form(weighed: Weighed, **options: Any) -> EvidenceForm:
    """Make the form with one bearing for each explanation of the case."""
    case, concern = weighed.case, weighed.concern
    fields: dict[str, Any] = {
        "kind": Pick("Kind of evidence", kind_choices(concern)),
        "source": One("Who it comes from", source_choices(case), thing=mark("who it comes from")),
        "behaviour": Pick("Which behaviour it is about", _behaviour_choices(weighed)),
        "appointment": Pick("At which appointment", _appointment_choices(weighed.appointments)),
        "weighed": weighed,
    }
    answers = [(USUAL, mark("As this kind usually does")), *in_words(wording.BEARING)]
    for n, row in enumerate(weighed.explanations):
        name = explanation_name(concern, row)
        fields[f"bearing_{n}"] = One(name, answers, default=USUAL)
        fields[f"reason_{n}"] = Line(
            say("Why, for: %(explanation)s", explanation=own(name) if not row.kind else say(name)),
            mark("a reason"),
            required=False,
            most=500,
        )
    made: EvidenceForm = type("CaseEvidenceForm", (EvidenceForm,), fields)(**options)
    return made


def kind_choices(concern: Concern) -> list[tuple[str, str]]:
    """Offer the kinds of evidence, own words first."""
    kinds = [(kind.key, kind.label) for kind in concern.evidence.values()]
    return [("", mark("In own words")), *kinds]


def _behaviour_choices(weighed: Weighed) -> list[tuple[str, str]]:
    return [
        ("", mark("No single one")),
        *(
            (
                row.public_id,
                say(
                    "%(behaviour)s (%(name)s)",
                    behaviour=behaviour_name(weighed.concern, row),
                    name=name_of(weighed.case, row.about_id),
                ),
            )
            for row in weighed.behaviours
        ),
    ]


def _appointment_choices(held: Sequence[Appointment]) -> list[tuple[str, str]]:
    return [
        ("", mark("None")),
        *(
            (
                row.public_id,
                say("Appointment %(number)s, %(day)s", number=row.number, day=day(row.held_on)),
            )
            for row in reversed(held)
        ),
    ]


def new_evidence() -> dict[str, Any]:
    """Give what a new form starts with."""
    return {"observed_on": today()}


def saved_evidence(weighed: Weighed, row: EvidenceItem) -> dict[str, Any]:
    """Give an observation as the form holds it."""
    link = row.link
    behaviours = {each.id: each.public_id for each in weighed.behaviours}
    appointments = {each.id: each.public_id for each in weighed.appointments}
    behaviour = behaviours.get(link.behaviour_id or 0) if link else None
    known = {each.explanation_id: each for each in row.bearings}
    bearings: dict[str, Any] = {}
    for n, explanation in enumerate(weighed.explanations):
        each = known.get(explanation.id)
        usual = usual_bearing(
            weighed.concern,
            row.kind or "",
            explanation.kind or "",
            from_fear=behaviour in weighed.feared,
        )
        as_usual = each is None or each.bearing is (usual or Bearing.NEUTRAL)
        bearings[f"bearing_{n}"] = USUAL if each is None or as_usual else each.bearing.value
        bearings[f"reason_{n}"] = each.reason if each else ""
    return {
        "version": row.version,
        "kind": row.kind,
        "observation": row.observation,
        "source": ref_of(weighed.case, row.source_id),
        "observed_on": row.observed_on,
        "behaviour": behaviour,
        "appointment": appointments.get(link.appointment_id or 0) if link else None,
        "diagnosticity": row.diagnosticity.value,
        "layer": row.layer.value,
        **bearings,
    }


class QuickForm(BaseForm):
    """The short way to one observation: only what was seen or heard has to be filled in."""

    observation = Words(
        "What was seen or heard",
        mark("what was seen or heard"),
        required=True,
        render_kw={"rows": 2},
    )
    observed_on = Day("When", mark("a day"), default=today)
    layer = Pick("Who may know it", in_words(wording.LAYER), default=Layer.CLINICIAN.value)

    leading = ("observation", "kind", "source")


def quick_form(case: Case, concern: Concern) -> QuickForm:
    """Make the short form as any page of the case can show it, whatever was posted to that page."""
    fields = {
        "kind": Pick("Kind of evidence", kind_choices(concern)),
        "source": Pick("Who it comes from", source_choices(case), default=THERAPIST_REF),
    }
    made: QuickForm = type("CaseQuickForm", (QuickForm,), fields)(
        formdata=typed_at(url_for("formulation.add_quickly", case_ref=case.public_id)),
        prefix=QUICK,
    )
    return made


def from_quick(posted: Mapping[str, str]) -> MultiDict[str, str]:
    """Turn what the short form sent into what the full one takes; bearings are then as usual."""
    start: dict[str, str] = {
        "source": THERAPIST_REF,
        "observed_on": today().isoformat(),
        "layer": Layer.CLINICIAN.value,
        "diagnosticity": Diagnosticity.MEDIUM.value,
    }
    sent = {
        name.removeprefix(QUICK): value
        for name, value in posted.items()
        if name.startswith(QUICK) and value.strip()
    }
    return MultiDict(start | sent)


class DeletingForm(BaseForm):
    """The state of the evidence that somebody saw when deleting it."""

    version = Version()
