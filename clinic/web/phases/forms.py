"""The form that moves a case to another phase."""

from collections.abc import Mapping, Sequence
from typing import Any

from clinic.domain.phases import Phase
from clinic.domain.said import mark
from clinic.services.phases import Move, MoveDetails, present
from clinic.web.fields import One, Words
from clinic.web.forms import BaseForm, Version


class MoveForm(BaseForm):
    """Where to, and why; the phases are those of the content."""

    leading = ("version", "phase")
    version = Version()
    reason = Words(
        "Why now",
        mark("why you move on"),
        description=mark(
            "For you alone. Needed where something is not ticked, or where something comes first."
        ),
    )

    def details(self) -> MoveDetails:
        """Give what the service needs."""
        return MoveDetails(self["phase"].data, self.reason.data or "")


def move_form(phases: Mapping[str, Phase], moves: Sequence[Move]) -> MoveForm:
    """Make the form with every phase but the present one to choose from."""
    here = present(phases, moves)
    choices = [(key, phase.title) for key, phase in phases.items() if key != here]
    fields = {"phase": One("Move to", choices, thing=mark("a phase"))}
    made: MoveForm = type("PhaseMoveForm", (MoveForm,), fields)(data=saved_move(moves))
    return made


def saved_move(moves: Sequence[Move]) -> Mapping[str, Any]:
    """Give the last move as the form compares it: what another tab moved to meanwhile."""
    return {"version": moves[-1].number if moves else 0}


def meanwhile(phases: Mapping[str, Phase], moves: Sequence[Move]) -> Mapping[str, Any]:
    """Give what was saved since the page was made."""
    return {**saved_move(moves), "phase": present(phases, moves)}
