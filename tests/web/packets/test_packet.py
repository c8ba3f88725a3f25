"""One packet of a case: its sheets, its cover, whom it is for, and what is never in it."""

import io
import re
from datetime import date

import pikepdf
import pytest
import time_machine
from sqlalchemy import select

from clinic.domain.guard import NOT_OPEN
from clinic.domain.packets import belongs
from clinic.domain.worksheets import SheetAudience
from clinic.models.sheet_prints import SheetPrint
from clinic.services import sheet_prints
from tests import pdf_reader
from tests import safety_factories as safe
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.services.answering import treating
from tests.web.packets.conftest import keys, outline, print_packet
from tests.web.worksheets.conftest import MARA_S, SHEETS, SUMMARY

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def test_a_packet_has_a_cover_with_right_page_numbers_a_bookmark_each_and_no_fault(
    browser, filled, tmp_path
):
    """Every sheet for one person, filled in, in large print: the longest packet there is."""
    sheets = keys(SheetAudience.PARTNER)
    answer = print_packet(browser, filled, filled.refs["Mara"], sheets, fill="case", size="large")
    assert answer.mimetype == "application/pdf", answer.get_data(as_text=True)
    pages = pdf_reader.pages(answer.data)
    cover = pages[0] + pages[1]
    for title, page in outline(answer.data)[1:]:
        assert title in pages[page], "the bookmark leads to its sheet"
        assert re.search(rf"{re.escape(title)} {page + 1}\b", cover), "and so does the number"
    assert [title for title, _ in outline(answer.data)] == [
        "Contents",
        *(SHEETS[key].title for key in sheets),
    ]
    assert pdf_reader.faults(answer.data, tmp_path) == []
    pieces = pdf_reader.elements(answer.data)
    assert [piece.text for piece in pieces if piece.tag == "TH"][:2] == [
        "Worksheet",
        "Pages in the packet",
    ]
    assert pdf_reader.language(answer.data) == "en-GB"
    assert pdf_reader.metadata(answer.data) == {"/Title": "Worksheets"}


def test_its_name_is_a_day_and_its_cover_names_the_reader_alone(app, ines, filled):
    day = date(2026, 11, 22)
    with time_machine.travel(day, tick=True):
        browser = Browser(app).sign_in(ines.email, PASSWORD)
        answer = print_packet(browser, filled, filled.refs["Mara"], ["w01", "w13"], fill="case")
    assert answer.headers["Content-Disposition"] == 'inline; filename="packet-2026-11-22.pdf"'
    cover = pdf_reader.pages(answer.data)[0]
    assert "Mara" in cover
    assert "Jonas" not in cover


def test_a_packet_of_all_of_them_names_nobody_on_its_cover(browser, filled):
    answer = print_packet(browser, filled, "together", ["w06", "w14"], fill="case")
    cover, *sheets = pdf_reader.pages(answer.data)
    assert not [name for name in ("Mara", "Jonas") if name in cover]
    whole = " ".join(sheets)
    assert SUMMARY in whole
    assert MARA_S in whole


def test_a_blank_packet_holds_nothing_of_the_case(browser, filled):
    sheets = keys(SheetAudience.COUPLE)
    text = " ".join(pdf_reader.pages(print_packet(browser, filled, "together", sheets).data))
    assert not [word for word in ("Mara", "Jonas", SUMMARY, MARA_S) if word in text]


def test_the_therapist_s_packet_is_filled_and_kept_for_the_therapist_alone(
    browser, filled, store, ines
):
    answer = print_packet(browser, filled, "therapist", ["t01", "t04"])
    assert "Mara and Jonas" in " ".join(pdf_reader.pages(answer.data)[1:])
    with treating(store, ines, filled.answered) as (db, _):
        row = db.scalars(select(SheetPrint).order_by(SheetPrint.id.desc())).first()
        assert row.layer == "clinician"


