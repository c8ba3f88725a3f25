"""The partner's own yes, behaviour by behaviour, after sending; no answer is on the page."""

import pytest

from clinic.services import couple_map
from tests.services.answering import answer_all, as_partner, fill, plan_case
from tests.vignette_answers import LATE_MESSAGES, THREE_PARTNERS
from tests.web.comparison.handing_in import phone_of, release
from tests.web.comparison.test_agreement_map import MESSAGES, show
from tests.web.page import check_page

URL = "/form/release"


@pytest.fixture
def phone(app, store, ines, late):
    """Mara's phone, after she sent her answers."""
    return phone_of(app, store, ines, late, "Mara")


def released(store, answered, name):
    with as_partner(store, answered, name) as (db, _):
        return set(couple_map.own_releases(db))


def test_nothing_is_ticked_at_first_and_no_answer_is_shown(phone, late):
    page = phone.get(URL)
    check_page(page)
    assert "My therapist may show Jonas my answer about" in page.text
    assert len(page.html.select("[type=checkbox]")) == 7
    assert not page.html.select("[checked]")
    labels = [label.get_text(strip=True) for label in page.html.select(".choice label")]
    assert MESSAGES in labels
    for words in ("Not OK", "It depends", "Thought it was clear", "affair", "Work on it"):
        assert words not in page.text


def test_the_page_is_the_same_whatever_was_answered(app, store, ines):
    shown = []
    for given in (LATE_MESSAGES["Mara"], {}):
        answered = plan_case(store, ines, LATE_MESSAGES)
        fill(store, answered, "Mara", given)
        page = phone_of(app, store, ines, answered, "Mara").get(URL)
        shown.append(page.html.select_one("fieldset").get_text())
    assert shown[0] == shown[1]


def test_a_tick_releases_a_row_and_taking_it_away_takes_it_back(phone, store, late):
    page = phone.submit(URL, {"behaviours": ["B11", "B13"]})
    assert "Saved." in page.text
    assert released(store, late, "Mara") == {"B11", "B13"}
    phone.submit(URL, {"behaviours": ["B13"]})
    assert released(store, late, "Mara") == {"B13"}
    assert [box["value"] for box in phone.get(URL).html.select("[checked]")] == ["B13"]
    assert released(store, late, "Jonas") == set()


def test_what_was_shown_cannot_be_taken_back_and_the_rest_is_saved(phone, browser, store, late):
    release(store, late, "B11")
    show(browser, late, "B11")
    page = phone.submit(URL, {"behaviours": ["B13"]})
    check_page(page)
    assert page.status == 422
    assert page.errors() == [
        f"{MESSAGES}: This has been shown in the room, so it cannot be taken back"
    ]
    assert [box["value"] for box in page.html.select("[checked]")] == ["B13"]
    assert released(store, late, "Mara") == {"B11", "B13"}


def test_a_line_that_was_left_out_can_be_permitted_like_any_other(app, store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES)
    fill(store, answered, "Mara", {})
    phone = phone_of(app, store, ines, answered, "Mara")
    page = phone.submit(URL, {"behaviours": ["B11"]})
    assert (page.status, page.errors()) == (200, [])
    assert released(store, answered, "Mara") == {"B11"}


def test_a_behaviour_that_was_not_asked_about_is_refused(phone, store, late):
    page = phone.open(URL)
    data = page.values()
    data.setlist("behaviours", ["B40"])
    assert phone.client.post(URL, data=data).status_code == 422
    assert released(store, late, "Mara") == set()


def test_before_sending_the_page_leads_back_to_the_form(app, store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES)
    fill(store, answered, "Mara", LATE_MESSAGES["Mara"], send=False)
    response = phone_of(app, store, ines, answered, "Mara").client.get(URL)
    assert (response.status_code, response.location) == (302, "/form")


def test_without_the_pin_the_page_is_locked(stranger, browser):
    for anybody in (stranger, browser):
        assert anybody.client.get(URL).location == "/locked"


def test_with_several_others_all_of_them_are_named(app, store, ines):
    answered = answer_all(store, ines, THREE_PARTNERS)
    text = phone_of(app, store, ines, answered, "Kim").get(URL).text
    assert "My therapist may show Lou and Tariq my answer about" in text
