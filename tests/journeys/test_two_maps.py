"""Ruth and Adaeze: two maps lie side by side, and nobody is the issue."""

from bs4 import Tag
from flask import Flask

from tests.journeys import on_paper, partners, walk
from tests.journeys import two_maps as story
from tests.journeys.controls import said
from tests.journeys.hands import FormHands, Hands, text
from tests.vignette_answers import TWO_MAPS


def test_two_maps_end_as_an_agreement_that_was_never_made(
    empty_app: Flask, hands: FormHands
) -> None:
    walk.open_case(hands, story.NAMES, "Limited secrets")
    partners.plan(hands, TWO_MAPS)
    for name in story.NAMES:
        phone = partners.come_in(empty_app, partners.invite(hands, name), name)
        partners.answer(phone, TWO_MAPS[name])
    check_what_the_answers_propose(hands)
    story.see(hands)
    story.look_beneath(hands)
    check_order(hands)
    walk.roll_up(hands, story.READING)
    walk.send(hands, "Save this reading")
    check_reading(hands)
    walk.go(hands, "Overview")
    on_paper.check_every_sheet(hands, hands.address())


def check_what_the_answers_propose(hands: Hands) -> None:
    walk.go(hands, "Issue layer")
    hands.follow("From the answers")
    seen = text(hands)
    assert walk.CONCERN.explanations["H1"].name in seen
    assert walk.CONCERN.explanations["H7"].name not in seen
    walk.go(hands, "Issue layer")
    assert not hands.html().select("section[id^=explanation-]")


def check_order(hands: Hands) -> None:
    """Nothing speaks against the two that need no wrongdoing, and neither is about one of them."""
    walk.go(hands, "Issue layer")
    cards = {said(card.h2): card for card in hands.html().select("section[id^=explanation-]")}
    for key in ("H1", "H0"):
        card = cards[walk.CONCERN.explanations[key].name]
        assert "5 for, 0 against" in words_of(card)
        assert "About Adaeze" not in words_of(card)


def words_of(card: Tag) -> str:
    return " ".join(card.get_text(" ").split())


def check_reading(hands: Hands) -> None:
    walk.go(hands, "Overview")
    assert "Agreement mismatch, medium confidence" in text(hands)
    walk.go(hands, "Roll-up and summary")
    hands.follow("Open")
    seen = text(hands)
    assert "Issue itself leading" not in seen
    assert story.SUMMARY in seen
