"""Forms for asking everybody at once, and for a new link to one partner."""

from collections.abc import Mapping, Sequence
from typing import Any

from clinic.domain.check_ins import MOST_GOALS, Reminder
from clinic.domain.invitations import Handing
from clinic.domain.said import mark, own, say
from clinic.services.check_ins import AskDetails, Way
from clinic.services.rows import Case, Goal, Partner
from clinic.web.fields import Day, Line, One, Several, in_words
from clinic.web.forms import BaseForm
from clinic.web.ways_in import (
    HANDINGS,
    address_of,
    can_mail,
    is_address,
    usual_handing,
)

WAY, ADDRESS = "way-", "address-"
NO_ADDRESS_OF = mark("Enter the e-mail address of %(name)s, such as m@example.org")
REMINDERS = {
    Reminder.NONE: mark("No reminder"),
    Reminder.TWO_DAYS_BEFORE: mark("Two days before, at 8:00 UTC"),
    Reminder.EVENING_BEFORE: mark("The evening before, at 17:00 UTC"),
    Reminder.MORNING_OF: mark("In the morning of the day, at 6:00 UTC"),
}


class WaysForm(BaseForm):
    """How the link reaches each partner; the fields of each have that partner's place in them."""

    partners: Sequence[Partner]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for an address where a mail is chosen."""
        fine = bool(super().validate(extra_validators))
        for place in range(len(self.partners)):
            address = self[f"{ADDRESS}{place}"]
            if self._handing(place) is Handing.EMAIL and not is_address(address.data):
                name = own(self.partners[place].name)
                problem = say(NO_ADDRESS_OF, name=name)
                address.errors = [*address.errors, problem]
                fine = False
        return fine

    def ways(self) -> Mapping[str, Way]:
        """Give how each is reached, by the partner's public id."""
        return {
            partner.public_id: Way(
                self._handing(place) or Handing.LINK, self[f"{ADDRESS}{place}"].data or ""
            )
            for place, partner in enumerate(self.partners)
        }

    def _handing(self, place: int) -> Handing | None:
        chosen = self[f"{WAY}{place}"].data
        return Handing(chosen) if chosen in {each.value for each in Handing} else None


class LinkForm(WaysForm):
    """A new link for one partner."""


class AskForm(WaysForm):
    """One day, and the same questions for everybody."""

    due_on = Day(
        "Day of the appointment",
        mark("the day of the appointment"),
        description=mark("Today, or within the next two weeks. Links work that long."),
    )
    reminder = One(
        "Reminder",
        in_words(REMINDERS),
        thing=mark("whether to remind"),
        description=mark("Once, by e-mail, to whoever gets a mail and has not answered."),
    )

    def details(self) -> AskDetails:
        """Give what the service needs."""
        goals = self["goals"].data if "goals" in self else ()
        reminder = Reminder(self.reminder.data)
        return AskDetails(self.due_on.data, goals, reminder, self.ways())


def ask_form(case: Case, goals: Sequence[Goal]) -> AskForm:
    """Make the form; the goals that are worked on are chosen at first, as far as a minute goes."""
    fields = dict(_way_fields(case.partners))
    if goals:
        fields["goals"] = Several(
            "Goals that everybody rates",
            [(goal.public_id, own(goal.wording)) for goal in goals],
            description=say(
                "In the five steps you wrote together, and from 0 to 10. %(most)s at most.",
                most=MOST_GOALS,
            ),
        )
    names = [name for name in fields if name.startswith((WAY, ADDRESS))]
    fields["leading"] = ["due_on", *(["goals"] if goals else []), *names]
    saved: dict[str, Any] = {
        "goals": [goal.public_id for goal in goals[:MOST_GOALS]],
        "reminder": Reminder.NONE.value,
    }
    made: AskForm = type("CaseAskForm", (AskForm,), fields)(data=saved | _usual(case.partners))
    return made


def link_form(partner: Partner) -> LinkForm:
    """Make the form for one partner."""
    made: LinkForm = type("PartnerLinkForm", (LinkForm,), dict(_way_fields([partner])))(
        data=_usual([partner])
    )
    return made


def _way_fields(partners: Sequence[Partner]) -> Mapping[str, Any]:
    ways = [Handing.LINK, *([Handing.EMAIL] if can_mail() else [])]
    choices = [(way.value, HANDINGS[way]) for way in ways]
    fields: dict[str, Any] = {"partners": partners}
    for place, partner in enumerate(partners):
        name = own(partner.name)
        fields[f"{WAY}{place}"] = One(
            say("How it reaches %(name)s", name=name),
            choices,
            thing=say("how it reaches %(name)s", name=name),
        )
        fields[f"{ADDRESS}{place}"] = Line(
            say("E-mail address of %(name)s", name=name),
            mark("an e-mail address"),
            required=False,
            render_kw={"autocomplete": "off"},
        )
    return fields


def _usual(partners: Sequence[Partner]) -> dict[str, Any]:
    usual: dict[str, Any] = {}
    for place, partner in enumerate(partners):
        usual[f"{WAY}{place}"] = usual_handing(partner).value
        usual[f"{ADDRESS}{place}"] = address_of(partner)
    return usual
