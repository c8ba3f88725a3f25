"""How a warm press compares with a browser that prints. `python -m bench.browsers`.

The browser is headless Chromium, with tags: once started for every sheet, once kept warm. It prints
the page that bench.printing calls plain: the same words, as one would write them for a browser.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.printing import lean_page, plain_page, ratio, sheets, told
from clinic.domain.sheets import Sheet
from clinic.domain.worksheets import Paper
from clinic.pdf.limits import NICENESS
from clinic.pdf.printing import PRESSES, Printer
from tests.live import CHROMIUMS, chromium

ROUNDS_COLD, ROUNDS_WARM = 9, 11
LEAST_COLD, LEAST_WARM, LEAST_MEMORY = 5.0, 1.0, 2.0


def print_cold(folder: Path) -> bytes:
    """Start a browser for one sheet."""
    made, program = folder / "sheet.pdf", next(filter(None, map(shutil.which, CHROMIUMS)))
    options = ["--headless", "--no-sandbox", "--no-pdf-header-footer"]
    subprocess.run(
        [program, *options, f"--print-to-pdf={made}", (folder / "sheet.html").as_uri()],
        check=True,
        capture_output=True,
    )
    return made.read_bytes()


def descendants(pid: int) -> Iterator[int]:
    """Give the processes that a process has started, and theirs."""
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, children.read_text(encoding="ascii").split()):
            yield child
            yield from descendants(child)


def memory(pids: Iterator[int]) -> float:
    """Give the memory of processes in megabytes, what they share counted once."""
    total = 0
    for pid in pids:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1000


def browsers() -> Iterator[int]:
    """Give the processes of the warm browser; the program that drives it is none of them."""
    for pid in descendants(os.getpid()):
        if "chromium" in Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8"):
            yield pid


@contextmanager
def window(browser: Browser) -> Iterator[Page]:
    """Open a window of its own, so that nothing of one couple is left for the next."""
    context = browser.new_context()
    try:
        yield context.new_page()
    finally:
        context.close()


def print_in(page: Page, plain: str) -> bytes:
    page.set_content(plain)
    return page.pdf(format="A4", tagged=True)


def print_warm(browser: Browser, plain: str) -> bytes:
    with window(browser) as page:
        return print_in(page, plain)


def measure(
    name: str, sheet: Sheet, printer: Printer, browser: Browser, folder: Path
) -> list[bool]:
    """Print each ratio of one sheet; tell which are good."""
    plain, lean = plain_page(sheet), lean_page(sheet)
    (folder / "sheet.html").write_text(plain, encoding="utf-8")

    def press() -> bytes:
        return printer.render(lean, Paper.A4)

    cold = ratio(lambda: print_cold(folder), press, ROUNDS_COLD)
    warm = ratio(lambda: print_warm(browser, plain), press, ROUNDS_WARM)
    return [
        told(f"{name}: a browser started for the sheet against a warm press", cold, LEAST_COLD),
        told(f"{name}: a warm browser against a warm press", warm, LEAST_WARM),
    ]


def measure_memory(printer: Printer, browser: Browser) -> bool:
    """Print what all presses and the warm browser hold; tell whether the presses hold little."""
    sheet = sheets()["grid"]
    with ThreadPoolExecutor(PRESSES) as threads:
        list(threads.map(lambda _: printer.render(lean_page(sheet), Paper.A4), range(4 * PRESSES)))
    with window(browser) as page:
        print_in(page, plain_page(sheet))
        held, ours = memory(browsers()), memory(iter(printer.pids()))
    print(f"Memory: {ours:.0f} MB in {len(printer.pids())} presses, {held:.0f} MB in the browser")
    return told("Memory of a warm browser against all presses", held / ours, LEAST_MEMORY)


def main() -> int:
    """Print the ratios; 1 when one is missed."""
    os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    printer = Printer()
    try:
        with tempfile.TemporaryDirectory() as name, chromium() as browser:
            good = [
                each
                for kind, sheet in sheets().items()
                for each in measure(kind, sheet, printer, browser, Path(name))
            ]
            return 0 if all([*good, measure_memory(printer, browser)]) else 1
    finally:
        printer.close()


if __name__ == "__main__":
    sys.exit(main())
