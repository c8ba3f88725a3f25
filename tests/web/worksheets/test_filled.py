"""What is filled in, sheet by sheet, and what is left empty by choice."""

import pytest

from clinic.domain.guard import NOT_OPEN
from tests import safety_factories as safe
from tests.browser import Page
from tests.services.answering import CONTENT, treating
from tests.web.worksheets.conftest import ALIKE, DIFFERS, JONAS_S, KEPT_BACK, MARA_S, SUMMARY
from tests.web.worksheets.handing_out import post, print_out

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
def test_a_sheet_for_which_nothing_is_chosen_holds_nothing_of_the_case(printed, sheet):
    text = printed(sheet, filled="")
    assert not [word for word in ("Mara", "Jonas", SUMMARY, MARA_S, JONAS_S) if word in text]


def test_each_field_is_filled_in_by_its_own_choice(printed):
    text = printed("w10", "Jonas", filled="own_goals")
    assert JONAS_S in text
    assert "Jonas" not in text
    text = printed("w13", filled=["name", "goals.review"])
    assert "Mara" in text
    assert MARA_S not in text


def test_a_field_that_a_sheet_does_not_have_cannot_be_chosen(browser, filled):
    answer = post(browser, filled.url, "w10", reader=filled.refs["Mara"], filled="goals.text")
    assert answer.status_code == 422


def test_large_print_is_a_choice_and_another_file(browser, filled):
    pages = [
        print_out(browser, filled.url, "w04", reader=filled.refs["Mara"], **choice).data
        for choice in ({}, {"size": "normal"}, {"size": "large"})
    ]
    assert pages[0] == pages[1] != pages[2]


def test_on_the_safety_track_the_maps_stay_shut_and_a_blank_one_does_not(
    browser, filled, store, ines
):
    before = print_out(browser, filled.url, "w03")
    with treating(store, ines, filled.answered) as (db, case):
        safe.make_positive(db, case)
    filled_in = post(browser, filled.url, "w03")
    assert filled_in.status_code == 422
    assert NOT_OPEN in Page(filled_in).text
    assert print_out(browser, filled.url, "w03", filled="").mimetype == "application/pdf"
    again = browser.client.get(before.request.path)
    assert again.status_code == 422, "what was printed before the flag stays shut as well"
    assert NOT_OPEN in Page(again).text
