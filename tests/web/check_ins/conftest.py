"""Ines with a case in which nobody has been asked for a check-in yet."""

from dataclasses import replace

import pytest

from clinic.models.store import Store
from tests.cast import Person
from tests.factories import at_work, make_case


@pytest.fixture
def ines(store: Store, ines: Person) -> Person:
    """Ines with a new case of Mara and Jonas, beside the full one that all pages are tested on."""
    with at_work(store, ines) as db:
        case = make_case(db, "Mara", "Jonas", label="Tuesday, second room")
        refs = tuple(partner.public_id for partner in case.partners)
        return replace(ines, case_ref=case.public_id, partner_refs=refs)
