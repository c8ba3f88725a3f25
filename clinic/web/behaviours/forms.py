"""The form for one visible behaviour. Nothing here asks why."""

from typing import Any

from wtforms import FormField

from clinic.content.library import Concern
from clinic.domain.behaviours import Frequency, HowKnown, StillHappening
from clinic.domain.said import mark
from clinic.domain.visibility import Layer
from clinic.services.behaviours import BehaviourDetails, Placing
from clinic.services.rows import BehaviourRecord, Case, Partner
from clinic.web import wording
from clinic.web.behaviours.placings import UNKNOWN, PlacingPart, saved_placing
from clinic.web.fields import Line, One, Pick, Several, Whole, Words, in_words
from clinic.web.forms import BaseForm, Version
from clinic.web.people import as_ref, partner_choices, raters, ref_of, source_choices

MONTHS = [
    ("", mark("Not known")),
    *((str(number), name) for number, name in enumerate(wording.MONTHS, start=1)),
]


class BehaviourForm(BaseForm):
    """One visible behaviour; `owner` is the partner from whose own answers it was taken, or ""."""

    version = Version()
    own_words = Words("In own words", mark("what was seen"), render_kw={"rows": 2})
    frequency = One("How often", in_words(wording.FREQUENCY), thing=mark("how often"))
    since_month = Pick("Since which month", MONTHS)
    since_year = Whole("Since which year", mark("a year"), (1900, 2200), required=False)
    still_happening = One(
        "Still happening",
        in_words(wording.STILL_HAPPENING),
        thing=mark("whether it still happens"),
    )
    until_month = Pick("Last seen in which month", MONTHS)
    until_year = Whole("Last seen in which year", mark("a year"), (1900, 2200), required=False)
    how_known = One(
        "How it became known", in_words(wording.HOW_KNOWN), thing=mark("how it became known")
    )
    outsider_role = Line(
        "Who else is involved",
        mark("a role"),
        required=False,
        description=mark("A role such as colleague or ex, never a name."),
    )
    channel = Line(
        "Where it happens",
        mark("a place or a way"),
        required=False,
        description=mark("A place or a way, such as messages, an app, at work."),
    )
    times_raised = Whole(
        "How many times it was raised before", mark("a number"), (0, 999), default=0
    )
    raised_when = Words("When it was raised, and how it went", mark("when"), render_kw={"rows": 2})
    agreed_then = Words("What was agreed then", mark("what was agreed"), render_kw={"rows": 2})
    impact = One(
        "How much it weighs on the person who reports it",
        [*((str(level), str(level)) for level in range(11)), (UNKNOWN, mark("Not known"))],
        default=UNKNOWN,
    )
    impact_words = Words("How it weighs, in that person's words", mark("words"))
    notes = Words("Anything else that was seen", mark("a note"), render_kw={"rows": 2})

    raters: list[str]
    owner = ""

    def placings(self) -> dict[str, Placing]:
        """Give every rater's placing by public id."""
        return {ref: self[f"placing_{n}"].form.placing() for n, ref in enumerate(self.raters)}

    def details(self) -> BehaviourDetails:
        """Give what the service needs; what an owner told stays in that owner's private layer."""
        return BehaviourDetails(
            behaviour=self["behaviour"].data or "",
            own_words=self.own_words.data or "",
            about=as_ref(self["about"].data),
            reporter=self.owner or as_ref(self["reporter"].data),
            layer=Layer.PRIVATE if self.owner else Layer.CLINICIAN,
            frequency=Frequency(self.frequency.data),
            still_happening=StillHappening(self.still_happening.data),
            how_known=HowKnown(self.how_known.data),
            since=_month(self.since_year, self.since_month),
            until=_month(self.until_year, self.until_month),
            times_raised=self.times_raised.data,
            raised_when=self.raised_when.data or "",
            agreed_then=self.agreed_then.data or "",
            responses=self["responses"].data,
            channel=self.channel.data or "",
            outsider_role=self.outsider_role.data or "",
            impact=None if self.impact.data in {None, UNKNOWN} else int(self.impact.data),
            impact_words=self.impact_words.data or "",
            notes=self.notes.data or "",
            placings=self.placings(),
        )


def _month(year: Whole, month: Pick) -> tuple[int | None, int | None]:
    return year.data, int(month.data) if year.data and month.data else None


def behaviour_form(
    case: Case, concern: Concern, owner: Partner | None = None, **options: Any
) -> BehaviourForm:
    """Make the form for a case: its people, its raters, and its concern's inventory.

    With an owner it is about what this partner told alone, so nobody else can be its reporter.
    """
    fields: dict[str, Any] = {
        "behaviour": Pick("What is visible", _inventory(concern)),
        "about": One("Whose behaviour", partner_choices(case), thing=mark("whose behaviour it is")),
        "responses": Several(
            "What happened when it was raised",
            [(response.key, response.label) for response in concern.responses.values()],
        ),
        "raters": [rater.ref for rater in raters(case)],
        "owner": owner.public_id if owner else "",
    }
    if owner is None:
        fields["reporter"] = One(
            "Who reports it", source_choices(case), thing=mark("who reports it")
        )
    names = ("behaviour", "own_words", "about", "reporter")
    fields["leading"] = tuple(name for name in names if name in fields or name == "own_words")
    for n, rater in enumerate(raters(case)):
        fields[f"placing_{n}"] = FormField(PlacingPart, rater.name)
    made: BehaviourForm = type("CaseBehaviourForm", (BehaviourForm,), fields)(**options)
    return made


def _inventory(concern: Concern) -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = {name: [] for name in wording.ZONE_GROUPS.values()}
    for behaviour in concern.behaviours.values():
        groups[wording.ZONE_GROUPS[behaviour.zone]].append((behaviour.key, behaviour.label))
    return {"": [("", mark("Choose, or describe it below"))], **groups}


def saved_behaviour(case: Case, row: BehaviourRecord) -> dict[str, Any]:
    """Give a behaviour as the form holds it."""
    ratings = {rating.rater_id: rating for rating in row.ratings}
    placings = {
        f"placing_{n}": saved_placing(ratings.get(rater.id)) for n, rater in enumerate(raters(case))
    }
    return {
        "version": row.version,
        "behaviour": row.behaviour,
        "own_words": row.own_words,
        "about": ref_of(case, row.about_id),
        "reporter": ref_of(case, row.reporter_id),
        "frequency": row.frequency.value,
        "since_month": str(row.since_month) if row.since_month else None,
        "since_year": row.since_year,
        "still_happening": row.still_happening.value,
        "until_month": str(row.until_month) if row.until_month else None,
        "until_year": row.until_year,
        "how_known": row.how_known.value,
        "outsider_role": row.outsider_role,
        "channel": row.channel,
        "times_raised": row.times_raised,
        "raised_when": row.raised_when,
        "agreed_then": row.agreed_then,
        "responses": [response.response for response in row.responses],
        "impact": UNKNOWN if row.impact is None else str(row.impact),
        "impact_words": row.impact_words,
        "notes": row.notes,
        **placings,
    }
