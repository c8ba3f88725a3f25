import pytest

from clinic.domain.answers import LONGEST, NOTHING, AnswerState, Given, given
from clinic.domain.conditions import Comparison, Condition, Operator, any_of, holds
from clinic.domain.item_flags import Raised, raised, safety_result
from clinic.domain.items import (
    AnswerError,
    Choice,
    Flag,
    Item,
    ItemKind,
    Listing,
    Page,
    Questionnaire,
    check,
    counted,
    is_shown,
    pages_for,
)
from clinic.domain.questionnaires import ScreenResult

COLOURS = (Choice("red", "Red"), Choice("blue", "Blue"), Choice("green", "Green"))
ALONE = Item("alone", ItemKind.CHOICE, "Alone?", raises=(("in-person", Flag.IN_PERSON),))
AFRAID = Item(
    "afraid",
    ItemKind.YES_NO,
    "Afraid?",
    shown_when=any_of("alone", "yes"),
    raises=(("yes", Flag.SAFETY),),
)


def questionnaire(*pages):
    return Questionnaire("demo", 1, "Demo", 5, pages, "en-GB", "CC-BY-4.0", "Example")


def number(kind=ItemKind.INTEGER, **bounds):
    return Item("n", kind, "How many?", **bounds)


def choice(kind=ItemKind.CHOICE, **more):
    return Item("c", kind, "Which?", choices=COLOURS, **more)


TAKEN = [
    (Item("t", ItemKind.TEXT, "Say"), ["two\nlines"], ("two\nlines",)),
    (Item("t", ItemKind.WORDS, "Say"), ["x" * LONGEST], ("x" * LONGEST,)),
    (choice(), ["red"], ("red",)),
    (choice(own_words=True), ["Something else"], ("Something else",)),
    (choice(ItemKind.SEVERAL), ["blue", "red"], ("blue", "red")),
    (choice(ItemKind.SEVERAL, own_words=True), ["blue", "Mauve"], ("blue", "Mauve")),
    (Item("s", ItemKind.SCALE, "How much?"), ["10"], ("10",)),
    (Item("y", ItemKind.YES_NO, "Is it?"), ["no"], ("no",)),
    (number(), [" 007 "], ("7",)),
    (number(), ["-0"], ("0",)),
    (number(lowest=0, highest=100), ["100"], ("100",)),
    (number(ItemKind.DECIMAL), ["2,50"], ("2.5",)),
]
REFUSED = [
    (Item("t", ItemKind.TEXT, "Say"), ["x" * (LONGEST + 1)], "longer than 4,000 letters"),
    (Item("t", ItemKind.TEXT, "Say"), ["a\x1fb"], "cannot be stored"),
    (Item("t", ItemKind.WORDS, "Say", longest=3), ["four"], "longer than 3 letters"),
    (choice(), ["red", "blue"], "one answer"),
    (choice(), ["mauve"], "one of the answers"),
    (choice(own_words=True), ["x" * (LONGEST + 1)], "longer"),
    (choice(ItemKind.SEVERAL), ["red", "red"], "each once"),
    (choice(ItemKind.SEVERAL), ["mauve"], "from the answers"),
    (choice(ItemKind.SEVERAL, own_words=True), ["mauve", "teal"], "from the answers"),
    (choice(ItemKind.SEVERAL, own_words=True), ["x" * (LONGEST + 1)], "longer"),
    (choice(ItemKind.SEVERAL, at_most=2), ["red", "blue", "green"], "2 at most"),
    (Item("s", ItemKind.SCALE, "How much?"), ["07"], "from 0 to 10"),
    (Item("y", ItemKind.YES_NO, "Is it?"), ["maybe"], "yes or no"),
    (number(), ["2.5"], "whole number"),
    (number(), ["٣"], "whole number"),
    (number(lowest=1), ["0"], "Enter 1 or more"),
    (number(highest=9.5), ["10"], r"Enter 9\.5 or less"),
    (number(ItemKind.DECIMAL), ["1e9"], "Enter a number"),
]


