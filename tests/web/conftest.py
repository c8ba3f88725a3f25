"""A full case of Ines's, with what each thing in it is called in addresses."""

import pytest

from clinic.models.store import Store
from tests.cast import Person
from tests.web.addresses import Refs, put_everything_in


@pytest.fixture
def full(store: Store, ines: Person) -> Refs:
    """Everything a case can hold, in Ines's case."""
    return put_everything_in(store, ines)
