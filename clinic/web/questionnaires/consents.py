"""Signing: each text by itself, with a typed name, before anything else is stored."""

from typing import Any

from flask import current_app

from clinic.domain.consents import Consent, consent_to_sign
from clinic.domain.items import Page
from clinic.services import questionnaires
from clinic.services.questionnaires import SignedText
from clinic.services.rows import Partner
from clinic.web.database import get_db
from clinic.web.fields import Line
from clinic.web.forms import BaseForm


class ConsentForm(BaseForm):
    """A name typed under one text."""

    consent: Consent

    def signed(self) -> SignedText:
        """Give the text as it stood, with the name under it."""
        text = self.consent
        return SignedText(text.key, text.version, text.text, self["typed_name"].data)


def consent_of(partner: Partner, page: Page) -> Consent:
    """Give the text that is signed on a page; the policy on secrets is the case's own."""
    consents: dict[str, Consent] = current_app.extensions["contents"].consents
    policy = questionnaires.policy_of(get_db(), partner)
    return consent_to_sign(consents, str(page.signs), policy)


def consent_form(consent: Consent) -> ConsentForm:
    """Make the form for one text."""
    field = Line(
        "Type your name to sign",
        "your name",
        description=consent.statement,
        render_kw={"autocomplete": "off"},
    )
    fields: dict[str, Any] = {"consent": consent, "typed_name": field}
    made: ConsentForm = type("PartnerConsentForm", (ConsentForm,), fields)()
    return made
