"""Entering scores: ranges, the item asked apart, change with its source, and licences."""

import pytest

from clinic.content.instruments_loader import load_instruments
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.web.comparison.test_show import table
from tests.web.page import check_page, check_refused

#: The dash of an empty cell.
NOTHING_YET = "Change since the first \N{EN DASH}"
INSTRUMENTS = load_instruments()


def url_of(person, key=""):
    return f"/cases/{person.case_ref}/measures{f'/{key}' if key else ''}"


def enter(browser, person, key, score, **values):
    """Enter a score of the first partner unless told otherwise."""
    wanted = {"partner_ref": person.partner_refs[0], "score": score, "taken_on": "2026-11-20"}
    return browser.submit(url_of(person, key), wanted | values)


def test_every_measure_can_be_chosen_and_its_page_names_licence_and_source(browser, ines):
    page = browser.get(url_of(ines))
    check_page(page)
    links = [str(link["href"]) for link in page.html.select(".shelf a")]
    assert sorted(links) == sorted(url_of(ines, key) for key in INSTRUMENTS)
    for key, instrument in INSTRUMENTS.items():
        shown = browser.get(url_of(ines, key))
        check_page(shown)
        assert f"Licence {instrument.licence}" in shown.text
        assert f"Source {instrument.source}" in shown.text


def test_scores_stand_in_a_table_for_each_partner(browser, ines):
    enter(browser, ines, "csi-16", "41", taken_on="2026-09-01")
    enter(browser, ines, "csi-16", "47")
    page = enter(browser, ines, "csi-16", "60", partner_ref=ines.partner_refs[1])
    check_page(page)
    assert "Saved." in page.text
    assert table(page, "Mara") == [
        ["1 September 2026", "Score 41"],
        ["20 November 2026", "Score 47"],
    ]
    assert table(page, "Jonas") == [["20 November 2026", "Score 60"]]
    assert "Change since the first" not in page.text
    assert "No reliable change is shown, because no source for it was found" in page.text


def test_change_is_said_only_with_the_source_that_allows_it(browser, ines):
    enter(browser, ines, "gad-7", "14", taken_on="2026-09-01")
    enter(browser, ines, "gad-7", "13", taken_on="2026-10-01")
    page = enter(browser, ines, "gad-7", "6.5")
    assert [row[:3] for row in table(page, "Mara")] == [
        ["1 September 2026", "Score 14", NOTHING_YET],
        ["1 October 2026", "Score 13", "Change since the first No more than chance"],
        [
            "20 November 2026",
            "Score 6.5",
            "Change since the first Better by more than chance, and past the cut-off",
        ],
    ]
    source = INSTRUMENTS["gad-7"].reliable_points.source
    assert f"A change is more than chance beyond 5.59 points ({source})." in page.text


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("60", "40", "Worse by more than chance"),
        ("10", "30", "Better by more than chance"),
        ("50", "65", "Better by more than chance, from a start on the good side"),
    ],
)
def test_every_change_has_its_own_words(browser, ines, first, last, said):
    enter(browser, ines, "rdas", first, taken_on="2026-09-01")
    page = enter(browser, ines, "rdas", last)
    assert table(page, "Mara")[1][2] == f"Change since the first {said}"


@pytest.mark.parametrize("item", ["1", "3", "blank"])
def test_item_nine_leads_to_what_must_be_looked_at_whatever_the_total(browser, ines, item):
    page = enter(browser, ines, "phq-9", "2", single_item=item)
    assert page.title.startswith("To look at")
    assert "Please look at this now." in page.text
    said = "left out" if item == "blank" else item
    assert f"PHQ-9, item 9: {said}" in page.text


def test_item_nine_at_zero_asks_for_nothing(browser, ines):
    page = enter(browser, ines, "phq-9", "2", single_item="0")
    assert page.title.startswith("PHQ-9")
    assert table(page, "Mara") == [["20 November 2026", "Score 2", "Item 9 0"]]


def test_a_safety_screen_at_its_cut_off_leads_there_too(browser, ines):
    assert enter(browser, ines, "hark", "0").title.startswith("HARK")
    assert "HARK: 1" in enter(browser, ines, "hark", "1").text


@pytest.mark.parametrize(
    ("key", "score", "said"),
    [
        ("phq-9", "28", "PHQ-9 runs from 0 to 27"),
        ("phq-9", "-1", "PHQ-9 runs from 0 to 27"),
        ("csi-16", "40.5", "CSI-16 is a whole number"),
        ("csi-16", "", "Enter the score"),
        ("csi-16", "many", "Enter a number, such as 12"),
        ("csi-16", "nan", "Enter a number, such as 12"),
        ("crs", "inf", "Enter a number, such as 12"),
    ],
)
def test_a_score_that_cannot_be_is_refused_and_kept_on_the_page(browser, ines, key, score, said):
    more = {"single_item": "0"} if key == "phq-9" else {}
    page = enter(browser, ines, key, score, **more)
    check_refused(page)
    assert page.errors() == [said]
    assert page.values()["score"] == score
    assert page.values()["taken_on"] == "2026-11-20"


def test_everything_that_is_missing_is_named_at_once(browser, ines):
    page = browser.submit(url_of(ines, "phq-9"), {"taken_on": ""})
    check_refused(page)
    assert page.errors() == [
        "Enter the day it was filled in",
        "Enter the score",
        "Choose who filled it in",
        "Choose the answer to item 9",
    ]


def test_a_comma_is_read_as_a_point(browser, ines):
    page = enter(browser, ines, "ras", "3,5")
    assert table(page, "Mara") == [["20 November 2026", "Score 3.5"]]


def test_an_unknown_measure_and_somebody_else_s_case_are_not_there(app, browser, ines, cast):
    assert browser.get(url_of(ines, "nothing")).status == 404
    for name in ("tomas", "noa"):
        other = Browser(app).sign_in(cast[name].email, PASSWORD)
        for key in ("", "phq-9"):
            assert other.get(url_of(ines, key)).status == 404
