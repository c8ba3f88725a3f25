"""The page that everybody reads: the newest version alone, with their keys, also in the room."""

import pytest

from tests import accord_factories as accord_made
from tests import factories as made
from tests.web.page import check_page
from tests.web.room.conftest import start


@pytest.fixture
def url(full):
    return f"/cases/{full['case_ref']}/agreements/together"


def test_it_shows_the_newest_version_and_not_what_is_being_written(browser, url):
    page = browser.get(url)
    check_page(page)
    assert "Staying in touch with people we dated" in page.text
    assert "we say it within a day" in page.text
    assert "Nights out" not in page.text


def test_a_yes_taken_back_reads_like_one_not_yet_given(browser, url):
    page = browser.get(url)
    assert "Mara: yes, since" in page.text
    assert "Jonas: not yet" in page.text
    assert "taken back" not in page.text


def test_it_is_open_while_the_room_looks_and_what_is_being_written_is_not(browser, full, url):
    start(browser, full["case_ref"])
    page = browser.get(url)
    check_page(page)
    assert page.status == 200
    assert "we say so the same day" in page.text
    room = f"/cases/{full['case_ref']}/room"
    for path in ("", f"/{full['accord_ref']}", f"/{full['accord_ref']}/versions/1"):
        other = browser.get(url.replace("/together", path))
        assert other.response.location == room
    assert browser.get(room).link("What we agree") == url


def test_a_pair_s_agreement_is_on_the_screen_only_when_it_is_asked_for(browser, store, ines):
    with made.at_work(store, ines) as db:
        case = made.make_case(db, "Kim", "Lou", "Tariq")
        kim, lou, _ = accord_made.refs_of(case)
        for refs, title in ((accord_made.refs_of(case), "For all"), ((kim, lou), "For two")):
            accord = accord_made.make_accord(db, case, refs)
            accord_made.make_topic(db, case, accord, title=title)
            accord_made.make_version(db, case, accord)
        case_ref = case.public_id
    page = browser.get(f"/cases/{case_ref}/agreements/together")
    assert "For all" in page.text
    assert "For two" not in page.text
    other = browser.get(page.link("Kim and Lou"))
    assert "For two" in other.text
    assert "For all" not in other.text
    assert "Tariq: " not in other.text


def test_without_a_saved_version_there_is_nothing_to_read(browser, store, ines):
    with made.at_work(store, ines) as db:
        case = made.make_case(db)
        accord_made.make_topic(db, case)
        case_ref = case.public_id
    page = browser.get(f"/cases/{case_ref}/agreements/together")
    check_page(page)
    assert "There is nothing to read here yet." in page.text
