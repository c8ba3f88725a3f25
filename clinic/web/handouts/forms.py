"""Forms for a sheet that is handed out on a day, and for a link to one to do at home."""

from typing import Any

from clinic.domain.handouts import Medium, can_be_handed_out
from clinic.domain.invitations import Handing
from clinic.domain.said import mark, own, say
from clinic.domain.worksheets import Worksheet
from clinic.services.check_ins import Way
from clinic.services.errors import RefusedError
from clinic.services.handouts import HandoutDetails
from clinic.services.rows import Case, Partner
from clinic.web.contents import reviewed
from clinic.web.fields import Day, Line, One, Pick, in_words
from clinic.web.forms import BaseForm
from clinic.web.handout_panel import MEDIUM
from clinic.web.people import TOGETHER_REF, as_ref, partner_choices
from clinic.web.ways_in import (
    HANDINGS,
    NO_ADDRESS,
    address_of,
    can_mail,
    is_address,
    usual_handing,
)

ALL_OF_THEM = mark("All of them together")


class AddForm(BaseForm):
    """One sheet, for whom it was, how it is done, and the day."""

    on = Day("Day", mark("a day"))
    medium = One("How it is done", in_words(MEDIUM), thing=mark("how it is done"))

    leading = ("sheet", "reader")

    def is_at_home(self) -> bool:
        """Tell whether it is to be done at home."""
        return bool(self.medium.data == Medium.HOME.value)

    def details(self) -> HandoutDetails:
        """Give what the service needs. Raises RefusedError where sheet and reader do not fit."""
        sheet, reader = reviewed().worksheets[self["sheet"].data], as_ref(self["reader"].data)
        if sheet.has_one_reader and not reader:
            raise RefusedError("This sheet is for one person: choose whose it is", "reader")
        if reader and not sheet.has_one_reader:
            raise RefusedError("This sheet is for all of them together", "reader")
        return HandoutDetails(sheet, reader, on=self.on.data)


def add_form(case: Case, **data: Any) -> AddForm:
    """Make the form for the people of a case."""
    sheets = [each for each in reviewed().worksheets.values() if can_be_handed_out(each)]
    fields: dict[str, Any] = {
        "sheet": Pick(
            "Worksheet", [(each.key, each.title) for each in sheets], thing="a worksheet"
        ),
        "reader": One(
            "For whom",
            [*partner_choices(case), (TOGETHER_REF, ALL_OF_THEM)],
            thing=mark("for whom it is"),
        ),
    }
    made: AddForm = type("CaseAddForm", (AddForm,), fields)(data=data)
    return made


class WayForm(BaseForm):
    """How the link to a sheet at home reaches one partner."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for an address where a mail is chosen."""
        fine = bool(super().validate(extra_validators))
        if self["way"].data != Handing.EMAIL.value or is_address(self._address()):
            return fine
        address = self["address"]
        address.errors = [*address.errors, NO_ADDRESS]
        return False

    def chosen_way(self) -> Way:
        """Give how the link reaches the partner."""
        return Way(Handing(self["way"].data), self._address())

    def _address(self) -> str:
        return str(self["address"].data or "") if "address" in self else ""


def way_form(partner: Partner) -> WayForm:
    """Make the form for one partner."""
    ways = [Handing.LINK, *([Handing.EMAIL] if can_mail() else [])]
    name = own(partner.name)
    fields: dict[str, Any] = {
        "way": One(
            say("How it reaches %(name)s", name=name),
            [(way.value, HANDINGS[way]) for way in ways],
            thing=say("how it reaches %(name)s", name=name),
        ),
    }
    if can_mail():
        fields["address"] = Line(
            "E-mail address",
            mark("an e-mail address"),
            required=False,
            render_kw={"autocomplete": "off"},
        )
    saved = {"way": usual_handing(partner).value, "address": address_of(partner)}
    made: WayForm = type("PartnerWayForm", (WayForm,), fields)(data=saved)
    return made


def sheet_of(key: str) -> Worksheet | None:
    """Find a sheet that can be handed out."""
    found: Worksheet | None = reviewed().worksheets.get(key)
    return found if found and can_be_handed_out(found) else None
