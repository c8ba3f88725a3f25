"""What rules find in answers, what it rests on, and whether that may be used in joint work."""

from itertools import product

import pytest

from clinic.domain.answers import given
from clinic.domain.behaviours import Zone
from clinic.domain.cases import SecretsPolicy
from clinic.domain.conditions import Comparison, Condition, Operator, any_of
from clinic.domain.disclosures import DisclosureStatus, Wish
from clinic.domain.suggestions import (
    Answered,
    Cards,
    Ground,
    Kept,
    Rule,
    Usable,
    strictest,
    suggest,
    usable,
)
from clinic.domain.visibility import Layer

MAY, ASK, ALONE = Usable.MAY_BE_USED, Usable.ASK_FIRST, Usable.THERAPIST_ALONE
NO_SECRETS, LIMITED, FULL = SecretsPolicy.NO_SECRETS, SecretsPolicy.LIMITED, SecretsPolicy.FULL
ZONES = {"B01": Zone.WITHIN, "B02": Zone.WITHIN, "B11": Zone.GRAY, "own-1": None}
OUT = any_of("standpoint", "leaning-out")
NOT_OK = any_of("placing", "not-ok")


def side(partner, others=("b",), policy=LIMITED, kept=None, layers=None, **answers):
    found = {
        key.replace("__", ".").replace("_", "-"): given([one] if isinstance(one, str) else one)
        for key, one in answers.items()
    }
    known = dict.fromkeys(found, Layer.PRIVATE) | (layers or {})
    return Answered(partner, others, found, known, policy, kept or {})


def a(**answers):
    return side("a", ["b"], **answers)


def b(**answers):
    return side("b", ["a"], **answers)


def one(rule, *sides):
    return [(each.partner, each.other) for each in suggest([rule], sides, ZONES)]


def items(rule, *sides):
    return [
        [(ground.partner, ground.item) for ground in each.rests_on]
        for each in suggest([rule], sides, ZONES)
    ]


def test_a_rule_is_asked_of_each_partner():
    rule = Rule("out", "Why.", "H4", when=OUT)
    both = [a(standpoint="leaning-out"), b(standpoint="leaning-out")]
    assert one(rule, *both) == [("a", ""), ("b", "")]
    assert one(rule, a(standpoint="work-on-it"), b()) == []


def test_suggestions_come_rule_by_rule():
    rules = [Rule("first", "Why.", "H4", when=OUT), Rule("second", "Why.", "", "E17", when=OUT)]
    found = suggest(rules, [a(standpoint="leaning-out")], ZONES)
    assert [each.rule.key for each in found] == ["first", "second"]


def test_a_suggestion_rests_on_every_answer_that_fits_and_no_other():
    low = Comparison("near", Operator.AT_MOST, "4")
    first = Comparison("first", Operator.AT_MOST, "4")
    unsaid = Comparison("asked", Operator.DIFFERS, "closeness")
    rule = Rule("need", "Why.", "H2", when=Condition(((low, first), (unsaid,))))
    assert items(rule, a(near="2", first="9", asked=["time"])) == [[("a", "near"), ("a", "asked")]]
    assert items(rule, a(near="2")) == [[("a", "near")]]


def test_two_partners_that_differ_are_found_once_for_the_pair():
    rule = Rule("maps", "Why.", "H1", cards=Cards(differ=(("placing", "placing"),)))
    sides = [a(B01__placing="fine"), b(B01__placing="not-ok")]
    assert one(rule, *sides) == [("a", "b")]
    assert items(rule, *sides) == [[("a", "B01.placing"), ("b", "B01.placing")]]


@pytest.mark.parametrize("theirs", [{"B01__placing": "fine"}, {}, {"B02__placing": "not-ok"}])
def test_alike_or_unanswered_cards_do_not_differ(theirs):
    rule = Rule("maps", "Why.", "H1", cards=Cards(differ=(("placing", "placing"),)))
    assert one(rule, a(B01__placing="fine"), b(**theirs)) == []


def test_only_one_partners_answers_are_no_pair():
    rule = Rule("maps", "Why.", "H1", cards=Cards(differ=(("placing", "placing"),)))
    assert one(rule, a(B01__placing="fine")) == []


def test_a_misreading_is_looked_for_on_both_sides():
    cards = Cards(differ=(("guess", "placing"),), alike=(("placing", "placing"),))
    rule = Rule("misread", "Why.", "H0", cards=cards)
    sides = [a(B01__placing="fine", B01__guess="fine"), b(B01__placing="fine", B01__guess="not-ok")]
    assert one(rule, *sides) == [("b", "a")]
    assert ("b", "B01.guess") in items(rule, *sides)[0]


