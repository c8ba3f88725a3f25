"""The map from symptom to issue: behaviours left, explanations right, evidence between.

A curve's width is how much supports an explanation, its dash how much contradicts it,
so that both can be read in grey. Places only: nothing here draws, and no number here
is a score. All lengths are in the units of the drawing, rounded to a tenth.

Method: nodes in the order of their neighbours' middle (Sugiyama, Tagawa & Toda 1981).
"""

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from statistics import fmean

from clinic.domain.formulation import Bearing
from clinic.domain.lettering import CHARACTER, LINE_HEIGHT, wrapped

#: Evidence that is tied to no single behaviour belongs to the symptom of this key.
NO_SINGLE_BEHAVIOUR = ""

#: A map is at least this wide, so that labels and curves have room.
NARROWEST = 240

#: From this many supporting items on, a curve grows no wider.
WIDEST_FROM = 5

#: The thinnest curve, and how much each further supporting item adds.
THINNEST = 1.5
WIDER_BY = 1.5

# A label takes at most this share of the width on each side; then padding, gaps, room between ends.
_LABEL_SHARE = 0.36
_PADDING = 6.0
_GAP = 10.0
_BETWEEN = 2.0
_ROUNDS = 8

Keys = tuple[str, ...]
Pair = tuple[str, str]


@unique
class Contradiction(StrEnum):
    """How much of the evidence on a curve speaks against its explanation."""

    NONE = "none"
    LESS = "less-than-support"
    AS_MUCH = "as-much-as-support"
    MORE = "more-than-support"
    ONLY = "only-against"


#: The strokes of a curve, as SVG's stroke-dasharray.
DASHES = {
    Contradiction.NONE: "",
    Contradiction.LESS: "18 5",
    Contradiction.AS_MUCH: "10 6",
    Contradiction.MORE: "4 6",
    Contradiction.ONLY: "1 4",
}


class MapWidthError(ValueError):
    """A map was asked for that is too narrow to hold its labels."""


@dataclass(frozen=True, slots=True)
class Node:
    """A symptom or an explanation, with the label to be shown."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Tie:
    """What one observation about one symptom does to one explanation, by their keys."""

    symptom: str
    explanation: str
    bearing: Bearing


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a label; y is where its letters stand."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A node as a box with its label inside; the label is whole even where its rows are not."""

    key: str
    label: str
    x: float
    y: float
    width: float
    height: float
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """All evidence between one symptom and one explanation, for the map and for its words."""

    symptom: Node
    explanation: Node
    supports: int
    against: int


@dataclass(frozen=True, slots=True)
class Curve:
    """One link ready to draw; path and dash are the text of SVG attributes."""

    link: Link
    contradiction: Contradiction
    width: float
    dash: str
    path: str


