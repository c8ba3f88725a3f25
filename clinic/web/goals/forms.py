"""Forms for goals: a pair at once, one goal, and what somebody found at an appointment."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wtforms import FormField, SubmitField

from clinic.content.library import Concern
from clinic.domain.goals import Attainment, GoalLayer
from clinic.domain.guard import NOT_OPEN
from clinic.domain.said import mark, own
from clinic.services.goals import GoalDetails, RatingDetails, rating_of, ratings_version
from clinic.services.rows import Case, Explanation, Goal
from clinic.web import wording
from clinic.web.fields import Day, Line, One, Pick, Several, Weight, Whole
from clinic.web.forms import BaseForm, Part, Version
from clinic.web.people import partner_choices

STEPS = ("much_less", "less", "expected", "more", "much_more")
LEVEL_OF = dict(zip(STEPS, Attainment, strict=True))
UNRATED = "unrated"
#: An ordinary time to look at a goal again (clinical.md 2.7: four to six appointments).
REVIEW_AFTER = dt.timedelta(weeks=6)


def _step(label: str, thing: str) -> Line:
    return Line(label, thing, most=500)


class AnchorsPart(Part):
    """Five outcomes in the couple's words, from much less to much more than hoped."""

    much_less = _step(
        mark("\u22122 Much less than hoped"),
        mark("what \u201cmuch less than hoped\u201d would look like"),
    )
    less = _step(
        mark("\u22121 Less than hoped"), mark("what \u201cless than hoped\u201d would look like")
    )
    expected = _step(mark("0 As hoped"), mark("what \u201cas hoped\u201d would look like"))
    more = _step(
        mark("+1 More than hoped"), mark("what \u201cmore than hoped\u201d would look like")
    )
    much_more = _step(
        mark("+2 Much more than hoped"),
        mark("what \u201cmuch more than hoped\u201d would look like"),
    )

    def anchors(self) -> dict[Attainment, str]:
        """Give the five texts by level."""
        return {level: self[name].data for name, level in LEVEL_OF.items()}


class GoalPart(Part):
    """One goal."""

    leading = ("stub", "wording", "owners", "explanation", "anchors", "start_level")

    wording = Line("Goal, in their words", mark("the goal"), most=500)
    weight = Weight("Weight beside the other goals", default=1)
    review_on = Day("Look at it again on", mark("a day"))
    start_level = One(
        "Where it starts",
        [(str(level.value), wording.ATTAINMENT[level]) for level in Attainment],
        thing=mark("where it starts"),
        default=str(Attainment.LESS.value),
    )
    anchors = FormField(AnchorsPart, mark("Five steps"))

    layer: GoalLayer

    def details(self) -> GoalDetails:
        """Give what the service needs."""
        return GoalDetails(
            layer=self.layer,
            wording=self.wording.data,
            owners=self["owners"].data,
            weight=self.weight.data,
            review_on=self.review_on.data,
            anchors=self.anchors.form.anchors(),
            start_level=Attainment(int(self.start_level.data)),
            stub=self["stub"].data or "",
            explanation=self["explanation"].data or "",
        )

    def suggest(self, concern: Concern) -> None:
        """Fill empty texts from the chosen goal of the library; what was typed stays."""
        stub = concern.goals.get(self["stub"].data or "")
        if stub is None:
            return
        self.wording.data = self.wording.data or stub.text
        for name, level in LEVEL_OF.items():
            field = self.anchors.form[name]
            field.data = field.data or stub.anchors[level]


class PairForm(BaseForm):
    """A behaviour goal and an issue goal, set together."""

    suggest_texts = SubmitField(mark("Fill in suggested texts"))

    parts = ("behaviour", "issue")

    def suggested(self, concern: Concern) -> bool:
        """Tell whether suggestions were asked for, and fill them in."""
        asked = bool(self.is_submitted() and self.suggest_texts.data)
        if asked:
            for name in self.parts:
                self[name].form.suggest(concern)
        return asked

    def keeps_shut(self, is_shut: Callable[[str], bool], known: str | None = None) -> bool:
        """Refuse a goal of the library that is not open in this case; `known` was set before."""
        for name in self.parts:
            field = self[name].form["stub"]
            if field.data and field.data != known and is_shut(field.data):
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