def test_the_other_card_and_the_others_answers_have_their_own_conditions():
    cards = Cards(any_of("placing", "fine"), NOT_OK)
    rule = Rule("h7", "Why.", "H7", cards=cards)
    assert one(rule, a(B11__placing="not-ok"), b(B11__placing="fine")) == [("b", "a")]
    assert one(rule, a(B11__placing="not-ok"), b(B01__placing="fine")) == []
    rule = Rule("mixed", "Why.", "H4", when=OUT, other_when=any_of("standpoint", "work-on-it"))
    sides = [a(standpoint="work-on-it"), b(standpoint="leaning-out")]
    assert one(rule, *sides) == [("b", "a")]
    assert items(rule, *sides) == [[("b", "standpoint"), ("a", "standpoint")]]
    assert one(rule, a(standpoint="leaning-out"), b(standpoint="leaning-out")) == []


def test_one_card_has_to_fit_whole():
    own = Condition((*NOT_OK.clauses, *any_of("agreed", "assumed").clauses))
    rule = Rule("k", "Why.", "H1", cards=Cards(own))
    assert one(rule, a(B01__placing="not-ok", B02__agreed="assumed")) == []
    assert one(rule, a(B01__placing="not-ok", B01__agreed="assumed")) == [("a", "")]


@pytest.mark.parametrize(
    ("placings", "found"),
    [
        ({"B01__placing": "not-ok"}, False),
        ({"B01__placing": "not-ok", "B02__placing": "not-ok"}, True),
        ({"B01__placing": "not-ok", "B11__placing": "not-ok"}, False),
        ({"B01__placing": "not-ok", "B02__placing": "not-ok", "B11__placing": "not-ok"}, True),
        (
            {
                "B01__placing": "not-ok",
                "B02__placing": "not-ok",
                "B11__placing": "not-ok",
                "own_1__placing": "not-ok",
            },
            False,
        ),
    ],
)
def test_mostly_ordinary_life_is_more_than_half_of_at_least_two(placings, found):
    cards = Cards(NOT_OK, zones=frozenset({Zone.WITHIN}), fewest=2, most_of=NOT_OK)
    rule = Rule("ordinary", "Why.", "", "E28", cards=cards, safety=True)
    assert bool(one(rule, a(**placings))) is found


def test_an_answer_about_any_of_several_others_fits():
    rule = Rule("afraid", "Why.", "H11", when=any_of("afraid", "yes"), safety=True)
    kim = side("kim", ["lou", "tariq"], afraid__1="no", afraid__2="yes")
    assert items(rule, kim) == [[("kim", "afraid.1"), ("kim", "afraid.2")]]
    assert one(rule, side("kim", ["lou", "tariq"], afraid__1="no")) == []


def test_a_guess_is_read_for_the_partner_it_is_about():
    rule = Rule("misread", "Why.", "H0", cards=Cards(differ=(("guess", "placing"),)))
    kim = side("kim", ["lou", "tariq"], B01__guess__1="fine", B01__guess__2="not-ok")
    lou = side("lou", ["kim", "tariq"], B01__placing="fine")
    tariq = side("tariq", ["kim", "lou"], B01__placing="fine")
    assert one(rule, kim, lou, tariq) == [("kim", "tariq")]
    assert items(rule, kim, lou, tariq) == [[("kim", "B01.guess.2"), ("tariq", "B01.placing")]]


def test_of_three_partners_every_pair_that_differs_is_found():
    rule = Rule("maps", "Why.", "H1", cards=Cards(differ=(("placing", "placing"),)))
    kim = side("kim", ["lou", "tariq"], B01__placing="fine")
    lou = side("lou", ["kim", "tariq"], B01__placing="not-ok")
    tariq = side("tariq", ["kim", "lou"], B01__placing="fine")
    assert one(rule, kim, lou, tariq) == [("kim", "lou"), ("lou", "tariq")]


def use(rule, *sides):
    (found,) = suggest([rule], sides, ZONES)
    return found.usable


