"""Hints while the couple's summary is written by hand: words that blame, and private material.

The words are content, each with a reason and another way to say it. A hint marks a passage and
changes nothing: the therapist decides. A passage without a hint is not thereby fit to be shared.

Source: clinical.md 2.7 (the summary is a text of its own) and 5.5 (writing rules).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import NamedTuple

#: So many words one after the other are no chance, if one of them is more than a filler.
RUN = 5
#: So many are none even where all of them are fillers.
LONG_RUN = 9
#: So many words that are no fillers, in the same order and close together, are none either.
RARE = 3
#: How far the next of them may lie away: right after, or with one other between.
STEPS = (1, 2)
#: How far the last may lie from the first, fillers counted.
FARTHEST = 9

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\d+")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})"
_DATES = (
    re.compile(rf"\b{_YEAR}-(?P<month>\d{{1,2}})-{_DAY}\b"),
    re.compile(rf"\b{_DAY}[./](?P<month>\d{{1,2}})[./]{_YEAR}\b"),
    re.compile(rf"\b{_DAY}\.?\s+(?:of\s+)?{_MONTH}\b\.?,?(?:\s+{_YEAR})?", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\b\.?\s+{_DAY}\b,?(?:\s+{_YEAR})?", re.IGNORECASE),
)
_NUMBERS = {
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
}
_COMMON = """
a about after again all also always am an and another any anything are as ask at away back be
because been before began begin being between both bring but by came can change close come
could day did different difficult do does done down each else end even ever every
everything feel felt few find first for from gave get give given go goes going gone good got
had happen hard has have having he her here him his home hope how hurt i if in into is it its
just keep kept kind know known last left less let like little long look lot made make many may
maybe me mean mine month more most much must my need never new next no not nothing now of off
often on once one only open or other our out over own part partner people perhaps place put
quite really relationship right said same saw say see seem seen she should show side since so
some someone something sometimes soon start stay still such sure take talk tell than that the
their them then there these they thing think this those though thought time to today together
told too took try two under until up us use used very want was way we week well went were what when
where which while who whole why will with without word work would year yes yet you your 1 2
"""
_ENDINGS = ("", "s", "es", "'s", "ed", "ing", "ly")
_CUT = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("s", ""))
#: Words that only look like a form of a filler: an evening is no form of "even".
_WHOLE = frozenset({"evening", "outing", "parting"})
#: What may follow where the end of the word itself changes: hate, hated; deny, denies.
_ENDINGS_AFTER_CHANGE = ("es", "ed", "ing")


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words that say the same kind of thing, why to think twice, and another way to say it.

    In `words`, a hyphen parts the words of a phrase. `about_a_person` holds for words that say
    what somebody is, and not what somebody did.
    """

    key: str
    words: tuple[str, ...]
    why: str
    instead: str
    about_a_person: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A word of a list in a text, from `start` up to `end`, as it stands there."""

    word: str
    start: int
    end: int
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class Match:
    """A passage, from `start` up to `end`, that resembles the private text named `source`."""

    start: int
    end: int
    source: str


Words = tuple[str, ...]
Span = tuple[int, int]
#: A group with one of its phrases: for each word of it, every form that fits.
_Phrase = tuple[WordGroup, tuple[frozenset[str], ...]]


class _Token(NamedTuple):
    word: str
    start: int
    end: int


def blaming(text: str, groups: Sequence[WordGroup]) -> list[Found]:
    """Find the words of the groups in a text, whole and in any of their forms, in text order.

    Of a phrase and a word within it, the phrase alone is found.

    >>> group = WordGroup("absolute", ("never", "walk-out"), "It shuts the door.", "Say when.")
    >>> [found.word for found in blaming("You NEVER ask. Walked  out twice.", [group])]
    ['NEVER', 'Walked  out']
    >>> blaming("Nevertheless, the walk.", [group])
    []
    """
    tokens = [_Token(_plain(word), start, end) for word, start, end in _words(text)]
    phrases = _by_first_form(tuple(groups))
    found: list[Found] = []
    for place, token in enumerate(tokens):
        if found and token.start < found[-1].end:
            continue
        if hit := _longest(phrases.get(token.word, ()), tokens[place:]):
            group, length = hit
            end = tokens[place + length - 1].end
            word = text[token.start : end]
            found.append(Found(word, token.start, end, group.why, group.instead))
    return found


def resembles(
    text: str, private_texts: Mapping[str, str], *, known: Iterable[str] = ()
) -> list[Match]:
    """Find the passages of a text that resemble private ones, in text order.

    A passage resembles another with a run of five words in common, or with three words that are
    no fillers, in the same order, close together and with at most one other between two of them.
    Case, punctuation and endings do not count, numbers and dates do. A run of fillers alone has to
    be nine words long. `known` are words that everybody knows, such as the partners' names; they
    count as fillers.

    >>> text = "We also spoke of the flat you looked at alone in Leeds."
    >>> [match] = resembles(text, {"e1": "Flats, ALONE, in Leeds!"})
    >>> text[match.start : match.end], match.source
    ('flat you looked at alone in Leeds', 'e1')
    >>> resembles("It is hard for you to talk about it.", {"e1": "Hard to talk about it"})
    []
    """
    fillers = _FILLERS | {_root(_plain(word)) for each in known for word, *_ in _words(each)}
    tokens = _tokens(text)
    orders = list(_orders(tokens, fillers))
    matches: list[Match] = []
    for source, private in private_texts.items():
        theirs = _tokens(private)
        private_orders = {words for words, _ in _orders(theirs, fillers)}
        shared = [span for words, span in orders if words in private_orders]
        shared += _shared_runs(tokens, theirs, fillers)
        matches += [Match(tokens[a].start, tokens[b].end, source) for a, b in _merged(shared)]
    return sorted(matches, key=lambda match: (match.start, match.end, match.source))


def _words(text: str) -> Iterator[_Token]:
    return (_Token(found[0], found.start(), found.end()) for found in _WORD.finditer(text))


def _plain(word: str) -> str:
    return word.casefold().replace("\u2019", "'")


@lru_cache(maxsize=8)
def _by_first_form(
    groups: tuple[WordGroup, ...],
) -> Mapping[str, Sequence[_Phrase]]:
    phrases: dict[str, list[_Phrase]] = {}
    for group in groups:
        for phrase in group.words:
            forms = tuple(_forms(word) for word in _plain(phrase).split("-"))
            for first in forms[0]:
                phrases.setdefault(first, []).append((group, forms))
    return phrases


def _forms(word: str) -> frozenset[str]:
    changed = {word + word[-1]}
    if word.endswith("e"):
        changed.add(word[:-1])
    if word.endswith("y"):
        changed.add(word[:-1] + "i")
    plain = {word + ending for ending in _ENDINGS}
    return frozenset(
        plain | {stem + ending for stem, ending in product(changed, _ENDINGS_AFTER_CHANGE)}
    )


def _longest(phrases: Iterable[_Phrase], tokens: Sequence[_Token]) -> tuple[WordGroup, int] | None:
    fitting = [
        (group, len(forms))
        for group, forms in phrases
        if len(forms) <= len(tokens)
        if all(token.word in form for token, form in zip(tokens, forms, strict=False))
    ]
    return max(fitting, key=lambda one: one[1], default=None)


def _tokens(text: str) -> list[_Token]:
    dates = list(_dates(text))
    inside = [(one.start, one.end) for one in dates]
    bare = list(text)
    for start, end in inside:
        bare[start:end] = " " * (end - start)
    rest = _ORDINAL.sub(lambda found: " " * len(found[0]), "".join(bare))
    words = [_Token(_root(_plain(word)), start, end) for word, start, end in _words(rest)]
    return sorted([*words, *dates], key=lambda token: token.start)


def _dates(text: str) -> Iterator[_Token]:
    taken = 0
    found = [match for pattern in _DATES for match in pattern.finditer(text)]
    for match in sorted(found, key=lambda one: (one.start(), -one.end())):
        if match.start() < taken:
            continue
        taken = match.end()
        # Always day, month, year, so that one date written in two ways is one run of words.
        parts = (f"day {int(match['day'])}", _month(match["month"]), match["year"])
        yield from (_Token(part, match.start(), match.end()) for part in parts if part)


def _month(written: str) -> str:
    if written.isdecimal():
        return f"month {int(written)}"
    return f"month {_MONTHS.index(written[:3].casefold()) + 1}"


@lru_cache(maxsize=20_000)
def _root(word: str) -> str:
    """Cut the commonest endings off, alike for every form of a word and right for none."""
    if word.isdecimal():
        return word.lstrip("0") or "0"
    root = _NUMBERS.get(word, word).removesuffix("'s")
    root = root.removesuffix("s") if root.endswith("ings") else root
    if root in _WHOLE:
        return root
    for ending, instead in _CUT:
        if root.endswith(ending) and len(root) - len(ending) >= 3 and not root.endswith("ss"):
            root = root.removesuffix(ending) + instead
            break
    if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "aeios":
        root = root[:-1]
    return root.removesuffix("e") if len(root) > 3 else root


_FILLERS = frozenset(_root(word) for word in _COMMON.split())


def _runs(tokens: Sequence[_Token]) -> list[Words]:
    words = [token.word for token in tokens]
    return list(zip(*(words[step:] for step in range(RUN)), strict=False))


def _shared_runs(
    tokens: Sequence[_Token], theirs: Sequence[_Token], fillers: Collection[str]
) -> Iterator[Span]:
    private = set(_runs(theirs))
    places = [place for place, run in enumerate(_runs(tokens)) if run in private]
    for first, last in _merged((place, place + RUN - 1) for place in places):
        words = [token.word for token in tokens[first : last + 1]]
        if len(words) >= LONG_RUN or any(word not in fillers for word in words):
            yield first, last


def _orders(tokens: Sequence[_Token], fillers: Collection[str]) -> Iterator[tuple[Words, Span]]:
    rare = [place for place, token in enumerate(tokens) if token.word not in fillers]
    for first, start in enumerate(rare):
        for one, two in product(STEPS, STEPS):
            if first + one + two < len(rare):
                middle, end = rare[first + one], rare[first + one + two]
                if end - start <= FARTHEST:
                    yield tuple(tokens[place].word for place in (start, middle, end)), (start, end)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
