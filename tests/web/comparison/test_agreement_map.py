"""The agreement map for the therapist, and the page that the couple sees."""

import pytest

from clinic.domain.guard import NOT_OPEN
from tests.services.answering import answer_all, fill, plan_case
from tests.vignette_answers import LATE_MESSAGES, THREE_PARTNERS
from tests.web.comparison.handing_in import release
from tests.web.comparison.test_show import table, url_of
from tests.web.page import check_page

MESSAGES = "Messages someone often, and more closely than the partner knows"
READS = "Has conversations they would not want the partner to read"


def map_of(browser, answered):
    page = browser.get(url_of(answered, "/map"))
    check_page(page)
    return page


def show(browser, answered, behaviour):
    """Press the button that puts a row on the couple's page."""
    return browser.press(url_of(answered, "/map"), url_of(answered, f"/map/{behaviour}/reveal"))


def couple_page(browser, answered):
    page = browser.get(url_of(answered, "/together"))
    check_page(page)
    return page


def test_rows_hold_both_placings_what_was_agreed_the_guess_and_the_mark(browser, late):
    rows = table(map_of(browser, late), "Mara and Jonas")
    assert rows[:2] == [
        [
            f"{READS} Matters most to Mara and Jonas",
            "Mara Not OK Thought it was clear",
            "Jonas It depends Never talked about it",
            "Together Differ",
            "For them to see Nobody said yes yet",
        ],
        [
            f"{MESSAGES} Matters most to Mara",
            "Mara Not OK Thought it was clear Guess about Jonas: Fine, which does not fit",
            "Jonas It depends Never talked about it",
            "Together One misreads",
            "For them to see Nobody said yes yet",
        ],
    ]
    assert rows[-1][3] == "Together Agree"


def test_two_who_misread_each_other_are_named_so(browser, two_maps):
    rows = table(map_of(browser, two_maps), "Ruth and Adaeze")
    assert rows[0][3] == "Together Both misread"


def test_nothing_is_added_up(browser, late):
    text = map_of(browser, late).text
    assert not [word for word in text.split() if word.strip("().,%").isdigit()]


def test_behaviours_that_both_left_out_stand_below_and_half_answered_ones_have_no_mark(
    browser, store, ines
):
    answered = plan_case(store, ines, LATE_MESSAGES)
    fill(store, answered, "Mara", {"B11.placing": LATE_MESSAGES["Mara"]["B11.placing"]})
    fill(store, answered, "Jonas", {})
    page = map_of(browser, answered)
    [row] = table(page, "Mara and Jonas")
    assert row[1:4] == ["Mara Not OK", "Jonas Left out", "Together Not answered by both"]
    assert "Left out by both: Has a close emotional tie" in page.text
    assert READS in page.text


def test_three_partners_have_a_map_for_every_two(browser, store, ines):
    answered = answer_all(store, ines, THREE_PARTNERS)
    page = map_of(browser, answered)
    marks = {
        two: table(page, two)[0][3].removeprefix("Together ")
        for two in ("Kim and Lou", "Kim and Tariq", "Lou and Tariq")
    }
    assert marks == {
        "Kim and Lou": "One misreads",
        "Kim and Tariq": "Agree",
        "Lou and Tariq": "Both misread",
    }


def test_a_row_can_be_shown_only_once_both_have_released_it(browser, store, late):
    release(store, late, "B11", "Mara")
    page = map_of(browser, late)
    assert table(page, "Mara and Jonas")[1][4] == "For them to see Mara said yes"
    assert "Show it" not in page.text
    release(store, late, "B11", "Jonas")
    assert table(map_of(browser, late), "Mara and Jonas")[1][4] == "For them to see Show it"
    shown = show(browser, late, "B11")
    assert "It is now on the page for both." in shown.text
    assert table(shown, "Mara and Jonas")[1][4] == "For them to see Shown"


def test_forcing_a_row_that_one_released_is_refused_in_the_neutral_sentence(browser, store, late):
    release(store, late, "B11", "Mara")
    release(store, late, "B13")
    page = map_of(browser, late)
    token = page.html.select_one("main [name=csrf_token]")["value"]
    url = url_of(late, "/map/B11/reveal")
    browser.client.post(url, data={"csrf_token": token})
    assert f"{NOT_OPEN}." in map_of(browser, late).text
    assert NOT_OPEN in couple_page(browser, late).text


def test_the_couple_sees_what_both_released_and_nothing_else(browser, store, late):
    for behaviour in ("B11", "B13"):
        release(store, late, behaviour)
    show(browser, late, "B11")
    page = couple_page(browser, late)
    assert table(page, "Mara and Jonas") == [
        [
            MESSAGES,
            "Mara Not OK Thought it was clear",
            "Jonas It depends Never talked about it",
            "Together You see it differently",
        ]
    ]
    whole = " ".join(page.html.get_text(" ").split())
    for kept in ("Guess", "Fine", "Matters", READS, "Ines", "Caseload", "affair", "misread"):
        assert kept not in whole, kept


def test_a_third_partner_s_row_is_not_shown_before_that_partner_released_it(browser, store, ines):
    answered = answer_all(store, ines, THREE_PARTNERS)
    release(store, answered, "B38", "Kim", "Lou")
    show(browser, answered, "B38")
    assert "Kim and Tariq" not in couple_page(browser, answered).text
    release(store, answered, "B38", "Tariq")
    page = map_of(browser, answered)
    assert table(page, "Kim and Lou")[0][4] == "For them to see Shown"
    assert table(page, "Kim and Tariq")[0][4] == "For them to see Show it"
    show(browser, answered, "B38")
    assert "Kim and Tariq" in couple_page(browser, answered).text


def test_while_the_guard_holds_map_and_couple_page_say_the_same_neutral_sentence(
    browser, store, ordinary
):
    release(store, ordinary, "B01")
    page = map_of(browser, ordinary)
    assert f"{NOT_OPEN}." in page.text
    assert not page.html.select("main table")
    assert NOT_OPEN in couple_page(browser, ordinary).text


@pytest.mark.parametrize("send", [True, False])
def test_a_shut_page_is_the_same_bytes_as_one_with_nothing_on_it(
    browser, store, ines, ordinary, send
):
    """Whether the guard holds cannot be read off the couple's page, by its size or anything."""
    calm = plan_case(store, ines, {"Elena": {}, "Viktor": {}})
    if send:
        fill(store, calm, "Elena", {})
        fill(store, calm, "Viktor", {})
    pages = [
        couple_page(browser, answered).response.get_data(as_text=True)
        for answered in (ordinary, calm)
    ]
    assert pages[0].replace(ordinary.case_ref, calm.case_ref) == pages[1]


def test_with_one_side_only_the_map_says_the_same_sentence(browser, store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES)
    fill(store, answered, "Mara", LATE_MESSAGES["Mara"])
    assert f"{NOT_OPEN}." in map_of(browser, answered).text


def test_the_guard_that_shuts_later_takes_the_rows_off_the_page(browser, store, ines, late):
    release(store, late, "B11")
    show(browser, late, "B11")
    assert MESSAGES in couple_page(browser, late).text
    form = f"/cases/{late.case_ref}/measures/hark"
    partner = late.partner_refs["Mara"]
    browser.submit(form, {"partner_ref": partner, "score": "1"})
    page = couple_page(browser, late)
    assert MESSAGES not in page.text
    assert NOT_OPEN in page.text
