"""Vignettes 01, 03 and 05, answered by everybody in them."""

import pytest

from clinic.models.store import Store
from tests.cast import Person
from tests.services.answering import Answered
from tests.vignette_answers import LATE_MESSAGES, ORDINARY_LIFE, TWO_MAPS
from tests.web.comparison.handing_in import all_hand_in


@pytest.fixture
def late(store: Store, ines: Person) -> Answered:
    """Mara and Jonas: the late messages."""
    return all_hand_in(store, ines, LATE_MESSAGES)


@pytest.fixture
def two_maps(store: Store, ines: Person) -> Answered:
    """Ruth and Adaeze: the two read each other wrongly."""
    return all_hand_in(store, ines, TWO_MAPS)


@pytest.fixture
def ordinary(store: Store, ines: Person) -> Answered:
    """Elena and Viktor: the concern is ordinary life, and the guard holds."""
    return all_hand_in(store, ines, ORDINARY_LIFE)
