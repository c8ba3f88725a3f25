"""A sheet that a partner does at home: a page at a time, sent once, never shown again."""

import datetime as dt

import pytest
import time_machine

from clinic.domain.invitations import IDLE
from clinic.models.base import now
from tests import factories as made
from tests import handout_factories as sheets
from tests.browser import Page
from tests.intake import people
from tests.web.page import check_page, check_refused

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
HERON = "the heron by the lake"
ABOUT = ("side", "habit", "sheet", "Looking", "work")


@pytest.fixture
def links(browser, ines):
    return [people.invite(browser, ines, place) for place in (0, 1)]


@pytest.fixture
def give(store, ines):
    """Hand a sheet out to Mara, in the way in that she has, and give what it is called there."""

    def hand_out(sheet="w04"):
        with made.at_work(store, ines) as db:
            case = made.case_of(db, ines)
            details, form = sheets.details(case, sheet), sheets.form_of(sheet)
            sheets.handouts.hand_out_home(db, case, details, form)
            row = sheets.handout_lines.list_handed_out(db, case)[0].handout
            return sheets.form_ref(db, case, row)

    return hand_out


@pytest.fixture
def mara(app, links):
    seat = people.come_in(app, links[0])
    people.sign_all(seat, "Mara")
    return seat


def save(seat, ref, item, value, operation="page"):
    token = seat.open(f"/form/further/{ref}/2").values()["csrf_token"]
    data = {"item": item, "value": value, "operation": operation, "turn": "1", "csrf_token": token}
    return Page(seat.client.post(f"/form/further/{ref}/save", data=data))


def walk(seat, ref, answers):
    page, seen = seat.open(f"/form/further/{ref}/1"), []
    while "/review" not in people.path_of(page):
        check_page(page)
        seen.append(page)
        page = seat.send(people.path_of(page), page, people.asked_here(page, answers))
        assert page.status == 200, page.errors()
    return [*seen, page]


def test_what_waits_comes_first_and_several_are_listed_without_a_word_of_what_they_are(
    app, links, give
):
    first = give()
    seat = people.come_in(app, links[0])
    page = people.sign_all(seat, "Mara")
    # The longer form waits as well.
    assert page.title.startswith("Forms for you")
    check_page(page)
    second = give("w09")
    page = seat.open("/form")
    hrefs = [str(link["href"]) for link in page.html.select("main li a")]
    assert hrefs[:2] == [f"/form/further/{ref}/1" for ref in (first, second)]
    assert hrefs[2].startswith("/form/page/")
    assert not [word for word in ABOUT if word in page.text]
    page = seat.open(hrefs[0])
    assert page.title == seat.open(hrefs[1]).title
    assert not [word for word in ABOUT if word in page.title + hrefs[0]]


def test_every_part_is_asked_looked_at_and_sent_once(mara, give, browser, ines):
    ref = give()
    *pages, review = walk(mara, ref, sheets.ANSWERS)
    assert len(pages) == len(sheets.form_of().pages)
    check_page(review)
    assert HERON in review.text
    page = mara.press(f"/form/further/{ref}/review", f"/form/further/{ref}/send")
    check_page(page)
    assert page.title.startswith("Received")
    for path in (f"/form/further/{ref}/2", f"/form/further/{ref}/review", "/form"):
        again = mara.open(path)
        assert HERON not in again.text
        assert f"/further/{ref}" not in again.body
    listed = browser.open(f"/cases/{ines.case_ref}/handouts")
    assert HERON in browser.open(listed.link("Read what was sent")).text


def test_sending_asks_the_browser_to_forget_and_twice_is_once(mara, give):
    ref = give()
    page = mara.open(f"/form/further/{ref}/review")
    data = {"csrf_token": page.values()["csrf_token"]}
    for _ in range(2):
        answer = mara.client.post(f"/form/further/{ref}/send", data=data)
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert answer.location == "/form/further/received"


def test_each_field_is_saved_as_it_is_filled_in_and_the_same_save_is_the_same(mara, give):
    ref = give()
    assert "Saved" in save(mara, ref, "s2.b1.i1", HERON, "one").body
    save(mara, ref, "s2.b1.i1", "a stork", "two")
    save(mara, ref, "s2.b1.i1", HERON, "one")
    assert mara.open(f"/form/further/{ref}/2").values()["s2.b1.i1"] == "a stork"
    assert save(mara, ref, "nothing", "1").status == 404


def test_a_refused_answer_keeps_the_others(mara, give):
    ref = give()
    where = f"/form/further/{ref}/3"
    page = mara.submit(where, {"s3.b1.i1": "b" * 4001, "s3.b2.i1": HERON})
    check_refused(page)
    assert page.values()["s3.b1.i1"] == "b" * 4001
    kept = mara.open(where).values()
    assert (kept["s3.b1.i1"], kept["s3.b2.i1"]) == ("", HERON)


def test_the_other_partner_has_no_such_page(app, links, give, mara):
    ref = give()
    jonas = people.come_in(app, links[1])
    for path in (f"/form/further/{ref}/1", f"/form/further/{ref}/review"):
        assert jonas.get(path).status == 404
    page = people.sign_all(jonas, "Jonas")
    assert people.path_of(page).startswith("/form/page/")
    assert jonas.get(f"/form/further/{ref}/1").status == 404
    assert jonas.get("/form/further").response.location == "/form"


def test_nothing_is_asked_before_everything_is_signed(app, links, give):
    ref = give()
    seat = people.come_in(app, links[0])
    assert seat.get(f"/form/further/{ref}/1").status == 404
    assert seat.get("/form/further").response.location == "/form"


def test_one_that_was_taken_back_is_gone_and_keeps_what_was_typed(app, mara, give, browser, ines):
    ref = give()
    page = mara.open(f"/form/further/{ref}/2")
    listed = f"/cases/{ines.case_ref}/handouts"
    [form] = browser.open(listed).html.select("form[action$='/take-back']")
    browser.press(listed, str(form["action"]))
    late = mara.send(f"/form/further/{ref}/2", page, {"s2.b1.i1": HERON})
    assert (late.status, late.values()["s2.b1.i1"]) == (422, HERON)
    assert late.errors() == ["This form has ended"]
    assert people.path_of(mara.open(f"/form/further/{ref}/2")).startswith("/form/page/")
    assert f"/further/{ref}" not in mara.open("/form").body


def test_a_browser_that_locked_itself_still_hands_in_what_was_typed(mara, give):
    where = f"/form/further/{give()}/2"
    form = mara.open(where)
    with time_machine.travel(now() + IDLE + dt.timedelta(minutes=5)):
        late = mara.send(where, form, {"s2.b1.i1": HERON})
        assert late.response.request.path == "/locked"
    assert mara.open(where).values()["s2.b1.i1"] == HERON
