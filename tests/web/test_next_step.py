"""The path of a case suggests one step at a time, and safety before any of them."""

import pytest

from clinic.domain.formulation import RollUp
from clinic.services.cases import Progress
from clinic.web.next_step import AFTER_ALL, SAFETY_FIRST, next_step

NOTHING = dict.fromkeys(Progress.__dataclass_fields__, 0)
ORDER = ("behaviours", "onset", "explanations", "formulations", "goals")


@pytest.mark.parametrize(
    ("done", "endpoint"),
    [
        (0, "behaviours.record"),
        (1, "behaviours.agreed"),
        (2, "formulation.add_explanation"),
        (3, "formulation.roll_up"),
        (4, "goals.set_pair"),
    ],
)
def test_the_first_step_not_taken_is_suggested(done: int, endpoint: str) -> None:
    progress = Progress(**{**NOTHING, **dict.fromkeys(ORDER[:done], 1)})
    assert next_step(progress).endpoint == endpoint


def test_when_all_is_in_place_the_work_goes_on_in_appointments() -> None:
    assert next_step(Progress(**dict.fromkeys(NOTHING, 1))) is AFTER_ALL


def test_on_the_safety_track_no_goals_are_suggested() -> None:
    progress = Progress(**{**NOTHING, **dict.fromkeys(ORDER[:4], 1)})
    assert next_step(progress, RollUp.SAFETY_TRACK) is SAFETY_FIRST
