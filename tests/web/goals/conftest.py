"""An empty case of Ines's beside her full one."""

from dataclasses import replace

import pytest

from clinic.models.store import Store
from tests import factories as made
from tests.cast import Person


@pytest.fixture
def ines(ines: Person, store: Store) -> Person:
    """Give Ines with a case that holds nothing yet."""
    with made.at_work(store, ines) as db:
        case = made.make_case(db, "Mara", "Jonas")
        refs = tuple(partner.public_id for partner in case.partners)
        return replace(ines, case_ref=case.public_id, partner_refs=refs)
