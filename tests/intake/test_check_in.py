"""A partner's check-in: one page, saved as it is filled in, sent once, never shown again."""

import datetime as dt

import pytest
import time_machine

from clinic.domain.invitations import IDLE
from clinic.models.base import now
from tests.factories import at_work, case_of, make_pair
from tests.intake import check_ins, people
from tests.web.page import check_page, check_refused

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
FILLED = {"trust": "3", "hurried": "9", "safe-to-disagree": "2", "bring": "the heron by the lake"}


@pytest.fixture
def asked(browser, ines):
    """Give the links of Mara and Jonas."""
    return check_ins.links(check_ins.ask(browser, ines))


@pytest.fixture
def mara(app, asked):
    seat = people.come_in(app, asked[0])
    people.sign_all(seat, "Mara")
    return seat


def page_of(seat):
    return f"/form/check-in/{check_ins.ref_in(seat)}"


def test_after_signing_the_check_in_comes_first(app, asked):
    seat = people.come_in(app, asked[0])
    page = people.sign_all(seat, "Mara")
    assert page.title.startswith("Before your appointment")
    check_page(page)


def test_nothing_is_asked_before_everything_is_signed(app, asked, mara):
    ref = check_ins.ref_in(mara)
    other = people.come_in(app, asked[1])
    assert other.get(f"/form/check-in/{ref}").status == 404
    assert other.get("/form/check-in/received").response.location == "/form"


def test_one_page_asks_everything_and_sending_shows_that_it_was_received(mara):
    where = page_of(mara)
    page = mara.submit(where, FILLED)
    check_page(page)
    assert page.title.startswith("Received")
    for path in (where, "/form/check-in/received"):
        again = mara.open(path)
        assert again.title.startswith("Received")
        assert "heron" not in again.text
    assert "Open the longer form" in page.text
    assert mara.open("/form").response.request.path.startswith("/form/page/")


def test_sending_asks_the_browser_to_forget(mara):
    answer = mara.submit(page_of(mara), FILLED, follow=False).response
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_each_field_is_saved_as_it_is_filled_in(mara):
    ref = check_ins.ref_in(mara)
    for item, value in FILLED.items():
        assert "Saved" in check_ins.save(mara, ref, item, value, item).response.get_data(
            as_text=True
        )
    kept = mara.open(f"/form/check-in/{ref}").values()
    assert {item: kept[item] for item in FILLED} == FILLED


def test_the_same_save_again_is_the_same_save(mara):
    ref = check_ins.ref_in(mara)
    check_ins.save(mara, ref, "trust", "3", "one")
    check_ins.save(mara, ref, "trust", "4", "two")
    check_ins.save(mara, ref, "trust", "3", "one")
    assert mara.open(f"/form/check-in/{ref}").values()["trust"] == "4"


def test_a_refused_answer_keeps_the_others_and_sends_nothing(mara):
    where = page_of(mara)
    page = mara.submit(where, FILLED | {"closeness": "99", "bring": "b" * 4001})
    check_refused(page)
    assert page.values()["bring"] == "b" * 4001
    kept = mara.open(where).values()
    assert (kept["trust"], kept.get("bring")) == ("3", "")


def test_one_that_was_saved_field_by_field_or_left_empty_can_be_sent(app, asked, mara):
    assert mara.submit(page_of(mara), {}).title.startswith("Received")
    jonas = people.come_in(app, asked[1])
    people.sign_all(jonas, "Jonas")
    check_ins.save(jonas, check_ins.ref_in(jonas), "trust", "3")
    assert jonas.submit(page_of(jonas), {}).title.startswith("Received")


def test_saving_for_later_keeps_it_open(mara):
    where = page_of(mara)
    page = mara.open(where)
    data = page.values()
    data["trust"], data["later"] = "5", "1"
    shown = mara.client.post(where, data=data, follow_redirects=True)
    assert "It has not been sent yet." in shown.get_data(as_text=True)
    assert mara.open(where).values()["trust"] == "5"


def test_an_unknown_item_and_another_check_in_are_not_there(mara):
    ref = check_ins.ref_in(mara)
    assert check_ins.save(mara, ref, "nothing", "1").status == 404
    assert mara.get(f"/form/check-in/{'x' * 22}").status == 404


def test_one_that_was_ended_leads_on_and_refuses_what_comes_late(browser, ines, mara):
    ref = check_ins.ref_in(mara)
    form = mara.open(f"/form/check-in/{ref}")
    end = f"{check_ins.here(ines)}/{ref}/end"
    browser.press(check_ins.here(ines), end)
    # Its link has ended as well: the page leads to the door.
    late = mara.send(f"/form/check-in/{ref}", form, FILLED)
    assert "heron" not in late.text


def test_several_come_one_after_another(app, browser, ines, mara):
    first = check_ins.ref_in(mara)
    mara.submit(f"/form/check-in/{first}", FILLED)
    later = check_ins.links(check_ins.ask(browser, ines, days=8))
    seat = people.come_in(app, later[0])
    second = check_ins.ref_in(seat)
    assert second != first
    assert seat.open(f"/form/check-in/{second}").values()["bring"] == ""


def test_shared_goals_are_asked_in_the_words_of_their_steps(app, browser, store, ines):
    with at_work(store, ines) as db:
        goal = make_pair(db, case_of(db, ines))[0]
        ref, wording = goal.public_id, goal.wording
    page = check_ins.ask(browser, ines)
    seat = people.come_in(app, check_ins.links(page)[0])
    asked = people.sign_all(seat, "Mara")
    check_page(asked)
    assert wording in asked.text
    assert "Your therapist may show your numbers here" in asked.text
    answers = {f"goal.{ref}.level": "1", f"goal.{ref}.own": "6"}
    assert seat.submit(page_of(seat), answers).title.startswith("Received")
    shown = browser.open(check_ins.here(ines))
    assert f"{wording} Step 4 nights a week From 0 to 10 6" in shown.text


def test_a_browser_that_locked_itself_still_hands_in_what_was_typed(mara):
    where = page_of(mara)
    form = mara.open(where)
    with time_machine.travel(now() + IDLE + dt.timedelta(minutes=5)):
        late = mara.send(where, form, FILLED, follow=False)
        assert late.response.location == "/locked"
    kept = mara.open(where).values()
    assert {item: kept[item] for item in FILLED} == FILLED
