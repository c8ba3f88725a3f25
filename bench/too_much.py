"""How long somebody waits who prints far too much text. `python -m bench.too_much`.

Worksheets refuse such texts before they are printed; this is what a press does if one comes all the
same: it stops, within twelve seconds by the clock on a computer that is not busy otherwise.
"""

import sys
import time

from clinic.domain.worksheets import Paper
from clinic.pdf.printing import Printer, PrintError
from tests.hostile_pages import TOO_MUCH
from tests.printed import page

MOST_SECONDS = 12.0


def waited(printer: Printer, body: str) -> float:
    """Print too much; give the seconds until the answer."""
    started = time.perf_counter()
    try:
        printer.render(page(body), Paper.A4)
    except PrintError as refusal:
        print(f"  {refusal}")
    return time.perf_counter() - started


def main() -> int:
    """Print how long each text takes; 1 when one takes too long."""
    printer, slowest = Printer(presses=1), 0.0
    try:
        printer.render(page("<p>warm"), Paper.A4)
        for name, body in TOO_MUCH.items():
            seconds = waited(printer, body)
            slowest = max(slowest, seconds)
            print(f"{name}: {seconds:.1f} seconds (at most {MOST_SECONDS:g})")
    finally:
        printer.close()
    return 0 if slowest <= MOST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
