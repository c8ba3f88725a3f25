"""The form that opens a case, and changes its details later."""

from typing import Any

from wtforms import FieldList, FormField, SubmitField

from clinic.domain.cases import FEWEST_PARTNERS, MOST_PARTNERS, ContactBy, SecretsPolicy
from clinic.domain.said import mark
from clinic.services.cases import CaseDetails, PartnerDetails
from clinic.services.rows import Case
from clinic.web import wording
from clinic.web.fields import Line, One, Pick, in_words
from clinic.web.forms import BaseForm, Part, Version
from clinic.web.language import translate


class PartnerPart(Part):
    """One partner: a name, and how that person may be reached."""

    name = Line("Name", mark("a name"), render_kw={"autocomplete": "off"})
    contact_by = Pick(
        "How to reach this person",
        in_words(wording.CONTACT_BY),
        thing=mark("how this person may be reached"),
        default=ContactBy.PHONE.value,
    )
    contact_details = Line(
        "Number or address", mark("a number or address"), required=False,
        render_kw={"autocomplete": "off"},
    )  # fmt: skip
    contact_notes = Line(
        "When and how it is safe", mark("when it is safe"), required=False,
        render_kw={"autocomplete": "off"},
    )  # fmt: skip

    def details(self) -> PartnerDetails:
        """Give what the service needs."""
        return PartnerDetails(
            name=self.name.data,
            contact_by=ContactBy(self.contact_by.data),
            contact_details=self.contact_details.data or "",
            contact_notes=self.contact_notes.data or "",
        )


class Partners(FieldList):
    """The partners of a form by their place; a gap is somebody whose fields are missing."""

    def _extract_indices(self, prefix: str, formdata: Any) -> range:
        filled = [
            place
            for place in range(MOST_PARTNERS)
            if any(name.startswith(f"{prefix}-{place}-") for name in formdata)
        ]
        return range(max(filled, default=-1) + 1)


def _couple() -> str:
    return translate(mark("couple"))


class CaseForm(BaseForm):
    """A case: what it is called, the policy on secrets, and its partners."""

    version = Version()
    label = Line(
        "What to call them together", mark("a word, such as couple"), most=40, default=_couple
    )
    secrets_policy = One(
        "Policy on secrets between partners",
        in_words(wording.SECRETS_POLICY),
        thing=mark("the policy, or say that it is not signed yet"),
        default=SecretsPolicy.NOT_YET.value,
    )
    partners = Partners(
        FormField(PartnerPart, mark("Partner")),
        min_entries=FEWEST_PARTNERS,
        max_entries=MOST_PARTNERS,
    )
    another = SubmitField(mark("Add another partner"))

    def wants_another(self) -> bool:
        """Tell whether room for one more partner was asked for, and make it."""
        asked = bool(self.is_submitted() and self.another.data)
        if asked and len(self.partners) < MOST_PARTNERS:
            self.partners.append_entry()
        return asked

    def details(self) -> CaseDetails:
        """Give what the service needs."""
        return CaseDetails(
            label=self.label.data,
            secrets_policy=SecretsPolicy(self.secrets_policy.data),
            partners=[entry.form.details() for entry in self.partners],
        )


def known_case_form(case: Case) -> CaseForm:
    """Make the form for a case that is open: its partners stay the same ones."""
    count = len(case.partners)
    fields = {
        "partners": Partners(
            FormField(PartnerPart, mark("Partner")), min_entries=count, max_entries=count
        )
    }
    made: CaseForm = type("KnownCaseForm", (CaseForm,), fields)(data=saved_case(case))
    return made


def saved_case(case: Case) -> dict[str, Any]:
    """Give a case's details as the form holds them."""
    return {
        "version": case.version,
        "label": case.label,
        "secrets_policy": case.secrets_policy.value,
        "partners": [
            {
                "name": partner.name,
                "contact_by": partner.contact_by.value,
                "contact_details": partner.contact_details,
                "contact_notes": partner.contact_notes,
            }
            for partner in case.partners
        ],
    }
