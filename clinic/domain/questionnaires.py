"""Scoring of questionnaires, and what happens when answers are missing.

Every rule about missing answers is the instrument's own and comes as data: nothing
here is a default of ours. Too few answers are no score, never 0, and a screen with
a gap is incomplete, never negative.

Prorating is common but biased even when answers are missing by chance (Mazza, Enders
& Ruehlman 2015), so a prorated score says that it is one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique

Answers = Mapping[str, int | None]


@unique
class Total(StrEnum):
    """How a scale's answers become one number."""

    SUM = "sum"
    MEAN = "mean"


@unique
class ScreenResult(StrEnum):
    """What a screen shows today. There is no word for "safe", because none is known."""

    POSITIVE = "positive"
    INCOMPLETE = "incomplete"
    NO_INDICATION = "no-indication-today"


class ScaleError(ValueError):
    """A scale's or screen's own description contradicts itself."""


class AnswerRangeError(ValueError):
    """An answer lies outside what its item allows."""


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale of a questionnaire with its rule for missing answers.

    Answers run from `lowest` to `highest`; `reverse` names the items counted the other
    way round. With fewer than `at_least` answers there is no score: as many as there
    are items means that nothing is prorated. Without a `required` item there is none.
    """

    items: tuple[str, ...]
    lowest: int
    highest: int
    at_least: int
    total: Total = Total.SUM
    reverse: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _refuse_repeats(self.items)
        if self.lowest >= self.highest:
            raise ScaleError(f"no answer lies between {self.lowest} and {self.highest}")
        if not 1 <= self.at_least <= len(self.items):
            raise ScaleError(f"{self.at_least} of {len(self.items)} answers cannot be asked for")
        if strangers := (self.reverse | self.required) - set(self.items):
            raise ScaleError(f"not items of the scale: {', '.join(sorted(strangers))}")


@dataclass(frozen=True, slots=True)
class Score:
    """One scale's result, and how many of its items it rests on.

    Whatever is `prorated` says so wherever it is shown, and raises no alarm by itself.
    """

    value: float
    answered: int
    of: int
    prorated: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """Items that are never prorated: positive once the answers given reach a sum."""

    items: tuple[str, ...]
    positive_from: int

    def __post_init__(self) -> None:
        _refuse_repeats(self.items)
        if self.positive_from < 1:
            raise ScaleError("a screen is positive from 1 or more")


def score(scale: Scale, answers: Answers) -> Score | None:
    """Score one scale, or give None when too few or not the required items were answered.

    Missing items count as the mean of the answered ones. Answers to items of other
    scales are passed over; an answer outside the scale's range is refused.

    >>> scale = Scale(items=("a", "b", "c"), lowest=0, highest=3, at_least=2)
    >>> score(scale, {"a": 1, "b": 2})
    Score(value=4.5, answered=2, of=3, prorated=True)
    >>> score(scale, {"a": 1, "b": None}) is None
    True
    """
    given = _counted_answers(scale, answers)
    if len(given) < scale.at_least or not scale.required <= given.keys():
        return None
    of = len(scale.items)
    parts = of if scale.total is Total.SUM else 1
    value = sum(given.values()) * parts / len(given)
    return Score(value, len(given), of, prorated=len(given) < of)


def unanswered_required(scale: Scale, answers: Answers) -> tuple[str, ...]:
    """Name the required items that have no answer, in the scale's order.

    Each is a task for the therapist: a blank is not a "no".

    >>> scale = Scale(("a", "b"), 0, 3, at_least=1, required=frozenset({"b"}))
    >>> unanswered_required(scale, {"a": 0})
    ('b',)
    >>> unanswered_required(scale, {"b": 0})
    ()
    """
    return tuple(
        item for item in scale.items if item in scale.required and answers.get(item) is None
    )


def possible_scores(scale: Scale, answers: Answers) -> tuple[float, float]:
    """Give the lowest and highest score that full answers could still have led to.

    If a cut-off lies between the two, prorating alone decided on which side the score is.

    >>> scale = Scale(items=("a", "b", "c"), lowest=0, highest=3, at_least=2)
    >>> possible_scores(scale, {"a": 1, "b": 2})
    (3.0, 6.0)
    >>> possible_scores(scale, {"a": 1, "b": 2, "c": 3})
    (6.0, 6.0)
    """
    given = _counted_answers(scale, answers)
    missing = len(scale.items) - len(given)
    parts = 1 if scale.total is Total.SUM else len(scale.items)
    known = sum(given.values())
    return (known + missing * scale.lowest) / parts, (known + missing * scale.highest) / parts


def screen_result(screen: Screen, answers: Answers) -> ScreenResult:
    """Read a screen: a positive answer stands, and a gap is never taken for a "no".

    Answers are 0 or more, so that a missing one could only add to the sum.

    >>> screen = Screen(items=("a", "b"), positive_from=1)
    >>> screen_result(screen, {"a": 1})
    <ScreenResult.POSITIVE: 'positive'>
    >>> screen_result(screen, {"a": 0})
    <ScreenResult.INCOMPLETE: 'incomplete'>
    """
    given = _given(screen.items, answers)
    if any(answer < 0 for answer in given.values()):
        raise AnswerRangeError("an answer to a screen is 0 or more")
    if sum(given.values()) >= screen.positive_from:
        return ScreenResult.POSITIVE
    complete = len(given) == len(screen.items)
    return ScreenResult.NO_INDICATION if complete else ScreenResult.INCOMPLETE


def _given(items: Iterable[str], answers: Answers) -> dict[str, int]:
    return {item: answer for item in items if (answer := answers.get(item)) is not None}


def _counted_answers(scale: Scale, answers: Answers) -> dict[str, int]:
    given = _given(scale.items, answers)
    for answer in given.values():
        if not scale.lowest <= answer <= scale.highest:
            raise AnswerRangeError(f"an answer is from {scale.lowest} to {scale.highest}")
    turned = scale.lowest + scale.highest
    return {
        item: turned - answer if item in scale.reverse else answer for item, answer in given.items()
    }


def _refuse_repeats(items: tuple[str, ...]) -> None:
    if not items or len(set(items)) < len(items):
        raise ScaleError("name every item once, and at least one")
