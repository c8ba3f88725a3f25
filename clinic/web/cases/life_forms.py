"""The forms that end a case, open it again, offer it to a colleague, and find one."""

from collections.abc import Mapping, Sequence
from typing import Any

from clinic.domain.case_ends import CaseOutcome
from clinic.domain.said import mark
from clinic.services.case_ends import EndingDetails
from clinic.services.days import today
from clinic.services.rows import Case
from clinic.services.transfers import Colleague
from clinic.web import wording
from clinic.web.fields import Day, Line, One, Words, in_words
from clinic.web.forms import BaseForm, Version


class EndForm(BaseForm):
    """How a case ended."""

    version = Version()
    outcome = One(
        "Where the work left them",
        in_words(wording.CASE_OUTCOME),
        thing=mark("where the work left them"),
    )
    ended_on = Day("Last day", mark("the last day"), default=today)
    reason = Words(
        "Why it ends now",
        mark("why it ends now"),
        required=True,
        description=mark("In a few words, for your record."),
    )
    summary = Words(
        "Closing summary",
        mark("a closing summary"),
        most=20_000,
        description=mark(
            "What brought them, what was done, what changed and what did not, and what may help"
            " later. It stays in your record; no partner reads it here."
        ),
        render_kw={"rows": 10},
    )

    def details(self) -> EndingDetails:
        """Give what the service needs."""
        return EndingDetails(
            CaseOutcome(self.outcome.data),
            self.ended_on.data,
            self.reason.data,
            self.summary.data or "",
        )


class ReopenForm(BaseForm):
    """Why a case is opened again."""

    version = Version()
    reason = Words("Why it goes on", mark("why it goes on"), required=True)


def saved_version(case: Case) -> Mapping[str, Any]:
    """Give which state of a case a page is made from."""
    return {"version": case.version}


class OfferForm(BaseForm):
    """Whom a case is offered to, and what that colleague should know first."""

    leading = ("colleague",)
    words = Words(
        "What they should know before they say yes",
        mark("what they should know"),
        description=mark(
            "Your colleague sees the partners' names and these words, and nothing else of the"
            " case before taking it over."
        ),
    )


def offer_form(colleagues: Sequence[Colleague]) -> OfferForm:
    """Make the form with the colleagues of this practice."""
    choices = [(one.ref, one.name) for one in colleagues]
    fields = {"colleague": One("Offer the case to", choices, thing=mark("a colleague"))}
    made: OfferForm = type("CaseOfferForm", (OfferForm,), fields)()
    return made


class FindForm(BaseForm):
    """Looking for a case by names, or by what it is called."""

    words = Line(
        "Find a case",
        mark("a name, or a part of one"),
        most=80,
        render_kw={"autocomplete": "off"},
    )
