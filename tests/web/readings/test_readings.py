"""Saved readings on their pages: listed, read in full, side by side, shared and answered."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from clinic.domain.formulation import Bearing, RollUp
from clinic.domain.visibility import Layer
from clinic.services import evidence, formulation, readings
from tests import factories as made
from tests.browser import Browser, Page
from tests.cast import PASSWORD
from tests.conftest import ENGINES
from tests.factories import at_work, case_of
from tests.web.page import check_page

#: The full case: the second of its readings was shared, and the first partner answered.
SHARED = 2
ROUNDS = 5


@pytest.fixture
def url(full):
    return f"/cases/{full['case_ref']}/readings"


def changed(page: Page, kind: str) -> list[str]:
    return [each.get_text() for each in page.html.select(kind)]


def saved(store, person, **changes) -> int:
    """Save another reading of the full case, and tell its number."""
    with at_work(store, person) as db:
        case = case_of(db, person)
        latest = readings.latest_formulation(db, case)
        return made.make_formulation(db, case, latest.number, **changes).number


def test_every_page_of_the_readings_is_sound(browser, url, full):
    last = browser.open(url)
    check_page(last)
    partner = full["partner_ref"]
    for path in ("/2", "/3", "/compare", "/compare?older=1&newer=3", "/2/preview", "/2/share"):
        check_page(browser.open(url + path))
    check_page(browser.open(f"{url}/2/reactions/{partner}"))


def test_the_list_says_number_day_author_roll_up_confidence_and_reason(browser, url, store, ines):
    number = saved(store, ines, roll_up=RollUp.UNDETERMINED, reason="too early to say")
    first = browser.open(url).html.select_one("main tbody tr").get_text(" ", strip=True)
    for words in (f"Reading {number}", "Ines", "Undetermined", "Medium", "too early to say"):
        assert words in first
    assert "Not shared" in first


def test_a_reading_is_read_in_full_as_it_was_saved(browser, url, store, ines):
    before = browser.open(f"{url}/{SHARED}").text
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        row = formulation.list_explanations(db, case)[0]
        details = made.explanation_details(statement="something else by now")
        formulation.change_explanation(db, case, row, details, row.version)
    after = browser.open(f"{url}/{SHARED}").text
    assert "distance since the move" in after
    assert "something else by now" not in after
    assert after == before


def test_a_reading_says_words_and_names_and_never_keys(browser, url, store, ines, full):
    page = browser.open(f"{url}/{saved(store, ines)}")
    for words in (
        "A need not voiced",
        "Mara",
        "The relationship",
        "Speaks against",
        "Each understood",
    ):
        assert words in page.text
    for key in (*ines.partner_refs, full["explanation_ref"], "symptom-leading", "said-aloud"):
        assert key not in page.text


def test_private_words_are_marked_with_whose_they_are(browser, url, store, ines):
    page = browser.open(f"{url}/{saved(store, ines)}")
    (entry,) = [
        each
        for each in page.html.select(".entry")
        if "something in the private layer" in each.get_text()
    ]
    assert "Private to Mara" in entry.get_text()


def test_two_readings_stand_side_by_side_field_by_field(browser, url, store, ines):
    older = saved(store, ines, reason="the distance came first", roll_up=RollUp.MIXED)
    newer = saved(store, ines, reason="the move came first", roll_up=RollUp.SYMPTOM_LEADING)
    page = browser.open(f"{url}/compare?older={older}&newer={newer}")
    assert changed(page, "del") == ["Mixed", " distance"]
    assert changed(page, "ins") == ["Symptom leading", " move"]
    assert "fields are the same" in page.text


def test_the_order_in_which_two_are_chosen_does_not_matter(browser, url, store, ines):
    newer = saved(store, ines, reason="the move came first")
    one = browser.open(f"{url}/compare?older=1&newer={newer}")
    other = browser.open(f"{url}/compare?older={newer}&newer=1")
    assert changed(one, "ins") == changed(other, "ins") != []


def test_evidence_that_came_in_between_is_shown_as_new_and_as_private(browser, url, store, ines):
    older = saved(store, ines)
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        ref = formulation.list_explanations(db, case)[0].public_id
        made.make_evidence(
            db,
            case,
            observation="would rather not come home",
            source=case.partners[1].public_id,
            layer=Layer.PRIVATE,
            bearings={ref: Bearing.AGAINST},
        )
    newer = saved(store, ines)
    page = browser.open(f"{url}/compare?older={older}&newer={newer}")
    (card,) = page.html.select(".compared")
    assert "would rather not come home" in changed(page, "ins")
    assert changed(page, "del") == []
    assert "Private to Jonas" in card.get_text()


def test_evidence_weighed_anew_is_said_with_the_name_of_the_explanation(browser, url, store, ines):
    older = saved(store, ines)
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        item = evidence.list_evidence(db, case)[0]
        ref = next(
            row.public_id
            for row in formulation.list_explanations(db, case)
            if row.id == item.bearings[0].explanation_id
        )
        details = made.evidence_details(
            observation=item.observation, bearings={ref: Bearing.NEUTRAL}
        )
        evidence.change_evidence(db, case, item, details, item.version)
    page = browser.open(f"{url}/compare?older={older}&newer={saved(store, ines)}")
    assert "Bearing on: A need not voiced" in page.text
    assert changed(page, "ins")[-1] == "Neutral"


def test_a_reading_beside_itself_is_refused_and_the_choice_stays(browser, url):
    page = browser.open(f"{url}/compare?older=2&newer=2")
    assert page.status == 422
    assert page.errors() == ["Choose two different readings"]
    assert [each["value"] for each in page.html.select("option[selected]")] == ["2", "2"]


@pytest.mark.parametrize("query", ["older=1&newer=99", "older=x&newer=1", "newer=1"])
def test_readings_that_are_not_there_cannot_be_chosen(browser, url, query):
    page = browser.open(f"{url}/compare?{query}")
    assert page.status == 422
    check_page(page)


@pytest.mark.parametrize("number", ["0", "77", "100000", "9" * 30])
def test_a_reading_that_is_not_there_is_no_page(browser, url, number):
    assert browser.get(f"{url}/{number}").status == 404
    assert browser.get(f"{url}/{number}/preview").status == 404


def test_a_case_with_one_reading_has_nothing_to_compare(browser, store, ines):
    with at_work(store, ines) as db:
        case = made.make_case(db)
        made.make_formulation(db, case)
        ref = case.public_id
    page = browser.open(f"/cases/{ref}/readings/compare")
    assert "There is nothing to compare yet" in page.text
    check_page(page)


def test_an_old_reading_says_that_it_kept_nothing_with_it(browser, url, store, ines):
    with at_work(store, ines) as db:
        row = readings.find_formulation(db, case_of(db, ines), 1)
        row.snapshot = ""
        db.commit()
    assert "was not kept with it" in browser.open(f"{url}/1").text
    page = browser.open(f"{url}/compare?older=1&newer=2")
    assert "When reading 1 was saved" in page.text
    assert len(page.html.select("main section.card, main details.card")) == 1
    check_page(page)


def test_the_summary_is_shared_on_a_day_and_answered_by_each(browser, url, store, ines, full):
    number = saved(store, ines, couple_summary="You both want evenings back")
    told = browser.submit(f"{url}/{number}/share", {"on": "2026-11-20"})
    assert "Shared on 20 November 2026" in told.text
    answer = f"{url}/{number}/reactions/{ines.partner_refs[1]}"
    told = browser.submit(answer, {"words": "I said mornings, not evenings"})
    assert "I said mornings, not evenings" in told.text
    assert browser.open(answer).values()["words"] == "I said mornings, not evenings"


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        ("2199-01-01", "This day has not come yet"),
        ("", "Enter the day"),
        ("1.2.3", "Enter a date, such as 2026-03-14"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_stays(browser, url, day, problem):
    told = browser.submit(f"{url}/1/share", {"on": day})
    assert (told.status, told.errors()) == (422, [problem])
    assert told.values()["on"] == day


def test_the_day_of_a_first_sharing_stays(browser, url):
    told = browser.submit(f"{url}/{SHARED}/share", {"on": "2026-11-01"})
    assert told.errors() == ["It was first shared on another day, and that day stays"]
    assert "20 November 2026" in browser.open(f"{url}/{SHARED}").text


def test_a_reaction_before_the_sharing_is_refused_and_keeps_its_words(browser, url, store, ines):
    where = f"{url}/{saved(store, ines)}/reactions/{ines.partner_refs[0]}"
    told = browser.submit(where, {"words": "that is how it was"})
    assert told.status == 422
    assert told.values()["words"] == "that is how it was"


def test_two_tabs_with_a_reaction_lose_neither(browser, url, ines):
    where = f"{url}/{SHARED}/reactions/{ines.partner_refs[0]}"
    first, second = browser.open(where), browser.open(where)
    assert browser.send(where, first, {"words": "one\ntwo"}).status == 200
    told = browser.send(where, second, {"words": "three"})
    assert told.status == 409
    check_page(told)
    assert told.values()["words"] == "three"
    assert "one two" in told.text
    assert browser.send(where, told, {"words": "one\ntwo\nthree"}).status == 200
    assert browser.open(where).values()["words"] == "one\ntwo\nthree"


@pytest.mark.parametrize("engine_name", ENGINES, indirect=True)
def test_two_clinicians_who_save_at_the_same_moment_lose_no_word(app, ines, full):
    """A few rounds through the pages; tests/services has two hundred."""
    where = f"/cases/{full['case_ref']}/roll-up"
    desks = [Browser(app).sign_in(ines.email, PASSWORD) for _ in range(2)]
    both = Barrier(2)

    def save(desk: Browser, opened: Page, words: str) -> Page:
        both.wait(30)
        return desk.send(where, opened, {"reason": words})

    for turn in range(ROUNDS):
        texts = [f"round {turn}, first", f"round {turn}, second"]
        opened = [desk.open(where) for desk in desks]
        with ThreadPoolExecutor(2) as pool:
            first, second = pool.map(save, desks, opened, texts)
        assert sorted((first.status, second.status)) == [200, 409]
        loser = 0 if first.status == 409 else 1
        told = (first, second)[loser]
        assert texts[1 - loser] in told.text, "the other's text is on the page"
        assert told.values()["reason"] == texts[loser], "and so is one's own"
        assert desks[loser].send(where, told, {}).status == 200
        kept = desks[0].open(f"/cases/{full['case_ref']}/readings").text
        assert all(text in kept for text in texts)


def test_the_roll_up_proposes_to_look_again_in_six_weeks(browser, full):
    page = browser.open(f"/cases/{full['case_ref']}/roll-up")
    in_six_weeks = dt.datetime.now(dt.UTC).date() + dt.timedelta(weeks=6)
    assert page.values()["review_on"] == in_six_weeks.isoformat()


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"strengths": " "}, "Enter at least one strength"),
        ({"review_on": "2020-01-01"}, "This day has passed already"),
        ({"review_on": ""}, "Enter a day"),
    ],
)
def test_a_refused_roll_up_keeps_its_words(browser, full, typed, problem):
    url = f"/cases/{full['case_ref']}/roll-up"
    told = browser.submit(url, {"reason": "a new reason", "couple_summary": "plain", **typed})
    assert (told.status, told.errors()) == (422, [problem])
    assert told.values()["reason"] == "a new reason"
    assert told.values()["couple_summary"] == "plain"
