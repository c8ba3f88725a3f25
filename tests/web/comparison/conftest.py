"""Vignettes 01, 03 and 05, answered by everybody in them."""

import pytest

from clinic.models.store import Store
from tests.cast import Person
from tests.services.answering import Answered, answer_all
from tests.vignette_answers import LATE_MESSAGES, ORDINARY_LIFE, TWO_MAPS


@pytest.fixture
def late(store: Store, ines: Person) -> Answered:
    """Mara and Jonas: the late messages."""
    return answer_all(store, ines, LATE_MESSAGES)


@pytest.fixture
def two_maps(store: Store, ines: Person) -> Answered:
    """Ruth and Adaeze: the two read each other wrongly."""
    return answer_all(store, ines, TWO_MAPS)


@pytest.fixture
def ordinary(store: Store, ines: Person) -> Answered:
    """Elena and Viktor: the concern is ordinary life, and the guard holds."""
    return answer_all(store, ines, ORDINARY_LIFE)
