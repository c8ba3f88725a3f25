"""Forms of the symptom layer. Nothing here asks why."""

from collections.abc import Iterable
from typing import Any

from wtforms import FormField

from clinic.content.library import Concern
from clinic.domain.agreement import OnsetStatus, Openness
from clinic.domain.behaviours import Frequency, HowKnown, StillHappening, Zone
from clinic.domain.said import mark
from clinic.services.behaviours import BehaviourDetails, OnsetDetails, Placing
from clinic.services.rows import BehaviourRecord, Case, OnsetAgreement, OnsetPosition
from clinic.web import wording
from clinic.web.fields import Line, One, Pick, Several, Whole, Words, in_words
from clinic.web.forms import BaseForm, Part, Version
from clinic.web.people import (
    as_ref,
    partner_choices,
    raters,
    ref_of,
    source_choices,
)

UNKNOWN = "unknown"
OWN_WORDS = "own"


def _facet(label: str, words: Iterable[str]) -> One:
    choices = [(str(level), text) for level, text in enumerate(words)]
    return One(label, [*choices, (UNKNOWN, mark("Not known"))], default=UNKNOWN)


class PlacingPart(Part):
    """Where one rater places a behaviour."""

    zone = One("Zone", [*in_words(wording.ZONE), (UNKNOWN, mark("Not placed"))], default=UNKNOWN)
    concealment = _facet(mark("Concealment"), wording.CONCEALMENT)
    function = _facet(mark("Romantic or emotional function"), wording.FUNCTION)
    agreement = _facet(mark("Conflict with what was agreed"), wording.AGREEMENT)

    def placing(self) -> Placing:
        """Give what the service needs; "not known" is stored as nothing."""
        zone = self.zone.data
        return Placing(
            zone=None if zone in {None, UNKNOWN} else Zone(zone),
            concealment=_level(self.concealment),
            function=_level(self.function),
            agreement=_level(self.agreement),
        )


def _level(field: One) -> int | None:
    return None if field.data in {None, UNKNOWN} else int(field.data)


class BehaviourForm(BaseForm):
    """One visible behaviour."""

    version = Version()
    own_words = Words("In own words", mark("what was seen"), render_kw={"rows": 2})
    frequency = One("How often", in_words(wording.FREQUENCY), thing=mark("how often"))
    still_happening = One(
        "Still happening",
        in_words(wording.STILL_HAPPENING),
        thing=mark("whether it still happens"),
    )
    since_month = Pick(
        "Since which month",
        [
            ("", mark("Not known")),
            *((str(n), name) for n, name in enumerate(wording.MONTHS, start=1)),
        ],
    )
    since_year = Whole("Since which year", mark("a year"), (1900, 2200), required=False)
    how_known = One(
        "How it became known", in_words(wording.HOW_KNOWN), thing=mark("how it became known")
    )
    times_raised = Whole(
        "How many times it was raised before", mark("a number"), (0, 999), default=0
    )
    outsider_role = Line(
        "Who else is involved",
        mark("a role"),
        required=False,
        description=mark("A role such as colleague or ex, never a name."),
    )
    notes = Words("Anything else that was seen", mark("a note"), render_kw={"rows": 2})

    raters: list[str]
    leading = ("behaviour", "own_words", "about", "reporter")

    def placings(self) -> dict[str, Placing]:
        """Give every rater's placing by public id."""
        return {ref: self[f"placing_{n}"].form.placing() for n, ref in enumerate(self.raters)}

    def details(self) -> BehaviourDetails:
        """Give what the service needs."""
        chosen = self["behaviour"].data
        return BehaviourDetails(
            behaviour="" if chosen in {None, OWN_WORDS} else chosen,
            own_words=self.own_words.data or "",
            about=as_ref(self["about"].data),
            reporter=as_ref(self["reporter"].data),
            frequency=Frequency(self.frequency.data),
            still_happening=StillHappening(self.still_happening.data),
            how_known=HowKnown(self.how_known.data),
            since=self._since(),
            times_raised=self.times_raised.data,
            responses=self["responses"].data,
            outsider_role=self.outsider_role.data or "",
            notes=self.notes.data or "",
            placings=self.placings(),
        )

    def _since(self) -> tuple[int | None, int | None]:
        year = self.since_year.data
        month = self.since_month.data
        return year, int(month) if year and month else None


