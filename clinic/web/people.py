"""The people of a case as answers to choose from: partners by name, and the therapist."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clinic.domain.said import own
from clinic.services.rows import Case
from clinic.web.wording import THERAPIST, TOGETHER

#: In an address or a form, the therapist; partners are their public ids.
THERAPIST_REF = "therapist"
TOGETHER_REF = "together"


class Rater(NamedTuple):
    """Somebody who rates: `ref` is "" for the therapist, `id` is then None.

    A partner's name stays as it was typed, whatever language "Therapist" is said in.
    """

    ref: str
    id: int | None
    name: str


def raters(case: Case) -> Sequence[Rater]:
    """List who may rate in a case: the therapist first, then every partner."""
    partners = [Rater(ref, id_, name) for ref, id_, name in _partners(case)]
    return [Rater("", None, THERAPIST), *partners]


def partner_choices(case: Case) -> list[tuple[str, str]]:
    """Offer the partners."""
    return [(ref, name) for ref, _, name in _partners(case)]


def source_choices(case: Case) -> list[tuple[str, str]]:
    """Offer the partners and the therapist, as those from whom something comes."""
    return [*partner_choices(case), (THERAPIST_REF, THERAPIST)]


def about_choices(case: Case) -> list[tuple[str, str]]:
    """Offer the relationship and each partner, as those whom something is about."""
    return [(TOGETHER_REF, TOGETHER), *partner_choices(case)]


def as_ref(answer: str | None) -> str:
    """Turn an answer into what services take: a partner's public id, or ""."""
    return "" if answer in {None, THERAPIST_REF, TOGETHER_REF} else str(answer)


def name_of(case: Case, partner_id: int | None, nobody: str = THERAPIST) -> str:
    """Name somebody by inner id; without one it is the therapist, or what `nobody` says."""
    return next((name for _, id_, name in _partners(case) if id_ == partner_id), nobody)


def ref_of(case: Case, partner_id: int | None, nobody: str = THERAPIST_REF) -> str:
    """Give somebody's public id by inner id; without one it is what `nobody` says."""
    return next((ref for ref, id_, _ in _partners(case) if id_ == partner_id), nobody)


def _partners(case: Case) -> Iterator[tuple[str, int, str]]:
    for partner in case.partners:
        yield partner.public_id, partner.id, own(partner.name)
