"""The roll-up: where the therapist's reading stands, and the summary written by hand."""

import datetime as dt
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.formulation import Confidence, RollUp
from clinic.domain.said import mark
from clinic.services import readings
from clinic.services.days import today
from clinic.services.readings import RollUpDetails
from clinic.services.rows import Formulation
from clinic.web import wording
from clinic.web.database import get_db
from clinic.web.fields import Day, One, Words, in_words
from clinic.web.forms import BaseForm, Version
from clinic.web.formulation.routes import bp
from clinic.web.pages import find_case, show_case
from clinic.web.summary_hints import summary_hints

__all__ = ["bp"]

#: After so long a reading is looked at again, unless another day is chosen (clinical.md 2.7).
REVIEW_AFTER = dt.timedelta(weeks=6)
#: How many readings stand below the form; all of them have a page of their own.
SHOWN = 3


class RollUpForm(BaseForm):
    """The therapist's reading so far, and the couple's summary, written by hand."""

    version = Version()
    roll_up = One("Roll-up", in_words(wording.ROLL_UP), thing=mark("a roll-up"))
    confidence = One(
        "Confidence", in_words(wording.CONFIDENCE), thing=mark("how confident you are")
    )
    reason = Words("Why, and what is new", mark("why"), required=True)
    review_on = Day("Look at this reading again on", mark("a day"))
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
        render_kw={"rows": 8},
    )

    def wants_a_look(self) -> bool:
        """Tell whether the summary is to be looked at, and nothing saved."""
        return bool(self.is_submitted()) and request.form.get("then") == "look"

    def details(self) -> RollUpDetails:
        """Give what the service needs."""
        return RollUpDetails(
            roll_up=RollUp(self.roll_up.data),
            confidence=Confidence(self.confidence.data),
            reason=self.reason.data,
            strengths=self.strengths.data,
            responsibility=self.responsibility.data or "",
            couple_summary=self.couple_summary.data or "",
            review_on=self.review_on.data,
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
        "review_on": row.review_on,
        "responsibility": row.responsibility,
        "strengths": row.strengths,
        "couple_summary": row.couple_summary,
    }


def begun(row: Formulation | None) -> dict[str, Any]:
    """Give what a new reading starts with: the newest one, and another day to look at it again."""
    return {**saved_roll_up(row), "review_on": today() + REVIEW_AFTER}


@bp.route("/roll-up", methods=["GET", "POST"])
def roll_up(case_ref: str) -> ResponseReturnValue:
    """Say where the reading stands, and write the summary for the couple by hand."""
    db, case = get_db(), find_case(case_ref)
    form = RollUpForm(data=begun(readings.latest_formulation(db, case)))
    looks = form.wants_a_look() or "look" in request.args
    if not form.wants_a_look() and form.accepted():
        with form.refusals(lambda: saved_roll_up(readings.latest_formulation(db, case))):
            saved = readings.save_formulation(db, case, form.details(), form.version.data)
            flash("Saved as a new reading. Earlier ones are kept below.")
            look = "words" if summary_hints(case, saved.couple_summary) else None
            return redirect(url_for(".roll_up", case_ref=case_ref, look=look))
    rows = readings.list_formulations(db, case)
    return show_case(
        "formulation/roll_up.html",
        case,
        "formulation.roll_up",
        form,
        roll_up_hints=wording.ROLL_UP_HINTS,
        readings=rows[:SHOWN],
        number_of_readings=len(rows),
        looks=looks,
        was_saved=not form.wants_a_look(),
        hints=summary_hints(case, form.couple_summary.data or "") if looks else [],
    )
