"""The same story once more in a real browser, by keyboard, ending with the bytes it was given."""

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium

from tests import pdf_reader
from tests.journeys import late_messages as story
from tests.journeys import walk
from tests.journeys.hands import KeyboardHands, text
from tests.live import serving


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_late_messages_typed_into_a_real_browser(empty_app: Flask, screen: Chromium) -> None:
    code = walk.code_in_the_terminal(empty_app)
    with serving(empty_app) as address, screen.new_context() as context:
        context.set_default_timeout(30_000)
        hands = KeyboardHands(context.new_page(), address)
        walk.set_up(hands, code)
        story.tell_first_half(hands)
        story.tell_second_half(hands, appointments=2)
        walk.go(hands, "Issue layer")
        assert "3 against" in text(hands)
        answers = {"For whom": "Jonas", "What is filled in": "What this person may read"}
        printed = " ".join(pdf_reader.pages(walk.print_sheet(hands, "w13", answers)))
    assert "Jonas" in printed
    for key, (wording, *_) in story.GOALS.items():
        assert wording in printed
        assert all(anchor in printed for anchor in walk.anchors(key))
    assert "miscarriage" not in printed
    assert "affair" not in printed
