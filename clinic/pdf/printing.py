"""Prints pages, for the rest of the program: `render(html, paper)` gives a PDF.

Pages are never laid out in the web process. A few presses, programs of their own, are
started when first needed and kept warm; one that hangs or dies is replaced. Nothing is
written to disk but a list of our fonts.
"""

import atexit
import json
import os
import queue
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from threading import Lock

from clinic.domain.said import mark
from clinic.domain.worksheets import Paper
from clinic.pdf import pipe
from clinic.pdf.cache import Cache
from clinic.pdf.limits import CPU_SECONDS
from clinic.pdf.pipe import Order
from clinic.pdf.worker import GoneError, TooSlowError, Worker

#: How many sheets are printed at the same time; more would only slow each other down.
PRESSES = 2

#: How long one sheet may take by the clock, in seconds, whatever else the computer does.
SHEET_SECONDS = 40.0

#: How many orders one press takes before another replaces it: libraries may lose a little memory
#: with each, and a fresh press costs a second.
ORDERS = 2_000

#: How long a sheet waits for a free press, in seconds.
WAITING_SECONDS = 30.0


class PrintError(Exception):
    """A page was not printed; the text says why, in a sentence for the person printing."""


@dataclass(frozen=True, slots=True)
class Part:
    """One printed PDF of a packet, and what its bookmark says."""

    title: str
    pdf: bytes


class Printer:
    """A few presses shared by all threads. Nothing starts before the first page.

    A sheet takes `seconds` by the clock and `computing` seconds of work at most; a press that
    took so many `orders` is replaced.
    """

    def __init__(
        self,
        presses: int = PRESSES,
        seconds: float = SHEET_SECONDS,
        computing: int = CPU_SECONDS,
        orders: int = ORDERS,
    ) -> None:
        self._presses, self._seconds = presses, seconds
        self._computing, self._orders = computing, orders
        self._reset()

    def _reset(self) -> None:
        # The press used last comes first, so that a quiet practice keeps only one.
        self._free: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        for _ in range(self._presses):
            self._free.put(None)
        self._running: set[Worker] = set()
        self._cache: Path | None = None
        self._lock = Lock()

    def render(self, html: str, paper: Paper) -> bytes:
        """Print one page; see the function of the same name."""
        return self.make(_page(html, paper))[0]

    def make(self, order: Order) -> Sequence[bytes]:
        """Have one order done by the next free press."""
        request = _request(order)
        try:
            worker = self._free.get(timeout=WAITING_SECONDS)
        except queue.Empty:
            raise PrintError(
                mark("Too many sheets are being printed right now. Wait a moment and print again.")
            ) from None
        try:
            worker, reply = self._print(worker, request)
        except BaseException:
            self._free.put(None)
            raise
        self._free.put(self._unless_worn(worker))
        return _made(reply)

    def _unless_worn(self, worker: Worker) -> Worker | None:
        if worker.orders < self._orders:
            return worker
        self._running.discard(worker)
        worker.end()
        return None

    def _print(self, worker: Worker | None, request: bytes) -> tuple[Worker, bytes]:
        try:
            if worker is not None:
                return worker, self._ask(worker, request)
        except GoneError:
            # It may have died while nobody was printing: that is not this sheet's fault.
            pass
        worker = self._start()
        try:
            return worker, self._ask(worker, request)
        except GoneError:
            raise PrintError(
                mark(
                    "This sheet is too much for the printing program. "
                    "Shorten its longest texts and print again."
                )
            ) from None

    def _ask(self, worker: Worker, request: bytes) -> bytes:
        try:
            return worker.ask(request, self._seconds)
        except GoneError:
            self._running.discard(worker)
            raise
        except TooSlowError:
            self._running.discard(worker)
            raise PrintError(
                mark(
                    "This sheet takes too long to print, so it was stopped. "
                    "Shorten its longest texts and print again."
                )
            ) from None

    def _start(self) -> Worker:
        try:
            worker = Worker(self._cache_folder(), self._computing)
        except (OSError, GoneError, TooSlowError) as error:
            raise PrintError(
                mark(
                    "Printing does not work on this computer: the printing program did not start. "
                    "Its message is in the log; usually Pango or HarfBuzz is missing."
                )
            ) from error
        self._running.add(worker)
        return worker

    def _cache_folder(self) -> Path:
        with self._lock:
            if self._cache is None:
                self._cache = Path(tempfile.mkdtemp(prefix="undercurrent-fonts-"))
            return self._cache

    def pids(self) -> frozenset[int]:
        """Return the process ids of the presses that run."""
        return frozenset(worker.pid for worker in tuple(self._running))

    def close(self) -> None:
        """End all presses; the next page starts new ones."""
        running, cache = tuple(self._running), self._cache
        self._reset()
        for worker in running:
            worker.end()
        if cache is not None:
            shutil.rmtree(cache, ignore_errors=True)

    def forget(self) -> None:
        """Leave the presses to the process this one was forked from.

        Two processes that share a pipe would get each other's sheets.
        """
        for worker in tuple(self._running):
            worker.let_go()
        self._reset()


