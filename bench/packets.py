"""What a packet of twenty sheets costs, against its sheets one by one. `python -m bench.packets`.

From sheets that are kept already it may take as long as one sheet and a half; all new, on both
presses, two thirds of the time that the sheets take one after another.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from clinic.domain.sheets import GoalRow, SheetFill, behaviours_fill, goals_fill
from clinic.domain.worksheets import Paper
from clinic.pdf.limits import NICENESS
from clinic.pdf.pipe import Order
from clinic.pdf.printing import PRESSES, Printer
from tests.printed import html

SHEETS = 20
ROUNDS = 7
MOST_JOINED, MOST_NEW = 1.5, 0.65


def fills(number: int) -> tuple[str, SheetFill]:
    """Describe one of the sheets: a grid, goals or lines to write on, each with other words."""
    labels = [f"Keeps in touch with friend {number}-{row}, mostly late" for row in range(16)]
    goals = [GoalRow(f"We have calm talk number {number} a week, and stay in it.", "Kim and Sam")]
    return (
        ("w02", behaviours_fill(labels, f"Kim {number}")),
        ("w13", goals_fill(goals * 2, f"Kim {number}")),
        ("w06", SheetFill({"summary": ((f"You both want evening {number} back.",),)})),
        ("w14", SheetFill({"shared_goals": ((f"A calm talk on day {number}.", "", ""),) * 3})),
    )[number % 4]


def pages() -> Sequence[str]:
    return [html(*fills(number)) for number in range(SHEETS)]


def one_by_one(printer: Printer, sheets: Sequence[str]) -> Sequence[bytes]:
    return [printer.render(sheet, Paper.A4) for sheet in sheets]


def at_once(printer: Printer, sheets: Sequence[str]) -> bytes:
    with ThreadPoolExecutor(PRESSES) as threads:
        return join(printer, list(threads.map(lambda each: printer.render(each, Paper.A4), sheets)))


def join(printer: Printer, printed: Sequence[bytes]) -> bytes:
    parts = [piece for number, pdf in enumerate(printed) for piece in (b"%d" % number, pdf)]
    return printer.make(Order("join", {"language": "en-GB"}, [b"Packet", *parts]))[0]


def seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def told(name: str, found: Sequence[float], most: float) -> bool:
    """Print the median of a ratio; tell whether it is small enough."""
    median = statistics.median(found)
    print(f"{name}: {median:.2f} (at most {most:g})")
    return median <= most


def main() -> int:
    """Print both ratios; 1 when one is missed."""
    os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    printer, sheets = Printer(), pages()
    try:
        at_once(printer, sheets)
        printed = one_by_one(printer, sheets)
        joined, new = [], []
        for _ in range(ROUNDS):
            singles = seconds(lambda: one_by_one(printer, sheets))
            joined.append(seconds(lambda: join(printer, printed)) / (singles / SHEETS))
            new.append(seconds(lambda: at_once(printer, sheets)) / singles)
        size = len(join(printer, printed))
    finally:
        printer.close()
    print(f"Twenty sheets: {size // 1000} kB, apart {sum(map(len, printed)) // 1000} kB")
    good = [
        told("Joining twenty sheets, in single sheets", joined, MOST_JOINED),
        told("Twenty new sheets as a packet, in twenty single sheets", new, MOST_NEW),
    ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