class Offer:
    """What a goal of a case can be chosen from: people, explanations, and the library."""

    def __init__(
        self, case: Case, concern: Concern, explanations: Sequence[tuple[str, str]]
    ) -> None:
        self.case = case
        self.concern = concern
        self.explanations = explanations

    def part(self, layer: GoalLayer, label: str) -> FormField:
        """Make one goal's group of fields for a layer."""
        stubs = [(s.key, s.text) for s in self.concern.goals.values() if s.layer is layer]
        fields: dict[str, Any] = {
            "layer": layer,
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


def pair_form(offer: Offer, today: dt.date) -> PairForm:
    """Make the form for a new pair."""
    fields = {
        "behaviour": offer.part(GoalLayer.BEHAVIOUR, mark("Behaviour goal")),
        "issue": offer.part(GoalLayer.ISSUE, mark("Issue goal")),
    }
    start = {"review_on": today + REVIEW_AFTER}
    made: PairForm = type("CasePairForm", (PairForm,), fields)(
        data={"behaviour": start, "issue": start}
    )
    return made


def goal_form(offer: Offer, layer: GoalLayer, saved: dict[str, Any]) -> GoalForm:
    """Make the form for one goal of a layer."""
    fields = {"goal": offer.part(layer, wording.GOAL_LAYER[layer])}
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
            "weight": goal.weight,
            "review_on": goal.review_on,
            "start_level": str(goal.start_level),
            "anchors": {name: getattr(goal, name) for name in STEPS},
        },
    }


class RatingPart(Part):
    """What one person found with one goal."""

    own = Whole("Own rating from 0 to 10", mark("a rating"), (0, 10), required=False)

    def rating(self) -> RatingDetails:
        """Give what the service needs; unrated stays unrated."""
        level = self["level"].data
        rated = level not in {None, UNRATED}
        return RatingDetails(Attainment(int(level)) if rated else None, self.own.data)


class RatingForm(BaseForm):
    """One rater's findings with every goal at one appointment."""

    version = Version()
    goals: dict[str, str]

    def ratings(self) -> dict[str, RatingDetails]:
        """Give each goal's rating by public id."""
        return {ref: self[name].form.rating() for ref, name in self.goals.items()}


def rating_form(goals: Sequence[Goal], saved: Mapping[str, Any]) -> RatingForm:
    """Make the form with one group a goal, each step said in that goal's own words."""
    names = _names(goals)
    fields: dict[str, Any] = {"goals": names}
    for goal in goals:
        steps = [(str(level.value), own(text)) for level, text in goal.anchors().items()]
        level = One("What happened", [*steps, (UNRATED, mark("Not rated today"))], default=UNRATED)
        part = type("GoalRatingPart", (RatingPart,), {"level": level})
        fields[names[goal.public_id]] = FormField(part, own(goal.wording))
    made: RatingForm = type("AppointmentRatingForm", (RatingForm,), fields)(data=saved)
    return made


def saved_ratings(
    goals: Sequence[Goal], appointment_id: int, rater_id: int | None
) -> dict[str, Any]:
    """Give one rater's findings at an appointment as the form holds them."""
    saved: dict[str, Any] = {"version": ratings_version(goals, appointment_id, rater_id)}
    names = _names(goals)
    for goal in goals:
        rating = rating_of(goal, appointment_id, rater_id)
        saved[names[goal.public_id]] = {
            "level": UNRATED if rating.level is None else str(rating.level.value),
            "own": rating.own,
        }
    return saved


def _names(goals: Sequence[Goal]) -> dict[str, str]:
    # Numbered as they were set: a goal added meanwhile must not take another goal's answer.
    places = {goal_id: n for n, goal_id in enumerate(sorted(goal.id for goal in goals))}
    return {goal.public_id: f"goal_{places[goal.id]}" for goal in goals}
