"""What the partners' answers suggest to the therapist: an explanation or a piece of evidence.

A rule is content: what answers it looks for, what it proposes and why. A suggestion names the
answers it rests on and whether they may be used in joint work. The therapist accepts or declines
it; nothing is scored, and nothing is added by itself.

Source: clinical.md 1.3, 1.5, 1.6 and 1.11 (what may point where), 5.3 (policy on secrets).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, unique
from itertools import permutations

from clinic.domain.answers import NOTHING, AnswerState, Given
from clinic.domain.behaviours import Zone
from clinic.domain.cases import SecretsPolicy
from clinic.domain.conditions import Condition, holds
from clinic.domain.disclosures import DisclosureStatus, Wish
from clinic.domain.visibility import Layer

ALWAYS = Condition(())


@unique
class Usable(StrEnum):
    """Whether an answer may be used in joint work, from the most open to the most closed."""

    MAY_BE_USED = "may-be-used"
    ASK_FIRST = "ask-first"
    THERAPIST_ALONE = "therapist-alone"


@dataclass(frozen=True, slots=True)
class Cards:
    """Which behaviours a rule looks for among the cards; its items are "placing", "agreed" ...

    `other` is asked of another partner's card of the same behaviour. `differ` and `alike` name an
    own item and the other's item whose answers must, or must not, differ. Enough behaviours have
    to fit: `fewest`, and more than half of those that fit `most_of`, where it is given. No zones
    means any.
    """

    own: Condition = ALWAYS
    other: Condition = ALWAYS
    differ: tuple[tuple[str, str], ...] = ()
    alike: tuple[tuple[str, str], ...] = ()
    zones: frozenset[Zone] = frozenset()
    fewest: int = 1
    most_of: Condition | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that answers may point to: `explanation` or `evidence`, never both.

    `when` is asked of one partner's answers, `other_when` of another's. `about_partner` tells
    whether it is about whoever answered, or about the relationship. What `safety` holds for is
    for the therapist alone, whatever the layer of the answers.
    """

    key: str
    reason: str
    explanation: str = ""
    evidence: str = ""
    when: Condition = ALWAYS
    other_when: Condition = ALWAYS
    cards: Cards | None = None
    about_partner: bool = True
    safety: bool = False

    @property
    def of_a_pair(self) -> bool:
        """Tell whether it takes two partners' answers.

        >>> Rule("k", "Why.", "H1", cards=Cards(differ=(("placing", "placing"),))).of_a_pair
        True
        >>> Rule("k", "Why.", "H4").of_a_pair
        False
        """
        cards = self.cards or Cards()
        asked = (self.other_when.clauses, cards.other.clauses, cards.differ, cards.alike)
        return any(asked)

    @property
    def symmetric(self) -> bool:
        """Tell whether it says the same whichever of two partners comes first.

        >>> Rule("k", "Why.", "H1", cards=Cards(differ=(("placing", "placing"),))).symmetric
        True
        >>> Rule("k", "Why.", "H1", cards=Cards(differ=(("guess", "placing"),))).symmetric
        False
        """
        cards = self.cards or Cards()
        pairs = (*cards.differ, *cards.alike)
        return (
            self.when == self.other_when
            and cards.own == cards.other
            and all(mine == theirs for mine, theirs in pairs)
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """What the ledger holds about an answer: its owner's wish, and what was decided last."""

    wish: Wish
    status: DisclosureStatus | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """One partner's answers that count, by item, and what governs their use.

    `others` are the other partners in the case's order, as in the items' keys. An item without
    a layer is in the safety layer. `policy` was in force when the answers were given.
    """

    partner: str
    others: Sequence[str]
    answers: Mapping[str, Given]
    layers: Mapping[str, Layer]
    policy: SecretsPolicy
    kept: Mapping[str, Kept] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ground:
    """One answer that a suggestion rests on."""

    partner: str
    item: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a rule found. `other` is empty where one partner's answers were enough."""

    rule: Rule
    partner: str
    other: str
    rests_on: tuple[Ground, ...]
    usable: Usable


_ORDER = tuple(Usable)
#: What holds for a private answer whose owner wished nothing about it.
_BY_POLICY = {
    SecretsPolicy.NO_SECRETS: Usable.MAY_BE_USED,
    SecretsPolicy.LIMITED: Usable.ASK_FIRST,
}
_BY_WISH = {Wish.MAY_RAISE: Usable.MAY_BE_USED, Wish.WILL_SHARE: Usable.ASK_FIRST}
_BY_STATUS = {
    DisclosureStatus.SHARED: Usable.MAY_BE_USED,
    DisclosureStatus.OWNER_TO_SHARE: Usable.ASK_FIRST,
    DisclosureStatus.WITHHELD: Usable.THERAPIST_ALONE,
    DisclosureStatus.CANNOT_CONTINUE: Usable.THERAPIST_ALONE,
}


def suggest(
    rules: Iterable[Rule], sides: Sequence[Answered], zones: Mapping[str, Zone | None]
) -> tuple[Suggestion, ...]:
    """Give what the rules find in the partners' answers, rule by rule, in the partners' order.

    `zones` names the behaviours that were asked, with their zone in the inventory; rows about
    limiting a partner are left out of it. A rule that is the same for both is found once a pair.

    >>> from clinic.domain.answers import given
    >>> from clinic.domain.conditions import any_of
    >>> rule = Rule("out", "Leans out.", "H4", when=any_of("standpoint", "leaning-out"))
    >>> answers, layers = {"standpoint": given(["leaning-out"])}, {"standpoint": Layer.PRIVATE}
    >>> side = Answered("p1", ["p2"], answers, layers, SecretsPolicy.LIMITED)
    >>> [found] = suggest([rule], [side], {})
    >>> found.partner, found.rests_on, found.usable.value
    ('p1', (Ground(partner='p1', item='standpoint'),), 'ask-first')
    >>> suggest([rule], [], {})
    ()
    """
    return tuple(
        found
        for rule in rules
        for side, other in _places(rule, sides)
        if (found := _suggestion(rule, side, other, zones))
    )


def usable(
    layer: Layer,
    policy: SecretsPolicy,
    wish: Wish | None = None,
    status: DisclosureStatus | None = None,
) -> Usable:
    """Tell whether something said in a layer may be used in joint work.

    Safety is for the therapist alone, whatever anybody wishes or signed. Of private words, what
    was decided last counts first, then the owner's wish, then the policy in force when they were
    said. "For my therapist only" is kept under every policy but "no secrets", which still gives
    its owner the first word.

    >>> usable(Layer.PRIVATE, SecretsPolicy.NO_SECRETS).value
    'may-be-used'
    >>> usable(Layer.SAFETY, SecretsPolicy.NO_SECRETS, Wish.MAY_RAISE).value
    'therapist-alone'
    """
    if layer in {Layer.SHARED, Layer.CLINICIAN}:
        return Usable.MAY_BE_USED
    if layer is not Layer.PRIVATE:
        return Usable.THERAPIST_ALONE
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if wish is Wish.THERAPIST_ONLY:
        asks = policy is SecretsPolicy.NO_SECRETS
        return Usable.ASK_FIRST if asks else Usable.THERAPIST_ALONE
    if wish is not None:
        return _BY_WISH[wish]
    return _BY_POLICY.get(policy, Usable.THERAPIST_ALONE)


def strictest(found: Iterable[Usable]) -> Usable:
    """Give the most closed of several; of nothing at all, "for the therapist alone".

    >>> strictest([Usable.MAY_BE_USED, Usable.ASK_FIRST]).value
    'ask-first'
    >>> strictest([]).value
    'therapist-alone'
    """
    return max(found, key=_ORDER.index, default=Usable.THERAPIST_ALONE)


def _places(rule: Rule, sides: Sequence[Answered]) -> Iterator[tuple[Answered, Answered | None]]:
    if not rule.of_a_pair:
        yield from ((side, None) for side in sides)
        return
    for (first, side), (second, other) in permutations(enumerate(sides), 2):
        if first < second or not rule.symmetric:
            yield side, other


def _suggestion(
    rule: Rule, side: Answered, other: Answered | None, zones: Mapping[str, Zone | None]
) -> Suggestion | None:
    grounds = _grounds(side, other, rule.when)
    if grounds is not None and other:
        theirs = _grounds(other, side, rule.other_when)
        grounds = None if theirs is None else grounds + theirs
    if grounds is not None and rule.cards:
        cards = _cards(rule.cards, side, other, zones)
        grounds = None if cards is None else grounds + cards
    if grounds is None:
        return None
    rests_on = tuple(dict.fromkeys(grounds))
    by = {one.partner: one for one in (side, other) if one}
    found = Usable.THERAPIST_ALONE
    if not rule.safety:
        found = strictest(_usable_item(by[ground.partner], ground.item) for ground in rests_on)
    return Suggestion(rule, side.partner, other.partner if other else "", rests_on, found)


def _usable_item(side: Answered, item: str) -> Usable:
    layer = side.layers.get(item, Layer.SAFETY)
    if item not in side.kept:
        return usable(layer, side.policy)
    return usable(layer, side.policy, side.kept[item].wish, side.kept[item].status)


def _grounds(
    side: Answered, other: Answered | None, condition: Condition, card: str = ""
) -> list[Ground] | None:
    """Give the answers that a condition rests on, or None where it does not hold."""
    items = [one.item for clause in condition.clauses for one in clause]
    keys = {item: _keys(side, other, card + item) for item in items}
    answers = {item: _joined(side, keys[item]) for item in items}
    if not holds(condition, answers):
        return None
    # A clause rests on those of its items that fit by themselves; an unanswered one is no ground.
    resting = [
        one.item
        for clause in condition.clauses
        for one in clause
        if holds(Condition(((one,),)), answers)
    ]
    return [
        Ground(side.partner, key)
        for item in resting
        for key in keys[item]
        if side.answers.get(key, NOTHING).values
    ]


def _keys(side: Answered, other: Answered | None, item: str) -> Sequence[str]:
    """Name the items of a key: one, or one for each other partner, or for the one looked at."""
    if len(side.others) < 2 or item in side.answers:
        return [item]
    if other:
        return [f"{item}.{side.others.index(other.partner) + 1}"]
    return [f"{item}.{place}" for place in range(1, len(side.others) + 1)]


def _joined(side: Answered, keys: Sequence[str]) -> Given:
    values = tuple(value for key in keys for value in side.answers.get(key, NOTHING).values)
    return Given(AnswerState.ANSWERED, values) if values else NOTHING


def _cards(
    cards: Cards, side: Answered, other: Answered | None, zones: Mapping[str, Zone | None]
) -> list[Ground] | None:
    fitting = [
        found
        for behaviour, zone in zones.items()
        if not cards.zones or zone in cards.zones
        if (found := _card(cards, side, other, f"{behaviour}.")) is not None
    ]
    enough = len(fitting) >= cards.fewest
    if cards.most_of is not None:
        among = [_grounds(side, other, cards.most_of, f"{key}.") for key in zones]
        enough = enough and 2 * len(fitting) > sum(one is not None for one in among)
    return [ground for found in fitting for ground in found] if enough else None


def _card(cards: Cards, side: Answered, other: Answered | None, card: str) -> list[Ground] | None:
    grounds = _grounds(side, other, cards.own, card)
    if grounds is None or other is None:
        return grounds
    theirs = _grounds(other, side, cards.other, card)
    compared = [(pair, True) for pair in cards.differ] + [(pair, False) for pair in cards.alike]
    if theirs is None or not all(
        _compare(side, other, card, pair, differ=differ) for pair, differ in compared
    ):
        return None
    for mine, yours in (pair for pair, _ in compared):
        grounds += [Ground(side.partner, key) for key in _keys(side, other, card + mine)]
        theirs += [Ground(other.partner, key) for key in _keys(other, side, card + yours)]
    return grounds + theirs


def _compare(
    side: Answered, other: Answered, card: str, pair: tuple[str, str], *, differ: bool
) -> bool:
    mine = _joined(side, _keys(side, other, card + pair[0])).value
    theirs = _joined(other, _keys(other, side, card + pair[1])).value
    return bool(mine and theirs) and (mine != theirs) is differ
