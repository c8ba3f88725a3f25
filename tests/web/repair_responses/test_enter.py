"""Entering a response to repair: two taps, saved at once, taken back by a second press."""

import datetime as dt

import pytest

from clinic.services.days import today
from tests import accord_factories as accord_made
from tests import factories as made
from tests.web.page import check_page, check_refused

KINDS = ("appointment_ref", "occasion_ref")


@pytest.fixture
def url(full):
    return f"/cases/{full['case_ref']}/responses"


def buttons(page, place=0):
    form = page.html.select("form[data-repair]")[place]
    return {each["value"]: each for each in form.select("button")}


def pressed(page, place=0):
    return [value for value, each in buttons(page, place).items() if each["aria-pressed"] == "true"]


def press(browser, url, value, place=0, **headers):
    page = browser.open(url)
    form, button = page.html.select("form[data-repair]")[place], buttons(page, place)[value]
    data = {each["name"]: each["value"] for each in form.select("input")}
    data[str(button["name"])] = value
    return browser.client.post(str(form["action"]), data=data, headers=headers)


@pytest.mark.parametrize("kind", KINDS)
def test_one_press_marks_and_a_second_one_takes_it_back(browser, full, url, kind):
    here = f"{url}/{full[kind]}"
    before = pressed(browser.open(here))
    assert press(browser, here, "denies").status_code == 303
    page = browser.open(here)
    check_page(page)
    assert set(pressed(page)) - set(before) == {"denies"}
    press(browser, here, "denies")
    assert pressed(browser.open(here)) == before


def test_openness_has_one_answer(browser, full, url):
    here = f"{url}/{full['occasion_ref']}"
    assert "openness-kept" in pressed(browser.open(here))
    press(browser, here, "openness-not")
    found = pressed(browser.open(here))
    assert [value for value in found if value.startswith("openness")] == ["openness-not"]


def test_each_partner_has_buttons_of_their_own(browser, full, url):
    here = f"{url}/{full['appointment_ref']}"
    press(browser, here, "lever", place=1)
    page = browser.open(here)
    assert (pressed(page, 0), pressed(page, 1)) == ([], ["lever"])


def test_a_page_with_scripts_is_told_what_stands_now(browser, full, url):
    here = f"{url}/{full['appointment_ref']}"
    answer = press(browser, here, "withdraws", Accept="application/json")
    assert answer.json == {"marks": ["withdraws"]}


def test_a_press_leads_back_to_where_it_was_made(browser, full, url):
    at = press(browser, f"{url}/{full['appointment_ref']}", "denies")
    assert at.location.endswith(f"/appointments/{full['appointment_ref']}#repair-0")
    between = press(browser, f"{url}/{full['occasion_ref']}", "denies")
    assert between.location == f"{url}/{full['occasion_ref']}#repair-0"


@pytest.mark.parametrize("data", [{}, {"on": ""}, {"on": "villain"}, {"off": "\x00"}])
def test_a_press_on_nothing_there_is_not_found(browser, full, url, data):
    headers = {"X-CSRFToken": browser.open("/password").values()["csrf_token"]}
    there = f"{url}/{full['occasion_ref']}/{full['partner_ref']}"
    assert browser.client.post(there, data=data, headers=headers).status_code == 404


@pytest.mark.parametrize("occasion", ["2026-02-30", "2999-01-01", "x" * 22, "yesterday"])
def test_a_day_or_appointment_that_is_not_there_is_not_found(browser, url, occasion):
    assert browser.open(f"{url}/{occasion}").status == 404


def test_a_remark_is_kept_from_the_panel_itself(browser, full, url):
    here = f"{url}/{full['appointment_ref']}"
    page = browser.open(here)
    form = page.html.select_one("form[action$='/remark']")
    data = {each["name"]: each["value"] for each in form.select("input[name]")}
    data["remark"] = "after a long pause"
    browser.client.post(str(form["action"]), data=data)
    field = browser.open(here).html.select_one("textarea[name=remark]")
    assert field.get_text(strip=True) == "after a long pause"
    assert field.find_parent("details").has_attr("open")


def test_two_tabs_lose_no_remark(browser, full, url):
    there = f"{url}/{full['occasion_ref']}/{full['partner_ref']}/remark"
    first, second = browser.open(there), browser.open(there)
    browser.send(there, first, {"remark": "text of the first tab"})
    told = browser.send(there, second, {"remark": "text of the second tab"})
    assert told.status == 409
    assert "text of the first tab" in told.text
    assert told.values()["remark"] == "text of the second tab"


def test_a_remark_that_is_too_long_is_refused_and_kept(browser, full, url):
    there = f"{url}/{full['occasion_ref']}/{full['partner_ref']}/remark"
    page = browser.submit(there, {"remark": "w" * 601})
    check_refused(page)
    assert page.values()["remark"] == "w" * 601


def test_words_that_were_not_saved_are_in_the_panel_again(browser, full, url):
    here = f"{url}/{full['appointment_ref']}"
    form = browser.open(here).html.select_one("form[action$='/remark']")
    headers = {"X-CSRFToken": browser.open("/password").values()["csrf_token"]}
    keep = f"/cases/{full['case_ref']}/drafts?path={form['action']}"
    answer = browser.client.post(
        keep, data={"version": "0", "remark": "half a thought"}, headers=headers
    )
    assert answer.status_code == 200
    field = browser.open(here).html.select_one("textarea[name=remark]")
    assert field.get_text(strip=True) == "half a thought"


def test_a_day_between_appointments_is_asked_for(browser, url):
    page = browser.submit(url, {"on": "2026-04-01"})
    assert page.title.startswith("Responses to repair, 1 April 2026")
    ahead = (today() + dt.timedelta(days=9)).isoformat()
    refused = browser.submit(url, {"on": ahead})
    check_refused(refused)
    assert refused.errors() == ["This day has not come yet"]


def test_three_partners_have_three_rows_and_nothing_says_couple(browser, store, ines):
    with made.at_work(store, ines) as db:
        case = made.make_case(db, "Kim", "Lou", "Tariq")
        accord_made.fill_responses(db, case)
        case_ref = case.public_id
    page = browser.open(f"/cases/{case_ref}/responses/{accord_made.BETWEEN}")
    check_page(page)
    assert [head.get_text(strip=True) for head in page.html.select(".repair h2")] == [
        "Kim",
        "Lou",
        "Tariq",
    ]
    assert "couple" not in page.text.lower()