@pytest.mark.parametrize(("item", "values", "stored"), TAKEN)
def test_what_an_item_offers_is_taken(item, values, stored):
    assert check(item, given(values)) == Given(AnswerState.ANSWERED, stored)


@pytest.mark.parametrize(("item", "values", "reason"), REFUSED)
def test_what_an_item_does_not_offer_is_refused_in_a_sentence(item, values, reason):
    with pytest.raises(AnswerError, match=reason):
        check(item, given(values))


@pytest.mark.parametrize("kind", ItemKind)
@pytest.mark.parametrize("state", [AnswerState.SKIPPED, AnswerState.DECLINED])
def test_every_item_can_be_skipped_and_declined(kind, state):
    assert check(Item("k", kind, "Why?"), Given(state, ("left over",))) == Given(state)


CONDITIONS = [
    (Operator.EQUALS, "red", ["red"], True),
    (Operator.EQUALS, "red", ["blue", "red"], True),
    (Operator.EQUALS, "red", ["blue"], False),
    (Operator.EQUALS, "red", [], False),
    (Operator.DIFFERS, "red", ["blue"], True),
    (Operator.DIFFERS, "red", ["red", "blue"], False),
    (Operator.DIFFERS, "red", [], True),
    (Operator.EXISTS, "yes", ["red"], True),
    (Operator.EXISTS, "yes", [], False),
    (Operator.EXISTS, "no", [], True),
    (Operator.EXISTS, "no", ["red"], False),
    (Operator.ABOVE, "9", ["10"], True),
    (Operator.ABOVE, "9", ["9"], False),
    (Operator.BELOW, "9", ["8.5"], True),
    (Operator.BELOW, "9", ["9"], False),
    (Operator.AT_LEAST, "9", ["9"], True),
    (Operator.AT_LEAST, "9", ["8"], False),
    (Operator.AT_MOST, "9", ["9"], True),
    (Operator.AT_MOST, "9", ["10"], False),
    (Operator.AT_MOST, "9", [], False),
    (Operator.ABOVE, "9", ["many"], False),
]


@pytest.mark.parametrize(("operator", "value", "answered", "expected"), CONDITIONS)
def test_a_comparison_reads_an_earlier_answer(operator, value, answered, expected):
    condition = Condition(((Comparison("q", operator, value),),))
    assert holds(condition, {"q": given(answered)}) is expected


def test_all_clauses_hold_and_one_comparison_is_enough_for_each():
    either = (Comparison("a", Operator.EQUALS, "1"), Comparison("b", Operator.EQUALS, "1"))
    both = Condition((either, (Comparison("c", Operator.EXISTS, "yes"),)))
    assert holds(both, {"b": given(["1"]), "c": given(["x"])})
    assert not holds(both, {"b": given(["1"])})
    assert not holds(both, {"c": given(["x"])})


def test_a_declined_answer_shows_nothing():
    assert not is_shown(AFRAID, {"alone": Given(AnswerState.DECLINED)})
    assert is_shown(AFRAID, {"alone": given(["yes"])})


def test_a_hidden_answer_neither_counts_nor_shows_another_item():
    last = Item("last", ItemKind.TEXT, "More?", shown_when=any_of("afraid", "yes"))
    answers = {"alone": given(["in-person"]), "afraid": given(["yes"]), "last": given(["x"])}
    assert counted([ALONE, AFRAID, last], answers) == {"alone": given(["in-person"])}


def test_an_item_that_was_asked_and_not_answered_counts_as_skipped():
    assert counted([ALONE], {}) == {"alone": NOTHING}


