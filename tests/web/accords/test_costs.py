"""What the pages of agreements and of responses cost: the same however much there is of both."""

import datetime as dt

import pytest

from clinic.domain.repair_responses import RepairMark
from clinic.services.repair_responses import on_day
from tests import accord_factories as accord_made
from tests import factories as made
from tests.web.test_queries import MOST, statements


@pytest.fixture
def urls(full):
    text = f"agreements/{full['accord_ref']}"
    paths = ("agreements", "agreements/together", text, f"{text}/save", f"{text}/versions/2")
    others = (f"{text}/compare", "responses", f"responses/{full['appointment_ref']}")
    return [f"/cases/{full['case_ref']}/{path}" for path in (*paths, *others)]


def costs(app, browser, urls):
    counted = {}
    for url in urls:
        with statements(app.extensions["store"]) as sent:
            assert browser.get(url).status == 200
        counted[url] = len(sent)
    return counted


def test_many_topics_versions_and_marks_cost_no_more_statements(app, browser, store, ines, urls):
    few = costs(app, browser, urls)
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        for week in range(6):
            accord_made.fill_accords(db, case)
            day = accord_made.BETWEEN + dt.timedelta(weeks=week)
            at = accord_made.whose(case, 0, on_day(day))
            accord_made.press(db, case, RepairMark.LEVER, at=at)
    assert costs(app, browser, urls) == few
    assert {url: cost for url, cost in few.items() if cost > MOST} == {}
