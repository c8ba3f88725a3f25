"""The first page: today, what waits in calm words, filters, finding, and starting."""

import pytest

from clinic.domain.formulation import RollUp
from clinic.services import case_ends
from clinic.services.days import today
from tests import factories as made
from tests import intake_factories as intake
from tests import life_factories as life
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.web.page import check_page

NEUTRAL = "Something to look at"


@pytest.fixture
def tomas(cast):
    return cast["tomas"]


@pytest.fixture
def desk(app, tomas):
    return Browser(app).sign_in(tomas.email, PASSWORD)


def test_a_new_caseload_has_neither_today_nor_anything_that_waits(desk):
    text = desk.get("/").text
    assert "Robin and Sam" in text
    assert "Waiting for you" not in text


def test_today_leads_to_the_appointment(desk, tomas, store):
    with made.at_work(store, tomas) as db:
        row = made.make_appointment(db, made.case_of(db, tomas), held_on=today())
        ref = row.public_id
    page = desk.get("/")
    check_page(page)
    assert page.html.select_one(".home .waits a")["href"].endswith(f"/appointments/{ref}")


def test_an_appointment_is_started_in_two_clicks(desk, tomas):
    line = desk.get("/").html.select_one("table tbody tr")
    start = line.find("a", string=lambda text: text and text.startswith("Start"))
    start = start or line.select("a")[-1]
    assert start["href"] == f"/cases/{tomas.case_ref}/appointments/new"
    page = desk.submit(start["href"], {})
    assert "/appointments/" in page.response.request.path
    assert page.status == 200


@pytest.mark.parametrize("kind", ["safety", "promise", "explanation"])
def test_what_a_glance_must_not_tell_apart_has_the_same_words(kind, desk, tomas, store):
    with made.at_work(store, tomas) as db:
        case = made.case_of(db, tomas)
        if kind == "safety":
            intake.make_task(db, case)
        elif kind == "promise":
            life.promise(db, case)
        else:
            made.make_explanation(db, case, test_by=today())
    page = desk.get("/")
    (row,) = page.html.select(".home .waits__row")
    assert [link.contents[0] for link in row.select(".waits__what a")] == [NEUTRAL]
    assert row.select_one(".waits__what a")["href"] == f"/cases/{tomas.case_ref}#to-look-at"
    overview = desk.get(f"/cases/{tomas.case_ref}").html.find(id="to-look-at")
    assert len(overview.select("li a")) == 1


def test_no_word_of_safety_stands_on_the_caseload(desk, tomas, store):
    with made.at_work(store, tomas) as db:
        case = made.case_of(db, tomas)
        intake.make_task(db, case)
        made.make_formulation(db, case, roll_up=RollUp.SAFETY_TRACK)
    shown = desk.get("/").html.find("main").text.casefold()
    for word in ("safety track", "violence", "fear", "screen", "cut-off"):
        assert word not in shown


def test_ended_and_archived_cases_stand_behind_their_filter(desk, tomas, store):
    with made.at_work(store, tomas) as db:
        life.end(db, made.case_of(db, tomas))
    assert "Robin and Sam" not in desk.get("/").text
    page = desk.get("/?show=ended")
    check_page(page)
    assert "Robin and Sam" in page.text
    assert not page.html.select("table a[href$='/appointments/new']")
    with made.at_work(store, tomas) as db:
        case = made.case_of(db, tomas)
        case_ends.archive_case(db, case, case.version)
    assert "Robin and Sam" not in desk.get("/?show=ended").text
    assert "Robin and Sam" in desk.get("/?show=archived").text
    assert desk.get("/?show=nonsense").status == 200


def test_a_case_is_found_by_name_and_the_name_is_in_no_address(desk):
    page = desk.submit("/find", {"words": "sam"})
    check_page(page)
    assert "Robin and Sam" in page.text
    assert page.response.request.path == "/find"
    assert not page.response.request.query_string
    assert "Nothing found" in desk.submit("/find", {"words": "Mara"}).text


def test_finding_nothing_in_particular_asks_for_a_name(desk):
    page = desk.submit("/find", {"words": " "})
    assert page.status == 422
    assert page.errors() == ["Enter a name, or a part of one"]


def test_what_waits_in_many_cases_has_a_page_of_its_own(desk, tomas, store):
    with made.at_work(store, tomas) as db:
        for _ in range(10):
            made.make_explanation(db, made.make_case(db), test_by=today())
    page = desk.get("/")
    assert len(page.html.select(".home .waits__row")) == 8
    assert "See all: 10 cases" in page.text
    every = desk.get("/waiting")
    check_page(every)
    assert len(every.html.select(".waits__row")) == 10
    assert desk.get("/waiting?page=9").status == 200
