"""The page that is open while the people of an appointment are here."""

import datetime as dt

import time_machine

from tests import factories as made
from tests.cast import PASSWORD
from tests.web.page import check_page
from tests.web.test_queries import statements

#: Who is signed in, whose case, the audit line, and eight for all that the page shows.
MOST = 13


def cost(browser, url):
    with statements(browser.client.application.extensions["store"]) as sent:
        assert browser.open(url).status == 200
    return len(sent)


def test_three_columns_stand_in_the_order_in_which_they_are_worked(browser, url):
    page = browser.open(url)
    check_page(page)
    heads = [head.get_text() for head in page.html.select(".columns > section > h2")]
    assert heads == ["Since last time", "Note", "Goals and worksheets"]
    jumps = [a["href"] for a in page.html.select(".jumps a")]
    assert jumps == ["#since", "#note", "#goals"]
    assert all(page.html.select_one(jump) for jump in jumps)


def test_everything_that_is_typed_there_says_where_it_is_kept(browser, url):
    page = browser.open(url)
    forms = page.html.select(".columns form")
    holding = [form for form in forms if form.select("textarea, input[type=radio]")]
    assert len(holding) >= 4, "the note, and a form for each rater"
    assert not [form["action"] for form in holding if not form.select("input[data-draft]")]


def test_the_page_costs_no_more_statements_with_sixty_appointments(browser, store, ines, url):
    before = cost(browser, url)
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        for _ in range(60):
            made.make_appointment(db, case)
    assert cost(browser, url) == before <= MOST


def test_worksheets_are_one_press_away(browser, url, full):
    page = browser.open(url)
    links = [a["href"] for a in page.html.select("#goals a[href*='/worksheets/']")]
    assert len(links) >= 2
    assert browser.open(links[0]).status == 200


def test_what_is_due_leads_to_its_page(browser, store, ines, held):
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        made.make_explanation(db, case, test_by=made.TODAY)
        row = made.make_appointment(db, case, held_on=made.TODAY)
        ref = row.public_id
    page = browser.open(f"{held}/{ref}")
    link = page.link("1 explanation to look at again")
    assert browser.open(link).title.startswith("Issue layer")


def test_the_clock_begins_and_ends_by_hand_and_counts_between(browser, held):
    start = dt.datetime.now(dt.UTC).replace(hour=12, minute=0, second=0)
    with time_machine.travel(start, tick=False) as clock:
        page = browser.submit(f"{held}/new")
        url = page.response.request.path
        clock.shift(dt.timedelta(minutes=12))
        assert browser.open(url).html.select_one("[data-minutes]")["data-minutes"] == "12"
        ended = browser.press(url, f"{url}/end")
        check_page(ended)
        assert "12 minutes" in ended.text
        assert not ended.html.select("[data-minutes]")


def test_an_appointment_held_for_today_can_begin_later(browser, store, ines, held):
    noon = dt.datetime.combine(made.TODAY, dt.time(12), dt.UTC)
    with made.at_work(store, ines) as db:
        ref = made.make_appointment(db, made.case_of(db, ines)).public_id
    url = f"{held}/{ref}"
    assert "It begins now" not in browser.open(url).text
    with time_machine.travel(noon, tick=False):
        browser.client.delete_cookie("undercurrent")
        browser.sign_in(ines.email, PASSWORD)
        assert "It begins now" in browser.open(url).text
        assert browser.press(url, f"{url}/begin").html.select("[data-minutes]")


def test_who_might_be_overheard_is_said_without_saying_more(browser, held):
    told = {"joined_by_1": "phone", "is_alone_1": "no", "place_1": "at her mother's"}
    page = browser.submit(f"{held}/new", told)
    assert "It is not certain that Jonas can speak alone and unheard." in page.text
    assert "mother" not in page.text


def test_the_room_leads_back_to_the_appointment(browser, url, full):
    room = f"/cases/{full['case_ref']}/room"
    shown = browser.press(url, f"{room}/start")
    assert shown.title.startswith("Together")
    assert browser.get(url).response.location == room, "the page itself is closed to the room"
    back = browser.submit(f"{room}/end", {"password": PASSWORD})
    assert back.response.request.path == url
    browser.press(f"/cases/{full['case_ref']}/goals", f"{room}/start")
    elsewhere = browser.submit(f"{room}/end", {"password": PASSWORD})
    assert elsewhere.response.request.path == f"/cases/{full['case_ref']}"


def test_the_room_is_not_begun_from_an_appointment_of_another_case(browser, full, url):
    room = f"/cases/{full['case_ref']}/room"
    token = browser.open(url).html.select_one("[data-room-start] [name=csrf_token]")["value"]
    sent = {"csrf_token": token, "appointment": "aaaaaaaaaaaaaaaaaaaaaa"}
    assert browser.client.post(f"{room}/start", data=sent).status_code == 404
