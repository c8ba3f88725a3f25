"""Mails, slips and the pages before the first answer, in the language of the request."""

import pytest
from flask import Flask
from sqlalchemy import select

from clinic.content.languages_loader import load_languages
from clinic.models.base import now
from clinic.models.outbox import OutboxMail
from clinic.models.store import Store
from clinic.services.mailing import Letter, compose, read_mail_server
from clinic.services.outbox import INTERRUPTED
from tests import pdf_reader, pseudo
from tests.browser import Browser
from tests.cast import PASSWORD, Person
from tests.factories import at_work
from tests.intake.people import LINK, case_of, invite
from tests.web.test_access import token
from tests.web.test_language import left_in_english, on_sqlite, typed_by_people

pytestmark = on_sqlite
SENDER = read_mail_server("smtp://localhost", "Harbour Practice <office@example.org>").sender


@pytest.fixture
def abroad(app: Flask, browser: Browser, tmp_path) -> Browser:
    """Give Ines's browser, which asks for the made-up language."""
    app.config["MAIL_FROM"] = "Harbour <office@example.org>"
    app.extensions["languages"] = load_languages(pseudo.write_pseudo(tmp_path))
    return pseudo.asking_for(browser, pseudo.TAG)


def invite_by_mail(browser: Browser, person: Person):
    where = f"{case_of(person)}/{person.partner_refs[0]}/invite"
    return browser.submit(where, {"handing": "e-mail", "address": "m@example.org"})


def mails(store: Store, person: Person):
    with at_work(store, person, writes=False) as db:
        return [
            Letter(mail.message_id, mail.recipient, mail.subject, mail.body)
            for mail in db.scalars(select(OutboxMail).order_by(OutboxMail.id))
        ]


def press_remind(browser: Browser, person: Person):
    page = browser.open(case_of(person))
    remind = next(f for f in page.html("form") if str(f.get("action")).endswith("/remind"))
    return browser.press(case_of(person), str(remind["action"]))


def test_a_mail_is_written_in_the_language_of_whoever_sends_it(abroad, store, ines):
    invite_by_mail(abroad, ines)
    [mail] = mails(store, ines)
    assert mail.subject == pseudo.accented("A form for you")
    begins, ends = mail.body.split(LINK.search(mail.body)[0])
    assert begins.startswith(pseudo.accented("Hello,\n\nhere is the link to a form."))
    assert ends.endswith(pseudo.accented("If you did not expect this, you can ignore it.\n"))


def test_a_reminder_is_written_in_the_language_of_whoever_sends_it(abroad, store, ines):
    invite_by_mail(abroad, ines)
    press_remind(abroad, ines)
    reminder = mails(store, ines)[-1]
    assert reminder.subject == pseudo.accented("A form is waiting for you")
    assert pseudo.accented("The link in our earlier message still works.") in reminder.body


def test_a_mail_with_letters_beyond_ascii_arrives_as_it_was_written(abroad, store, ines):
    invite_by_mail(abroad, ines)
    [mail] = mails(store, ines)
    message = compose(mail, SENDER, now())
    assert bytes(message).isascii()
    assert message["Subject"] == mail.subject
    assert message.get_content().splitlines() == mail.body.splitlines()


def test_a_second_reminder_of_a_day_is_refused_in_the_reader_s_language(abroad, store, ines):
    invite_by_mail(abroad, ines)
    press_remind(abroad, ines)
    page = press_remind(abroad, ines)
    said = pseudo.accented("A reminder went out within the last day. Wait until tomorrow.")
    assert said in page.text
    assert left_in_english(page, typed_by_people(store, ines)) == []


@pytest.mark.parametrize(
    "problem",
    [
        INTERRUPTED,
        "The mail server refused it (code 550).",
        "The mail server takes no mail just now (code 421).",
        "The mail server cannot be reached.",
    ],
)
def test_why_a_mail_was_given_up_is_said_in_the_reader_s_language(abroad, store, ines, problem):
    invite_by_mail(abroad, ines)
    with at_work(store, ines) as db:
        mail = db.scalars(select(OutboxMail)).one()
        mail.given_up_at, mail.last_problem = now(), problem
        db.commit()
    assert pseudo.accented(problem) in abroad.open(case_of(ines)).text


def test_the_slip_of_paper_is_printed_in_the_language_of_whoever_prints_it(abroad, ines):
    link = invite(abroad, ines)
    data = {"token": link.removeprefix("/f/")}
    pdf = abroad.client.post(f"{case_of(ines)}/slip", data=data, headers=token(abroad)).get_data()
    assert pdf_reader.language(pdf) == pseudo.TAG
    [text] = pdf_reader.pages(pdf)
    assert pseudo.accented("You will choose a PIN.") in text
    assert link in text.replace(" ", "")


def test_a_fresh_link_and_the_invitation_before_it_are_said_in_the_reader_s_language(
    abroad, store, ines
):
    where = f"{case_of(ines)}/{ines.partner_refs[0]}/invite"
    asked = abroad.open(where)
    issued = abroad.submit(where, {"handing": "link"})
    assert LINK.search(issued.text)
    typed = typed_by_people(store, ines)
    assert [left_in_english(page, typed) for page in (asked, issued)] == [[], []]


@pytest.mark.parametrize("page", ["/behaviours", "/agreed", "/issue", "/roll-up", "/intake"])
def test_an_empty_page_says_what_to_do_next_in_the_reader_s_language(abroad, store, cast, page):
    tomas = cast["tomas"]
    colleague = pseudo.asking_for(Browser(abroad.client.application), pseudo.TAG)
    colleague.sign_in(tomas.email, PASSWORD)
    shown = colleague.open(f"/cases/{tomas.case_ref}{page}")
    assert left_in_english(shown, typed_by_people(store, tomas)) == []
