"""Dev and Noor in a real browser: the app is back, and the page says so with its numbers."""

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium

from tests.journeys import the_app as story
from tests.journeys import walk
from tests.journeys.hands import KeyboardHands, text
from tests.journeys.test_late_messages import check_attainment
from tests.live import serving

SLIPPED = "The behaviour slipped back, the issue did not."


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_third_appointment_tells_a_step_back_from_standing_still(
    empty_app: Flask, screen: Chromium
) -> None:
    code = walk.code_in_the_terminal(empty_app)
    with serving(empty_app) as address, screen.new_context() as context:
        context.set_default_timeout(30_000)
        hands = KeyboardHands(context.new_page(), address)
        walk.set_up(hands, code)
        walk.open_case(hands, story.NAMES, "No secrets")
        story.set_goals(hands)
        said = []
        for place in range(len(story.DAYS)):
            story.meet(hands, place)
            said.append(SLIPPED in text(hands))
        assert said == [False, False, True]
        walk.go(hands, "Goals")
        seen = text(hands)
        check_attainment(hands, story.GOALS, len(story.DAYS))
    assert SLIPPED in seen
    assert "\u22122, 0, \u22122" in seen
    assert "\u22121, \u22121, 0" in seen
