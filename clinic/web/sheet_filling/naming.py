"""What things are called on the sheets for the therapist alone, in the sheet's own language."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from clinic.content.library import Concern
from clinic.domain.visibility import Layer
from clinic.services.rows import BehaviourRecord, Case, EvidenceItem, Explanation
from clinic.web.explanations import behaviour_name, explanation_name
from clinic.web.people import name_of, names_of


class Sheet(NamedTuple):
    """What a sheet is filled from: the case, its content, and how its days are written."""

    case: Case
    concern: Concern
    worded: Callable[..., str]


def named(sheet: Sheet, row: Explanation) -> str:
    """Call an explanation by its name, and say about whom it is where it is about one of them."""
    return _with_name(sheet, str(explanation_name(sheet.concern, row)), row.about_ids)


def recorded(sheet: Sheet, row: BehaviourRecord) -> str:
    """Call a behaviour by its name, and say whose it is."""
    return _with_name(sheet, str(behaviour_name(sheet.concern, row)), (row.about_id,))


def _with_name(sheet: Sheet, what: str, about: Sequence[int]) -> str:
    name = names_of(sheet.case, about, "")
    return f"{what} ({name})" if name else what


def origin(sheet: Sheet, item: EvidenceItem) -> str:
    """Say who an observation comes from, when, and whether it was said in private."""
    private = ", in private" if item.layer is Layer.PRIVATE else ""
    return f"{name_of(sheet.case, item.source_id)}{private}, {sheet.worded(item.observed_on)}"
