from pathlib import Path
from statistics import fmean

import pytest

from clinic.content.consents_loader import FOLDER, load_consent, load_consents
from clinic.content.loader import ContentError
from clinic.content.wording import UNFIT_WORDS
from clinic.domain.cases import SecretsPolicy
from clinic.domain.consents import SECRETS_POLICY, NoPolicyError, consent_to_sign
from tests.content.reading_age import grade

CONSENTS = load_consents()
POLICIES = [policy for policy in SecretsPolicy if policy is not SecretsPolicy.NOT_YET]


@pytest.mark.parametrize("consent", CONSENTS.values(), ids=CONSENTS)
def test_a_text_has_version_licence_and_asks_for_review(consent):
    assert consent.version >= 1
    assert consent.licence
    assert consent.source
    assert "lawyer" in consent.review
    assert "not legal advice" in consent.review


@pytest.mark.parametrize("consent", CONSENTS.values(), ids=CONSENTS)
def test_a_text_says_that_safety_is_different_for_everyone(consent):
    (about,) = [one for one in consent.passages if "afety" in one.heading]
    assert "the same for everyone" in about.text


@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_says_up_front_that_safety_is_exempt(policy):
    first = CONSENTS[policy.value].passages[0]
    assert first.heading == "First: safety is different"
    assert "not part of this agreement" in first.text


def test_the_exemption_reads_the_same_under_every_policy():
    assert len({CONSENTS[policy.value].passages[0] for policy in POLICIES}) == 1


@pytest.mark.parametrize("policy", POLICIES)
def test_a_page_signs_the_policy_of_the_case(policy):
    assert consent_to_sign(CONSENTS, SECRETS_POLICY, policy).key == policy.value


def test_other_pages_sign_what_they_name_whatever_the_policy():
    signed = consent_to_sign(CONSENTS, "welcome-and-privacy", SecretsPolicy.NOT_YET)
    assert signed.key == "welcome-and-privacy"


def test_a_case_without_a_policy_has_nothing_to_sign():
    with pytest.raises(NoPolicyError):
        consent_to_sign(CONSENTS, SECRETS_POLICY, SecretsPolicy.NOT_YET)


@pytest.mark.parametrize("consent", CONSENTS.values(), ids=CONSENTS)
def test_the_stored_text_is_all_that_was_read(consent):
    for passage in consent.passages:
        assert f"{passage.heading}\n{passage.text}" in consent.text
    assert consent.text.startswith(consent.title)
    assert consent.text.endswith(consent.statement)
    assert consent.review not in consent.text


@pytest.mark.parametrize("consent", CONSENTS.values(), ids=CONSENTS)
def test_a_text_is_plain_and_judges_nobody(consent):
    assert not UNFIT_WORDS.search(consent.text)
    assert fmean(grade(passage.text) for passage in consent.passages) <= 8


def test_a_text_without_its_review_note_does_not_load(tmp_path: Path):
    text = (FOLDER / "no-secrets.toml").read_text("utf-8").replace("review =", "#")
    (tmp_path / "no-secrets.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=r"no-secrets.toml: review: Field required"):
        load_consent(tmp_path / "no-secrets.toml")
