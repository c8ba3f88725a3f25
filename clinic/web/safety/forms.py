"""The forms about safety; their fields are named as the services name what they refuse."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from clinic.domain.questionnaires import ScreenResult
from clinic.domain.said import mark
from clinic.services.private_checks import CheckDetails
from clinic.services.safety_marks import TRACK
from clinic.services.safety_plans import BOXES, PlanVersion
from clinic.web.fields import Day, One, Words, in_words
from clinic.web.forms import BaseForm, Version
from clinic.web.safety.words import ALONE, RESULT, TOOL_CHOICES, TRACK_CHOICES

YES = "yes"


class CheckForm(BaseForm):
    """What came of asking one partner alone."""

    asked_alone = One(
        "Was it asked alone?", in_words(ALONE), thing=mark("whether it was asked alone")
    )
    asked_on = Day("On which day", mark("the day"))
    told = Words("What was told, in this person's own words", mark("what was told"))
    result = One(
        "What you make of it today",
        in_words(RESULT),
        description=mark(
            "Your own judgement, whatever any score says. Needed where it was asked alone."
        ),
    )
    judgement = Words("Why you think so", mark("why you think so"))
    again_on = Day(
        "When to ask again",
        mark("the day"),
        required=False,
        description=mark("Needed where it could not be asked: then it is the day to try again."),
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # Whether it may be left out depends on the first answer; the page must not say that it may.
        self.result.flags.optional = False

    def details(self) -> CheckDetails:
        """Give what the service needs."""
        return CheckDetails(
            self.asked_on.data,
            self.asked_alone.data == YES,
            ScreenResult(self.result.data) if self.result.data else None,
            self.told.data or "",
            self.judgement.data or "",
            self.again_on.data,
        )


class PlanForm(BaseForm):
    """One partner's plan, in that person's own words."""

    version = Version()
    signs = Words("Signs I notice early", mark("the signs"))
    first = Words("What I do first", mark("what comes first"))
    places = Words("Where I can go, and who helps me", mark("places and people"))
    along = Words("What I take along", mark("what to take along"))
    numbers = Words("Numbers I can call", mark("the numbers"))

    def words(self) -> dict[str, str]:
        """Give the words of every box."""
        return {box: self[box].data or "" for box in BOXES}


class DecisionForm(BaseForm):
    """A decision about the track or a tool, never without its reason."""

    leading = ("holds",)

    reason = Words("Why", mark("the reason"), required=True)

    def holds_now(self) -> bool:
        """Tell what was decided."""
        return bool(self["holds"].data == YES)


def check_form(today: dt.date) -> CheckForm:
    """Make the form for one check, of today unless told otherwise."""
    return CheckForm(data={"asked_on": today})


def saved_plan(versions: Sequence[PlanVersion]) -> Mapping[str, Any]:
    """Give the newest plan as its form holds it; `versions` are newest first."""
    if not versions:
        return {"version": 0}
    newest = versions[0]
    return {"version": newest.number, **{box: newest.words.get(box, "") for box in BOXES}}


def decision_form(kind: str) -> DecisionForm:
    """Make the form for one kind of decision; nothing is chosen beforehand."""
    choices = TRACK_CHOICES if kind == TRACK else TOOL_CHOICES
    field = One("What you decide", in_words(choices), thing=mark("what you decide"))
    made: DecisionForm = type("SafetyDecisionForm", (DecisionForm,), {"holds": field})()
    return made