def test_an_answer_raises_its_flag_even_when_its_item_is_hidden_now():
    answers = {"alone": given(["in-person"]), "afraid": given(["yes"])}
    assert raised([ALONE, AFRAID], answers) == (
        Raised("alone", "in-person", Flag.IN_PERSON),
        Raised("afraid", "yes", Flag.SAFETY),
    )
    assert safety_result([ALONE, AFRAID], answers) is ScreenResult.POSITIVE


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        ({"alone": ["yes"], "afraid": ["no"]}, ScreenResult.NO_INDICATION),
        ({"alone": ["yes"], "afraid": []}, ScreenResult.INCOMPLETE),
        ({"alone": ["in-person"], "afraid": ["no"]}, ScreenResult.INCOMPLETE),
        ({}, ScreenResult.INCOMPLETE),
    ],
)
def test_a_gap_in_the_safety_questions_is_never_taken_for_a_no(answers, result):
    known = {key: given(values) for key, values in answers.items()}
    assert safety_result([ALONE, AFRAID], known) is result


CARD = Page(
    "cards",
    "Cards",
    ("About {others}.",),
    (
        Item("placing", ItemKind.CHOICE, "Fine?", choices=COLOURS),
        Item("guess", ItemKind.CHOICE, "And {other}?", "Guess at {other}.", per_other=True),
    ),
    reminder="People differ.",
    repeat=Listing.BEHAVIOURS,
)
BEHAVIOURS = [("B01", "Has friends"), ("O1", "Own line")]


def test_a_repeating_page_is_one_card_a_behaviour():
    first, second = pages_for(questionnaire(CARD), BEHAVIOURS, ["Lou"])
    assert (first.key, first.title, first.intro) == ("cards.B01", "Has friends", ("About Lou.",))
    assert (second.key, second.title, second.intro) == ("cards.O1", "Own line", ())
    assert [item.key for item in first.items] == ["B01.placing", "B01.guess"]
    assert {first.reminder, second.reminder} == {"People differ."}
    assert first.repeat is None


def test_an_item_about_each_other_partner_is_numbered_and_names_only_in_words():
    card, _ = pages_for(questionnaire(CARD), BEHAVIOURS, ["Lou", "Tariq"])
    assert card.intro == ("About Lou and Tariq.",)
    assert [item.key for item in card.items] == ["B01.placing", "B01.guess.1", "B01.guess.2"]
    assert (card.items[2].text, card.items[2].hint) == ("And Tariq?", "Guess at Tariq.")


def test_no_name_is_ever_part_of_a_key():
    who = Item("who", ItemKind.SEVERAL, "Who?", choices_from=Listing.OTHERS, choices=COLOURS[:1])
    pages = pages_for(questionnaire(CARD, Page("p", "P", (), (who,))), BEHAVIOURS, ["Lou", "Kim"])
    keys = [item.key for page in pages for item in page.items]
    assert not any(name in key for key in keys for name in ("Lou", "Kim"))
    (asked,) = pages[-1].items
    assert [(one.key, one.label) for one in asked.choices] == [
        ("other-1", "Lou"),
        ("other-2", "Kim"),
        ("red", "Red"),
    ]


def test_a_name_that_looks_like_a_gap_stays_a_name():
    item = Item("near", ItemKind.TEXT, "How near is {other} to {others}?", per_other=True)
    (page,) = pages_for(questionnaire(Page("p", "P", (), (item,))), [], ["{0}"])
    assert page.items[0].text == "How near is {0} to {0}?"


def test_without_other_partners_nothing_is_asked_about_them():
    item = Item("guess", ItemKind.TEXT, "And {other}?", per_other=True)
    (page,) = pages_for(questionnaire(Page("p", "P", ("With {others}",), (item,))), [], [])
    assert page.items == ()


def test_the_chosen_behaviours_are_offered_as_answers():
    item = Item("matters", ItemKind.SEVERAL, "Which?", choices_from=Listing.BEHAVIOURS, at_most=1)
    (page,) = pages_for(questionnaire(Page("p", "P", (), (item,))), BEHAVIOURS, ["Lou"])
    assert check(page.items[0], given(["O1"])).values == ("O1",)
    with pytest.raises(AnswerError):
        check(page.items[0], given(["B01", "O1"]))
