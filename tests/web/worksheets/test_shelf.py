"""The shelf: every sheet by phase, found by words, printed blank; some stay shut for a time."""

import pytest

from clinic.domain.guard import NOT_OPEN
from clinic.domain.tracks import OPENNESS_SHEETS, Tool
from clinic.domain.worksheets import SheetAudience
from tests import factories as made
from tests import pdf_reader
from tests import safety_factories as safe
from tests.browser import Page
from tests.web.page import check_page
from tests.web.room.conftest import start
from tests.web.worksheets.conftest import SHEETS
from tests.web.worksheets.handing_out import EVERYTHING, print_out

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

OPENNESS = sorted(key.lower() for key in OPENNESS_SHEETS)
OF_EVERYBODY = [key for key, one in SHEETS.items() if one.audience is not SheetAudience.THERAPIST]


@pytest.fixture
def url(full):
    return f"/cases/{full['case_ref']}/worksheets"


def titles(page) -> list[str]:
    return [heading.get_text() for heading in page.html.select("main .card h3")]


def print_blank(browser, url, ines, sheet: str, **choices: str):
    return print_out(
        browser, url, sheet, **{"reader": ines.partner_refs[0], "filled": "", **choices}
    )


def test_every_sheet_is_on_the_shelf_once_under_its_phase(browser, url):
    page = browser.open(url)
    check_page(page)
    assert sorted(titles(page)) == sorted(sheet.title for sheet in SHEETS.values())
    groups = {
        part.h2.get_text(): [title.get_text() for title in part.select("h3")]
        for part in page.html.select("main section[aria-labelledby]")
        if part.h2
    }
    assert groups["At the beginning"] == ["Where are we starting?"]
    assert groups["Agree or decide"] == ["What we agree", "Standing where we are"]
    assert len(groups) == 7
    assert all(groups.values())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("flashback", ["When it comes back"]),
        ("WEEK check", ["Weekly check-in"]),
        ("a quarrel, again!", ["Our pattern"]),
        ("leave or stay", ["Standing where we are"]),
        ("Matrix and map", ["Matrix and map"]),
    ],
)
def test_words_find_a_sheet_by_title_purpose_question_and_need(browser, url, words, found):
    page = browser.get(f"{url}?words={words}")
    check_page(page)
    assert titles(page) == found
    assert "1 worksheet found" in page.text
    assert page.html.select_one("input[name=words]")["value"] == words


def test_words_that_find_nothing_are_told_with_a_way_back(browser, url):
    page = browser.get(f"{url}?words=submarine")
    check_page(page)
    assert titles(page) == []
    assert "No worksheet found" in page.text
    assert page.html.select_one(f"main a[href='{url}']").get_text() == "Show all"


def test_words_that_are_no_search_are_refused_and_all_sheets_stay(browser, url):
    page = browser.get(f"{url}?words={'x' * 201}")
    assert page.status == 422
    assert len(titles(page)) == len(SHEETS)


@pytest.mark.parametrize("key", SHEETS)
def test_a_sheet_asks_only_what_it_needs(browser, url, key):
    page, sheet = browser.open(f"{url}/{key}"), SHEETS[key]
    check_page(page)
    names = {field["name"] for field in page.html.select("main input[name]")}
    assert ("reader" in names) is (sheet.has_one_reader or bool(sheet.whose))
    assert {"paper", "size"} <= names


@pytest.mark.parametrize("key", SHEETS)
def test_every_sheet_prints_blank_from_the_shelf(browser, url, ines, key):
    answer = print_blank(browser, url, ines, key, size="large", paper="letter")
    assert answer.mimetype == "application/pdf", Page(answer).text
    assert pdf_reader.paper(answer.data) == {(612, 792)}
    assert pdf_reader.metadata(answer.data) == {"/Title": SHEETS[key].title}
    assert f'filename="worksheet-{key.removeprefix("w")}-' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("key", OPENNESS)
def test_sheets_of_openness_close_on_the_safety_track_without_a_reason(
    browser, url, ines, store, key
):
    with made.at_work(store, ines) as db:
        safe.make_positive(db, made.case_of(db, ines))
    for filled in ("", EVERYTHING):
        refused = print_blank(browser, url, ines, key, filled=filled)
        assert refused.status_code == 422
        assert NOT_OPEN in Page(refused).text
    page = browser.open(f"{url}/{key}")
    check_page(page)
    assert f"{NOT_OPEN}." in page.text
    assert "Open the PDF" not in page.text
    with made.at_work(store, ines) as db:
        safe.make_decision(db, made.case_of(db, ines), Tool.SHEET.value)
    assert print_blank(browser, url, ines, key).status_code == 200
    assert NOT_OPEN not in browser.open(f"{url}/{key}").text


def test_every_other_sheet_stays_open_on_the_safety_track(browser, url, ines, store):
    with made.at_work(store, ines) as db:
        safe.make_positive(db, made.case_of(db, ines))
    for key in OF_EVERYBODY:
        if key not in OPENNESS:
            page = browser.open(f"{url}/{key}")
            assert "Open the PDF" in page.text, key
            # Of the maps, what was released stays shut, and a blank one does not.
            assert (NOT_OPEN in page.text) is (key == "w03"), key


def in_the_room(browser, full):
    """Print every sheet that the room may have, and look at the room's own page."""
    room = f"/cases/{full['case_ref']}/room"
    answers = {key: browser.client.get(f"{room}/sheets/{key}.pdf") for key in SHEETS}
    listed = [str(link["href"]) for link in browser.get(room).html.select("a[href$='.pdf']")]
    return {key: (each.status_code, each.mimetype) for key, each in answers.items()}, listed


def test_the_room_prints_what_is_the_same_in_every_case(browser, full, store, ines):
    start(browser, full["case_ref"])
    printed, listed = in_the_room(browser, full)
    open_ones = [key for key in OF_EVERYBODY if key not in OPENNESS]
    assert [key for key, each in printed.items() if each == (200, "application/pdf")] == open_ones
    assert [address.rsplit("/", 1)[1] for address in listed] == [f"{key}.pdf" for key in open_ones]
    with made.at_work(store, ines) as db:
        safe.make_positive(db, made.case_of(db, ines))
    assert in_the_room(browser, full) == (printed, listed), "a private answer changes nothing here"
