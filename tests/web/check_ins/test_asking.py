"""Asking everybody at once, new links, reminders, ending, and the day for a calendar."""

import datetime as dt

import pytest
from sqlalchemy import select

from clinic.models.outbox import OutboxMail
from tests.check_in_factories import in_days
from tests.domain.test_calendars import fields, unescaped
from tests.factories import at_work, case_of
from tests.intake import check_ins, people
from tests.web.page import check_page, check_refused


@pytest.fixture
def mailing(app):
    app.config["MAIL_FROM"] = "Harbour <office@example.org>"


def mails(store, person):
    with at_work(store, person, writes=False) as db:
        case = case_of(db, person)
        own = select(OutboxMail).where(OutboxMail.case_id == case.id)
        found = db.scalars(own.order_by(OutboxMail.id))
        return [(mail.recipient, mail.due_at, mail.body) for mail in found]


def test_links_to_hand_over_are_shown_once_one_a_person(browser, ines):
    page = check_ins.ask(browser, ines)
    check_page(page)
    assert len(set(check_ins.links(page))) == 2
    shown = browser.get(check_ins.here(ines))
    check_page(shown)
    assert check_ins.links(shown) == []
    assert shown.text.count("Invited") == 2


def test_the_first_visit_chooses_a_pin_and_the_next_link_asks_for_it(app, browser, ines):
    first = check_ins.links(check_ins.ask(browser, ines))[0]
    people.come_in(app, first)
    second = check_ins.links(check_ins.ask(browser, ines, days=8))[0]
    seat = people.come_in(app, second)
    assert seat.get("/form").status in {200, 302}
    assert "This link does not work" in browser.get(first).text


@pytest.mark.usefixtures("mailing")
def test_mails_go_out_with_a_link_each_and_no_word_of_what_it_is(browser, store, ines):
    by_mail = {f"way-{place}": "e-mail" for place in (0, 1)}
    addresses = {"address-0": "m@example.org", "address-1": "j@example.org"}
    page = check_ins.ask(browser, ines, days=3, **by_mail, **addresses, reminder="evening-before")
    assert "The mails are on their way." in page.text
    found = mails(store, ines)
    assert [to for to, _, _ in found] == ["m@example.org"] * 2 + ["j@example.org"] * 2
    evening = dt.datetime.combine(in_days(2), dt.time(17, tzinfo=dt.UTC))
    assert [due == evening for _, due, _ in found] == [False, True, False, True]
    words = " ".join(body for _, _, body in found).lower()
    assert not [word for word in ("mara", "jonas", "therap", "check-in", "couple") if word in words]
    assert f"is reminded on {in_days(2):%-d %B %Y} at 17:00 UTC" in page.text


@pytest.mark.usefixtures("mailing")
def test_a_mail_needs_an_address_and_keeps_everything_else(browser, ines):
    page = browser.submit(
        f"{check_ins.here(ines)}/ask",
        {"due_on": in_days(1), "way-0": "e-mail", "address-0": "nobody", "reminder": "none"},
    )
    check_refused(page)
    assert page.errors() == ["Enter the e-mail address of Mara, such as m@example.org"]
    assert page.values()["address-0"] == "nobody"


def test_a_day_too_far_ahead_and_the_same_day_twice_are_refused(browser, ines):
    check_ins.ask(browser, ines)
    wanted = {"due_on": in_days(1), "reminder": "none"}
    page = browser.submit(f"{check_ins.here(ines)}/ask", wanted)
    assert page.errors() == ["They have been asked for this day already"]
    page = browser.submit(f"{check_ins.here(ines)}/ask", wanted | {"due_on": in_days(30)})
    assert page.errors() == ["Links work for two weeks, so ask nearer to the day"]


def test_one_partner_gets_a_new_link_and_the_old_one_ends(app, browser, ines):
    first = check_ins.links(check_ins.ask(browser, ines))[0]
    page = browser.get(browser.get(check_ins.here(ines)).link("New link for Mara"))
    check_page(page)
    where = page.response.request.path
    again = browser.submit(where, {"way-0": "link"})
    [link] = check_ins.links(again)
    assert "This link does not work" in browser.get(first).text
    seat = people.come_in(app, link)
    assert people.sign_all(seat, "Mara").title.startswith("Before your appointment")


def test_ending_it_shuts_its_links(browser, ines):
    link = check_ins.links(check_ins.ask(browser, ines))[1]
    where = check_ins.here(ines)
    action = next(
        str(form["action"]) for form in browser.open(where).html("form") if "/end" in str(form)
    )
    page = browser.press(where, action)
    assert "It can no longer be answered." in page.text
    assert "Ended" in page.text
    assert "This link does not work" in browser.get(link).text


def test_the_calendar_file_names_nobody(browser, ines):
    check_ins.ask(browser, ines)
    answer = browser.client.get(
        browser.get(check_ins.here(ines)).link("Put the day in my calendar")
    )
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="appointment.ics"'
    text = answer.get_data(as_text=True)
    assert not [name for name in ("mara", "jonas", "ines") if name in text.lower()]
    assert fields(text)["DTSTART;VALUE=DATE"] == f"{in_days(1):%Y%m%d}"
    assert unescaped(fields(text)["SUMMARY"]) == "Appointment (Tuesday, second room)"


def test_another_clinician_s_check_in_is_not_there(app, browser, ines, cast):
    check_ins.ask(browser, ines)
    calendar = browser.get(check_ins.here(ines)).link("Put the day in my calendar")
    other = calendar.replace(ines.case_ref, cast["tomas"].case_ref)
    assert browser.get(other).status == 404
    assert browser.get(check_ins.here(cast["tomas"])).status == 404
