"""The form for one score; its fields are named as the service names what it refuses."""

import datetime as dt
from math import isfinite
from typing import Any

from wtforms import FloatField
from wtforms.validators import ValidationError

from clinic.domain.change import ScoreRangeError
from clinic.domain.instruments import Instrument, check_score
from clinic.domain.said import mark, say
from clinic.services.measures import ScoreDetails
from clinic.services.rows import Case
from clinic.web.field_rules import Filled
from clinic.web.fields import MOST_DIGITS, Day, One
from clinic.web.forms import BaseForm
from clinic.web.people import partner_choices

#: The answer to an item asked apart, when the form was handed in without one.
BLANK = "blank"


class Score(FloatField):
    """A score, with a point or a comma. Which scores there are is the measure's own rule."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, [Filled(mark("Enter the score"))], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, or say what would be one."""
        if any("_" in text for text in valuelist):
            # Python reads 1_0 as ten; a person means something else.
            raise ValueError("Enter a number, such as 12")
        try:
            super().process_formdata([text[:MOST_DIGITS].replace(",", ".") for text in valuelist])
        except ValueError:
            raise ValueError("Enter a number, such as 12") from None
        if self.data is not None and not isfinite(self.data):
            raise ValueError("Enter a number, such as 12")


class ScoreForm(BaseForm):
    """One partner's score on one measure, from a form that the practice may use."""

    instrument: Instrument

    taken_on = Day("Filled in on", mark("the day it was filled in"))
    score = Score("Score")

    def validate_score(self, field: Score) -> None:
        """Refuse a score that the measure cannot have."""
        if field.errors:
            return
        try:
            check_score(self.instrument, field.data)
        except ScoreRangeError as fault:
            raise ValidationError(fault.args[0]) from None

    def partner(self) -> str:
        """Give the partner's public id."""
        return str(self["partner_ref"].data)

    def details(self) -> ScoreDetails:
        """Give what the service needs."""
        single = self["single_item"].data if "single_item" in self else BLANK
        return ScoreDetails(
            self.taken_on.data, self.score.data, None if single == BLANK else int(single)
        )


def score_form(case: Case, instrument: Instrument, today: dt.date) -> ScoreForm:
    """Make the form for one measure, with the item that is asked apart where there is one."""
    fields: dict[str, Any] = {
        "instrument": instrument,
        "partner_ref": One(
            "Who filled it in", partner_choices(case), thing=mark("who filled it in")
        ),
    }
    item = instrument.asks_single_item
    if item is not None:
        steps = [(str(step), str(step)) for step in range(item.lowest, item.highest + 1)]
        fields["single_item"] = One(
            say("Item %(number)s", number=item.number),
            [*steps, (BLANK, mark("Left out"))],
            thing=say("the answer to item %(number)s", number=item.number),
            description=mark("It is looked at by itself, whatever the score is."),
        )
    made: ScoreForm = type("MeasureScoreForm", (ScoreForm,), fields)(data={"taken_on": today})
    return made
