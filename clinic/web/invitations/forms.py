"""Forms for inviting a partner, and for choosing what all partners are asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import ValidationError

from clinic.content.library import Concern
from clinic.domain.behaviours import Behaviour
from clinic.domain.invitations import Handing
from clinic.domain.packs import MOST_ADDITIONS
from clinic.domain.said import Said, mark, own, say
from clinic.services.packs import chosen_refs
from clinic.services.questionnaires import PlanDetails
from clinic.services.rows import IntakePlan, QuestionnairePack
from clinic.web.fields import Line, One, Several, Words
from clinic.web.filters import said
from clinic.web.forms import BaseForm, Version
from clinic.web.ways_in import HANDINGS, NO_ADDRESS, is_address
from clinic.web.wording import ZONE_ASIDE

MOST_OWN = 10


class InviteForm(BaseForm):
    """How one partner gets their way in."""

    address = Line(
        "E-mail address",
        mark("an e-mail address"),
        required=False,
        render_kw={"autocomplete": "off"},
        description=mark("The mail names nobody and says nothing about therapy."),
    )
    start_code = Line(
        "Code to tell in the room",
        mark("a code"),
        required=False,
        most=40,
        render_kw={"autocomplete": "off"},
        description=mark("With it, nobody else can be first to open the link."),
    )

    def validate_address(self, field: Line) -> None:
        """Ask for an address where one is needed, and refuse what cannot be one."""
        if self["handing"].data != Handing.EMAIL.value:
            return
        if not is_address(field.data):
            raise ValidationError(NO_ADDRESS)

    def chosen(self) -> Handing:
        """Give the way that was chosen."""
        return Handing(self["handing"].data)


def invite_form(*, mail: bool, address: str) -> InviteForm:
    """Make the form; e-mail is offered where the practice can send it."""
    offered = [(h.value, text) for h, text in HANDINGS.items() if mail or h is not Handing.EMAIL]
    field = One(
        "How it reaches this person",
        offered,
        thing=mark("how it reaches this person"),
        default=Handing.LINK.value,
    )
    made: InviteForm = type("CaseInviteForm", (InviteForm,), {"handing": field})(
        data={"address": address}
    )
    return made


class PlanForm(BaseForm):
    """Which behaviours all partners are asked about."""

    version = Version()
    own_behaviours = Words(
        "Others, in your words",
        mark("behaviours"),
        most=1000,
        description=mark("One a line, at most ten. All partners see the same list."),
    )

    def validate_own_behaviours(self, field: Words) -> None:
        """Refuse more lines than a phone can take."""
        if len(self.own_lines()) > MOST_OWN:
            raise ValidationError(say("Keep it to %(most)s lines", most=MOST_OWN))

    def own_lines(self) -> list[str]:
        """Give the therapist's own lines."""
        lines = (self.own_behaviours.data or "").split("\n")
        return [line.strip() for line in lines if line.strip()]

    def details(self, questionnaire: str, version: int) -> PlanDetails:
        """Give what the service needs."""
        packs = self["packs"].data if "packs" in self else ()
        return PlanDetails(questionnaire, version, self["behaviours"].data, self.own_lines(), packs)


def plan_form(
    concern: Concern, plan: IntakePlan | None, offered: Sequence[QuestionnairePack]
) -> PlanForm:
    """Make the form with the concern's inventory, sixteen of it chosen at first.

    `offered` are the practice's own questionnaires; where it has none, nothing is asked about them.
    """
    inventory = [each for each in concern.behaviours.values() if each.zone is not None]
    choices = [(each.key, _with_zone(each)) for each in inventory]
    field = Several("Behaviours to place", choices, thing=mark("at least one behaviour"))
    first = [each.key for each in inventory if each.asked_first]
    saved = saved_plan(plan) or {"behaviours": first}
    fields = {"behaviours": field} | ({"packs": _packs(offered)} if offered else {})
    made: PlanForm = type("CasePlanForm", (PlanForm,), fields)(data=saved)
    return made


def _packs(offered: Sequence[QuestionnairePack]) -> Any:
    return Several(
        "Questionnaires of your practice",
        [(row.public_id, own(row.title)) for row in offered],
        description=say(
            "Asked after the other pages, in this order, %(most)s at most.", most=MOST_ADDITIONS
        ),
    )


def _with_zone(behaviour: Behaviour) -> Said:
    label, zone = said(behaviour.label), said(ZONE_ASIDE[behaviour.zone])
    return say("%(behaviour)s (%(zone)s)", behaviour=label, zone=zone)


def saved_plan(plan: IntakePlan | None) -> Mapping[str, Any]:
    """Give what was chosen, as the form's fields hold it; nothing while nothing was."""
    if plan is None:
        return {}
    return {
        "version": plan.version,
        "behaviours": plan.behaviours.split(","),
        "own_behaviours": plan.own_behaviours,
        "packs": chosen_refs(plan),
    }
