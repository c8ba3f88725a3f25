"""Ending a case, opening it again, the archive, and handing it over, page by page."""

import pytest

from clinic.services import drafts
from tests import factories as made
from tests import life_factories as life
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.web.filling import answered, text_fields
from tests.web.page import check_page

ENDING = {
    "outcome": "parted-well",
    "reason": "they decided in March",
    "summary": "what helped was time",
}


@pytest.fixture
def tomas(cast):
    return cast["tomas"]


@pytest.fixture
def desk(app, tomas):
    return Browser(app).sign_in(tomas.email, PASSWORD)


@pytest.fixture
def other(app, ines):
    return Browser(app).sign_in(ines.email, PASSWORD)


def at(person, path=""):
    return f"/cases/{person.case_ref}{path}"


def test_a_case_ends_with_an_outcome_and_says_so_on_its_pages(desk, tomas):
    page = desk.submit(at(tomas, "/end"), ENDING)
    check_page(page)
    for words in ("They parted well", "they decided in March", "what helped was time"):
        assert words in page.text
    overview = desk.get(at(tomas))
    check_page(overview)
    assert "This case has ended" in overview.text
    assert "Start an appointment" not in overview.html.select_one(".heading").text


def test_an_ending_without_reason_or_outcome_keeps_what_was_typed(desk, tomas):
    page = desk.submit(at(tomas, "/end"), {**ENDING, "outcome": "", "reason": ""})
    assert page.status == 422
    assert len(page.errors()) == 2
    assert page.values()["summary"] == "what helped was time"


def test_an_appointment_for_an_ended_case_is_refused_and_loses_nothing(desk, tomas):
    new = at(tomas, "/appointments/new")
    page = desk.get(new)
    desk.submit(at(tomas, "/end"), ENDING)
    shown = desk.send(new, page, {})
    assert shown.status == 422
    assert "This case has ended" in " ".join(shown.errors())
    desk.submit(at(tomas, "/reopen"), {"reason": "they came back"})
    assert desk.send(new, shown, {}).status == 200


def test_a_pair_of_goals_for_an_ended_case_comes_back_word_for_word(browser, full, store, ines):
    new = f"/cases/{full['case_ref']}/goals/new"
    page = browser.get(new)
    with made.at_work(store, ines) as db:
        life.end(db, made.case_of(db, ines))
    typed = answered(page, "words that were typed")
    shown = browser.send(new, page, typed)
    assert shown.status == 422
    assert "This case has ended" in shown.text
    kept = shown.values()
    assert {name: kept[name] for name in text_fields(page)} == {
        name: typed[name] for name in text_fields(page)
    }


def test_the_archive_is_there_and_back_with_one_press_each(desk, tomas):
    desk.submit(at(tomas, "/end"), ENDING)
    page = desk.press(at(tomas, "/life"), at(tomas, "/archive"))
    assert "It is in the archive" in page.text
    check_page(page)
    page = desk.press(at(tomas, "/life"), at(tomas, "/restore"))
    assert "takes no new appointment" in page.text
    page = desk.submit(at(tomas, "/reopen"), {"reason": "they came back"})
    assert "Next step" in page.text
    life_page = desk.get(at(tomas, "/life"))
    for words in ("Ended", "Put into the archive", "Taken out of the archive", "Opened again"):
        assert words in life_page.text


def test_an_open_case_does_not_go_into_the_archive(desk, tomas):
    token = desk.get(at(tomas, "/life")).html.select_one("[name=csrf_token]")["value"]
    answer = desk.client.post(at(tomas, "/archive"), data={"csrf_token": token})
    assert answer.status_code == 302
    assert "A case is ended before it goes into the archive." in desk.get(at(tomas, "/life")).text


def test_a_case_goes_to_a_colleague_with_one_press(desk, other, tomas, ines):
    page = desk.submit(
        at(tomas, "/hand-over"), {"colleague": colleague(desk, tomas), "words": "calm work"}
    )
    check_page(page)
    offer = page.response.request.path
    assert "Offered" in page.text
    home = other.get("/")
    assert "A colleague offers you a case" in home.text
    assert "Robin" not in home.text, "a glance at the first page names nobody"
    shown = other.get(offer)
    check_page(shown)
    assert "Robin and Sam" in shown.text
    assert "calm work" in shown.text
    assert other.get(at(tomas)).status == 404
    taken = other.press(offer, f"{offer}/take-over")
    assert taken.response.request.path == at(tomas)
    assert "The case is yours now" in taken.text
    for path in ("", "/phases", "/life"):
        assert desk.get(at(tomas, path)).status == 404
    assert desk.get(offer).status == 404
    assert "Robin" not in desk.get("/").text


def colleague(desk, tomas):
    page = desk.get(at(tomas, "/hand-over"))
    (box,) = page.form().select("input[type=radio]")
    return box["value"]


def test_an_offer_is_taken_back_and_its_page_says_so(desk, other, tomas):
    data = {"colleague": colleague(desk, tomas), "words": ""}
    offer = desk.submit(at(tomas, "/hand-over"), data).response.request.path
    refused = desk.submit(at(tomas, "/hand-over"), data)
    assert refused.status == 422
    assert "This case is offered already" in refused.text
    desk.press(offer, f"{offer}/withdraw")
    assert "Withdrawn" in desk.get(offer).text
    assert other.get(offer).status == 404
    assert "offers you" not in other.get("/").text


def test_an_offer_that_was_withdrawn_at_that_moment_is_not_taken_over(desk, other, tomas):
    data = {"colleague": colleague(desk, tomas), "words": ""}
    offer = desk.submit(at(tomas, "/hand-over"), data).response.request.path
    page = other.get(offer)
    desk.press(offer, f"{offer}/withdraw")
    token = page.html.select_one("[name=csrf_token]")["value"]
    other.client.post(f"{offer}/take-over", data={"csrf_token": token})
    assert "This offer has been settled meanwhile." in other.get("/").text
    assert other.get(at(tomas)).status == 404


def test_words_not_saved_yet_are_pointed_out_before_a_case_is_offered(desk, tomas, store):
    with made.at_work(store, tomas) as db:
        case = made.case_of(db, tomas)
        drafts.keep(db, case, at(tomas, "/roll-up"), {"reason": ["half a thought"]})
    assert "In 1 form of this case you have words" in desk.get(at(tomas, "/hand-over")).text


def test_a_room_that_shows_the_case_is_signed_out_when_it_is_taken_over(desk, other, tomas, store):
    data = {"colleague": colleague(desk, tomas), "words": ""}
    offer = desk.submit(at(tomas, "/hand-over"), data).response.request.path
    desk.press(at(tomas), at(tomas, "/room/start"))
    other.press(offer, f"{offer}/take-over")
    answer = desk.client.get("/")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


def test_who_works_alone_is_told_that_there_is_nobody_to_offer_a_case_to(app, cast):
    noa = Browser(app).sign_in(cast["noa"].email, PASSWORD)
    page = noa.get(at(cast["noa"], "/hand-over"))
    check_page(page)
    assert "Nobody to offer it to" in page.text