def behaviour_form(case: Case, concern: Concern, **options: Any) -> BehaviourForm:
    """Make the form for a case: its people, its raters, and its concern's inventory."""
    inventory: dict[str, list[tuple[str, str]]] = {
        name: [] for name in wording.ZONE_GROUPS.values()
    }
    for behaviour in concern.behaviours.values():
        inventory[wording.ZONE_GROUPS[behaviour.zone]].append((behaviour.key, behaviour.label))
    people = raters(case)
    fields: dict[str, Any] = {
        "behaviour": Pick(
            "What is visible",
            {"": [("", mark("Choose, or describe it below"))], **inventory},
        ),
        "about": One("Whose behaviour", partner_choices(case), thing=mark("whose behaviour it is")),
        "reporter": One("Who reports it", source_choices(case), thing=mark("who reports it")),
        "responses": Several(
            "What happened when it was raised",
            [(response.key, response.label) for response in concern.responses.values()],
        ),
        "raters": [rater.ref for rater in people],
    }
    for n, rater in enumerate(people):
        fields[f"placing_{n}"] = FormField(PlacingPart, rater.name)
    made: BehaviourForm = type("CaseBehaviourForm", (BehaviourForm,), fields)(**options)
    return made


def saved_behaviour(case: Case, row: BehaviourRecord) -> dict[str, Any]:
    """Give a behaviour as the form holds it."""
    ratings = {rating.rater_id: rating for rating in row.ratings}
    placings = {
        f"placing_{n}": _saved_placing(ratings.get(rater.id))
        for n, rater in enumerate(raters(case))
    }
    return {
        "version": row.version,
        "behaviour": row.behaviour,
        "own_words": row.own_words,
        "about": ref_of(case, row.about_id),
        "reporter": ref_of(case, row.reporter_id),
        "frequency": row.frequency.value,
        "still_happening": row.still_happening.value,
        "since_month": str(row.since_month) if row.since_month else None,
        "since_year": row.since_year,
        "how_known": row.how_known.value,
        "times_raised": row.times_raised,
        "responses": [response.response for response in row.responses],
        "outsider_role": row.outsider_role,
        "notes": row.notes,
        **placings,
    }


def _saved_placing(rating: Any) -> dict[str, str]:
    if rating is None:
        return dict.fromkeys(("zone", "concealment", "function", "agreement"), UNKNOWN)
    levels = {
        name: UNKNOWN if getattr(rating, name) is None else str(getattr(rating, name))
        for name in ("concealment", "function", "agreement")
    }
    return {"zone": rating.zone.value if rating.zone else UNKNOWN, **levels}


class PositionPart(Part):
    """What one partner says was agreed."""

    openness = One(
        "How it stood",
        in_words(wording.OPENNESS),
        thing=mark("how it stood"),
        default=Openness.NEVER_DISCUSSED.value,
    )
    words = Words("In this person's words", mark("words"), render_kw={"rows": 2})


class OnsetForm(BaseForm):
    """What was agreed when it began."""

    version = Version()
    status = One("Between them", in_words(wording.ONSET_STATUS), thing=mark("what was agreed"))
    wording = Words("What was agreed, in words", mark("words"))

    partners: list[str]

    def details(self) -> OnsetDetails:
        """Give what the service needs."""
        parts = {ref: self[f"position_{n}"].form for n, ref in enumerate(self.partners)}
        return OnsetDetails(
            status=OnsetStatus(self.status.data),
            wording=self.wording.data or "",
            positions={
                ref: (Openness(part.openness.data), part.words.data or "")
                for ref, part in parts.items()
            },
        )


def onset_form(case: Case, **options: Any) -> OnsetForm:
    """Make the form with one group a partner."""
    fields: dict[str, Any] = {"partners": [partner.public_id for partner in case.partners]}
    for n, (_, name) in enumerate(partner_choices(case)):
        fields[f"position_{n}"] = FormField(PositionPart, name)
    made: OnsetForm = type("CaseOnsetForm", (OnsetForm,), fields)(**options)
    return made


def saved_onset(
    case: Case, onset: OnsetAgreement | None, positions: dict[int, OnsetPosition]
) -> dict[str, Any]:
    """Give what was agreed as the form holds it."""
    known = {
        f"position_{n}": {
            "openness": positions[partner.id].openness.value,
            "words": positions[partner.id].words,
        }
        for n, partner in enumerate(case.partners)
        if partner.id in positions
    }
    if onset is None:
        return known
    return {
        "version": onset.version,
        "status": onset.status.value,
        "wording": onset.wording,
        **known,
    }
