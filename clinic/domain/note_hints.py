"""Hints while a note is written: names of people outside the case who need not be named in full.

Two words with a capital, one after the other, look like somebody's name and surname. That is a
guess, and only ever a hint: a surname is left out of a note because others may read it one day.

Source: clinical.md 5.5 (writing rules).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_NAME = r"[^\W\d_][^\W\d_]*(?:['\u2019-][^\W\d_]+)*"
_LINK = r"(?:van|von|de|den|der|da|di|del|la|le|bin|al|ter|dos|du)"
_WORDS = re.compile(rf"{_NAME}")
_RUN = re.compile(rf"{_NAME}\.?(?:[ \u00a0]+{_NAME}\.?)+")
#: After one of these a sentence begins, and with it a capital that says nothing.
_ENDS = frozenset(".!?:;\n\r\u2026\u201c\u201d\"'(\u2013\u2014-\u2022*#")
#: Words that are written with a capital and are nobody's name.
_NO_NAMES = """
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday christmas easter i
"""
#: Words that a sentence begins with; a name after them has no surname yet.
_OPENERS = """
a about after again all also although an and as at because before both but by did does during
each every first for from had has have he her here his how if in is it its last later my next
no nobody not now of on once one only or our partner partners perhaps said says she since so
somebody still that the their then there these they this those though to today together told
tomorrow until was we were what when where which while who why with without yes yesterday yet
you your
"""
#: Short forms that end with a full stop and no sentence.
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof", "rev", "st"})
_NOBODY, _OPENING = frozenset(_NO_NAMES.split()), frozenset(_OPENERS.split())
_FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class FullName:
    """A passage, from `start` up to `end`, that looks like somebody's whole name."""

    words: str
    start: int
    end: int


def full_names(text: str, *, known: Iterable[str] = ()) -> list[FullName]:
    """Find what looks like the whole name of somebody outside the case, in text order.

    `known` are the names of those the case is about; a name that holds one of them is theirs.

    >>> [each.words for each in full_names("Then Sam met Peter van den Berg.", known=["Sam"])]
    ['Peter van den Berg']
    >>> full_names("When Peter called, Mara Lind left. On Monday May came.", known=["Mara"])
    []
    """
    theirs = {word.casefold() for name in known for word in _WORDS.findall(name)}
    return [
        found
        for run in _RUN.finditer(text)
        for found in _names_in(text, run)
        if not theirs & {word.casefold() for word in _WORDS.findall(found.words)}
    ]


def _names_in(text: str, run: re.Match[str]) -> Iterator[FullName]:
    name: list[re.Match[str]] = []
    for word in _WORDS.finditer(text, run.start(), run.end()):
        if _is_name(text, word) and not _stops(text, name, word):
            name.append(word)
        elif not (name and re.fullmatch(_LINK, word[0])):
            yield from _whole(text, name)
            name = [word] if _is_name(text, word) else []
    yield from _whole(text, name)


def _is_name(text: str, word: re.Match[str]) -> bool:
    plain = word[0]
    if len(plain) < _FEWEST_LETTERS or not plain[0].isupper() or plain.isupper():
        return False
    folded = plain.casefold()
    return folded not in _NOBODY and not (folded in _OPENING and _begins(text, word.start()))


def _begins(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\u00a0")
    return not before or before[-1] in _ENDS or text[start - 1] in "\n\r"


def _stops(text: str, name: list[re.Match[str]], word: re.Match[str]) -> bool:
    """Tell whether a sentence ends between the name so far and this word; "Dr." ends none."""
    if not name:
        return False
    ends = "." in text[name[-1].end() : word.start()]
    return ends and name[-1][0].casefold() not in _TITLES


def _whole(text: str, name: list[re.Match[str]]) -> Iterator[FullName]:
    if len(name) > 1:
        start, end = name[0].start(), name[-1].end()
        yield FullName(text[start:end], start, end)
