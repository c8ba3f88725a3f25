"""The couple's summary: hints for who writes it, and a page of theirs that shows nothing else."""

import random

import pytest
import time_machine
from werkzeug.datastructures import MultiDict

from clinic.domain.visibility import Layer
from clinic.services import audit, readings
from tests import factories as made
from tests.browser import Page
from tests.factories import at_work, case_of
from tests.web.page import check_page
from tests.web.test_leaks import DAY, Teller

WORLDS = 8
SECRET = "keeps a small flat near the harbour in Leeds"


@pytest.fixture
def url(full):
    return f"/cases/{full['case_ref']}"


def secret_of_jonas(store, person, layer: Layer = Layer.PRIVATE) -> None:
    with at_work(store, person) as db:
        case = case_of(db, person)
        source = case.partners[1].public_id
        made.make_evidence(db, case, observation=SECRET, layer=layer, source=source)


def looked(browser, url, words: str) -> Page:
    """Press the button that looks at the summary and saves nothing."""
    page = browser.open(f"{url}/roll-up")
    data = MultiDict(page.values())
    data["couple_summary"], data["then"] = words, "look"
    return Page(browser.client.post(f"{url}/roll-up", data=data))


def hints(page: Page) -> list[str]:
    return [each.get_text(" ", strip=True) for each in page.html.select(".notice li")]


def numbers(store, person) -> int:
    with at_work(store, person) as db:
        return readings.latest_formulation(db, case_of(db, person)).number


def test_words_that_blame_get_a_reason_and_another_way_and_nothing_is_saved(
    browser, url, store, ines
):
    before = numbers(store, ines)
    page = looked(browser, url, "You always lied about it.")
    check_page(page)
    assert len(hints(page)) == 2
    assert hints(page)[0].startswith("always ")
    assert page.values()["couple_summary"] == "You always lied about it."
    assert numbers(store, ines) == before


@pytest.mark.parametrize("layer", [Layer.PRIVATE, Layer.SAFETY])
def test_what_resembles_private_words_is_named_with_whose_they_are(
    browser, url, store, ines, layer
):
    secret_of_jonas(store, ines, layer)
    page = looked(browser, url, "One of you has a small flat near the harbour.")
    assert hints(page)[0].startswith(
        "a small flat near the harbour This is close to what Jonas said in private."
    )


def test_what_is_no_secret_and_the_names_of_both_get_no_hint(browser, url, store, ines):
    secret_of_jonas(store, ines)
    page = looked(browser, url, "Mara and Jonas want more time for each other in the evening.")
    assert hints(page) == []
    assert "Nothing to look at again was found" in page.text


def test_a_look_at_private_words_is_in_the_audit_log(browser, url, store, ines, full):
    looked(browser, url, "plain words")
    with at_work(store, ines) as db, db.as_system():
        lines = db.scalars(audit.select(audit.AuditLine)).all()
    assert ("private.compared", full["case_ref"]) in [(each.action, each.subject) for each in lines]


def test_hints_stop_nothing_and_stand_beside_what_was_saved(browser, url, store, ines):
    before = numbers(store, ines)
    told = browser.submit(f"{url}/roll-up", {"couple_summary": "You always leave."})
    assert numbers(store, ines) == before + 1
    assert "Saved as a new reading" in told.html.get_text(" ")
    assert hints(told)[0].startswith("always ")
    assert browser.open(f"{url}/roll-up").html.select(".notice li") == []


def test_a_refused_summary_keeps_its_words_whatever_is_wrong_beside_it(browser, url):
    page = looked(browser, url, "")
    assert "There is no summary yet" in page.text
    told = browser.submit(f"{url}/roll-up", {"roll_up": "x", "couple_summary": "typed with care"})
    assert told.status == 422
    assert told.values()["couple_summary"] == "typed with care"


def test_the_couple_reads_names_and_summary_and_nothing_else(browser, url):
    page = browser.open(f"{url}/readings/2/preview")
    main = page.html.select_one("main").get_text(" ", strip=True)
    assert main.startswith("Where we are, in plain words Mara and Jonas You both want evenings")
    whole = page.response.get_data(as_text=True)
    for words in ("the distance came first", "they still laugh", "that is how it was", "Mixed"):
        assert words not in whole
    assert "Reading" not in whole


def test_a_reading_without_a_summary_shows_them_none(browser, url, store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        latest = readings.latest_formulation(db, case)
        number = made.make_formulation(db, case, latest.number, couple_summary="").number
    assert (
        "There is nothing to read here yet" in browser.open(f"{url}/readings/{number}/preview").text
    )


def shown(browser, url) -> tuple[bytes, list[tuple[str, str]]]:
    answer = browser.client.get(f"{url}/readings/2/preview")
    assert answer.status_code == 200
    headers = [(name, value) for name, value in answer.headers if name != "Set-Cookie"]
    return answer.get_data(), headers


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_nothing_private_changes_a_byte_of_what_the_couple_sees(browser, url, store, ines):
    """Whatever else is said, found or weighed: the page of theirs stays as it is (R11)."""
    with time_machine.travel(DAY, tick=False):
        first = shown(browser, url)
        for world in range(WORLDS):
            with at_work(store, ines) as db:
                Teller(world).change_the_other(db, ines)
            with at_work(store, ines) as db:
                case = case_of(db, ines)
                words = " ".join(random.Random(world).sample(SECRET.split(), 4))  # noqa: S311
                readings.write_reaction(db, case, 2, case.partners[1].public_id, words)
            assert shown(browser, url) == first, f"world {world}"


def test_what_is_written_for_them_does_change_it(browser, url, store, ines):
    """Otherwise the test above could not fail."""
    first = shown(browser, url)
    number = numbers(store, ines)
    with at_work(store, ines) as db:
        number = made.make_formulation(
            db, case_of(db, ines), number, couple_summary="Something else"
        ).number
    assert browser.client.get(f"{url}/readings/{number}/preview").get_data() != first[0]
