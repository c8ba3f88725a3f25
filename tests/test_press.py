"""The printing programs beside the web process: what they may not do, and what if they die."""

import hashlib
import os
import signal
import subprocess
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clinic.domain.worksheets import Paper
from clinic.pdf.printing import Printer, PrintError
from tests import pdf_reader
from tests.printed import ROOT, page

FONTS = ROOT / "static" / "fonts" / "print"
LICENCES = {"OFL-1.1": "SIL Open Font License", "Apache-2.0": "Apache License"}
SECRET = "CANARY-41c7"


@pytest.fixture(scope="module")
def printer():
    shared = Printer()
    yield shared
    shared.close()


@pytest.fixture
def single():
    alone = Printer(presses=1, seconds=2)
    yield alone
    alone.close()


def test_a_press_that_was_killed_is_replaced(single):
    first = single.render(page("<p>one"), Paper.A4)
    (pid,) = single.pids()
    os.kill(pid, signal.SIGKILL)
    assert single.render(page("<p>one"), Paper.A4) == first
    assert single.pids() != {pid}
    assert len(single.pids()) == 1


def test_a_press_that_hangs_is_ended_and_replaced(single):
    single.render(page("<p>one"), Paper.A4)
    (pid,) = single.pids()
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(PrintError, match="takes too long"):
        single.render(page("<p>two"), Paper.A4)
    assert not alive(pid)
    assert "three" in pdf_reader.pages(single.render(page("<p>three"), Paper.A4))[0]


def test_a_press_that_printed_enough_is_replaced_and_the_next_sheet_is_the_same():
    printer = Printer(presses=1, orders=2)
    try:
        sheets, pids = [], []
        for _ in range(4):
            sheets.append(printer.render(page("<p>one"), Paper.A4))
            pids.append(printer.pids())
        assert len(set(sheets)) == 1
        assert pids[1] == pids[3] == frozenset()
        assert pids[0] != pids[2]
    finally:
        printer.close()
    assert not any(alive(pid) for pid in pids[0] | pids[2])


def test_eight_threads_get_their_own_sheets_from_two_presses(printer):
    with ThreadPoolExecutor(8) as threads:
        bodies = [f"<p>sheet number {number}." for number in range(40)]
        sheets = list(threads.map(lambda body: printer.render(page(body), Paper.A4), bodies))
    for number, pdf in enumerate(sheets):
        assert f"sheet number {number}." in pdf_reader.pages(pdf)[0]
    assert len(printer.pids()) == 2


def test_two_presses_give_the_same_bytes(printer, single):
    body = page("<h1>Same</h1><p>Łukasz ☐ 🙂")
    assert printer.render(body, Paper.LETTER) == single.render(body, Paper.LETTER)


def test_a_press_knows_no_secrets_gives_way_and_leaves_no_core_file(monkeypatch):
    monkeypatch.setenv("MASTER_KEY", SECRET)
    printer = Printer(presses=1)
    try:
        printer.render(page("<p>x"), Paper.A4)
        (pid,) = printer.pids()
        folder = Path(f"/proc/{pid}")
        assert SECRET.encode() not in (folder / "environ").read_bytes()
        limits = (folder / "limits").read_text()
        assert f"Max address space         {2**30}" in limits
        assert "Max core file size        0" in limits
        assert "Max file size             0" in limits
        assert "Max open files            64" in limits
        # A stray word of a library goes nowhere: standard error may be a log.
        assert {os.readlink(folder / "fd" / end) for end in "12"} == {os.devnull}
        assert (folder / "stat").read_text().rsplit(") ")[1].split()[16] == "10"
    finally:
        printer.close()
    assert not alive(pid)


def test_a_press_ends_with_the_process_that_started_it():
    code = (
        "import os\n"
        "from clinic.domain.worksheets import Paper\n"
        "from clinic.pdf.printing import Printer\n"
        "printer = Printer(presses=1)\n"
        "printer.render('<title>x</title><p>x', Paper.A4)\n"
        "print(*printer.pids(), flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=ROOT
    )
    pid = int(run.stdout)
    wait_until(lambda: not alive(pid))


def test_a_forked_process_prints_with_presses_of_its_own():
    code = (
        "import os\n"
        "from clinic.domain.worksheets import Paper\n"
        "from clinic.pdf import printing\n"
        "first = printing.render('<title>x</title><p>one', Paper.A4)\n"
        "child = os.fork()\n"
        "assert bool(printing._CACHE._kept) == bool(child)\n"
        "again = printing.render('<title>x</title><p>one', Paper.A4)\n"
        "if not child:\n"
        "    os._exit(0 if again == first else 1)\n"
        "assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0\n"
        "assert printing.render('<title>x</title><p>one', Paper.A4) == first\n"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_every_font_is_the_one_its_list_names():
    listed: dict[str, str] = {}
    for font in tomllib.loads((FONTS / "vendor.toml").read_text())["fonts"]:
        assert LICENCES[font["licence"]] in (FONTS / font["licence_file"]).read_text()
        listed |= font["sha256"]
    kept = {p.name for p in FONTS.iterdir()} - {"vendor.toml", "fonts.conf"}
    assert {n: hashlib.sha256((FONTS / n).read_bytes()).hexdigest() for n in kept} == listed


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return state.rsplit(") ")[1][0] not in "ZX"


def wait_until(true_of_it) -> None:
    deadline = time.monotonic() + 10
    while not true_of_it():
        assert time.monotonic() < deadline
        time.sleep(0.05)
