import json
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is not a broken rule.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def published():
    """Worked examples from the literature and by hand, each with its source."""
    return json.loads((Path(__file__).parent / "published.json").read_text(encoding="utf-8"))
