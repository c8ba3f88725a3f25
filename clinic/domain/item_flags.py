"""What single answers ask the treating clinician to look at, and nobody else.

Which answer raises what is written beside its item in the questionnaire's file. A positive answer
stands and a gap is never taken for a "no"; there is no word for "safe".

Source: clinical.md 5.4 and 4.4 (screens).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic.domain.answers import NOTHING, AnswerState, Given
from clinic.domain.items import Flag, Item, counted
from clinic.domain.questionnaires import ScreenResult


@dataclass(frozen=True, slots=True)
class Raised:
    """One answer that raised a flag."""

    item: str
    value: str
    flag: Flag


def raised(items: Sequence[Item], answers: Mapping[str, Given]) -> tuple[Raised, ...]:
    """Name every answer that raises a flag, in the items' order.

    It does so even when its item is hidden by now: somebody may have walked in.

    >>> raised([], {})
    ()
    """
    return tuple(
        Raised(item.key, value, flag)
        for item in items
        for value, flag in item.raises
        if value in answers.get(item.key, NOTHING).values
    )


def safety_result(items: Sequence[Item], answers: Mapping[str, Given]) -> ScreenResult:
    """Read the answers that can raise a safety flag as one screen.

    Hidden, skipped and declined ones make it incomplete; without any such item it is, too.

    >>> safety_result([], {}).value
    'incomplete'
    """
    if any(one.flag is Flag.SAFETY for one in raised(items, answers)):
        return ScreenResult.POSITIVE
    asked = [item.key for item in items if Flag.SAFETY in {flag for _, flag in item.raises}]
    counting = counted(items, answers)
    states = [counting.get(key, NOTHING).state for key in asked]
    complete = asked and all(state is AnswerState.ANSWERED for state in states)
    return ScreenResult.NO_INDICATION if complete else ScreenResult.INCOMPLETE