def test_the_most_closed_answer_decides():
    when = Condition((*OUT.clauses, *any_of("kept-1", "A flat").clauses))
    rule = Rule("k", "Why.", "H4", when=when)
    answers = {"standpoint": "leaning-out", "kept_1": "A flat"}
    assert use(rule, side("a", policy=NO_SECRETS, **answers)) is MAY
    kept = {"kept-1": Kept(Wish.WILL_SHARE)}
    assert use(rule, side("a", policy=NO_SECRETS, kept=kept, **answers)) is ASK
    shared = {"kept-1": Kept(Wish.WILL_SHARE, DisclosureStatus.SHARED)}
    assert use(rule, side("a", policy=NO_SECRETS, kept=shared, **answers)) is MAY
    layers = {"kept-1": Layer.SAFETY}
    assert use(rule, side("a", policy=NO_SECRETS, layers=layers, **answers)) is ALONE


def test_each_partners_own_policy_counts_for_a_pair():
    rule = Rule("maps", "Why.", "H1", cards=Cards(differ=(("placing", "placing"),)))
    open_ = side("a", ["b"], NO_SECRETS, B01__placing="fine")
    closed = side("b", ["a"], FULL, B01__placing="not-ok")
    assert use(rule, open_, closed) is ALONE


def test_an_item_without_a_known_layer_is_for_the_therapist_alone():
    rule = Rule("out", "Why.", "H4", when=OUT)
    bare = Answered("a", ["b"], {"standpoint": given(["leaning-out"])}, {}, NO_SECRETS)
    assert use(rule, bare) is ALONE


def test_a_rule_of_safety_is_for_the_therapist_alone_whatever_was_signed():
    rule = Rule("watch", "Why.", "H11", when=OUT, safety=True)
    assert use(rule, side("a", policy=NO_SECRETS, standpoint="leaning-out")) is ALONE


@pytest.mark.parametrize(
    ("policy", "wish", "found"),
    [
        (NO_SECRETS, None, MAY),
        (LIMITED, None, ASK),
        (FULL, None, ALONE),
        (SecretsPolicy.NOT_YET, None, ALONE),
        (NO_SECRETS, Wish.THERAPIST_ONLY, ASK),
        (LIMITED, Wish.THERAPIST_ONLY, ALONE),
        (FULL, Wish.THERAPIST_ONLY, ALONE),
        *((policy, Wish.MAY_RAISE, MAY) for policy in (NO_SECRETS, LIMITED, FULL)),
        *((policy, Wish.WILL_SHARE, ASK) for policy in (NO_SECRETS, LIMITED, FULL)),
    ],
)
def test_policy_and_wish_decide_about_private_words(policy, wish, found):
    assert usable(Layer.PRIVATE, policy, wish) is found
    assert usable(Layer.PRIVATE, policy, wish, DisclosureStatus.NO_ISSUE) is found


@pytest.mark.parametrize(
    ("status", "found"),
    [
        (DisclosureStatus.SHARED, MAY),
        (DisclosureStatus.OWNER_TO_SHARE, ASK),
        (DisclosureStatus.WITHHELD, ALONE),
        (DisclosureStatus.CANNOT_CONTINUE, ALONE),
    ],
)
@pytest.mark.parametrize("wish", Wish)
def test_what_was_decided_last_counts_before_the_wish(status, found, wish):
    assert usable(Layer.PRIVATE, LIMITED, wish, status) is found


@pytest.mark.parametrize(
    ("policy", "wish", "status"),
    list(product(SecretsPolicy, [None, *Wish], [None, *DisclosureStatus])),
)
def test_safety_is_for_the_therapist_alone_without_exception(policy, wish, status):
    assert usable(Layer.SAFETY, policy, wish, status) is ALONE
    assert usable(Layer.PROCESS, policy, wish, status) is ALONE


@pytest.mark.parametrize("layer", [Layer.SHARED, Layer.CLINICIAN])
def test_what_everybody_knows_and_the_therapists_own_view_may_be_used(layer):
    assert usable(layer, SecretsPolicy.FULL) is MAY


def test_nothing_to_rest_on_is_for_the_therapist_alone():
    assert strictest([]) is ALONE
    assert strictest([MAY, ALONE, ASK]) is ALONE
    rule = Rule("k", "Why.", "H1", when=Condition(((Comparison("x", Operator.EXISTS, "no"),),)))
    (found,) = suggest([rule], [a()], ZONES)
    assert (found.rests_on, found.usable) == ((), ALONE)


def test_grounds_are_named_once():
    rule = Rule("k", "Why.", "H4", when=Condition((*OUT.clauses, *OUT.clauses)))
    (found,) = suggest([rule], [a(standpoint="leaning-out")], ZONES)
    assert found.rests_on == (Ground("a", "standpoint"),)
