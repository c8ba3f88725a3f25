"""Forms for what becomes of a goal: met, parted with, taken up again, or on other steps."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from wtforms import FormField

from clinic.domain.goal_course import STATUS_WORDS, GoalStatus, next_statuses, openness_problems
from clinic.domain.goals import Attainment
from clinic.domain.said import mark
from clinic.services.days import today
from clinic.services.goal_course import ChangeDetails, NewSteps
from clinic.services.rows import Goal
from clinic.web.fields import Day, Line, One, Words
from clinic.web.forms import BaseForm, Version
from clinic.web.goals.forms import REVIEW_AFTER
from clinic.web.goals.parts import STEPS, AnchorsPart, start_level_field

WHY = mark("a reason")


class StatusForm(BaseForm):
    """What a goal becomes, from when, and why."""

    version = Version()
    since = Day("From which day", mark("a day"))
    reason = Words("Why (for your record; partners never read it)", WHY, required=True, most=1000)
    leading = ("status", "since", "reason")

    def details(self) -> ChangeDetails:
        """Give what the service needs."""
        status = GoalStatus(self["status"].data)
        return ChangeDetails(status, self.since.data, self.reason.data)


class NewStepsForm(BaseForm):
    """Five other steps for a goal, from when they hold, and why."""

    version = Version()
    wording = Line("Goal, in their words", mark("the goal"), most=500)
    anchors = FormField(AnchorsPart, mark("Five steps"))
    start_level = start_level_field()
    since = Day("From which day they hold", mark("a day"))
    review_on = Day("Look at it again on", mark("a day"))
    reason = Words("Why (for your record; partners never read it)", WHY, required=True, most=1000)
    leading = ("wording", "anchors", "start_level", "since", "review_on", "reason")

    def details(self) -> NewSteps:
        """Give what the service needs."""
        return NewSteps(
            wording=self.wording.data,
            anchors=self.anchors.form.anchors(),
            start_level=Attainment(int(self.start_level.data)),
            review_on=self.review_on.data,
            since=self.since.data,
            reason=self.reason.data,
            ends_on=self["ends_on"].data if "ends_on" in self._fields else None,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse days that a goal about openness does not allow, beside their fields."""
        good = bool(super().validate(extra_validators))
        problems = self._days()
        for name, problem in problems.items():
            self[name].errors = [*self[name].errors, problem]
        return good and not problems

    def _days(self) -> Mapping[str, str]:
        if "ends_on" not in self._fields or self.review_on.data is None:
            return {}
        return openness_problems(today(), self.review_on.data, self["ends_on"].data)


def status_form(goal: Goal) -> StatusForm:
    """Make the form with what a goal may become from where it stands."""
    answers = [(status.value, STATUS_WORDS[status]) for status in next_statuses(goal.status)]
    status = One("What became of it", answers, thing=mark("what became of it"))
    made: StatusForm = type("GoalStatusForm", (StatusForm,), {"status": status})(
        data=saved_status(goal)
    )
    return made


def saved_status(goal: Goal) -> dict[str, Any]:
    """Give the form as it stands first."""
    return {"version": goal.version, "since": today()}


def new_steps_form(goal: Goal) -> NewStepsForm:
    """Make the form with the goal's present steps; a last day is asked of openness alone."""
    fields: dict[str, Any] = {}
    if goal.is_openness:
        fields["ends_on"] = Day("Last day", mark("a day"), required=False)
        fields["leading"] = (*NewStepsForm.leading[:-1], "ends_on", "reason")
    made: NewStepsForm = type("GoalNewStepsForm", (NewStepsForm,), fields)(data=saved_steps(goal))
    return made


def saved_steps(goal: Goal) -> dict[str, Any]:
    """Give the form as it stands first."""
    again: dt.date = today() + REVIEW_AFTER
    return {
        "version": goal.version,
        "wording": goal.wording,
        "anchors": {name: getattr(goal, name) for name in STEPS},
        "start_level": str(goal.start_level),
        "since": today(),
        "review_on": again,
        "ends_on": again,
    }
