"""Standardised measures, of which the therapist enters a score: no item text is known here.

Change is judged only where a source for it was read and checked. Without one there is a score and
nothing more.

Source: clinical.md parts 3 and 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from math import inf

from clinic.domain.change import Direction, Measure, ScoreRangeError, difference_error_from
from clinic.domain.said import mark, say
from clinic.domain.visibility import Layer


@unique
class Delivery(StrEnum):
    """What may be shipped of an instrument: a score's rules, or a slot for a licensed pack."""

    SCORE = "score"
    PACK = "pack"


@dataclass(frozen=True, slots=True)
class SingleItem:
    """One item whose answer is entered beside the score, because it matters by itself."""

    number: int
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Cited:
    """A number with the source it was read in."""

    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """One score of one instrument; a second subscale is a second entry.

    A bound is None where its source was not checked; without a `direction` or `reliable_points`
    no change is judged. `at_least` of `items` answers are needed; None leaves that to the form.
    """

    key: str
    name: str
    scale: str
    version: int
    layer: Layer
    delivery: Delivery
    items: int
    missing: str
    licence: str
    source: str
    lowest: float | None = None
    highest: float | None = None
    direction: Direction | None = None
    whole: bool = True
    at_least: int | None = None
    cut_off: Cited | None = None
    clinical_at_cut_off: bool = True
    reliable_points: Cited | None = None
    asks_single_item: SingleItem | None = None
    note: str = ""

    @property
    def measure(self) -> Measure | None:
        """What change is judged by, or None where no checked source allows it."""
        if self.direction is None or self.reliable_points is None:
            return None
        return Measure(
            -inf if self.lowest is None else self.lowest,
            inf if self.highest is None else self.highest,
            self.direction,
            difference_error_from(self.reliable_points.value),
            self.reliable_points.source,
            self.cut_off.value if self.cut_off else None,
            self.clinical_at_cut_off,
        )


#: Every instrument by key, in the order of the files.
Instruments = Mapping[str, Instrument]


def check_score(instrument: Instrument, score: float) -> float:
    """Give the score back, or refuse (ScoreRangeError) one the instrument cannot have.

    Where a bound was not checked, none is set.
    """
    low = -inf if instrument.lowest is None else instrument.lowest
    high = inf if instrument.highest is None else instrument.highest
    if not (low <= score <= high and abs(score) < inf):
        raise ScoreRangeError(
            say(
                "%(measure)s runs from %(lowest)s to %(highest)s",
                measure=instrument.name,
                lowest=f"{low:g}",
                highest=f"{high:g}",
            )
        )
    if instrument.whole and score != int(score):
        raise ScoreRangeError(say("%(measure)s is a whole number", measure=instrument.name))
    return score


def item_nine_needs_task(value: int | None) -> bool:
    """Tell whether item 9 of the PHQ-9 needs a safety task, whatever the total.

    From 0 to 3; 1 or more does, and so does an answer that was left out: a blank is not a "no".

    >>> item_nine_needs_task(1), item_nine_needs_task(None)
    (True, True)
    >>> item_nine_needs_task(0)
    False
    """
    if value is not None and not 0 <= value <= 3:
        raise ScoreRangeError(mark("item 9 is from 0 to 3, or left out"))
    return value is None or value > 0
