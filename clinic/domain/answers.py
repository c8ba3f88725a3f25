"""What a partner answered to one item: a value, or a state of its own when there is none.

As in FHIR's QuestionnaireResponse, an item that was skipped is not an item that was declined.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

LONGEST = 4000


@unique
class AnswerState(StrEnum):
    """Why there is, or is not, a value."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    DECLINED = "declined"


@unique
class Placing(StrEnum):
    """Where a partner places a behaviour."""

    FINE = "fine"
    DEPENDS = "depends"
    NOT_OK = "not-ok"


@unique
class Standpoint(StrEnum):
    """Where a partner stands about the relationship."""

    WORK_ON_IT = "work-on-it"
    GET_CLEAR = "get-clear-first"
    LEANING_OUT = "leaning-out"


@dataclass(frozen=True, slots=True)
class Given:
    """One item's answer. Several chosen values are kept in order; a text is one value."""

    state: AnswerState
    values: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """Give the one value, or "" when there is none.

        >>> Given(AnswerState.ANSWERED, ("7",)).value
        '7'
        >>> Given(AnswerState.DECLINED).value
        ''
        """
        return self.values[0] if self.values else ""


#: What stands where nothing was ever entered.
NOTHING = Given(AnswerState.SKIPPED)


def given(values: Sequence[str], *, declined: bool = False) -> Given:
    """Make an answer from what a form sent.

    >>> given(["fine"])
    Given(state=<AnswerState.ANSWERED: 'answered'>, values=('fine',))
    >>> given([""], declined=True)
    Given(state=<AnswerState.DECLINED: 'declined'>, values=())
    """
    if declined:
        return Given(AnswerState.DECLINED)
    kept = tuple(value for value in values if value.strip())
    return Given(AnswerState.ANSWERED, kept) if kept else NOTHING
