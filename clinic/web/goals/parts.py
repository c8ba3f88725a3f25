"""The fields of one goal: words, owners, steps, weight and days."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from wtforms import FormField

from clinic.content.library import Concern
from clinic.domain.goal_course import openness_problems
from clinic.domain.goals import Attainment, GoalLayer
from clinic.domain.said import mark
from clinic.domain.tracks import is_openness
from clinic.services.days import today
from clinic.services.goals import GoalDetails
from clinic.web import wording
from clinic.web.fields import Day, Line, One, Several, Weight, Whole
from clinic.web.forms import Part

STEPS = ("much_less", "less", "expected", "more", "much_more")
LEVEL_OF = dict(zip(STEPS, Attainment, strict=True))
ABOUT = "openness"
BOTH_OR_NEITHER = mark("Rate both, or leave both empty and give a weight")


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


def start_level_field() -> One:
    """Ask where a goal starts."""
    return One(
        mark("Where it starts"),
        [(str(level.value), wording.ATTAINMENT[level]) for level in Attainment],
        thing=mark("where it starts"),
        default=str(Attainment.LESS.value),
    )


class GoalPart(Part):
    """One goal."""

    leading = (
        "stub",
        "wording",
        "owners",
        "explanation",
        "anchors",
        "start_level",
        "importance",
        "difficulty",
        "weight",
        "about_openness",
        "review_on",
        "ends_on",
    )

    wording = Line("Goal, in their words", mark("the goal"), most=500)
    importance = Whole("How much it matters, 0 to 3", mark("a number"), (0, 3), required=False)
    difficulty = Whole("How hard it is, 0 to 3", mark("a number"), (0, 3), required=False)
    weight = Weight("Weight beside the other goals", default=1)
    about_openness = Several(
        "About openness", [(ABOUT, mark("This is about openness between the partners"))]
    )
    review_on = Day("Look at it again on", mark("a day"))
    ends_on = Day("Last day, for openness", mark("a day"), required=False)
    start_level = start_level_field()
    anchors = FormField(AnchorsPart, mark("Five steps"))

    layer: GoalLayer
    #: Review and last day as they are saved; what stays as it was is not asked again.
    kept_days: tuple[dt.date | None, dt.date | None] = (None, None)

    @property
    def is_openness(self) -> bool:
        """Tell whether it is about openness between the partners."""
        return bool(self.about_openness.data) or is_openness(self["stub"].data or "")

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse half a weighing, and days that a goal about openness does not allow."""
        good = bool(super().validate(extra_validators))
        problems = {**self._weighing(), **self._days()}
        for name, problem in problems.items():
            self[name].errors = [*self[name].errors, problem]
        return good and not problems

    def _weighing(self) -> dict[str, str]:
        empty = [n for n in ("importance", "difficulty") if self[n].data is None]
        return {empty[0]: BOTH_OR_NEITHER} if len(empty) == 1 else {}

    def _days(self) -> Mapping[str, str]:
        days = (self.review_on.data, self.ends_on.data)
        if not self.is_openness or days[0] is None or days == self.kept_days:
            return {}
        return openness_problems(today(), *days)

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
            importance=self.importance.data,
            difficulty=self.difficulty.data,
            about_openness=bool(self.about_openness.data),
            ends_on=self.ends_on.data if self.is_openness else None,
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
