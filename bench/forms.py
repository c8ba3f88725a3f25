"""How much faster a form is filled in than laid out. `python -m bench.forms`.

Both are made by one warm press in turn in one run, so the ratio holds on any computer: a sheet
whose blank the press has not seen, and the same sheet with other values once its blank is kept.
Says also how large the blank forms are.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

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
from clinic.domain.worksheets import Paper, TypeSize
from clinic.pdf.printing import render_form

ROOT = Path(__file__).parents[1]
ROUNDS = 9
LEAST = 10.0
LARGEST = 70_000

SHEETS = load_worksheets()
RESOURCES = "Somebody to talk to: 0800 000 000"
BEHAVIOURS = [f"Keeps in touch with friend number {number}, mostly late" for number in range(16)]
PAGES = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)

#: What the three sheets are filled with: a name, goals with a long text, and goals in a table.
FILLS = {
    "w02": behaviours_fill(BEHAVIOURS, "Kim"),
    "w13": goals_fill(
        [GoalRow("We have one calm talk a week. " * 8, "Kim", "It helps")] * 2, "Kim"
    ),
    "w14": SheetFill({"shared_goals": (("One calm talk a week", "", ""),) * 4}),
}


def sheet(key: str, fill: SheetFill, day: str, size: TypeSize = TypeSize.NORMAL) -> Sheet:
    """A form of the sheet; another day makes another blank of it."""
    return replace(draw(SHEETS[key], fill, Footer(day, RESOURCES), size), fillable=True)


def page(form: Sheet) -> str:
    return PAGES.get_template("worksheets/sheet.html").render(sheet=form)


def seconds(action: Callable[[], bytes]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def ratio(key: str) -> float:
    """How many times as long it takes to lay a form out as to fill it in; median of all rounds."""
    found = []
    for number in range(ROUNDS):
        form = sheet(key, FILLS[key], f"{number + 1} March 2026")
        html, values = page(form), form.values()
        laid_out = seconds(lambda: render_form(html, Paper.A4, {}))  # noqa: B023
        # A long text needs a taller field, and that blank is kept as well.
        render_form(html, Paper.A4, values)
        other = {name: f"{text[:-1]}!" for name, text in values.items()}
        found.append(laid_out / seconds(lambda: render_form(html, Paper.A4, other)))  # noqa: B023
    return statistics.median(found)


def largest() -> tuple[int, str]:
    """The largest blank form in both sizes of type, in bytes, and which it is."""
    sizes = [
        (len(render_form(page(sheet(key, fill, "14 March 2026", size)), Paper.A4, {})), key)
        for key in SHEETS
        for size in TypeSize
        for fill in [behaviours_fill(BEHAVIOURS) if key == "w02" else SheetFill()]
    ]
    return max(sizes)


def main() -> int:
    """Print the ratios and the size; 1 when one of them is missed."""
    render_form(page(sheet("w18", SheetFill(), "-")), Paper.A4, {})
    ratios = {key: ratio(key) for key in FILLS}
    for key, found in ratios.items():
        print(f"{key}: filled in {found:.1f} times as fast as laid out (wanted: {LEAST:g})")
    size, which = largest()
    print(
        f"The largest blank form is {which} with {size / 1000:.1f} kB (at most: {LARGEST / 1000:g})"
    )
    return 0 if min(ratios.values()) >= LEAST and size <= LARGEST else 1


if __name__ == "__main__":
    sys.exit(main())
