"""The people of a case as answers to choose from: partners by name, and the therapist."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from clinic.domain.cases import together
from clinic.domain.said import own
from clinic.services.rows import Case
from clinic.web.wording import THERAPIST, TOGETHER

#: In an address or a form, the therapist; partners are their public ids.
THERAPIST_REF = "therapist"
TOGETHER_REF = "together"
#: Stands between the two of a pair; no public id has it.
BETWEEN = "+"


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
    """Offer the relationship, each partner, and each pair where they are not the whole."""
    partners = partner_choices(case)
    pairs = combinations(partners, 2) if len(partners) > 2 else ()
    return [
        (TOGETHER_REF, TOGETHER),
        *partners,
        *((BETWEEN.join((a, b)), together([one, two])) for (a, one), (b, two) in pairs),
    ]


def as_ref(answer: str | None) -> str:
    """Turn an answer into what services take: a partner's public id, or ""."""
    return "" if answer in {None, THERAPIST_REF, TOGETHER_REF} else str(answer)


def as_refs(answer: str | None) -> Sequence[str]:
    """Turn an answer about one, a pair or all of them into partners' public ids."""
    return as_ref(answer).split(BETWEEN) if as_ref(answer) else ()


def names_of(case: Case, partner_ids: Sequence[int], nobody: str) -> str:
    """Name some partners in one breath; without any it is what `nobody` says."""
    names = [name for _, id_, name in _partners(case) if id_ in partner_ids]
    return together(names) if names else nobody


def refs_of(case: Case, partner_ids: Sequence[int], nobody: str) -> str:
    """Give the answer that stands for some partners; without any it is what `nobody` says."""
    return BETWEEN.join(ref for ref, id_, _ in _partners(case) if id_ in partner_ids) or nobody


def name_of(case: Case, partner_id: int | None, nobody: str = THERAPIST) -> str:
    """Name somebody by inner id; without one it is the therapist, or what `nobody` says."""
    return next((name for _, id_, name in _partners(case) if id_ == partner_id), nobody)


def ref_of(case: Case, partner_id: int | None, nobody: str = THERAPIST_REF) -> str:
    """Give somebody's public id by inner id; without one it is what `nobody` says."""
    return next((ref for ref, id_, _ in _partners(case) if id_ == partner_id), nobody)


def _partners(case: Case) -> Iterator[tuple[str, int, str]]:
    for partner in case.partners:
        yield partner.public_id, partner.id, own(partner.name)
