"""The same story once more in a real browser, by keyboard, ending with the bytes it was given."""

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium

from tests import pdf_reader
from tests.journeys import late_messages as story
from tests.journeys import notes, walk
from tests.journeys.hands import Hands, KeyboardHands, text
from tests.journeys.test_late_messages import check_scores
from tests.live import serving

ADDED = "Jonas called: they had an evening without phones."


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_late_messages_typed_into_a_real_browser(empty_app: Flask, screen: Chromium) -> None:
    code = walk.code_in_the_terminal(empty_app)
    with serving(empty_app) as address, screen.new_context() as context:
        context.set_default_timeout(30_000)
        hands = KeyboardHands(context.new_page(), address)
        walk.set_up(hands, code)
        story.tell_first_half(hands)
        story.set_goals(hands)
        for place in range(len(story.DAYS)):
            story.meet(hands, place)
            write_note(hands, place)
        check_notes(hands)
        check_scores(hands)
        check_paper(hands)


def write_note(hands: Hands, place: int) -> None:
    """Write down what the appointment was about, and sign it; the last one is added to."""
    notes.write(
        hands, {"Focus": f"The evenings, {place + 1}", "How each partner was > Mara": "Calm"}
    )
    notes.sign(hands, "Couples therapist")
    assert f"The evenings, {place + 1}" in text(hands)
    if place == len(story.DAYS) - 1:
        notes.add(hands, ADDED, "It was told the day after")


def check_notes(hands: Hands) -> None:
    """All six are signed, unchanged, and what was added stands beside the last."""
    assert ADDED in text(hands)
    assert "Unchanged" in text(hands)
    hands.follow("All notes")
    seen = text(hands)
    assert seen.count("Signed") >= len(story.DAYS)
    assert "Draft" not in seen


def check_paper(hands: Hands) -> None:
    walk.go(hands, "Issue layer")
    assert "3 against" in text(hands)
    pdf = walk.print_sheet(hands, "w13", {"For whom": "Jonas"})
    printed = " ".join(pdf_reader.pages(pdf))
    assert "Jonas" in printed
    for key, (wording, *_) in story.GOALS.items():
        assert wording in printed
        assert all(anchor in printed for anchor in walk.anchors(key))
    assert "miscarriage" not in printed
    assert "affair" not in printed
