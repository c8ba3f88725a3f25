"""What a partner reads and signs alone, before anything individual is stored.

Source: clinical.md 5.3 and 5.8. Which policy on secrets is signed is the case's; safety is exempt
from every policy, and each text says so for everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic.domain.cases import SecretsPolicy

#: Stands on a page where the policy of the case is signed.
SECRETS_POLICY = "secrets-policy"


class NoPolicyError(LookupError):
    """The case has no policy on secrets yet, so there is nothing to sign."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One heading and what stands under it."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Consent:
    """One text to sign. The typed name agrees to `statement`; `review` is for the practice."""

    key: str
    version: int
    title: str
    passages: tuple[Passage, ...]
    statement: str
    review: str
    language: str
    licence: str
    source: str

    @property
    def text(self) -> str:
        r"""The whole text as it is stored with a signature, in plain lines.

        >>> Consent("k", 1, "T", (Passage("H", "Words."),), "I agree.", "", "en", "", "").text
        'T\n\nH\nWords.\n\nI agree.'
        """
        passages = (f"{passage.heading}\n{passage.text}" for passage in self.passages)
        return "\n\n".join([self.title, *passages, self.statement])


def consent_to_sign(consents: Mapping[str, Consent], signs: str, policy: SecretsPolicy) -> Consent:
    """Give the consent a page asks for; the policy on secrets is the one the case follows.

    Raises NoPolicyError while the case follows none.
    """
    if signs != SECRETS_POLICY:
        return consents[signs]
    if policy is SecretsPolicy.NOT_YET:
        raise NoPolicyError("choose a policy on secrets first")
    return consents[policy.value]
