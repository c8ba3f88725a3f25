"""What a press may not do, whatever page it is given: reach out, look around, or take too much."""

import resource
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from clinic.domain.sheets import FillError, SheetFill
from clinic.domain.worksheets import Paper
from clinic.pdf.limits import CPU_SECONDS
from clinic.pdf.printing import Printer, PrintError
from tests import pdf_reader
from tests.hostile_pages import HOSTILE, SECRET, TOO_MUCH, holds_secret, noticing
from tests.printed import ROOT, WORKSHEETS, html, page


@pytest.fixture(scope="module")
def printer():
    shared = Printer()
    yield shared
    shared.close()


@pytest.fixture(scope="module")
def hasty():
    """Presses that may compute for one second only, so that a test need not wait for ten."""
    shared = Printer(presses=1, computing=1)
    shared.render(page("<p>warm"), Paper.A4)
    yield shared
    shared.close()


@pytest.fixture(scope="module")
def visited():
    with noticing() as found:
        yield found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_reaches_no_network_and_no_file(printer, visited, tmp_path, name):
    secret = tmp_path / "secret.css"
    secret.write_text(f'body::after {{ content: "{SECRET}" }}')
    for url in (f"{visited.address}/x", f"{visited.address}/away", secret.as_uri()):
        pdf = printer.render(page(HOSTILE[name].format(url=url)), Paper.A4)
        assert not holds_secret(pdf)
    assert visited.paths == []


def test_what_a_page_says_about_its_author_is_not_printed(printer):
    meta = "<meta name=author content=Robin><meta name=dcterms.created content=2026-01-01>"
    pdf = printer.render(page("<p>x").replace("</head>", meta + "</head>"), Paper.A4)
    assert pdf_reader.metadata(pdf) == {"/Title": "Page"}
    assert "Robin" not in pdf_reader.xmp(pdf)


def test_the_system_refuses_every_thread_of_a_press_new_rights_and_filters_its_calls(printer):
    printer.render(page("<p>x"), Paper.A4)
    for pid in printer.pids():
        for thread in Path(f"/proc/{pid}/task").iterdir():
            status = dict(
                line.split(":\t", 1)
                for line in (thread / "status").read_text().splitlines()
                if ":\t" in line
            )
            assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")


SECLUDED = """
import os, socket, subprocess, threading
from clinic.pdf.seclusion import seclude
def refused(act):
    try:
        act()
    except PermissionError:
        return True
def in_a_thread(act):
    found = []
    thread = threading.Thread(target=lambda: found.append(refused(act)))
    thread.start()
    thread.join()
    return found == [True]
assert seclude()
for act in (
    socket.socket,
    lambda: socket.socket(socket.AF_UNIX),
    lambda: socket.create_connection(("127.0.0.1", {port})),
    lambda: subprocess.run(["/bin/true"]),
    lambda: os.execv("/bin/true", ["true"]),
):
    assert refused(act) and in_a_thread(act)
os.getpid(), open("/dev/null").close()
print("still works")
"""


def test_who_is_secluded_opens_no_socket_and_starts_no_program(visited):
    port = visited.address.rpartition(":")[2]
    with socket.create_connection(("127.0.0.1", int(port))):
        pass
    run = subprocess.run(
        [sys.executable, "-c", SECLUDED.format(port=port)],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert (run.stdout, run.stderr) == ("still works\n", "")


@pytest.mark.parametrize("name", TOO_MUCH)
def test_far_too_much_text_ends_in_plain_words_and_the_next_sheet_prints(hasty, name):
    spent = computing()
    with pytest.raises(PrintError, match="takes too long"):
        hasty.render(page(TOO_MUCH[name]), Paper.A4)
    # Computing time and not the clock: a busy computer must not fail this, nor a sheet.
    assert computing() - spent < 1 + 3
    assert pdf_reader.pages(hasty.render(page("<p>fine"), Paper.A4))


def test_the_time_to_compute_counts_from_the_order_and_not_from_the_start_of_a_press():
    """As the system's two clocks drift apart, a long-lived press would be ended for nothing."""
    code = (
        "import signal, time\n"
        "from clinic.pdf import limits\n"
        "def compute():\n"
        "    until = time.process_time() + 0.3\n"
        "    while time.process_time() < until: pass\n"
        "for _ in range(3):\n"
        "    limits.allow(0.5)\n"
        "    assert signal.getitimer(signal.ITIMER_PROF)[0] > 0.45\n"
        "    compute()\n"
        "print('still there', flush=True)\n"
        "compute()\n"
        "compute()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert (run.stdout, run.stderr, run.returncode) == ("still there\n", "", -signal.SIGPROF)


def test_a_press_may_compute_for_less_time_than_a_person_may_have_to_wait(printer):
    printer.render(page("<p>x"), Paper.A4)
    for pid in printer.pids():
        told = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        assert int(told[-2]) == CPU_SECONDS < 12


def computing():
    """Give the seconds that ended children of this process have computed."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("body", ["<div>" * 2000, "<table><td colspan=100000000>x"])
def test_a_page_that_cannot_be_laid_out_says_so_and_the_next_one_prints(printer, body):
    with pytest.raises(PrintError, match=r"laid out|memory"):
        printer.render(page(body), Paper.A4)
    assert pdf_reader.pages(printer.render(page("<p>fine"), Paper.A4))


def test_a_refusal_does_not_repeat_what_was_typed(printer):
    with pytest.raises(PrintError) as caught:
        printer.render(page(f"{SECRET}{'<div>' * 2000}"), Paper.A4)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("text", ["x" * 50_000, "word " * 200_000])
def test_no_sheet_takes_a_text_that_a_press_could_not_print(text):
    for key, worksheet in WORKSHEETS.items():
        for name in worksheet.prefill:
            group, _, inner = name.rpartition(".")
            rows = ((text,),)
            fill = SheetFill(groups={group: ({inner: rows},)}) if group else SheetFill({name: rows})
            with pytest.raises(FillError, match="too long to print"):
                html(key, fill)
