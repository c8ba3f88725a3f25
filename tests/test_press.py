"""The printing programs beside the web process: what they may not do, and what if they die."""

import hashlib
import os
import resource
import signal
import subprocess
import sys
import threading
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pikepdf
import pytest

from clinic.domain.worksheets import Paper
from clinic.pdf.limits import CPU_SECONDS
from clinic.pdf.printing import Printer, PrintError
from tests import pdf_reader
from tests.printed import ROOT, page

FONTS = ROOT / "static" / "fonts" / "print"
LICENCES = {"OFL-1.1": "SIL Open Font License", "Apache-2.0": "Apache License"}
SECRET = "CANARY-41c7"
HOSTILE = {
    "stylesheet": '<link rel=stylesheet href="{url}">',
    "import": '<style>@import "{url}";</style>',
    "attachment": '<link rel=attachment href="{url}">',
    "linked attachment": '<a rel=attachment href="{url}">x</a>',
    "image": '<img alt=x src="{url}">',
    "background": '<p style="background: url({url})">x',
    "font": '<style>@font-face {{ font-family: q; src: url({url}) }}</style><p style="font:9pt q">',
    "content": "<style>p::before {{ content: url({url}) }}</style><p>x",
    "list": '<ul style="list-style-image: url({url})"><li>x</ul>',
    "object": '<object data="{url}"></object><embed src="{url}"><iframe src="{url}"></iframe>',
    "svg": '<svg width=9 height=9><image href="{url}" width=9 height=9 /></svg>',
    "svg use": '<svg width=9 height=9><use href="{url}#a" /></svg>',
    "base": '<base href="{url}/"><img alt=x src="y.png">',
    "nested": '<link rel=stylesheet href="data:text/css,@import%20url({url});">',
}


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


@pytest.fixture(scope="module")
def visitors():
    """The addresses asked of a web server on this computer."""
    asked: list[str] = []

    class Note(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        def log_message(self, *args):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Note) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def everything_in(pdf: bytes, folder: Path) -> bytes:
    path = folder / "whole.pdf"
    path.write_bytes(pdf)
    with pikepdf.open(path) as document:
        assert "/EmbeddedFiles" not in document.Root.get("/Names", {})
        streams = [o for o in document.objects if isinstance(o, pikepdf.Stream)]
        return b"".join(stream.read_bytes() for stream in streams)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_reaches_no_network_and_no_file(printer, visitors, tmp_path, name):
    address, asked = visitors
    secret = tmp_path / "secret.css"
    secret.write_text(f'body::after {{ content: "{SECRET}" }}')
    for url in (f"{address}/x", secret.as_uri()):
        pdf = printer.render(page(HOSTILE[name].format(url=url)), Paper.A4)
        assert SECRET.encode() not in everything_in(pdf, tmp_path)
        assert SECRET not in " ".join(pdf_reader.pages(pdf))
    assert asked == []


def test_what_a_page_says_about_its_author_is_not_printed(printer):
    meta = "<meta name=author content=Robin><meta name=dcterms.created content=2026-01-01>"
    pdf = printer.render(page("<p>x").replace("</head>", meta + "</head>"), Paper.A4)
    assert pdf_reader.metadata(pdf) == {"/Title": "Page"}
    assert "Robin" not in pdf_reader.xmp(pdf)


def test_a_word_of_fifty_thousand_letters_ends_in_plain_words_or_a_sheet(printer):
    printer.render(page("<p>warm"), Paper.A4)
    spent = computing()
    with pytest.raises(PrintError, match="takes too long"):
        printer.render(page(f"<table><td style='overflow-wrap:anywhere'>{'x' * 50_000}"), Paper.A4)
    # Computing time and not the clock: a busy computer must not fail this, nor a sheet.
    assert computing() - spent < CPU_SECONDS + 3


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
