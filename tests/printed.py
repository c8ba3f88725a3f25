"""Worksheets as HTML, as the app would send them to print, without the app."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from clinic.content.worksheets_loader import load_worksheets
from clinic.domain.blocks import Anchors, Block, Rows
from clinic.domain.grids import Matrix, Ratings, Table, Views
from clinic.domain.sheets import (
    Footer,
    GoalRow,
    Sheet,
    SheetFill,
    behaviours_fill,
    draw,
    goals_fill,
)
from clinic.domain.worksheets import NAME_FIELD, TypeSize, Worksheet

ROOT = Path(__file__).parents[1]
RESOURCES = "Somebody to talk to, day and night: 0800 000 000."
FOOTER = Footer(date="14 March 2026", resources=RESOURCES)

NEUTRAL = tuple(f"Keeps in touch with friend number {number}" for number in range(1, 17))
GOALS = (
    GoalRow(
        text="We have one calm talk a week, and both of us stay in it.",
        owners="Łukasz and Sam",
        why="So that it is not always hanging over us. 🙂",
        anchors=("No talk", "A talk that stops", "One talk a week", "We feel heard", "Easy"),
        review="2 May 2026",
        ratings=(("3 Jan", 2), ("10 Jan", 3)),
    ),
    GoalRow(text="I say where I am going before I am asked."),
)
FILLS = {
    "w02 blank": behaviours_fill(NEUTRAL),
    "w02 filled": behaviours_fill([*NEUTRAL, "A" * 300, "Texts a friend 🎉"], "Łukasz Žižek"),
    "w13 blank": SheetFill(),
    "w13 filled": goals_fill(GOALS, "Łukasz Žižek", ["Łukasz", "Алексей", "Sam"]),
}

_TEMPLATES = Environment(
    loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined
)
WORKSHEETS = load_worksheets()


def html(
    key: str, fill: SheetFill, size: TypeSize = TypeSize.NORMAL, footer: Footer = FOOTER
) -> str:
    """The page of one worksheet, by its key."""
    return drawn(draw(WORKSHEETS[key], fill, footer, size))


def drawn(sheet: Sheet) -> str:
    """The page of a sheet."""
    return _TEMPLATES.get_template("worksheets/sheet.html").render(sheet=sheet)


def page(body: str) -> str:
    """A small page around a body."""
    return f"<!doctype html><html lang=en><head><title>Page</title></head><body>{body}"


def whole_fill(worksheet: Worksheet, text: str, entries: int = 2) -> SheetFill:
    """The same words in every field a sheet can be filled in, a few rows and entries of each."""
    fields: dict[str, Rows] = {}
    groups: dict[str, dict[str, Rows]] = {}
    for section in worksheet.sections:
        for block in section.blocks:
            if block.field and section.repeat:
                groups.setdefault(section.repeat, {})[block.field] = _rows(block, text)
            elif block.field:
                fields[block.field] = _rows(block, text)
    if NAME_FIELD in worksheet.prefill:
        fields[NAME_FIELD] = ((text,),)
    return SheetFill(fields, {group: (entry,) * entries for group, entry in groups.items()})


def _rows(block: Block, text: str) -> Rows:
    match block:
        case Anchors():
            return ((text,),) * 5
        case Ratings():
            return (("3 Jan", "2"), ("10 Jan", "3"))
        case Table():
            return ((text,) * len(block.columns),) * 2
        case Views():
            return ((text, "Sam"), (text, text, "Fine for me"))
        case Matrix():
            return (("", text, "B"), (text, "+ 1", "\u2212 2"))
    return ((text,),)
