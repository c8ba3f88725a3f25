"""Responses to repair are for the treating clinician alone, not for the room or the partners."""

import pytest

from tests.browser import Browser
from tests.cast import PASSWORD
from tests.intake import people
from tests.web.addresses import address
from tests.web.room.conftest import start

#: Words that stand on no page but those of this feature.
WORDS = ("Minimises", "Acknowledges", "came back to it unasked", "lever", "Responses to repair")


@pytest.fixture
def addresses(app, full):
    """Everything of this feature, by endpoint."""
    rules = [
        rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("repair_responses.")
    ]
    assert len(rules) == 4
    return [(rule, address(rule, full)) for rule in rules]


def test_in_the_room_every_address_leads_to_the_room_s_own_page(browser, full, addresses):
    start(browser, full["case_ref"])
    room = f"/cases/{full['case_ref']}/room"
    for rule, url in addresses:
        if "GET" in rule.methods:
            assert browser.get(url).response.location == room, url


def test_in_the_room_a_press_is_not_taken(browser, full):
    start(browser, full["case_ref"])
    url = f"/cases/{full['case_ref']}/responses/{full['occasion_ref']}/{full['partner_ref']}"
    token = browser.get(f"/cases/{full['case_ref']}/room/end").values()["csrf_token"]
    headers = {"X-CSRFToken": token, "Accept": "application/json"}
    answer = browser.client.post(url, data={"on": "lever"}, headers=headers)
    assert answer.status_code == 303
    assert answer.location == f"/cases/{full['case_ref']}/room"


def test_no_page_that_is_open_in_the_room_says_a_word_of_it(browser, full):
    start(browser, full["case_ref"])
    case = f"/cases/{full['case_ref']}"
    for path in ("/room", "/room/end", "/answers/together", "/agreements/together"):
        text = browser.get(f"{case}{path}").response.get_data(as_text=True)
        assert not [word for word in WORDS if word in text], path


def test_partners_meet_no_word_of_it(app, full):
    partner = people.come_in(app, f"/f/{full['token']}")
    for path in ("/form", "/form/received", "/form/release"):
        text = partner.open(path).response.get_data(as_text=True)
        assert not [word for word in WORDS if word in text], path


def test_a_colleague_and_another_practice_find_nothing(app, cast, addresses):
    for who in ("tomas", "noa"):
        other = Browser(app).sign_in(cast[who].email, PASSWORD)
        for rule, url in addresses:
            if "GET" in rule.methods:
                assert other.open(url).status == 404, url


def test_what_they_look_at_together_outside_the_room_is_without_it(browser, full):
    case = f"/cases/{full['case_ref']}"
    for path in ("/agreements/together", "/answers/together", "/readings/2/preview"):
        page = browser.get(f"{case}{path}")
        assert page.status == 200, path
        text = page.response.get_data(as_text=True)
        assert not [word for word in WORDS if word in text], path


def test_the_words_would_be_found_where_they_are(browser, full):
    """Otherwise the tests above could not fail."""
    text = browser.get(f"/cases/{full['case_ref']}/responses").response.get_data(as_text=True)
    assert all(word in text for word in WORDS)
