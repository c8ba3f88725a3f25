"""Signing: each text by itself, with a typed name, before anything else is stored."""

from dataclasses import replace
from typing import Any

from wtforms import HiddenField, ValidationError

from clinic.domain.consents import Consent, Passage, consent_to_sign
from clinic.domain.items import Page
from clinic.domain.said import mark, own
from clinic.services import questionnaires
from clinic.services.questionnaires import SignedText
from clinic.services.rows import Partner
from clinic.web.contents import reviewed
from clinic.web.database import get_db
from clinic.web.fields import Line
from clinic.web.forms import BaseForm
from clinic.web.language import chosen, translate
from clinic.web.questionnaires.forms import short


class ConsentForm(BaseForm):
    """A name typed under one text. `shown` tells apart which words stand on the page."""

    shown = HiddenField()

    consent: Consent
    read: str | None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.read, self.shown.data = self.shown.data, short(self.consent.text)

    def validate_typed_name(self, _field: Line) -> None:
        """Refuse a name under other words than were read, in another language for example."""
        if self.read != self.shown.data:
            raise ValidationError(
                mark("The text has changed since you opened this page. Please read it again")
            )

    def signed(self) -> SignedText:
        """Give the text as it stood, with the name under it."""
        text = self.consent
        return SignedText(text.key, text.version, text.text, self["typed_name"].data)


def consent_of(partner: Partner, page: Page) -> Consent:
    """Give the text that is signed on a page; the policy on secrets is the case's own."""
    consents = reviewed().consents
    policy = questionnaires.policy_of(get_db(), partner)
    return consent_to_sign(consents, str(page.signs), policy)


def in_language(consent: Consent) -> Consent:
    """Give a text in the reader's language: this one is shown, and this one is stored."""
    return replace(
        consent,
        title=translate(consent.title),
        passages=tuple(
            Passage(translate(each.heading), translate(each.text)) for each in consent.passages
        ),
        statement=translate(consent.statement),
        language=chosen(),
    )


def consent_form(consent: Consent) -> ConsentForm:
    """Make the form for one text, as it is read."""
    field = Line(
        "Type your name to sign",
        mark("your name"),
        # As it was read: nothing may say these words once more in another way.
        description=own(consent.statement),
        render_kw={"autocomplete": "off"},
    )
    fields: dict[str, Any] = {"consent": consent, "typed_name": field}
    made: ConsentForm = type("PartnerConsentForm", (ConsentForm,), fields)()
    return made
