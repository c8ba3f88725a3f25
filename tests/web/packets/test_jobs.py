"""Packets of several cases and many blank sheets: ordered, printed in the background, opened."""

from functools import partial
from threading import Event

import pytest

from clinic.domain.guard import NOT_OPEN
from clinic.models.accounts import Clinician
from clinic.models.base import now
from clinic.services import packet_work, packets
from clinic.services.packet_leases import Pace
from clinic.web.packet_printing import print_task
from tests import factories as made
from tests import pdf_reader
from tests import safety_factories as safe
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.factories import at_work, case_of
from tests.packet_factories import case_order, make_job
from tests.services.answering import treating
from tests.web.packets.conftest import outline
from tests.web.worksheets.conftest import JONAS_S, MARA_S

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def run(app, store):
    """Do what the worker does, until no packet waits."""

    def work() -> None:
        printer = partial(print_task, app)
        while packet_work.print_next(store, printer, Event(), Pace(beat=0)):
            pass

    return work


def order(browser, filled, **typed):
    """Order the check-in for all of them and the goals for each, filled in; give the job's page."""
    data = {"cases": [filled.answered.case_ref], "p4": ["w13", "w14"], "fill": "case"} | typed
    return browser.submit("/packets/for-cases", data)


def links(page) -> list[str]:
    return [str(link["href"]) for link in page.html.select("table a[href$='.pdf']")]


def press(browser, page, text):
    """Press one of the buttons beside the progress."""
    form = next(form for form in page.html.select("main .actions form") if text in form.get_text())
    token = form.select_one("[name=csrf_token]")["value"]
    browser.client.post(form["action"], data={"csrf_token": token})
    return browser.get(page.response.request.path)


def test_it_says_how_much_it_is_before_anything_is_printed(browser, filled, run):
    page = order(browser, filled)
    assert "This makes 3 sheets in 3 packets. Nothing is printed yet." in page.text
    run()
    assert links(browser.get(page.response.request.path)) == []


def test_each_person_and_all_of_them_get_a_packet_of_their_own(browser, filled, run):
    page = press(browser, order(browser, filled), "Start printing")
    assert "0 of 3 sheets printed" in page.text
    run()
    page = browser.get(page.response.request.path)
    assert "3 packets are ready." in page.text
    mara, jonas, together = (
        " ".join(pdf_reader.pages(browser.client.get(url).data)) for url in links(page)
    )
    assert "Mara" in mara.split("Contents")[0]
    assert "Jonas" in jonas.split("Contents")[0]
    assert "Mara" not in together.split("Contents")[0]
    assert all(words in together for words in (MARA_S, JONAS_S))
    headers = browser.client.get(links(page)[0]).headers
    assert headers["Content-Disposition"].startswith('inline; filename="packet-20')


def test_what_is_printed_in_the_background_is_what_the_page_prints(app, browser, filled, run):
    page = press(browser, order(browser, filled, p4=["w13"]), "Start printing")
    run()
    background = browser.client.get(links(browser.get(page.response.request.path))[0]).data
    url = f"/cases/{filled.answered.case_ref}/packets/for/{filled.refs['Mara']}"
    token = browser.get(url).values()["csrf_token"]
    data = {"csrf_token": token, "paper": "A4", "size": "normal", "fill": "case", "p4": "w13"}
    assert browser.client.post(url, data=data, follow_redirects=True).data == background


def test_blank_sheets_make_one_packet_with_every_copy(browser, run, tmp_path):
    page = browser.submit("/packets/blank", {"p4": ["w14", "w17"], "copies": "3"})
    assert "This makes 6 sheets in 1 packet." in page.text
    page = press(browser, page, "Start printing")
    run()
    pdf = browser.client.get(links(browser.get(page.response.request.path))[0]).data
    titles = [title for title, _ in outline(pdf)]
    assert titles[:4] == ["Contents", *(f"Weekly check-in ({number})" for number in (1, 2, 3))]
    assert "Staying close (3 copies)" in pdf_reader.pages(pdf)[0]
    assert pdf_reader.faults(pdf, tmp_path) == []


def test_two_hundred_and_one_sheets_are_refused_with_a_sentence(browser):
    page = browser.submit("/packets/blank", {"p4": ["w13", "w14", "w17"], "copies": "67"})
    assert page.status == 422
    assert page.errors() == [
        "This makes 201 sheets, and 200 can be printed in one go."
        " Choose fewer, or begin a second time for the rest"
    ]


def test_a_packet_that_is_shut_is_named_and_the_others_are_printed(
    browser, filled, store, ines, run
):
    page = press(browser, order(browser, filled, p3=["w07"]), "Start printing")
    with treating(store, ines, filled.answered) as (db, case):
        safe.make_positive(db, case)
    run()
    page = browser.get(page.response.request.path)
    assert "2 packets are ready. 1 packet could not be printed." in page.text
    assert f"What we agree: {NOT_OPEN}" in page.text


def test_a_packet_that_holds_a_sheet_that_is_shut_by_now_opens_no_more(
    browser, filled, store, ines, run
):
    page = press(browser, order(browser, filled, p4=[], p3=["w07"]), "Start printing")
    run()
    [url] = links(browser.get(page.response.request.path))
    assert browser.client.get(url).status_code == 200
    with treating(store, ines, filled.answered) as (db, case):
        safe.make_positive(db, case)
    assert browser.client.get(url).status_code == 422


def test_a_stopped_job_says_so_and_prints_nothing(browser, filled, run):
    page = press(browser, press(browser, order(browser, filled), "Start printing"), "Stop printing")
    run()
    page = browser.get(page.response.request.path)
    assert "You stopped this job. 0 packets are ready." in page.text
    assert links(page) == []


def test_a_colleague_s_job_is_not_there(app, browser, filled, cast):
    url = order(browser, filled).response.request.path
    for name in ("tomas", "noa"):
        other = Browser(app).sign_in(cast[name].email, PASSWORD)
        assert other.get(url).status == 404
        assert "No packets yet" in other.get("/packets").text
        for act in ("start", "stop"):
            token = other.get("/packets/blank").values()["csrf_token"]
            sent = other.client.post(f"{url}/{act}", data={"csrf_token": token})
            assert sent.status_code == 404


def test_nobody_waits_for_a_press(app, browser, filled, store, ines):
    """Somebody else can save while a packet is printed: no transaction is open meanwhile."""
    with at_work(store, ines) as db:
        make_job(db, case_order(case_of(db, ines)))
    printer, saved = partial(print_task, app), []

    def saves(*asked) -> None:
        with at_work(store, ines) as db:
            made.make_event(db, case_of(db, ines))
        saved.append(asked)

    packet_work.print_next(
        store, lambda at, task, _: printer(at, task, saves), Event(), Pace(beat=0)
    )
    assert saved == [(1,), (2,)]


def test_nothing_is_printed_for_a_clinician_who_may_no_longer_sign_in(store, ines, run):
    with at_work(store, ines) as db:
        ref = make_job(db, case_order(case_of(db, ines))).public_id
        db.get_one(Clinician, ines.id).disabled_at = now()
        db.commit()
    run()
    with at_work(store, ines) as db:
        job = packets.show(db, ref)
        assert (job.ready, job.failed) == (0, 2)
