"""Recording a behaviour: every field of it, and what is hidden from fear."""

import pytest

from clinic.domain.visibility import Layer
from clinic.services import behaviours
from tests import factories as made
from tests.factories import at_work, case_of
from tests.web.page import check_page, check_refused

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

FACTS = {
    "about": "",
    "reporter": "therapist",
    "behaviour": "B25",
    "frequency": "weekly",
    "still_happening": "no",
    "how_known": "suspected",
}
MORE = {
    "since_year": "2024",
    "until_month": "10",
    "until_year": "2025",
    "channel": "by phone",
    "outsider_role": "a neighbour",
    "times_raised": "3",
    "raised_when": "in May, on the way home",
    "agreed_then": "to say where he is",
    "impact": "7",
    "impact_words": "I lie awake",
}


@pytest.fixture
def address(ines):
    return f"/cases/{ines.case_ref}/behaviours"


@pytest.fixture
def facts(ines):
    return {**FACTS, "about": ines.partner_refs[1]}


def stored(store, ines):
    with at_work(store, ines, writes=False) as db:
        rows = behaviours.list_behaviours(db, case_of(db, ines))
        assert len(rows) == 1
        return rows[0], list(rows[0].ratings)


def test_every_field_is_kept_shown_and_given_back(browser, store, ines, address, facts):
    page = browser.submit(f"{address}/new", facts | MORE)
    check_page(page)
    for words in (
        "October 2025",
        "by phone",
        "a neighbour",
        "in May, on the way home",
        "to say where he is",
        "7 of 10 I lie awake",
    ):
        assert words in page.text
    row, _ = stored(store, ines)
    assert row.layer is Layer.CLINICIAN
    now = browser.open(f"{address}/{row.public_id}").values()
    assert {name: now[name] for name in facts | MORE} == facts | MORE


def test_what_was_left_out_is_not_shown_and_weighs_nothing(browser, store, ines, address, facts):
    page = browser.submit(f"{address}/new", facts)
    for words in ("Last seen", "How much it weighs", "Where it happens", "What was agreed then"):
        assert words not in page.text
    row, _ = stored(store, ines)
    assert (row.impact, row.until_year, row.until_month) == (None, None, None)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"since_year": "2025", "until_year": "2024"}, "It cannot have ended before it began"),
        ({"since_year": "2190"}, "This month has not come yet"),
        ({"until_year": "2190"}, "This month has not come yet"),
        ({"until_year": "24"}, "Enter a whole number from 1900 to 2200"),
    ],
)
def test_a_refused_month_is_shown_unfolded_with_what_was_typed(
    browser, address, facts, values, said
):
    page = browser.submit(f"{address}/new", {**facts, **values, "raised_when": "kept words"})
    check_refused(page)
    assert [said] == page.errors()
    assert {name: page.values()[name] for name in values} == values
    assert page.values()["raised_when"] == "kept words"
    field = page.html.find(id=str(page.html.select_one(".error-summary a")["href"])[1:])
    folded = field.find_parent("details")
    assert folded is None or folded.has_attr("open")


def test_hidden_from_fear_is_no_step_of_concealment(browser, store, ines, address, facts):
    browser.submit(f"{address}/new", {**facts, "placing_1-concealment": "fear"})
    row, ratings = stored(store, ines)
    assert [(each.from_fear, each.concealment) for each in ratings] == [
        (False, None),
        (True, None),
        (False, None),
    ]
    change = browser.open(f"{address}/{row.public_id}")
    assert change.values()["placing_1-concealment"] == "fear"
    browser.submit(f"{address}/{row.public_id}", {"placing_1-concealment": "2"})
    _, ratings = stored(store, ines)
    assert (ratings[1].from_fear, ratings[1].concealment) == (False, 2)


def test_hidden_from_fear_leads_to_asking_alone_whom_it_is_about(browser, ines, address, facts):
    page = browser.submit(f"{address}/new", {**facts, "placing_0-concealment": "fear"})
    check_page(page)
    assert "Hidden from fear" in page.text
    link = page.link("Ask alone first")
    assert link == f"/cases/{ines.case_ref}/safety/{ines.partner_refs[1]}/check"
    assert browser.get(link).status == 200


def test_without_fear_nobody_is_sent_to_ask_alone(browser, address, facts):
    page = browser.submit(f"{address}/new", {**facts, "placing_0-concealment": "3"})
    assert "3: Kept up with effort" in page.text
    assert "Ask alone first" not in page.text


def test_a_new_form_is_calm_and_one_with_answers_shows_them(browser, store, ines, address):
    fresh = browser.open(f"{address}/new")
    assert not fresh.html.select("main form details[open]")
    with at_work(store, ines) as db:
        ref = made.make_behaviour(db, case_of(db, ines)).public_id
    opened = browser.open(f"{address}/{ref}").html.select("main form details[open] > summary")
    assert [each.get_text(strip=True) for each in opened] == [
        "If it was raised before",
        "What happened when it was raised",
        "Who else, and where",
    ]
