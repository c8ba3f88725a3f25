"""The forms for one event. What happened, and when; nothing here asks why."""

from collections.abc import Mapping
from typing import Any

from clinic.domain.said import mark
from clinic.domain.timeline import EventKind
from clinic.services.rows import Case, LifeEvent
from clinic.services.timeline import EventDetails
from clinic.web import wording
from clinic.web.fields import Line, One, Pick, Whole, in_words
from clinic.web.forms import BaseForm, Version
from clinic.web.people import TOGETHER_REF, as_ref, partner_choices, ref_of
from clinic.web.timeline.words import EVENT, EVERYBODY

MONTHS = [
    ("", mark("Not known")),
    *((str(number), name) for number, name in enumerate(wording.MONTHS, start=1)),
]


class EventForm(BaseForm):
    """Something that happened in their life."""

    version = Version()
    kind = Pick(
        "What happened",
        [("", mark("Choose one")), *in_words(EVENT)],
        thing=mark("what happened"),
    )
    words = Line(
        "In a few words",
        mark("a few words"),
        required=False,
        description=mark("Such as: to the coast, for work. What happened, not why."),
    )
    since_month = Pick("In which month", MONTHS)
    since_year = Whole("In which year", mark("a year"), (1900, 2200))
    until_month = Pick("Until which month", MONTHS)
    until_year = Whole("Until which year", mark("a year"), (1900, 2200), required=False)

    leading = ("kind", "words", "about")

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for words where the kind alone says nothing."""
        valid = bool(super().validate(extra_validators))
        if self.kind.data == EventKind.OTHER and not (self.words.data or self.words.errors):
            self.words.errors = [mark("Say in a few words what happened")]
            return False
        return valid

    def details(self) -> EventDetails:
        """Give what the service needs."""
        month, until = self.since_month.data, self.until_year.data
        return EventDetails(
            kind=EventKind(self.kind.data),
            words=self.words.data or "",
            about=as_ref(self["about"].data),
            since=(self.since_year.data, int(month) if month else None),
            until=(until, _number(self.until_month) if until else None),
        )


def _number(month: Pick) -> int | None:
    return int(month.data) if month.data else None


class DeletingForm(BaseForm):
    """The state of the event that somebody saw when deleting it."""

    version = Version()


def event_form(case: Case, **options: Any) -> EventForm:
    """Make the form with the people of the case; most of what happens is everybody's."""
    about = One(
        "To whom",
        [(TOGETHER_REF, EVERYBODY), *partner_choices(case)],
        thing=mark("to whom it happened"),
        default=TOGETHER_REF,
    )
    made: EventForm = type("CaseEventForm", (EventForm,), {"about": about})(**options)
    return made


def saved_event(case: Case, row: LifeEvent) -> Mapping[str, Any]:
    """Give an event as the form holds it."""
    return {
        "version": row.version,
        "kind": row.kind.value,
        "words": row.words,
        "about": ref_of(case, row.about_id, TOGETHER_REF),
        "since_month": str(row.month) if row.month else None,
        "since_year": row.year,
        "until_month": str(row.until_month) if row.until_month else None,
        "until_year": row.until_year,
    }
