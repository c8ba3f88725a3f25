"""Starting an appointment, and correcting who was there."""

import pytest

from clinic.services import appointments
from tests import factories as made
from tests.web.page import check_page, check_refused


@pytest.fixture
def newest(store, ines):
    def read():
        with made.at_work(store, ines, writes=False) as db:
            row = appointments.newest_appointment(db, made.case_of(db, ines))
            kinds = [each.attendance.value for each in row.attendances]
            return row, kinds, row.attendances

    return read


def test_two_presses_lead_from_the_caseload_to_the_page(browser, held, newest):
    page = browser.open("/")
    start = page.html.select_one("main a[href$='appointments/new']")["href"]
    assert start == f"{held}/new"
    shown = browser.submit(start)
    check_page(shown)
    row, kinds, _ = newest()
    assert shown.title.startswith(f"Appointment {row.number}")
    assert (row.kind.value, kinds) == ("joint", ["present", "present"])
    assert row.began_at is not None


def test_every_page_of_a_case_leads_to_the_start(browser, full, held):
    for path in ("", "/goals", "/issue"):
        page = browser.open(f"/cases/{full['case_ref']}{path}")
        assert page.html.select_one(".steps__start a")["href"] == f"{held}/new"


def test_everybody_joins_as_last_time(browser, held):
    browser.submit(f"{held}/new", {"joined_by_1": "video"})
    values = browser.open(f"{held}/new").values()
    assert (values["joined_by_0"], values["joined_by_1"]) == ("room", "video")


def test_a_second_one_on_the_same_day_is_told_and_not_forbidden(browser, held):
    first = browser.submit(f"{held}/new")
    page = browser.open(f"{held}/new")
    check_page(page)
    assert "This would be another one." in page.text
    assert browser.send(f"{held}/new", page, {}).title != first.title


def test_an_individual_appointment_is_with_one_partner_and_the_other_was_not_asked(
    browser, held, newest
):
    browser.submit(f"{held}/new", {"kind": "individual-1"})
    row, kinds, _ = newest()
    assert (row.kind.value, kinds) == ("individual", ["not-asked", "present"])


def test_the_way_back_to_a_joint_one_asks_how_the_other_took_part(browser, held):
    page = browser.submit(f"{held}/new", {"kind": "individual-1"})
    details = page.link("Change who is here")
    values = browser.open(details).values()
    assert (values["kind"], values["attendance_0"]) == ("individual-1", "not-asked")
    refused = browser.submit(details, {"kind": "joint"})
    check_refused(refused)
    assert refused.errors() == [
        "A joint appointment is with two partners or more. Say who was asked"
    ]
    other = browser.submit(details, {"kind": "individual-0"})
    check_refused(other)
    assert other.errors() == ["Choose how Mara took part"]
    assert browser.submit(details, {"kind": "joint", "attendance_0": "late"}).status == 200


def test_from_where_somebody_joined_is_kept_for_the_therapist(browser, held, newest):
    told = {
        "attendance_0": "late",
        "minutes_late_0": "15",
        "joined_by_0": "video",
        "place_0": "a car near the harbour",
        "is_private_0": "yes",
        "is_alone_0": "no",
    }
    page = browser.submit(f"{held}/new", told)
    assert "15 minutes" in page.text
    assert "harbour" not in page.text
    values = browser.open(page.link("Change who is here")).values()
    assert {name: values[name] for name in told} == told
    assert values["same_place_0"] == "unknown"
    _, _, rows = newest()
    assert (rows[0].is_private, rows[0].is_alone, rows[0].same_place) == (True, False, None)


def test_minutes_are_a_number_of_a_day(browser, held):
    refused = browser.submit(f"{held}/new", {"attendance_0": "late", "minutes_late_0": "601"})
    check_refused(refused)
    assert refused.html.select(".attending__late.attending--open")


def test_the_times_are_corrected_by_hand(browser, url, newest):
    details = f"{url}/details"
    browser.submit(details, {"began_at": "14:05", "ended_at": "14:55"})
    page = browser.open(url)
    assert "50 minutes" in page.text
    refused = browser.submit(details, {"ended_at": "14:00"})
    check_refused(refused)
    assert refused.errors() == ["It cannot have ended before it began"]
    no_time = browser.submit(details, {"ended_at": "noon"})
    check_refused(no_time)
    assert no_time.errors() == ["Enter a time, such as 14:30"]
    browser.submit(details, {"began_at": "", "ended_at": ""})
    assert "50 minutes" not in browser.open(url).text


def test_a_second_tab_sees_what_the_first_one_corrected(browser, url):
    details = f"{url}/details"
    browser.submit(details, {"began_at": "14:05"})
    first, second = browser.open(details), browser.open(details)
    browser.send(details, first, {"attendance_0": "absent", "began_at": "14:10"})
    told = browser.send(details, second, {"place_0": "at the office"})
    assert told.status == 409
    assert "14:10" in told.text
    assert told.values()["place_0"] == "at the office"


def test_a_long_list_of_appointments_has_pages(browser, held, store, ines):
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        for _ in range(appointments.PAGE):
            made.make_appointment(db, case)
    page = browser.open(held)
    check_page(page)
    assert len(page.html.select("tbody tr")) == appointments.PAGE
    older = browser.open(page.link("Older"))
    check_page(older)
    assert browser.open(older.link("Newer")).title == page.title
    assert "No more appointments" in browser.open(f"{held}?page=99").text
    assert browser.open(f"{held}?page=-3").title == page.title
