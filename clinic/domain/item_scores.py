"""Adding up the answers of a questionnaire whose choices carry numbers.

Source: the ordinal values of FHIR R4. They name no rule for missing answers, so there is none:
a total needs every scored question that was asked.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from clinic.domain.answers import Given
from clinic.domain.items import Item, counted
from clinic.domain.questionnaires import Score

#: What each choice counts, by item and choice.
ItemScores = Mapping[str, Mapping[str, Decimal]]


def total(scores: ItemScores, items: Sequence[Item], answers: Mapping[str, Given]) -> Score | None:
    """Add up the chosen answers, or give None when a scored question that was asked has no number.

    Questions that were hidden are left out. None as well when nothing scored was asked.

    >>> total({}, [], {}) is None
    True
    """
    asked = {key: given for key, given in counted(items, answers).items() if key in scores}
    numbers = [_number(scores[key], given) for key, given in asked.items()]
    known = [number for number in numbers if number is not None]
    if not known or len(known) < len(numbers):
        return None
    return Score(float(sum(known)), len(known), len(numbers), prorated=False)


def _number(values: Mapping[str, Decimal], given: Given) -> Decimal | None:
    if not given.values or any(value not in values for value in given.values):
        return None
    return sum((values[value] for value in given.values), start=Decimal(0))
