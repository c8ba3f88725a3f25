"""Change on a measure: a label for each person, its size beside its source, and never an average.

The numbers are the vectors of clinical.md 4.2 and 4.3.
"""

import pytest

from tests.web.comparison.test_show import table
from tests.web.measures.test_enter import enter, url_of
from tests.web.page import check_page

SIDE_BY_SIDE = "Each by themselves, side by side"
MINUS = "\N{MINUS SIGN}"


def changes(page):
    """Give each person's line: name, difference, label with its note, size in standard errors."""
    heads = ("Difference ", "Label ", "In standard errors ")
    return [
        (row[0], *(cell.removeprefix(head) for cell, head in zip(row[3:], heads, strict=True)))
        for row in table(page, SIDE_BY_SIDE)
    ]


def score_twice(browser, person, key, *scores, place=0):
    who, days = person.partner_refs[place], ("2026-09-01", "2026-11-20")
    for score, day in zip(scores, days, strict=True):
        page = enter(browser, person, key, score, taken_on=day, partner_ref=who)
    return page


@pytest.mark.parametrize(
    ("key", "first", "last", "difference", "label", "statistic"),
    [
        ("rdas", "40", "52", "+12", "Recovered", "+2.03"),
        (
            "rdas",
            "40",
            "50",
            "+10",
            "No reliable change It crossed the cut-off without reliable change.",
            "+1.69",
        ),
        ("rdas", "30", "43", "+13", "Improved", "+2.20"),
        ("rdas", "30", "41", "+11", "No reliable change", "+1.86"),
        ("rdas", "52", "40", f"{MINUS}12", "Deteriorated", f"{MINUS}2.03"),
        ("rdas", "50", "65", "+15", "Improved (no clinical status)", "+2.54"),
        ("gad-7", "12", "4", f"{MINUS}8", "Recovered", f"{MINUS}2.81"),
        ("rdas", "40", "40", "0", "No reliable change", "0"),
    ],
)
def test_a_change_is_labelled_as_the_vectors_say(  # noqa: PLR0913, PLR0917
    browser, ines, key, first, last, difference, label, statistic
):
    page = score_twice(browser, ines, key, first, last)
    check_page(page)
    assert changes(page) == [("Mara", difference, label, statistic)]


def test_a_score_that_the_measure_cannot_have_changes_nothing(browser, ines):
    page = score_twice(browser, ines, "rdas", "60", "73")
    assert page.status == 422
    assert SIDE_BY_SIDE not in page.text


def test_two_people_have_two_labels_and_nothing_is_averaged(browser, ines):
    score_twice(browser, ines, "rdas", "40", "52")
    page = score_twice(browser, ines, "rdas", "44", "45", place=1)
    assert changes(page) == [
        ("Mara", "+12", "Recovered", "+2.03"),
        ("Jonas", "+1", "No reliable change", "+0.17"),
    ]
    assert "Nothing is averaged between people." in page.text


def test_the_size_of_the_error_stands_beside_its_source(browser, ines):
    text = score_twice(browser, ines, "rdas", "40", "52").text
    assert "More than 11.58 points (" in text
    assert "Standard error of a difference 5.91 points, worked out from" in text


def test_without_a_checked_source_there_is_a_difference_and_no_label(browser, ines):
    page = score_twice(browser, ines, "csi-16", "41", "60")
    check_page(page)
    [row] = table(page, SIDE_BY_SIDE)
    assert row == [
        "Mara",
        "From 41 on 1 September 2026",
        "To 60 on 20 November 2026",
        "Difference +19",
    ]
    assert "No label is given: no source that was read says how large" in page.text


def test_any_two_scores_of_one_person_can_be_compared(browser, ines):
    enter(browser, ines, "rdas", "30", taken_on="2026-08-01")
    score_twice(browser, ines, "rdas", "52", "40")
    page = browser.get(url_of(ines, "rdas"))
    assert changes(page)[0][1:3] == ("+10", "No reliable change")
    later = browser.get(page.link("From here (1 September 2026)"))
    check_page(later)
    assert changes(later)[0][1:3] == (f"{MINUS}12", "Deteriorated")
    assert [row[2] for row in table(later, "Mara")] == [
        "Change since 1 September 2026 \N{EN DASH}",
        "Change since 1 September 2026 \N{EN DASH}",
        "Change since 1 September 2026 Worse by more than chance",
    ]


def test_a_day_of_nobody_s_compares_with_the_first(browser, ines):
    score_twice(browser, ines, "rdas", "40", "52")
    page = browser.get(f"{url_of(ines, 'rdas')}?since=%00nobody")
    assert changes(page) == [("Mara", "+12", "Recovered", "+2.03")]