def _page(html: str, paper: Paper) -> Order:
    return Order("print", {"paper": paper}, [_encoded(html)])


def _encoded(html: str) -> bytes:
    try:
        return html.encode()
    except UnicodeEncodeError:
        raise PrintError(
            mark(
                "This sheet holds half a character, which cannot be printed. "
                "Delete the odd sign and type it again."
            )
        ) from None


def _request(order: Order) -> bytes:
    request = order.packed()
    if len(request) > pipe.MAX_MESSAGE:
        raise PrintError(mark("This sheet is too long to print. Shorten its texts."))
    return request


def _made(reply: bytes) -> Sequence[bytes]:
    if reply.startswith(pipe.PRINTED):
        return pipe.delivered(reply)
    raise PrintError(pipe.sentence(reply))


_PRINTER = Printer()
_CACHE = Cache()
atexit.register(_PRINTER.close)
os.register_at_fork(after_in_child=_PRINTER.forget)
os.register_at_fork(after_in_child=_CACHE.forget)


def _made_once(order: Order) -> Sequence[bytes]:
    """Return what was made of the very same order a while ago, or have it made."""
    asked = order.packed()
    kept = _CACHE.find(asked)
    if kept is not None:
        return pipe.delivered(kept)
    made = _PRINTER.make(order)
    _CACHE.keep(asked, pipe.delivery(made))
    return made


def render(html: str, paper: Paper) -> bytes:
    """Print one page of HTML as a tagged PDF (PDF/UA-1); the same page gives the same bytes.

    Safe to call from many threads. Nothing outside the page is fetched but `data:`
    addresses, and the PDF says nothing about itself but its title and language. The same page
    again comes from a sealed cache. Raises PrintError for a page that takes over 10 seconds of
    computing, is too much for the printing program, or holds characters no bundled font can draw.
    """
    return _made_once(_page(html, paper))[0]


def join(parts: Sequence[Part], title: str, language: str) -> bytes:
    """Join PDF printed here, at least one, to one tagged PDF (PDF/UA-1) with a bookmark for each.

    Tags, fields, bookmarks and page numbers of each part are kept. `language` is that of the
    titles, such as en-GB. The same parts give the same bytes. Raises PrintError as `render` does.
    """
    pieces = chain.from_iterable((_encoded(part.title), part.pdf) for part in parts)
    order = Order("join", {"language": language}, [_encoded(title), *pieces])
    return _PRINTER.make(order)[0]


def pictures(pdf: bytes, width: int) -> Sequence[bytes]:
    """Draw each page of a PDF printed here as a PNG, so many pixels wide.

    The same file gives the same pictures, from a sealed cache if it was drawn a while ago.
    Raises PrintError as `render` does.
    """
    return _made_once(Order("pictures", {"width": str(width)}, [pdf]))


def render_form(html: str, paper: Paper, values: Mapping[str, str]) -> bytes:
    """Print one page as a tagged form (PDF/UA-1) to fill in on a screen.

    `values` go into the places of the page, by their names. A text is never cut: its field grows,
    and goes on in a second one where it is longer than a page. The page is laid out once and kept
    in the press, sealed, for other values. Raises PrintError as `render` does.
    """
    parts = [_encoded(html), _encoded(json.dumps(dict(values), ensure_ascii=False))]
    return _PRINTER.make(Order("form", {"paper": paper}, parts))[0]


def page_counts(pdfs: Sequence[bytes]) -> Sequence[int]:
    """Count the pages of PDFs that were printed here; one order for all of them."""
    return [int(count) for count in _PRINTER.make(Order("count", {}, pdfs))]
