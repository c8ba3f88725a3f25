"""The fields of a sheet to choose from: what each would print, or why it cannot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic.domain.blocks import Block, Rows
from clinic.domain.grids import Matrix, Views
from clinic.domain.sheets import SheetFill
from clinic.domain.worksheets import Worksheet
from clinic.services import sheet_reasons
from clinic.services.rows import Case
from clinic.web.contents import concern_of
from clinic.web.sheet_filling.desk import Desk
from clinic.web.sheet_filling.filling import Wish, offered, whole
from clinic.web.sheet_filling.shutting import Doors
from clinic.web.worksheets.reason_words import in_words

#: How much of what would be printed is shown beside its name.
FEW_LETTERS = 110


@dataclass(frozen=True)
class Choice:
    """One field: the words it would print, "" where there are none, and what is to be known of it.

    `drawn` tells that it is a drawing and has no words.
    """

    words: str
    reasons: Sequence[str]
    drawn: bool = False

    @property
    def is_open(self) -> bool:
        """Whether there is anything to print."""
        return self.drawn or bool(self.words)


def choices_of(desk: Desk, case: Case, worksheet: Worksheet, wish: Wish) -> Mapping[str, Choice]:
    """Give every field of a sheet by name, in the order of the paper, as its audience reads it."""
    names = offered(worksheet)
    shut = Doors(desk, case).shut_fields(names)
    filled = whole(desk, case, worksheet, wish, [name for name in names if name not in shut])
    words = {name: _in_few_words(worksheet, filled, name) for name in names if name not in shut}
    drawn = {name for name in words if _is_drawn(filled, name)}
    there = {name: bool(text) or name in drawn for name, text in words.items()}
    why = sheet_reasons.reasons(desk.db, case, concern_of(case), there, shut)
    return {
        name: Choice(words.get(name, ""), [in_words(each) for each in why[name]], name in drawn)
        for name in names
    }


def left_empty(choices: Mapping[str, Choice]) -> Mapping[Sequence[str], Sequence[str]]:
    """Give the fields that cannot be filled in, by the reasons for it."""
    found: dict[Sequence[str], list[str]] = {}
    for name, choice in choices.items():
        if not choice.is_open:
            found.setdefault(tuple(choice.reasons), []).append(name)
    return found


def _in_few_words(worksheet: Worksheet, filled: SheetFill, name: str) -> str:
    rows = _without_headings(_blocks(worksheet).get(name), filled.given(name))
    told = (" · ".join(" ".join(cell.split()).rstrip(".") for cell in row if cell) for row in rows)
    # Several goals are often looked at on the same day.
    text = "; ".join(dict.fromkeys(told))
    return text if len(text) <= FEW_LETTERS else text[: FEW_LETTERS - 1].rstrip() + "…"


def _without_headings(block: Block | None, rows: Rows) -> Rows:
    return rows[1:] if isinstance(block, Views | Matrix) else rows


def _blocks(worksheet: Worksheet) -> Mapping[str, Block]:
    found: dict[str, Block] = {}
    for section in worksheet.sections:
        named = [block for block in section.blocks if block.field]
        found |= dict(zip(section.fields(), named, strict=True))
    return found


def _is_drawn(filled: SheetFill, name: str) -> bool:
    return name in filled.drawings and bool(filled.drawings[name].height)
