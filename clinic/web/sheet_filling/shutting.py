"""What stays shut while safety comes first: whole sheets, and what comes from comparing.

Whoever reads along learns nothing: all that is ever said is `guard.NOT_OPEN`.
"""

from collections.abc import Collection
from functools import cached_property

from clinic.domain.tracks import OPENNESS_SHEETS, Tool
from clinic.domain.worksheets import Worksheet
from clinic.services import safety
from clinic.services.comparison import GuardState
from clinic.services.rows import Case
from clinic.services.sheet_prints import Item
from clinic.web.contents import intake_of
from clinic.web.sheet_filling.alone import COMPARING
from clinic.web.sheet_filling.desk import Desk

#: Fields that hold what the partners released to each other.
RELEASED = frozenset({"alike", "differ"})


class Doors:
    """What is open in a case just now; its track is looked up once, and only where it counts."""

    def __init__(self, desk: Desk, case: Case) -> None:
        self._desk, self._case = desk, case

    @cached_property
    def _state(self) -> GuardState:
        return safety.track_of(self._desk.db, self._case, intake_of(self._case))

    def is_shut(self, item: Item) -> bool:
        """Tell whether a sheet stays shut, filled in as it is."""
        return self._is_shut_sheet(item.sheet) or bool(self.shut_fields(item.fields))

    def shut_fields(self, fields: Collection[str]) -> frozenset[str]:
        """Give which of these fields stay empty, whatever the sheet."""
        asked = RELEASED.intersection(fields)
        return asked if asked and self._state.is_shut(Tool.REVEAL) else frozenset()

    def _is_shut_sheet(self, sheet: str) -> bool:
        if sheet in COMPARING:
            return self._state.is_shut(Tool.COMPARISON)
        is_of_openness = sheet.upper() in OPENNESS_SHEETS
        return is_of_openness and self._state.is_shut(Tool.SHEET, sheet)


def is_shut(desk: Desk, case: Case, worksheet: Worksheet) -> bool:
    """Tell whether a sheet stays shut, as the tools for comparing and for openness do."""
    return Doors(desk, case).is_shut(Item(worksheet.key, worksheet.version))
