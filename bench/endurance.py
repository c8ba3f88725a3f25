"""Whether a press stays small over five hundred sheets. `python -m bench.endurance`.

Every sheet is another one; now and then a packet is joined and pictures are drawn.
"""

import sys
from pathlib import Path

from bench.packets import fills, join
from clinic.domain.worksheets import Paper
from clinic.pdf.pipe import Order
from clinic.pdf.printing import Printer
from tests.printed import html

SHEETS, WARM = 500, 30
MOST_GROWTH = 10_000


def memory(pid: int) -> int:
    """Give the memory a process holds, in kilobytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    (held,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(held)


def measure(printer: Printer) -> int:
    """Print all sheets; give by how many kilobytes the press has grown since it was warm."""
    recent, warm, last = [], 0, 0
    for number in range(1, SHEETS + 1):
        recent = [*recent[-9:], printer.render(html(*fills(number)), list(Paper)[number % 2])]
        if number % 10 == 0:
            join(printer, recent)
            printer.make(Order("pictures", {"width": "320"}, recent[:1]))
        if number in {WARM, SHEETS} or number % 100 == 0:
            (pid,) = printer.pids()
            last = memory(pid)
            warm = warm or last
            print(f"  after {number} sheets: {last // 1000} MB")
    return last - warm


def main() -> int:
    """Print how a press grows; 1 when it grows too much."""
    printer = Printer(presses=1)
    try:
        growth = measure(printer)
    finally:
        printer.close()
    print(f"Growth over {SHEETS} sheets: {growth / 1000:.1f} MB (at most {MOST_GROWTH // 1000})")
    return 0 if growth <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
