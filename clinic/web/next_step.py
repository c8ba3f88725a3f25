"""What the path of a case suggests next: one step, with its reason."""

from typing import NamedTuple

from clinic.domain.formulation import RollUp
from clinic.services.cases import Progress


class NextStep(NamedTuple):
    """A suggestion: why, what the button says, and where it leads."""

    text: str
    label: str
    endpoint: str


PATH = (
    (
        "behaviours",
        NextStep(
            "Begin with what can be seen, before anybody asks why.",
            "Record a behaviour",
            "behaviours.record",
        ),
    ),
    (
        "onset",
        NextStep(
            "Write down what each of them thought was agreed at the time.",
            "What was agreed",
            "behaviours.agreed",
        ),
    ),
    (
        "explanations",
        NextStep(
            "Propose what may lie beneath. Two explanations are better than one.",
            "Add an explanation",
            "formulation.add_explanation",
        ),
    ),
    (
        "formulations",
        NextStep(
            "Say where your reading stands for now, and write the summary for them.",
            "Roll-up and summary",
            "formulation.roll_up",
        ),
    ),
    (
        "goals",
        NextStep(
            "Set a pair of goals: one for what is visible, one for what lies beneath.",
            "Set a pair of goals",
            "goals.set_pair",
        ),
    ),
)
AFTER_ALL = NextStep(
    "Everything is in place. Rate the goals at each appointment, and come back to your reading.",
    "Start an appointment",
    "appointments.hold",
)


SAFETY_FIRST = NextStep(
    "See each of them alone first. Goals and worksheets for them together can wait.",
    "Start an appointment",
    "appointments.hold",
)


def next_step(progress: Progress, roll_up: RollUp | None = None) -> NextStep:
    """Suggest the first step of the path that has not been taken; safety comes before the path."""
    if roll_up is RollUp.SAFETY_TRACK:
        return SAFETY_FIRST
    return next((step for name, step in PATH if not getattr(progress, name)), AFTER_ALL)
