"""Sheets as forms for a screen: what would be written on paper stands in the fields."""

from dataclasses import replace

import pytest
import time_machine

from tests import factories as made
from tests import form_reader, pdf_reader
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.services.answering import treating
from tests.web.test_leaks import DAY
from tests.web.worksheets.conftest import JONAS_S, MARA_S, SUMMARY
from tests.web.worksheets.handing_out import print_out
from tests.web.worksheets.test_non_interference import tell_something_else

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def get(browser, case, sheet: str, **query: str):
    asked = {"reader": case.refs["Mara"], "kind": "form", **query}
    return print_out(browser, case.url, sheet, **asked)


def test_the_fields_hold_what_the_paper_would_and_may_be_left_empty(browser, filled, tmp_path):
    pdf = get(browser, filled, "w14").data
    assert {MARA_S, JONAS_S} <= set(form_reader.values(pdf).values())
    assert pdf_reader.faults(pdf, tmp_path) == []
    read = " ".join(pdf_reader.pages(pdf))
    assert MARA_S not in read, "the page itself stays blank"
    assert form_reader.values(get(browser, filled, "w06").data)["1-2-1-1"].startswith(SUMMARY)
    assert form_reader.values(get(browser, filled, "w14", filled="").data) == {}


def test_a_form_is_a_choice_and_paper_is_what_comes_without_one(browser, filled):
    assert 'name="kind"' in str(browser.open(f"{filled.url}/w04").html)
    paper = get(browser, filled, "w04", kind="paper")
    assert form_reader.fields(paper.data) == []
    assert form_reader.fields(get(browser, filled, "w04", size="large").data)
    assert get(browser, filled, "w04", kind="fax").status_code == 422


def test_nothing_private_changes_a_byte_of_a_form(app, store, ines, filled):
    person = replace(
        ines, case_ref=filled.answered.case_ref, partner_refs=tuple(filled.refs.values())
    )
    with treating(store, ines, filled.answered) as (db, case):
        made.make_behaviour(db, case)
    with time_machine.travel(DAY, tick=False):
        browser = Browser(app).sign_in(ines.email, PASSWORD)
        first = {sheet: get(browser, filled, sheet).data for sheet in ("w03", "w06", "w13")}
        tell_something_else(store, person, filled, 0)
        for sheet, pdf in first.items():
            assert get(browser, filled, sheet).data == pdf, sheet
