"""Loading a questionnaire: what is refused is named, what was typed stays, whatever the file is."""

import io
import json

import pytest

from clinic.content.fhir_json import MOST_BYTES
from clinic.services import packs
from tests.browser import Page
from tests.content.fhir_files import WEEK, asks, questionnaire
from tests.content.test_packs import BAD, OWN
from tests.factories import at_work
from tests.web.page import check_page, check_refused

LOAD = "/questionnaires/load"
TERMS = "licensed to us until 2028"


def choose(browser, content, name="week.json", licence=TERMS, **more):
    """Choose a file and load it."""
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    token = browser.get(LOAD).values()["csrf_token"]
    data = {"csrf_token": token, "licence": licence, "file": (io.BytesIO(content), name)}
    return Page(
        browser.client.post(
            LOAD, data=data | more, content_type="multipart/form-data", follow_redirects=True
        )
    )


def loaded(store, person):
    with at_work(store, person, writes=False) as db:
        return [row.title for row in packs.list_packs(db) if row.withdrawn_at is None]


def test_a_loaded_file_is_shown_as_partners_will_see_it(browser):
    page = choose(browser, WEEK)
    check_page(page)
    assert page.title.startswith("Our week")
    assert "Loaded. It can now be chosen for a case." in page.text
    for words in (
        "Terms licensed to us until 2028",
        "As the file says Written for this test",
        "From 2 scored questions.",
        "Think of the past <b>seven</b> days.",
        "Daily (counts 2.5)",
        "Another answer can be written.",
        "Several answers can be chosen.",
        "Asked only if “Do children live with you?” is answered with: Yes",
        "1 or more.",
    ):
        assert words in page.text, words
    headings = [each.get_text(strip=True) for each in page.html.select(".card h2")]
    assert headings == ["Our week", "Talking", "At home", "School", "Our week", "Thank you"]


def test_a_file_of_our_own_form_is_loaded_as_well(browser, store, ines, full):
    page = choose(browser, OWN.encode(), "Evenings.TOML")
    assert page.title.startswith("Our evenings")
    assert "A number from 0, “Not at all”, to 10, “Completely”." in page.text
    assert "Not scored" in page.text
    assert "Our evenings" in loaded(store, ines)


def test_every_fault_stands_in_the_summary_and_at_the_field_and_the_terms_stay(browser):
    page = choose(browser, questionnaire(asks("1.1", "url"), asks("1.2", "date")))
    check_refused(page)
    told = page.html.select_one("#file-error").get_text()
    for fault in ("1.1: the type “url” is not supported", "1.2: the type “date” is not supported"):
        assert fault in page.errors()
        assert fault in told
    assert page.values()["licence"] == TERMS
    assert "your browser does not keep it" in page.text


def test_without_a_file_or_terms_both_are_asked_for(browser):
    page = browser.submit(LOAD)
    check_refused(page)
    assert page.errors() == ["Choose a file", "Enter under which terms your practice may use it"]
    page = choose(browser, WEEK, licence=" ")
    assert page.errors() == ["Enter under which terms your practice may use it"]


def test_a_file_of_another_kind_is_refused_by_its_name(browser):
    for name in ("week.pdf", "week", ".json.exe", "json"):
        page = choose(browser, WEEK, name)
        assert page.errors() == ["Choose a file whose name ends in .json or .toml"], name


def test_the_same_file_is_told(browser, store, ines):
    choose(browser, WEEK)
    before = loaded(store, ines)
    page = choose(browser, WEEK, "other.json", "other terms")
    check_refused(page)
    assert page.errors() == ["Your practice has loaded this file already. It is called “Our week”"]
    assert page.values()["licence"] == "other terms"
    assert loaded(store, ines) == before


@pytest.mark.parametrize("ending", ["json", "toml"])
def test_whatever_is_chosen_is_refused_and_never_a_fault(browser, store, ines, ending):
    before = loaded(store, ines)
    large = {"a megabyte": b" " * (MOST_BYTES + 1), "nearly two": b'"' + b"a" * 1_900_000 + b'"'}
    for kind, content in (BAD | large).items():
        page = choose(browser, content, f"bad.{ending}")
        assert page.status == 422, kind
        check_refused(page)
        assert page.values()["licence"] == TERMS
    assert choose(browser, b" " * 2_100_000).status == 413
    assert loaded(store, ines) == before


def test_fields_of_the_wrong_kind_are_no_fault(browser):
    token = browser.get(LOAD).values()["csrf_token"]
    text_as_file = {"file": "words", "licence": (io.BytesIO(b"x"), "terms.json")}
    answer = browser.client.post(
        LOAD, data={"csrf_token": token, **text_as_file}, content_type="multipart/form-data"
    )
    assert answer.status_code == 422


def test_markup_in_a_file_is_shown_as_text(browser):
    markup = "<script>alert(1)</script>{{ 7 * 7 }}"
    page = choose(browser, questionnaire(asks("a", text=markup), title=markup))
    check_page(page)
    assert page.text.count(markup) == 3
    assert markup in browser.get("/questionnaires").text


def test_withdrawing_takes_it_out_of_the_choice_and_keeps_it_to_look_at(browser, full):
    shown = f"/questionnaires/{full['pack_ref']}"
    page = browser.press(shown, f"{shown}/withdraw")
    assert "Withdrawn. Cases that use it keep it." in page.text
    check_page(page)
    page = browser.get(shown)
    check_page(page)
    assert "Withdrawn on" in page.text
    assert not page.html.select("form[action$=withdraw]")


def test_the_caseload_leads_to_them(browser):
    assert browser.get("/").link("Questionnaires of this practice") == "/questionnaires"
