"""Versions of an agreement on screen: saved, compared, said yes to."""

import datetime as dt

import pytest

from clinic.services.days import today
from tests.web.page import check_page, check_refused


@pytest.fixture
def text(full):
    return f"/cases/{full['case_ref']}/agreements/{full['accord_ref']}"


def yeses(page):
    return [item.get_text(" ", strip=True) for item in page.html.select("#yes li > span")]


def press(browser, url, words):
    page = browser.open(url)
    [form] = [form for form in page.html.select("form") if words in form.get_text()]
    return browser.press(url, str(form["action"]))


def test_a_yes_is_given_and_taken_back_with_one_press(browser, text):
    page = browser.open(text)
    assert [line.split(":")[1].split()[0] for line in yeses(page)] == ["yes,", "taken"]
    given = press(browser, text, "Jonas says yes")
    assert "Jonas: yes, since" in yeses(given)[1]
    taken = press(browser, text, "Jonas takes it back")
    assert "That it was given stays written." in taken.text
    assert "Jonas: taken back on" in yeses(taken)[1]


def test_a_new_version_starts_without_any_yes(browser, text):
    page = browser.submit(f"{text}/save", {"reason": "after the holiday"})
    check_page(page)
    assert "after the holiday" in page.text
    assert yeses(browser.open(text)) == ["Mara: not yet", "Jonas: not yet"]
    assert "Mara: yes, since" in browser.open(f"{text}/versions/2").text


def test_a_yes_to_an_older_version_is_refused_in_words(browser, text):
    button = browser.open(text).html.select_one("#yes form[action*='/yes/']")
    old = str(button["action"]).replace("/versions/2/", "/versions/1/")
    headers = {"X-CSRFToken": browser.open("/password").values()["csrf_token"]}
    answer = browser.client.post(old, headers=headers, follow_redirects=True)
    assert "There is a newer version, and a yes belongs to the newest one." in answer.text


def test_a_yes_that_was_never_given_cannot_be_taken_back(browser, full, text, ines):
    headers = {"X-CSRFToken": browser.open("/password").values()["csrf_token"]}
    url = f"{text}/versions/1/take-back/{ines.partner_refs[0]}"
    assert browser.client.post(url, headers=headers).status_code == 404


def test_two_versions_are_compared_field_by_field(browser, full, text):
    topic = f"{text}/topics/{full['topic_ref']}"
    browser.submit(topic, {"wording": "we say so before", "position_1": "fine"})
    browser.submit(f"{text}/save", {"reason": "it was too late"})
    page = browser.open(f"{text}/compare?older=2&newer=3")
    check_page(page)
    assert [tag.get_text() for tag in page.html.select("ins")]
    changed = page.html.select_one(".compared").get_text(" ", strip=True)
    assert "Jonas Version 2 Uneasy Version 3 Fine" in changed
    assert "Mara" not in changed.split("field")[0]


def test_any_two_versions_can_be_compared_and_one_beside_itself_cannot(browser, text):
    page = browser.open(f"{text}/compare")
    assert "from version 1 to version 2" in page.text
    check_refused(browser.open(f"{text}/compare?older=1&newer=1"))
    check_refused(browser.open(f"{text}/compare?older=1&newer=77"))


def test_what_changed_while_the_page_was_open_is_not_frozen_unseen(browser, full, text):
    opened = browser.open(f"{text}/save")
    browser.submit(f"{text}/topics/{full['topic_ref']}", {"wording": "we say so before"})
    told = browser.send(f"{text}/save", opened, {"reason": "typed and kept"})
    assert told.status == 409
    assert told.values()["reason"] == "typed and kept"
    assert "we say so before" in told.text
    again = browser.send(f"{text}/save", told, {})
    assert again.title.startswith("Agreement, version 3")


def test_a_review_lies_ahead(browser, text):
    early = (today() - dt.timedelta(days=30)).isoformat()
    page = browser.submit(f"{text}/save", {"reason": "x", "starts_on": early, "review_on": early})
    check_refused(page)


def test_a_version_that_was_never_saved_is_not_there(browser, text):
    for number in ("0", "9", "99999", "100000", "x"):
        assert browser.open(f"{text}/versions/{number}").status == 404
