"""The press: a program of its own that makes PDF. `python -m clinic.pdf.press 10`.

It takes one order after another from its standard input and answers on its standard output.
The number is how many seconds it may compute for each.
"""

import json
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import IO

from clinic.domain.said import say
from clinic.domain.worksheets import Paper
from clinic.pdf import limits, pipe
from clinic.pdf.counting import count_pages
from clinic.pdf.form_press import Forms
from clinic.pdf.joining import join
from clinic.pdf.layout import WARM_UP, Layout, UnprintableError
from clinic.pdf.pictures import pictures
from clinic.pdf.seclusion import seclude


class Press:
    """What a press can do, each kind of work by its name."""

    def __init__(self) -> None:
        self._layout = Layout()
        self._forms = Forms(self._layout)
        self._works: Mapping[str, Callable[[pipe.Order], Sequence[bytes]]] = {
            "print": self._print,
            "count": _count,
            "join": _join,
            "pictures": _pictures,
            "form": self._form,
        }

    def warm_up(self) -> None:
        """Print once on each paper, so that the first sheet need not wait."""
        for paper in Paper:
            self._layout.print(WARM_UP, paper)

    def make(self, order: pipe.Order) -> Sequence[bytes]:
        """Do what an order says."""
        return self._works[order.work](order)

    def _print(self, order: pipe.Order) -> Sequence[bytes]:
        return [self._layout.print(order.parts[0].decode(), Paper(order.facts["paper"]))]

    def _form(self, order: pipe.Order) -> Sequence[bytes]:
        html, values = order.parts
        paper = Paper(order.facts["paper"])
        return [self._forms.make(html.decode(), paper, json.loads(values))]


def _count(order: pipe.Order) -> Sequence[bytes]:
    return [str(count_pages(pdf)).encode() for pdf in order.parts]


def _join(order: pipe.Order) -> Sequence[bytes]:
    title, *parts = order.parts
    names = (name.decode() for name in parts[::2])
    pairs = zip(names, parts[1::2], strict=True)
    return [join(pairs, title.decode(), order.facts["language"])]


def _pictures(order: pipe.Order) -> Sequence[bytes]:
    return pictures(order.parts[0], int(order.facts["width"]))


def answer(press: Press, request: bytes) -> bytes:
    """Return the reply to one order: what was made, or a sentence without a word of the page."""
    try:
        return pipe.delivery(press.make(pipe.Order.unpacked(request)))
    except UnprintableError as error:
        return pipe.refusal(error.args[0])
    except MemoryError:
        return pipe.refusal(say("This sheet needs too much memory to print. Shorten its texts."))
    # WeasyPrint's fatal fetching error is no Exception.
    except BaseException as error:
        kind = type(error).__name__
        return pipe.refusal(say("This sheet could not be laid out (%(kind)s).", kind=kind))


def serve(requests: IO[bytes], replies: IO[bytes], press: Press, seconds: int) -> None:
    """Answer until the web process closes the pipe, computing so long for each order at most."""
    while True:
        try:
            request = pipe.receive(requests)
            limits.allow(seconds)
            pipe.send(replies, answer(press, request))
        except pipe.ClosedPipeError:
            return


def main() -> None:
    """Warm up, say so, and serve. What goes wrong before that is said on standard error."""
    # A stray print must not mix with the replies.
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limits.confine()
    # Before the first thread, so that all of them are shut off.
    seclude()
    limits.end_with(requests.fileno())
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL + 1)
    press = Press()
    press.warm_up()
    limits.forbid_writing_files()
    # From here on the press holds what people wrote, and both may lead to a log.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    pipe.send(replies, pipe.delivery(()))
    serve(requests, replies, press, int(sys.argv[1]))


if __name__ == "__main__":
    main()
