"""Signing: each text by itself, with a typed name, before anything else is stored."""

from collections.abc import Sequence
from typing import Any

from flask import current_app

from clinic.content.consents_loader import Consent
from clinic.domain.cases import SecretsPolicy
from clinic.services import questionnaires
from clinic.services.questionnaires import SignedText
from clinic.services.rows import Partner
from clinic.web.database import get_db
from clinic.web.fields import Line
from clinic.web.forms import BaseForm


class ConsentForm(BaseForm):
    """One typed name under each text."""

    texts: Sequence[Consent]

    def documents(self) -> set[str]:
        """Name what has to be signed."""
        return {text.key for text in self.texts}

    def signed(self) -> list[SignedText]:
        """Give each text as it stood, with the name under it."""
        return [
            SignedText(text.key, text.version, "\n\n".join(text.paragraphs), self[text.key].data)
            for text in self.texts
        ]


def consent_form(partner: Partner) -> ConsentForm:
    """Make the form with the texts in force for this partner's case."""
    texts = consents_for(questionnaires.policy_of(get_db(), partner))
    fields: dict[str, Any] = {"texts": texts}
    for text in texts:
        fields[text.key] = Line(
            "Type your name to sign this text",
            "your name under this text",
            render_kw={"autocomplete": "off"},
        )
    made: ConsentForm = type("PartnerConsentForm", (ConsentForm,), fields)()
    return made


def consents_for(policy: SecretsPolicy) -> list[Consent]:
    """List what is signed under a policy: the texts for everybody, then the policy's own."""
    consents: dict[str, Consent] = current_app.extensions["contents"].consents
    policies = {each.value for each in SecretsPolicy}
    return [text for key, text in consents.items() if key not in policies or key == policy.value]
