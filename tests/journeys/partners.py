"""The partners of a story, each with a way in of their own and a phone of their own."""

from collections.abc import Mapping

from bs4 import Tag
from flask import Flask

from clinic.domain.answers import Given
from tests.browser import Browser
from tests.intake import people
from tests.journeys import walk
from tests.journeys.controls import said
from tests.journeys.hands import Hands, text
from tests.vignette_answers import asked

Vignette = Mapping[str, Mapping[str, Given]]


def plan(hands: Hands, vignette: Vignette) -> None:
    """Choose the behaviours that the story speaks of, for everybody the same."""
    walk.go(hands, "Partners' answers")
    hands.follow("Choose")
    labels = tuple(walk.CONCERN.behaviours[key].label for key in asked(vignette))
    offered = [said(label) for label in hands.html().select("main fieldset label")]
    # A label says in brackets how most people place it.
    hands.fill({"Behaviours to place": [each for each in offered if each.startswith(labels)]})
    walk.send(hands, "Save")


def invite(hands: Hands, name: str) -> str:
    """Invite one partner by a link on paper, and give its path."""
    walk.go(hands, "Partners' answers")
    hands.open(_link(hands, name))
    hands.fill({"How it reaches this person": "A link or code I hand over myself"})
    walk.send(hands, f"Invite {name}")
    found = people.LINK.search(text(hands))
    assert found, text(hands)
    return found[1]


def come_in(app: Flask, link: str, name: str) -> Browser:
    """Come in on a phone, choose a PIN and sign what has to be signed."""
    phone = people.come_in(app, link)
    people.sign_all(phone, name)
    return phone


def answer(phone: Browser, answers: Mapping[str, Given]) -> None:
    """Answer everything and hand it over."""
    people.walk_through(phone, answers)
    assert people.path_of(people.send_off(phone)) == "/form/received"


def _link(hands: Hands, name: str) -> str:
    cards = {
        str(card.h2.get_text(strip=True)): card for card in hands.html().select("section.card")
    }
    [link] = [each for each in cards[name].select("a") if each.get_text(strip=True) == "Invite"]
    assert isinstance(link, Tag)
    return str(link["href"])
