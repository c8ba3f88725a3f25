"""Markup that tries to read a file or to open a connection, and a server that notices."""

import io
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import pikepdf

from tests import pdf_reader

SECRET = "CANARY-41c7"

#: Each holds {url}, an address that nobody may ask.
HOSTILE: Mapping[str, str] = {
    "stylesheet": '<link rel=stylesheet href="{url}">',
    "import": '<style>@import "{url}";</style>',
    "attachment": '<link rel=attachment href="{url}">',
    "linked attachment": '<a rel=attachment href="{url}">x</a>',
    "image": '<img alt=x src="{url}" srcset="{url} 2x">',
    "background": '<p style="background: url({url})">x',
    "border": '<p style="border: 2px solid; border-image: url({url}) 1">x',
    "page": "<style>@page {{ background: url({url}) }}</style>",
    "margin": "<style>@page {{ @top-left {{ content: url({url}) }} }}</style>",
    "font": '<style>@font-face {{ font-family: q; src: url({url}) }}</style><p style="font:9pt q">',
    "content": "<style>p::before {{ content: url({url}) }}</style><p>x",
    "list": '<ul style="list-style-image: url({url})"><li>x</ul>',
    "variable": "<style>p {{ --u: url({url}); background: var(--u) }}</style><p>x",
    "object": '<object data="{url}"></object><embed src="{url}"><iframe src="{url}"></iframe>',
    "media": '<video src="{url}" poster="{url}"></video><input type=image src="{url}">',
    "script": '<script src="{url}"></script><meta http-equiv=refresh content="0; url={url}">',
    "icon": '<link rel="icon preload prefetch" href="{url}">',
    "svg": '<svg width=9 height=9><image href="{url}" width=9 height=9 /></svg>',
    "svg use": '<svg width=9 height=9><use href="{url}#a" /></svg>',
    "svg style": '<svg width=9 height=9><style>@import "{url}";</style></svg>',
    "svg fill": '<svg width=9 height=9><rect width=9 height=9 fill="url({url}#a)" /></svg>',
    "base": '<base href="{url}/"><img alt=x src="y.png">',
    "nested style": '<link rel=stylesheet href="data:text/css,@import%20url({url});">',
    "nested svg": (
        "<img alt=x src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'"
        " width='9' height='9'><image href='{url}' width='9' height='9'/></svg>\">"
    ),
    "entity": (
        "<img alt=x src=\"data:image/svg+xml,<!DOCTYPE svg [<!ENTITY e SYSTEM '{url}'>]>"
        "<svg xmlns='http://www.w3.org/2000/svg'><text y='9'>%26e;</text></svg>\">"
    ),
}

MILLION = 1_000_000

#: More text than a press can set in its time; worksheets refuse it before.
TOO_MUCH: Mapping[str, str] = {
    "a word in a table": f"<table><td style='overflow-wrap:anywhere'>{'x' * 50_000}",
    "words": f"<p class=written>{'word ' * (MILLION // 5)}",
    "lines": f"<p class=written>{chr(10) * MILLION}",
    "marks": f"<p class=written>e{chr(0x301) * MILLION}",
    "letters": f"<p class=written>{'x' * MILLION}",
}


class Visited(NamedTuple):
    """The address of a web server on this computer, and the paths that were asked of it."""

    address: str
    paths: list[str]


@contextmanager
def noticing() -> Iterator[Visited]:
    """Run a server that writes down who comes; /away sends its visitors to another page."""
    paths: list[str] = []

    class Note(BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path)
            self.send_response(302 if self.path == "/away" else 200)
            self.send_header("Location", "/x")
            self.end_headers()
            self.wfile.write(SECRET.encode())

        def log_message(self, *args):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Note) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Visited(f"http://127.0.0.1:{server.server_port}", paths)
        server.shutdown()


def holds_secret(pdf: bytes) -> bool:
    """Tell whether the secret is anywhere in a file: in a stream, an attachment or its words."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert "/EmbeddedFiles" not in document.Root.get("/Names", {})
        streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        hidden = any(SECRET.encode() in stream.read_bytes() for stream in streams)
    return hidden or SECRET in " ".join(pdf_reader.pages(pdf))
