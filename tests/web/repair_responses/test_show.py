"""The strip of weeks: drawn in one colour, said in words, never counted."""

import datetime as dt

import pytest

from clinic.domain.repair_responses import RepairMark
from clinic.services.repair_responses import on_day
from tests import accord_factories as accord_made
from tests import factories as made
from tests.web.page import check_page


@pytest.fixture
def url(full):
    return f"/cases/{full['case_ref']}/responses"


def test_every_partner_has_a_strip_wide_and_narrow_and_a_table(browser, url):
    page = browser.open(url)
    check_page(page)
    assert len(page.html.select("svg[role=img]")) == 4
    tables = [table.get_text(" ", strip=True) for table in page.html.select("main table")]
    assert "Acknowledges, Openness kept" in tables[0]
    assert "came back to it unasked" in tables[1]


def test_the_strip_reads_aloud_what_was_seen_in_which_week(browser, url):
    first, *_ = browser.open(url).html.select("svg desc")
    assert first.get_text() == "Week of 9 March 2026: Acknowledges, Openness kept."


def test_no_mark_has_a_colour_of_its_own(browser, url):
    drawn = browser.open(url).html.select("svg[role=img] path")
    assert {path["fill"] for path in drawn} == {"#5b4a8a"}


def test_nothing_is_counted(browser, store, ines):
    with made.at_work(store, ines) as db:
        case = made.make_case(db)
        for week in range(7):
            day = accord_made.BETWEEN + dt.timedelta(weeks=week)
            at = accord_made.whose(case, 0, on_day(day))
            accord_made.press(db, case, RepairMark.DENIES, at=at)
        url = f"/cases/{case.public_id}/responses"
    page = browser.open(url)
    for words in ("score", "total", "average", "%", "7 times", "times"):
        assert words not in page.text.replace("at a time", ""), words


def test_a_partner_of_whom_nothing_was_entered_has_an_empty_strip(browser, store, ines):
    with made.at_work(store, ines) as db:
        case = made.make_case(db)
        accord_made.press(db, case, RepairMark.DENIES)
        url = f"/cases/{case.public_id}/responses"
    page = browser.open(url)
    check_page(page)
    assert [desc.get_text() for desc in page.html.select("svg.chart__wide desc")][1] == (
        "Nothing was entered."
    )


def test_a_long_time_is_drawn_from_its_end_and_listed_whole(browser, store, ines):
    with made.at_work(store, ines) as db:
        case = made.make_case(db)
        for week in (0, 30):
            day = accord_made.BETWEEN + dt.timedelta(weeks=week)
            at = accord_made.whose(case, 0, on_day(day))
            accord_made.press(db, case, RepairMark.DENIES, at=at)
        url = f"/cases/{case.public_id}/responses"
    page = browser.open(url)
    assert "The picture shows the latest weeks." in page.text
    assert len(page.html.select("main table")[0].select("tbody tr")) == 2


def test_an_empty_case_says_where_to_enter(browser, store, ines):
    with made.at_work(store, ines) as db:
        url = f"/cases/{made.make_case(db).public_id}/responses"
    page = browser.open(url)
    check_page(page)
    assert "Nothing entered yet" in page.text


def test_the_three_answers_about_openness_differ_in_shape(browser, store, ines):
    shapes = set()
    for answer in (
        RepairMark.OPENNESS_KEPT,
        RepairMark.OPENNESS_PARTLY,
        RepairMark.OPENNESS_NOT,
    ):
        with made.at_work(store, ines) as db:
            case = made.make_case(db)
            accord_made.press(db, case, answer)
            url = f"/cases/{case.public_id}/responses"
        drawn = browser.open(url).html.select("svg.chart__wide path")
        shapes.add(str(drawn[0]["d"]))
    assert len(shapes) == 3
