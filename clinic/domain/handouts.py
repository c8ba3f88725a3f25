"""Sheets that are handed out: on paper, or to be done at home, and what came back.

A sheet comes back into the layer of its audience: a sheet for one person into that person's
private layer, a sheet for all of them into the shared one.

Source: clinical.md 6.0 (rules 1, 8 and 9).
"""

from enum import StrEnum, unique

from clinic.domain.tracks import OPENNESS_SHEETS
from clinic.domain.visibility import Layer
from clinic.domain.worksheets import SheetAudience, Worksheet

#: Begins the key of what was answered at home, so that it is never taken for what is asked first.
HANDOUT = "handout:"

#: A line or two about what came of it; what is longer belongs in the note.
LONGEST_OUTCOME = 600


@unique
class Medium(StrEnum):
    """How a sheet is done: on paper, or in a partner's own way in."""

    PAPER = "paper"
    HOME = "home"


@unique
class Returned(StrEnum):
    """How far a sheet was done; nothing is said as long as nobody has asked."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not-done"


def can_be_handed_out(worksheet: Worksheet) -> bool:
    """Tell whether a sheet is for partners; the therapist's own never leave the therapist."""
    return worksheet.audience is not SheetAudience.THERAPIST


def is_for_openness(key: str) -> bool:
    """Tell whether a sheet is among those that stay shut on the safety track.

    >>> is_for_openness("w05"), is_for_openness("w04")
    (True, False)
    """
    return key.upper() in OPENNESS_SHEETS


def can_be_done_at_home(worksheet: Worksheet) -> bool:
    """Tell whether a sheet can become a form that one person fills in alone.

    Sheets for openness never can, in any case: one that came and went on somebody's phone would
    tell of what another person answered in private.
    """
    return worksheet.has_one_reader and not is_for_openness(worksheet.key)


def layer_of(worksheet: Worksheet) -> Layer:
    """Give the layer into which a sheet comes back; a therapist's own sheet has none.

    Raises ValueError for it.
    """
    if not can_be_handed_out(worksheet):
        raise ValueError(f"{worksheet.key} is never handed out")
    return Layer.PRIVATE if worksheet.has_one_reader else Layer.SHARED
