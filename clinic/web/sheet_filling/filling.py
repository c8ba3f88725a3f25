"""Filling a sheet from a case, with the keys of whoever it is for and no others."""

from collections.abc import Collection, Sequence
from typing import Protocol

from clinic.domain.guard import NOT_OPEN
from clinic.domain.sheets import SheetFill
from clinic.domain.visibility import Audience
from clinic.domain.worksheets import SheetAudience, Worksheet
from clinic.services import worksheets
from clinic.services.errors import RefusedError
from clinic.services.rows import Case, ScopedSession
from clinic.services.sheet_prints import Item
from clinic.services.sheet_sources import Wanted
from clinic.web.contents import concern_of
from clinic.web.printing import blank_fill
from clinic.web.sheet_filling.alone import fill_alone
from clinic.web.sheet_filling.desk import Desk
from clinic.web.sheet_filling.paper_words import words_of
from clinic.web.sheet_filling.shutting import Doors

#: What even a blank sheet holds: it is chosen as such, and not as something to fill in.
ON_BLANK = frozenset({"behaviours"})


class Wish(Protocol):
    """What is asked of one sheet: whose it is, and what is filled in."""

    @property
    def reader_ref(self) -> str:
        """The partner whose sheet it is, "" for a sheet of all or of the therapist."""

    @property
    def fields(self) -> Collection[str]:
        """The fields to fill in, by name; none makes a blank sheet."""

    @property
    def chosen(self) -> Sequence[str]:
        """The behaviours to place, by their keys."""


def offered(worksheet: Worksheet) -> Sequence[str]:
    """List the fields of a sheet that can be filled in by choice, as they stand on the paper."""
    kept = ON_BLANK if worksheet.places_behaviours else frozenset()
    return [name for name in worksheet.labels() if name not in kept]


def fill(desk: Desk, case: Case, worksheet: Worksheet, wish: Wish) -> SheetFill:
    """Fill a sheet as it is asked for, field by field.

    Raises RefusedError, without a reason, while the sheet or a field that is asked for is shut.
    """
    if Doors(desk, case).is_shut(Item(worksheet.key, worksheet.version, tuple(wish.fields))):
        raise RefusedError(NOT_OPEN)
    return whole(desk, case, worksheet, wish, wish.fields)


def whole(
    desk: Desk, case: Case, worksheet: Worksheet, wish: Wish, fields: Collection[str]
) -> SheetFill:
    """Fill these fields of a sheet from what its audience may read; asks nothing about shutting."""
    if not fields:
        return blank_fill(worksheet, concern_of(case), wish.chosen, len(case.partners))
    if worksheet.audience is SheetAudience.THERAPIST:
        return fill_alone(desk, case, worksheet).only(fields)
    concern = concern_of(case)
    placed = blank_fill(worksheet, concern, wish.chosen).fields.get("behaviours", ())
    behaviours = [label for (label,) in placed]
    wanted = Wanted(case.public_id, concern, words_of(worksheet), wish.reader_ref, behaviours)
    filled = worksheets.fill_sheet(_narrow(desk, worksheet, wish), worksheet, wanted)
    return filled.only(ON_BLANK.union(fields))


def _narrow(desk: Desk, worksheet: Worksheet, wish: Wish) -> ScopedSession:
    if worksheet.has_one_reader:
        return desk.narrow(Audience.PARTNER, wish.reader_ref)
    return desk.narrow(Audience.COUPLE, "")
