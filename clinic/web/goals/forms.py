"""Forms for goals: a pair at once, or one goal."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import FormField, SubmitField

from clinic.content.library import Concern
from clinic.domain.goals import GoalLayer, GoalStub
from clinic.domain.guard import NOT_OPEN
from clinic.domain.said import mark
from clinic.domain.tracks import OPENNESS_GOALS, is_openness
from clinic.services.days import today
from clinic.services.goals import GoalDetails
from clinic.services.rows import Case, Explanation, Goal
from clinic.web import wording
from clinic.web.fields import Pick, Several
from clinic.web.forms import BaseForm, Version
from clinic.web.goals.parts import ABOUT, LEVEL_OF, STEPS, GoalPart
from clinic.web.people import partner_choices

#: An ordinary time to look at a goal again; openness is planned for no longer than 30 days.
REVIEW_AFTER = dt.timedelta(weeks=4)


class PairForm(BaseForm):
    """A behaviour goal and an issue goal, set together."""

    suggest_texts = SubmitField(mark("Fill in suggested texts"))
    look_over = SubmitField(mark("Look over the words"))

    parts = ("behaviour", "issue")

    def suggested(self, concern: Concern) -> bool:
        """Tell whether suggestions were asked for, and fill them in."""
        asked = bool(self.is_submitted() and self.suggest_texts.data)
        if asked:
            for name in self.parts:
                self[name].form.suggest(concern)
        return asked

    def looked_over(self) -> bool:
        """Tell whether the form was only sent to see what is worth a second look."""
        return bool(self.is_submitted() and self.look_over.data)

    def keeps_shut(self, is_shut: Callable[[str], bool], known: str | None = None) -> bool:
        """Refuse a goal about openness that is not open in this case; `known` was set before."""
        for name in self.parts:
            part = self[name].form
            key = openness_key(part["stub"].data or "", bool(part.about_openness.data))
            if key and key != known and is_shut(key):
                field = part["stub" if key == part["stub"].data else "about_openness"]
                field.errors = [*field.errors, NOT_OPEN]
                return True
        return False

    def details(self) -> list[GoalDetails]:
        """Give what the service needs, goal by goal."""
        return [self[name].form.details() for name in self.parts]


class GoalForm(PairForm):
    """One goal, to add beside another or to change."""

    version = Version()
    parts = ("goal",)  # type: ignore[assignment]


@dataclass(frozen=True)
class Wanted:
    """What a new pair is to begin from: an explanation of the case and a goal of the library."""

    explanation: str = ""
    stub: GoalStub | None = None

    def start(self, layer: GoalLayer) -> dict[str, Any]:
        """Give one goal's fields as they stand first; the library goal goes into its own layer."""
        start: dict[str, Any] = {**new_days(), "explanation": self.explanation or None}
        if self.stub is None or self.stub.layer is not layer:
            return start
        steps = {name: self.stub.anchors[level] for name, level in LEVEL_OF.items()}
        return {**start, "stub": self.stub.key, "wording": self.stub.text, "anchors": steps}


class Offer:
    """What a goal of a case can be chosen from: people, explanations, and the library."""

    def __init__(
        self, case: Case, concern: Concern, explanations: Sequence[tuple[str, str]]
    ) -> None:
        self.case = case
        self.concern = concern
        self.explanations = explanations

    def part(self, layer: GoalLayer, label: str, goal: Goal | None = None) -> FormField:
        """Make one goal's group of fields for a layer; `goal` is the one that is changed."""
        stubs = [(s.key, s.text) for s in self.concern.goals.values() if s.layer is layer]
        fields: dict[str, Any] = {
            "layer": layer,
            "kept_days": (goal.review_on, goal.ends_on) if goal else (None, None),
            "stub": Pick("From the library", [("", mark("None, in own words")), *stubs]),
            "owners": Several(
                "Who can do it", partner_choices(self.case), thing=mark("who can do it themselves")
            ),
            "explanation": Pick(
                "Which explanation it serves",
                [("", mark("None in particular")), *self.explanations],
            ),
        }
        return FormField(type("CaseGoalPart", (GoalPart,), fields), label)


def pair_form(offer: Offer, wanted: Wanted) -> PairForm:
    """Make the form for a new pair, with what was wanted filled in."""
    fields = {
        "behaviour": offer.part(GoalLayer.BEHAVIOUR, mark("Behaviour goal")),
        "issue": offer.part(GoalLayer.ISSUE, mark("Issue goal")),
    }
    start = {layer.value: wanted.start(layer) for layer in GoalLayer}
    made: PairForm = type("CasePairForm", (PairForm,), fields)(data=start)
    return made


def openness_key(stub: str, about_openness: bool) -> str:  # noqa: FBT001
    """Name the goal of the library that decides whether a goal is open; own ones stand for one."""
    return min(OPENNESS_GOALS) if about_openness and not is_openness(stub) else stub


def new_days() -> dict[str, dt.date]:
    """Give the days that a new goal begins with."""
    day = today() + REVIEW_AFTER
    return {"review_on": day, "ends_on": day}


def goal_form(
    offer: Offer, layer: GoalLayer, saved: dict[str, Any], goal: Goal | None = None
) -> GoalForm:
    """Make the form for one goal of a layer; `goal` is the one that is changed."""
    fields = {"goal": offer.part(layer, wording.GOAL_LAYER[layer], goal)}
    made: GoalForm = type("CaseGoalForm", (GoalForm,), fields)(data=saved)
    return made


def saved_goal(case: Case, goal: Goal, explanations: Sequence[Explanation]) -> dict[str, Any]:
    """Give a goal as the form holds it."""
    owners = {owner.partner_id for owner in goal.owners}
    refs = {row.id: row.public_id for row in explanations}
    return {
        "version": goal.version,
        "goal": {
            "stub": goal.stub,
            "wording": goal.wording,
            "owners": [p.public_id for p in case.partners if p.id in owners],
            "explanation": refs.get(goal.explanation_id or 0),
            "importance": goal.importance,
            "difficulty": goal.difficulty,
            "weight": goal.weight,
            "about_openness": [ABOUT] if goal.about_openness else [],
            "review_on": goal.review_on,
            "ends_on": goal.ends_on or goal.review_on,
            "start_level": str(goal.start_level),
            "anchors": {name: getattr(goal, name) for name in STEPS},
        },
    }
