"""A real server with the cast in it, and a phone to open it with."""

import os
from collections.abc import Iterator

import pytest
from flask import Flask

from tests.live import serving

#: UNDERCURRENT_FULL=1 runs what takes minutes as well: 200 pairs, and every vignette.
FULL = bool(os.environ.get("UNDERCURRENT_FULL"))


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with serving(app) as found:
        yield found