def test_a_packet_is_one_record_with_every_sheet_of_it(browser, filled, store, ines):
    answer = print_packet(browser, filled, filled.refs["Jonas"], ["w13", "w15"], fill="case")
    with treating(store, ines, filled.answered) as (db, case):
        [row] = sheet_prints.list_printed(db, case)
        items = sheet_prints.items_of(row)
        assert [item.sheet for item in items] == ["w13", "w15"]
        assert "name" in items[0].fields
        assert items[1].fields == ()
        assert row.digest == sheet_prints.digest(answer.data)


@pytest.mark.parametrize("audience", ["PARTNER", "COUPLE", "THERAPIST"])
def test_no_sheet_of_another_audience_is_offered_or_taken(browser, filled, audience):
    audience = SheetAudience[audience]
    whom = {"couple": "together", "therapist": "therapist"}.get(audience, filled.refs["Mara"])
    page = browser.get(f"/cases/{filled.answered.case_ref}/packets/for/{whom}")
    offered = {str(box["value"]) for box in page.form().select("input[type=checkbox]")}
    assert offered == {key for key, sheet in SHEETS.items() if belongs(sheet, audience)}
    other = next(key for key in SHEETS if key not in offered)
    answer = print_packet(browser, filled, whom, [other])
    assert answer.status_code == 422


def test_a_packet_needs_a_sheet(browser, filled):
    url = f"/cases/{filled.answered.case_ref}/packets/for/together"
    page = browser.submit(url, {})
    assert page.status == 422
    assert page.errors() == ["Choose at least one sheet"]


def test_a_shut_sheet_is_not_offered_refuses_without_a_reason_and_opens_no_more(
    browser, filled, store, ines
):
    before = print_packet(browser, filled, "together", ["w07"])
    assert before.mimetype == "application/pdf"
    url = f"/cases/{filled.answered.case_ref}/packets/for/together"
    page = browser.get(url)
    with treating(store, ines, filled.answered) as (db, case):
        safe.make_positive(db, case)
    late = browser.client.post(url, data={**page.values(), "p3": ["w07"], "paper": "A4"})
    assert late.status_code == 422
    again = browser.client.get(before.request.path)
    assert again.status_code == 422
    assert NOT_OPEN in again.get_data(as_text=True)
    fresh = browser.get(url)
    assert "w07" not in fresh.response.get_data(as_text=True)
    assert "Not open right now: What we agree, Openness for now" in " ".join(fresh.text.split())


def test_a_released_map_that_is_shut_by_now_is_named_and_nothing_is_printed(
    browser, filled, store, ines
):
    with treating(store, ines, filled.answered) as (db, case):
        safe.make_positive(db, case)
    answer = print_packet(browser, filled, "together", ["w03", "w14"], fill="case")
    assert answer.status_code == 422
    assert f"Our maps, side by side: {NOT_OPEN}" in answer.get_data(as_text=True)
    assert print_packet(browser, filled, "together", ["w03", "w14"]).status_code == 200


def test_a_sheet_that_one_of_them_brings_asks_who_and_stays_blank_without(browser, filled):
    one = print_packet(
        browser, filled, "together", ["w08"], fill="case", reader=filled.refs["Mara"]
    )
    nobody = print_packet(browser, filled, "together", ["w08"], fill="case")
    assert MARA_S in " ".join(pdf_reader.pages(one.data))
    assert MARA_S not in " ".join(pdf_reader.pages(nobody.data))


@pytest.mark.parametrize("whom", ["nobody", "a" * 22])
def test_a_packet_for_nobody_of_the_case_is_not_there(browser, filled, whom):
    assert browser.get(f"/cases/{filled.answered.case_ref}/packets/for/{whom}").status == 404


def test_tags_bookmarks_and_pages_are_as_many_as_the_sheets_have(browser, filled):
    answer = print_packet(browser, filled, "together", keys(SheetAudience.COUPLE))
    with pikepdf.open(io.BytesIO(answer.data)) as document:
        assert "/StructTreeRoot" in document.Root
        assert bool(document.Root.MarkInfo.Marked)
        assert len(document.pages) > len(keys(SheetAudience.COUPLE))
