"""An installation with both stories in it, and the address of every kind of page it has."""

from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

from flask import Flask
from werkzeug.routing import MapAdapter

from tests.journeys import late_messages, the_app, walk
from tests.journeys.hands import FormHands

#: Pages that are only a way elsewhere, not HTML, or not to be looked at when signed in.
NOT_PAGES = {"static", "assets.stylesheet", "worksheets.print_again", "room.print_blank"}
#: A file for a calendar, and paper.
NOT_PAGES |= {"check_ins.calendar_file", "worksheets.print_blank"}


def fill(app: Flask) -> dict[str, str]:
    """Tell both stories, and one case with nothing in it yet; gives a page for each endpoint."""
    walk.set_up(FormHands(app), walk.code_in_the_terminal(app))
    hands = FormHands(app)
    walk.sign_in(hands)
    the_app.tell(hands)
    late_messages.tell(hands)
    pages = dict(linked_pages(app, hands, hands.address().split("/appointments")[0]))
    empty = walk.open_case(hands, ("Robin", "Sam", "Łukasz Žižek"), "Not signed yet")
    return pages | {f"{name}, empty": url for name, url in linked_pages(app, hands, empty)}


def linked_pages(app: Flask, hands: FormHands, start: str) -> Iterator[tuple[str, str]]:
    """Follow every link from a page, and give the first page found for each endpoint."""
    router = app.url_map.bind("localhost")
    known: set[str] = set()
    waiting = [start]
    while waiting:
        url = urldefrag(waiting.pop(0)).url or start
        name = endpoint(router, url)
        if name in known | NOT_PAGES:
            continue
        known.add(name)
        yield name, url
        hands.open(url)
        waiting += [str(link["href"]) for link in hands.html().select("a[href]")]


def endpoint(router: MapAdapter, url: str) -> str:
    """Name the page behind an address."""
    return str(router.match(urlsplit(url).path, method="GET")[0])
