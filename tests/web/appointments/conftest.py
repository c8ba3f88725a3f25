"""An appointment of Ines's full case, and its addresses."""

import pytest

from tests.web.addresses import Refs


@pytest.fixture
def held(full: Refs) -> str:
    return f"/cases/{full['case_ref']}/appointments"


@pytest.fixture
def url(held: str, full: Refs) -> str:
    return f"{held}/{full['appointment_ref']}"
