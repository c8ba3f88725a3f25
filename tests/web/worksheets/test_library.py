"""The practice's library: every sheet blank, with a picture of its first page."""

import io

import pytest
from PIL import Image

from tests import pdf_reader
from tests.web.page import check_page
from tests.web.room.conftest import start
from tests.web.worksheets.conftest import SHEETS

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
LIBRARY = "/worksheets"


def test_the_library_shows_every_sheet_and_belongs_to_no_case(browser):
    page = browser.open(LIBRARY)
    check_page(page)
    titles = [heading.get_text() for heading in page.html.select("main .card h3")]
    assert sorted(titles) == sorted(sheet.title for sheet in SHEETS.values())
    links = [link["href"] for link in page.html.select("main .card a")]
    assert links == [f"/worksheets/{key}.pdf?paper=A4&size=normal" for key in in_order(page)]


def in_order(page) -> list[str]:
    return [image["src"].split("/")[2].split(".")[0] for image in page.html.select("main img")]


def test_the_caseload_leads_to_the_library(browser):
    assert browser.open("/").html.select_one(f"main a[href='{LIBRARY}']")


def test_paper_and_size_are_chosen_once_for_all_sheets(browser):
    page = browser.get(f"{LIBRARY}?words=flashback&paper=letter&size=large")
    check_page(page)
    (link,) = page.html.select("main .card a")
    assert link["href"] == "/worksheets/w11.pdf?paper=letter&size=large"
    pdf = browser.client.get(link["href"])
    assert pdf_reader.paper(pdf.data) == {(612, 792)}
    assert pdf.headers["Content-Disposition"].startswith('inline; filename="worksheet-11-')


def test_a_question_that_is_none_is_refused_and_all_sheets_stay(browser):
    page = browser.get(f"{LIBRARY}?paper=parchment&words={'x' * 201}")
    assert page.status == 422
    assert len(page.html.select("main .card h3")) == len(SHEETS)


def test_what_is_printed_there_is_blank_with_the_practices_line_of_help(browser):
    answer = browser.client.get(f"{LIBRARY}/w13.pdf?paper=A4")
    words = " ".join(pdf_reader.pages(answer.data))
    assert SHEETS["w13"].title in words
    assert pdf_reader.paper(answer.data) == {(595, 842)}
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_picture_of_a_sheet_shows_its_first_page_and_may_be_kept(browser):
    (image,) = browser.get(f"{LIBRARY}?words=flashback").html.select("main img")
    assert image["alt"] == "", "the title stands beside it"
    answer = browser.client.get(image["src"])
    assert answer.headers["Cache-Control"].endswith("immutable")
    picture = Image.open(io.BytesIO(answer.data)).convert("L")
    assert picture.width == 320
    assert abs(picture.height / picture.width - 297 / 210) < 0.02
    assert sum(picture.histogram()[:128]) > 200, "there is ink on it"


@pytest.mark.parametrize("path", ["z99.pdf", "z99.png", "w1.pdf", "W02.png"])
def test_a_sheet_that_is_not_there_is_no_page(browser, path):
    assert browser.get(f"{LIBRARY}/{path}").status == 404


def test_the_library_is_for_who_is_signed_in(stranger):
    for path in ("", "/w02.pdf", "/w02.png"):
        assert stranger.client.get(f"{LIBRARY}{path}").status_code == 302


def test_the_library_is_shut_while_the_room_looks(browser, full):
    start(browser, full["case_ref"])
    assert browser.client.get(LIBRARY).status_code in {302, 303}
