"""Elena and Viktor: fear comes first, and nothing on Viktor's side tells of it."""

import pytest
import time_machine
from flask import Flask

from clinic.domain.guard import NOT_OPEN
from tests.browser import Browser
from tests.intake import people
from tests.intake.looks import MOMENT, Seen, differing, note
from tests.journeys import on_paper, partners, walk
from tests.journeys import ordinary_life as story
from tests.journeys.hands import FormHands, text
from tests.vignette_answers import ORDINARY_LIFE

#: Sheets that stay shut while somebody may be afraid.
SHUT = frozenset({"t01", "t02", "w05", "w07", "w08", "w10"})
SECRETS = (story.ELENA_ALONE, "stopped seeing friends", "afraid", "fear")


@pytest.fixture
def hands(hands: FormHands) -> FormHands:
    """Ines's hands, with a case in which both are asked the same."""
    walk.open_case(hands, story.NAMES, "Limited secrets")
    partners.plan(hands, ORDINARY_LIFE)
    return hands


def test_fear_leads_to_the_safety_track_and_viktor_s_side_stays_as_it_was(
    empty_app: Flask, hands: FormHands
) -> None:
    case = hands.address().removesuffix("/intake")
    links = {name: partners.invite(hands, name) for name in story.NAMES}
    phones = {name: partners.come_in(empty_app, links[name], name) for name in story.NAMES}
    people.walk_through(phones["Viktor"], ORDINARY_LIFE["Viktor"])
    before = viktor_s(empty_app, links["Viktor"], phones["Viktor"])
    assert len(before) > 15

    partners.answer(phones["Elena"], ORDINARY_LIFE["Elena"])
    story.see(hands)
    story.look_beneath(hands)
    story.ask_alone(hands)
    walk.roll_up(hands, story.READING)
    walk.send(hands, "Save this reading")
    after = viktor_s(empty_app, links["Viktor"], phones["Viktor"])
    assert differing(before, after) == []

    people.send_off(phones["Viktor"])
    check_what_is_shut(hands, case)
    check_reading(hands)
    on_paper.check_every_sheet(hands, case, SHUT)


def viktor_s(app: Flask, link: str, phone: Browser) -> Seen:
    """Open everything Viktor can open, the door included."""
    seen: Seen = {}
    with time_machine.travel(MOMENT, tick=False):
        note(seen, "door", Browser(app).client.get(link))
        review = phone.get("/form/review")
        pages = {str(each["href"]) for each in review.html.select("main a[href^='/form/page/']")}
        for path in ("/form/review", "/form/received", *sorted(pages)):
            note(seen, path, phone.client.get(path))
    return seen


def check_what_is_shut(hands: FormHands, case: str) -> None:
    """Nothing can be compared, shown or printed; the sentence is the same as in every case."""
    for page in ("answers/map", "answers/together", "worksheets/t01", "worksheets/t02"):
        hands.open(f"{case}/{page}")
        assert NOT_OPEN in text(hands), page
        assert not any(secret in text(hands) for secret in SECRETS[:2]), page
    shown = hands.client.post(f"{case}/answers/map/B01/reveal")
    assert shown.status_code in {400, 404, 422}
    for sheet in ("t01", "t02"):
        hands.open(f"{case}/worksheets/{sheet}?show=1&filled=all")
        assert not hands.html().select("main img, main form button"), sheet
        assert NOT_OPEN in text(hands)
        printed = hands.client.get(f"{case}/worksheets/{sheet}/pages/1.png?filled=all")
        assert printed.mimetype == "text/html"
        assert NOT_OPEN in printed.get_data(as_text=True)


def check_reading(hands: FormHands) -> None:
    """What was hidden from fear speaks for nobody being the issue."""
    walk.go(hands, "Overview")
    assert "Safety track, medium confidence" in text(hands)
    walk.go(hands, "Roll-up and summary")
    assert "Issue itself leading, " not in text(hands)
    hands.open("/")
    caseload = text(hands)
    assert "Elena and Viktor" in caseload
    assert not any(secret in caseload for secret in SECRETS)
