"""What is kept of printed sheets: found by the very same page alone, and never for long."""

import gc
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.exceptions import InvalidTag

from clinic.domain.worksheets import Paper
from clinic.pdf import printing
from clinic.pdf.cache import Cache
from clinic.pdf.printing import Printer, PrintError, render
from tests.printed import page

ORDER, MADE = b"a page with CANARY-77aa", b"its print, CANARY-77aa"
ROOM = 200


class Clock:
    """A clock that a test moves on."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def cache(clock):
    return Cache(most_bytes=ROOM, most_seconds=60, clock=clock)


def held(cache: Cache) -> list[bytes]:
    """Every bytes object that a cache leads to, its secrets included."""
    todo, seen, found = [vars(cache)], set(), []
    while todo:
        each = todo.pop()
        if id(each) in seen or callable(each):
            continue
        seen.add(id(each))
        found += [each] if isinstance(each, bytes) else []
        todo += [*each.keys(), *each.values()] if isinstance(each, dict) else gc.get_referents(each)
    return found


def test_the_same_order_finds_what_it_made_and_any_other_finds_nothing(cache):
    cache.keep(ORDER, MADE)
    assert cache.find(ORDER) == MADE
    assert cache.find(ORDER + b" ") is None
    assert cache.find(b"") is None


def test_nothing_that_was_written_or_printed_can_be_read_in_what_is_kept(cache):
    cache.keep(ORDER, MADE)
    assert len(held(cache)) >= 4
    assert not [each for each in held(cache) if b"CANARY" in each]


def test_what_is_kept_for_one_page_does_not_open_for_another(cache):
    """Even for somebody who can put it where another page looks."""
    cache.keep(ORDER, MADE)
    cache.keep(b"mine", b"x")
    (theirs, mine), kept = list(cache._kept), cache._kept
    kept[mine] = kept[theirs]
    with pytest.raises(InvalidTag):
        cache.find(b"mine")


def test_what_was_used_longest_ago_makes_room(cache):
    for name in (b"one", b"two"):
        cache.keep(name, name * 20)
    cache.find(b"one")
    cache.keep(b"three", b"3" * 60)
    assert cache.find(b"two") is None
    assert cache.find(b"one") == b"one" * 20
    assert cache.find(b"three") == b"3" * 60
    assert sum(len(sealed.text) for sealed in cache._kept.values()) == cache._bytes <= ROOM


def test_what_is_larger_than_the_room_is_not_kept(cache):
    cache.keep(ORDER, b"x" * (ROOM + 1))
    assert cache.find(ORDER) is None
    assert held(cache)
    assert cache._bytes == 0


def test_keeping_the_same_again_takes_no_more_room(cache):
    for _ in range(9):
        cache.keep(ORDER, MADE)
    assert cache.find(ORDER) == MADE
    assert len(cache._kept) == 1
    assert cache._bytes < 2 * len(MADE) + 28


def test_what_is_old_is_dropped_whoever_asks_and_however_often_it_was_used(cache, clock):
    cache.keep(ORDER, MADE)
    clock.now += 59
    assert cache.find(ORDER) == MADE
    clock.now += 2
    assert cache.find(b"another") is None
    assert cache._kept == {}
    assert cache.find(ORDER) is None


def test_many_threads_use_one_cache(cache):
    def use(number: int) -> bool:
        order = f"{number % 5}".encode()
        cache.keep(order, order * 9)
        return cache.find(order) in {order * 9, None}

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(use, range(800)))
    assert cache._bytes == sum(len(sealed.text) for sealed in cache._kept.values())


def test_the_same_page_again_needs_no_press_and_is_what_a_press_prints():
    body = page("<p>kept for a while")
    first = render(body, Paper.A4)
    printing._PRINTER.close()
    assert render(body, Paper.A4) == first
    assert printing._PRINTER.pids() == frozenset()
    other = Printer(presses=1)
    try:
        assert other.render(body, Paper.A4) == first
    finally:
        other.close()
    assert render(body, Paper.LETTER) != first


def test_a_refused_page_is_refused_again_and_not_kept():
    before = dict(printing._CACHE._kept)
    for _ in range(2):
        with pytest.raises(PrintError, match="cannot be printed yet"):
            render(page("<p>\U00012000"), Paper.A4)
    assert printing._CACHE._kept == before
