"""What the path of a case suggests next: one step, with its reason."""

from typing import NamedTuple

from clinic.domain.formulation import RollUp
from clinic.domain.said import mark
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
            mark("Begin with what can be seen, before anybody asks why."),
            mark("Record a behaviour"),
            "behaviours.record",
        ),
    ),
    (
        "onset",
        NextStep(
            mark("Write down what each of them thought was agreed at the time."),
            mark("What was agreed"),
            "behaviours.agreed",
        ),
    ),
    (
        "explanations",
        NextStep(
            mark("Propose what may lie beneath. Two explanations are better than one."),
            mark("Add an explanation"),
            "formulation.add_explanation",
        ),
    ),
    (
        "formulations",
        NextStep(
            mark("Say where your reading stands for now, and write the summary for them."),
            mark("Roll-up and summary"),
            "formulation.roll_up",
        ),
    ),
    (
        "goals",
        NextStep(
            mark("Set a pair of goals: one for what is visible, one for what lies beneath."),
            mark("Set a pair of goals"),
            "goals.set_pair",
        ),
    ),
)
AFTER_ALL = NextStep(
    mark(
        "Everything is in place. Rate the goals at each appointment, and come back to your reading."
    ),
    mark("Start an appointment"),
    "appointments.hold",
)


SAFETY_FIRST = NextStep(
    mark("See each of them alone first. Goals and worksheets for them together can wait."),
    mark("Start an appointment"),
    "appointments.hold",
)


def next_step(progress: Progress, roll_up: RollUp | None = None) -> NextStep:
    """Suggest the first step of the path that has not been taken; safety comes before the path."""
    if roll_up is RollUp.SAFETY_TRACK:
        return SAFETY_FIRST
    return next((step for name, step in PATH if not getattr(progress, name)), AFTER_ALL)
