"""What is filled in, sheet by sheet, and what is left empty by choice."""

import pytest

from clinic.domain.guard import NOT_OPEN
from tests import safety_factories as safe
from tests.browser import Page
from tests.services.answering import CONTENT, treating
from tests.web.worksheets.conftest import ALIKE, DIFFERS, JONAS_S, KEPT_BACK, MARA_S, SUMMARY

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def label(behaviour: str) -> str:
    return CONTENT.concern.behaviours[behaviour].label


def test_the_maps_hold_the_rows_that_all_released_and_were_shown(printed):
    alike, differ = printed("w03").split("Where we see it differently")[:2]
    assert label(ALIKE) in alike
    assert f"{label(DIFFERS)} Not okay for me It depends" in differ
    assert "What Mara Jonas" in differ


def test_a_row_that_one_of_them_released_alone_is_on_no_map(printed):
    assert label(KEPT_BACK) not in printed("w03")


def test_the_pattern_begins_with_the_summary_that_was_shared(printed):
    assert SUMMARY in printed("w06")


def test_openness_is_offered_by_one_of_them_and_holds_that_one_s_goals(printed):
    mara, jonas = printed("w08", "Mara"), printed("w08", "Jonas")
    assert MARA_S in mara
    assert JONAS_S not in mara
    assert MARA_S not in jonas
    assert JONAS_S not in jonas, "it is not about openness"
    assert "Jonas" in jonas


def test_taking_it_in_holds_the_reader_s_own_shared_goals(printed):
    assert JONAS_S in printed("w10", "Jonas")
    assert JONAS_S not in printed("w10", "Mara")


def test_the_check_in_holds_every_shared_goal_and_nobody_s_number(printed):
    text = printed("w14")
    assert MARA_S in text
    assert JONAS_S in text


def test_the_first_sheet_has_the_reader_s_name(printed):
    assert "Jonas" in printed("w01", "Jonas")
    assert "Mara" not in printed("w01", "Jonas")


@pytest.mark.parametrize("sheet", ["w01", "w03", "w06", "w08", "w10", "w13", "w14"])
def test_a_blank_sheet_holds_nothing_of_the_case(printed, sheet):
    text = printed(sheet, fill="blank")
    assert not [word for word in ("Mara", "Jonas", SUMMARY, MARA_S, JONAS_S) if word in text]


def test_a_field_can_be_left_empty_on_a_filled_sheet(printed):
    text = printed("w10", "Jonas", left_out="name")
    assert JONAS_S in text
    assert "Jonas" not in text
    assert MARA_S not in printed("w13", left_out="goals.text")


def test_a_field_that_a_sheet_does_not_have_cannot_be_left_empty(browser, filled):
    query = {"paper": "A4", "fill": "case", "reader": filled.refs["Mara"], "left_out": "goals.text"}
    answer = browser.client.get(f"{filled.url}/w10.pdf", query_string=query)
    assert answer.status_code == 422


def test_large_print_is_a_choice_and_another_file(browser, filled):
    pages = [
        browser.client.get(f"{filled.url}/w04.pdf", query_string=query).data
        for query in (
            {"paper": "A4", "reader": filled.refs["Mara"]},
            {"paper": "A4", "reader": filled.refs["Mara"], "size": "normal"},
            {"paper": "A4", "reader": filled.refs["Mara"], "size": "large"},
        )
    ]
    assert pages[0] == pages[1] != pages[2]


def test_on_the_safety_track_the_maps_stay_shut_and_a_blank_one_does_not(
    browser, filled, store, ines
):
    with treating(store, ines, filled.answered) as (db, case):
        safe.make_positive(db, case)
    filled_in = browser.client.get(f"{filled.url}/w03.pdf?paper=A4&fill=case")
    assert filled_in.status_code == 422
    assert NOT_OPEN in Page(filled_in).text
    assert browser.client.get(f"{filled.url}/w03.pdf?paper=A4&fill=blank").status_code == 200
