"""The form for what was agreed when it began, one account a partner."""

from typing import Any

from wtforms import FormField

from clinic.domain.agreement import OnsetStatus, Openness
from clinic.domain.said import mark
from clinic.services.behaviours import OnsetDetails
from clinic.services.rows import Case, OnsetAgreement, OnsetPosition
from clinic.web import wording
from clinic.web.fields import One, Words, in_words
from clinic.web.forms import BaseForm, Part, Version
from clinic.web.people import partner_choices


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
