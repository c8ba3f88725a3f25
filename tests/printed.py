"""Worksheets as HTML, as the app would send them to print, without the app."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from clinic.content.worksheets_loader import load_worksheets
from clinic.domain.sheets import (
    Footer,
    GoalRow,
    Sheet,
    SheetFill,
    behaviours_fill,
    draw,
    goals_fill,
)
from clinic.domain.worksheets import TypeSize

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
