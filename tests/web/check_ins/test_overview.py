"""Each partner's check-ins over time: beside their own, beside nobody else's."""

import datetime as dt

import pytest
import time_machine

from clinic.domain.answers import given
from clinic.models.base import now
from clinic.services.days import today
from tests import check_in_factories as made
from tests.check_in_factories import ANSWERS, in_days
from tests.factories import at_work, case_of
from tests.intake import check_ins
from tests.web.page import check_page


def send(store, person, place, day, **answers):
    """Let one partner answer a check-in for that day ahead."""
    given_now = {key.replace("_", "-"): given([value]) for key, value in answers.items()}
    with at_work(store, person) as db:
        case = case_of(db, person)
        row = made.make_check_in(db, case, due_on=in_days(day))
        made.answer_in(db, case.partners[place], row.public_id, given_now)


def charts(page, name):
    return [
        str(figure.select_one("desc").get_text())
        for figure in page.html.select("figure")
        if name in str(figure.select_one("title").get_text())
    ]


def test_who_has_answered_and_who_has_not_can_be_seen(browser, store, ines):
    send(store, ines, 0, 1, trust="3")
    page = browser.get(check_ins.here(ines))
    check_page(page)
    assert "Mara Answered" in page.text
    assert "Jonas Invited" in page.text


def test_every_item_is_a_line_of_one_person_s_own(browser, store, ines):
    for day, trust in enumerate(("7", "4", "5"), start=1):
        send(store, ines, 0, day, trust=trust, hurried="2")
    send(store, ines, 1, 5, trust="9")
    page = browser.get(check_ins.here(ines))
    check_page(page)
    mara, jonas = charts(page, "Mara"), charts(page, "Jonas")
    assert (len(mara), len(jonas)) == (3, 3)
    assert mara[0].count(": 7;") == 1
    assert "How much trust did you feel?" in mara[0]
    assert ": 9" not in "".join(mara)
    assert ": 7" not in "".join(jonas)


def test_what_somebody_wants_to_bring_stands_as_it_was_typed(browser, store, ines):
    send(store, ines, 0, 1, bring="the <holiday> & the %(heron)s")
    page = browser.get(check_ins.here(ines))
    assert "the <holiday> & the %(heron)s" in page.text


@pytest.mark.parametrize(("last", "told"), [("3", True), ("4", False)])
def test_three_down_twice_running_is_told_with_its_numbers(browser, store, ines, last, told):
    for day, trust in enumerate(("9", "6", last), start=1):
        send(store, ines, 0, day, trust=trust)
    text = browser.get(check_ins.here(ines)).text
    assert ("How much trust did you feel? 9, 6, 3" in text) is told
    assert ("not validated. It is a reason to ask" in text) is told


def test_nothing_is_compared_added_up_or_called_reliable(browser, store, ines):
    send(store, ines, 0, 1, trust="9")
    send(store, ines, 1, 2, trust="1")
    text = browser.get(check_ins.here(ines)).text.lower()
    assert not [word for word in ("average", "total", "recovered", "reliable") if word in text]


def test_nothing_of_it_is_open_while_the_room_looks(browser, store, ines):
    send(store, ines, 0, 1, bring="the heron")
    browser.press(f"/cases/{ines.case_ref}/room", f"/cases/{ines.case_ref}/room/start")
    assert "heron" not in browser.open(check_ins.here(ines)).text


def test_a_year_of_check_ins_stays_readable(browser, store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        start = now()
        for week in range(8):
            with time_machine.travel(start + dt.timedelta(weeks=week)):
                row = made.make_check_in(db, case, due_on=today())
                made.answer_in(db, case.partners[0], row.public_id, ANSWERS)
    page = browser.get(check_ins.here(ines))
    check_page(page)
    assert "Earlier lines of Mara" in page.text