@dataclass(frozen=True, slots=True)
class IssueMap:
    """The whole map: nodes from top to bottom, curves widest first, links in the order given."""

    width: float
    height: float
    symptoms: tuple[PlacedNode, ...] = ()
    explanations: tuple[PlacedNode, ...] = ()
    curves: tuple[Curve, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class _Column:
    nodes: Sequence[Node]
    rooms: Mapping[str, float]
    characters: int

    @property
    def width(self) -> float:
        return round(self.characters * CHARACTER + 2 * _PADDING, 1)

    @property
    def least(self) -> float:
        return sum(map(self.tall, self.nodes)) + _GAP * (len(self.nodes) + 1)

    def tall(self, node: Node) -> float:
        lines = len(wrapped(node.label, self.characters)) * LINE_HEIGHT
        return round(max(lines, self.rooms.get(node.key, 0)) + 2 * _PADDING, 1)

    def placed(self, x: float, height: float) -> tuple[PlacedNode, ...]:
        gap = _GAP + (height - self.least) / (len(self.nodes) + 1)
        placed, y = [], gap
        for node in self.nodes:
            placed.append(self.box(node, x, round(y, 1)))
            y += self.tall(node) + gap
        return tuple(placed)

    def box(self, node: Node, x: float, y: float) -> PlacedNode:
        lines, tall = wrapped(node.label, self.characters), self.tall(node)
        first = y + (tall - len(lines) * LINE_HEIGHT) / 2 + 0.75 * LINE_HEIGHT
        rows = tuple(
            Row(round(x + _PADDING, 1), round(first + place * LINE_HEIGHT, 1), text)
            for place, text in enumerate(lines)
        )
        return PlacedNode(node.key, node.label, x, y, self.width, tall, rows)


def issue_map(
    symptoms: Sequence[Node],
    explanations: Sequence[Node],
    ties: Iterable[Tie],
    width: float = 720,
    characters: int = 30,
) -> IssueMap:
    """Lay out the map inside a width; its height follows from what it holds.

    Labels break after `characters` letters, earlier where the width asks for it. The
    symptom NO_SINGLE_BEHAVIOUR is left out unless evidence is tied to it; ties to what is
    not on the map are left out. Without symptoms and explanations the map is empty. A key
    given twice on one side stands once. A width under 240 is refused (MapWidthError).

    >>> tie = Tie("b1", "H2", Bearing.SUPPORTS)
    >>> made = issue_map([Node("b1", "Late messages")], [Node("H2", "A need")], [tie])
    >>> [(curve.width, curve.dash, curve.path) for curve in made.curves]
    [(1.5, '', 'M234 24.5C360 24.5 360 24.5 486 24.5')]
    >>> issue_map([], [], [])
    IssueMap(width=720, height=0.0, symptoms=(), explanations=(), curves=(), links=())
    """
    if width < NARROWEST:
        raise MapWidthError(f"a map is at least {NARROWEST} wide, not {width}")
    found = links(symptoms, explanations, ties)
    tied = {each.symptom.key for each in found}
    left = {
        node.key: node for node in symptoms if node.key in tied or node.key != NO_SINGLE_BEHAVIOUR
    }
    right = {node.key: node for node in explanations}
    if not left and not right:
        return IssueMap(width, 0.0)
    fitting = max(3, min(characters, int(width * _LABEL_SHARE / CHARACTER)))
    orders = few_crossings(tuple(left), tuple(right), [_pair(each) for each in found])
    columns = (
        _Column([left[key] for key in orders[0]], _rooms(found, 0), fitting),
        _Column([right[key] for key in orders[1]], _rooms(found, 1), fitting),
    )
    return _drawn(columns, found, width)


def links(
    symptoms: Iterable[Node], explanations: Sequence[Node], ties: Iterable[Tie]
) -> tuple[Link, ...]:
    """Gather the evidence between each symptom and each explanation, in the order given.

    Neutral evidence links nothing.

    >>> ties = [Tie("b1", "H2", Bearing.SUPPORTS), Tie("b1", "H7", Bearing.NEUTRAL)]
    >>> found = links([Node("b1", "Messages")], [Node("H2", "A need"), Node("H7", "Own")], ties)
    >>> [(each.symptom.label, each.explanation.label, each.supports) for each in found]
    [('Messages', 'A need', 1)]
    >>> links([], [Node("H2", "A need")], ties)
    ()
    """
    counted = Counter(ties)
    left, right = _once(symptoms), _once(explanations)
    found = (
        Link(
            symptom,
            explanation,
            counted[Tie(symptom.key, explanation.key, Bearing.SUPPORTS)],
            counted[Tie(symptom.key, explanation.key, Bearing.AGAINST)],
        )
        for symptom in left
        for explanation in right
    )
    return tuple(each for each in found if each.supports or each.against)


def contradiction(supports: int, against: int) -> Contradiction:
    """Say how much contradicts beside what supports, as a curve's dash shows it.

    >>> contradiction(3, 1)
    <Contradiction.LESS: 'less-than-support'>
    >>> contradiction(0, 1)
    <Contradiction.ONLY: 'only-against'>
    """
    if not against:
        return Contradiction.NONE
    if not supports:
        return Contradiction.ONLY
    if against == supports:
        return Contradiction.AS_MUCH
    return Contradiction.LESS if against < supports else Contradiction.MORE


def curve_width(supports: int) -> float:
    """Give a curve's width: thinnest up to one supporting item, widest from five on.

    >>> curve_width(0), curve_width(1), curve_width(2)
    (1.5, 1.5, 3.0)
    >>> curve_width(5) == curve_width(50)
    True
    """
    return THINNEST + WIDER_BY * (min(max(supports, 1), WIDEST_FROM) - 1)


def few_crossings(left: Keys, right: Keys, pairs: Sequence[Pair]) -> tuple[Keys, Keys]:
    """Order both sides so that few curves cross; the same input gives the same order.

    The order given stays where nothing better is found.

    >>> few_crossings(("a", "b"), ("x", "y"), [("a", "y"), ("b", "x")])
    (('a', 'b'), ('y', 'x'))
    >>> few_crossings(("a", "b"), ("x", "y"), [("a", "x")])
    (('a', 'b'), ('x', 'y'))
    """
    best = left, right
    fewest = crossings(left, right, pairs)
    for turn in range(_ROUNDS):
        if turn % 2:
            left = _by_middle(left, right, [(other, one) for one, other in pairs])
        else:
            right = _by_middle(right, left, pairs)
        found = crossings(left, right, pairs)
        if found < fewest:
            best, fewest = (left, right), found
    return best


def crossings(left: Keys, right: Keys, pairs: Iterable[Pair]) -> int:
    """Count how many pairs of curves cross when the sides are in this order.

    >>> crossings(("a", "b"), ("x", "y"), [("a", "y"), ("b", "x")])
    1
    >>> crossings(("a", "b"), ("x", "y"), [("a", "x"), ("b", "x")])
    0
    """
    lefts, rights = _places(left), _places(right)
    crossed, passed = 0, list[int]()
    for _, end in sorted((lefts[one], rights[other]) for one, other in pairs):
        crossed += len(passed) - bisect_right(passed, end)
        insort(passed, end)
    return crossed


def _once(nodes: Iterable[Node]) -> list[Node]:
    return list({node.key: node for node in nodes}.values())


def _pair(link: Link) -> Pair:
    return link.symptom.key, link.explanation.key


def _places(keys: Keys) -> dict[str, int]:
    return {key: place for place, key in enumerate(keys)}


def _by_middle(keys: Keys, others: Keys, pairs: Iterable[Pair]) -> Keys:
    places = _places(others)
    middles: dict[str, list[int]] = {}
    for other, key in pairs:
        middles.setdefault(key, []).append(places[other])
    # What nothing is tied to goes below what the curves lead to.
    return tuple(sorted(keys, key=lambda key: fmean(middles.get(key, [len(others)]))))


def _room(link: Link) -> float:
    return curve_width(link.supports) + _BETWEEN


def _rooms(found: Iterable[Link], side: int) -> dict[str, float]:
    rooms: dict[str, float] = {}
    for link in found:
        key = _pair(link)[side]
        rooms[key] = rooms.get(key, 0.0) + _room(link)
    return rooms


def _drawn(columns: tuple[_Column, _Column], found: tuple[Link, ...], width: float) -> IssueMap:
    height = round(max(column.least for column in columns), 1)
    left = columns[0].placed(0.0, height)
    right = columns[1].placed(round(width - columns[1].width, 1), height)
    starts, ends = _ends(left, right, found, 0), _ends(right, left, found, 1)
    across = (left[0].width, right[0].x) if found else (0.0, 0.0)
    curves = [_curve(link, across, (starts[_pair(link)], ends[_pair(link)])) for link in found]
    widest_first = tuple(sorted(curves, key=lambda curve: -curve.width))
    return IssueMap(width, height, left, right, widest_first, found)


def _ends(
    boxes: Sequence[PlacedNode], others: Sequence[PlacedNode], found: Iterable[Link], side: int
) -> dict[Pair, float]:
    heights = {box.key: box.y for box in others}
    tops = {box.key: box.y + _PADDING for box in boxes}
    inner = {box.key: box.height - 2 * _PADDING for box in boxes}
    rooms, ends = _rooms(found, side), {}
    # In the order of the far ends, so that curves of one node do not cross each other.
    for link in sorted(found, key=lambda link: heights[_pair(link)[1 - side]]):
        key = _pair(link)[side]
        room = _room(link) * inner[key] / rooms[key]
        ends[_pair(link)] = round(tops[key] + room / 2, 1)
        tops[key] += room
    return ends


def _curve(link: Link, across: tuple[float, float], ends: tuple[float, float]) -> Curve:
    start, end = f"{ends[0]:g}", f"{ends[1]:g}"
    near, middle, far = f"{across[0]:g}", f"{round(sum(across) / 2, 1):g}", f"{across[1]:g}"
    path = f"M{near} {start}C{middle} {start} {middle} {end} {far} {end}"
    kind = contradiction(link.supports, link.against)
    return Curve(link, kind, curve_width(link.supports), DASHES[kind], path)
