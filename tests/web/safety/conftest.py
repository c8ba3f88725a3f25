"""Cases about which nothing is known yet, and one in which a partner is leaning out."""

from dataclasses import replace

import pytest

from clinic.domain.answers import given
from clinic.models.store import Store
from tests.cast import Person
from tests.factories import at_work, make_case
from tests.services.answering import Answered, answer_all
from tests.vignette_answers import LATE_MESSAGES


@pytest.fixture
def ines(store: Store, ines: Person) -> Person:
    """Ines with a new case of Mara and Jonas, beside the full one that all pages are tested on."""
    with at_work(store, ines) as db:
        case = make_case(db, "Mara", "Jonas")
        refs = tuple(partner.public_id for partner in case.partners)
        return replace(ines, case_ref=case.public_id, partner_refs=refs)


@pytest.fixture
def leaning(store: Store, ines: Person) -> Answered:
    """Mara and Jonas, and Jonas leans out."""
    jonas = {**LATE_MESSAGES["Jonas"], "standpoint": given(["leaning-out"])}
    return answer_all(store, ines, {**LATE_MESSAGES, "Jonas": jonas})
