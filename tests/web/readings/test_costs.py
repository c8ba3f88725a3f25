"""What the pages of readings cost: no more for fifty readings than for a few."""

import pytest

from clinic.services import readings
from tests import factories as made
from tests.factories import at_work, case_of
from tests.web.test_queries import statements

PAGES = {
    "": 14,
    "/2": 18,
    "/compare?older=1&newer=2": 18,
    "/2/preview": 14,
    "/2/share": 22,
}
MANY = 50


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_fifty_readings_cost_no_more_statements_than_three(app, browser, store, ines, full):
    base = f"/cases/{full['case_ref']}/readings"

    def costs() -> dict[str, int]:
        counted = {}
        for path in PAGES:
            with statements(app.extensions["store"]) as sent:
                assert browser.get(base + path).status == 200
            counted[path] = len(sent)
        return counted

    few = costs()
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        number = readings.latest_formulation(db, case).number
        for made_so_far in range(MANY):
            made.make_formulation(db, case, number + made_so_far)
    assert costs() == few
    assert {path: cost for path, cost in few.items() if cost > PAGES[path]} == {}
