"""A practice's own worksheet stands on the shelf, is filled in from a case, and prints."""

from dataclasses import replace

import pytest

from clinic.services.own_worksheets import load_all
from tests import pdf_reader
from tests.own_sheet import GOALS
from tests.web.worksheets.conftest import JONAS_S, MARA_S, SHEETS
from tests.web.worksheets.handing_out import print_out

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def own(app, tmp_path, monkeypatch):
    """The practice has put a file into its folder and started again."""
    (tmp_path / "p01.toml").write_text(GOALS, encoding="utf-8")
    known = replace(app.extensions["contents"], worksheets=load_all(tmp_path))
    monkeypatch.setitem(app.extensions, "contents", known)


def test_an_own_sheet_is_found_filled_and_printed_as_ours_are(own, browser, filled, tmp_path):
    shelf = browser.get(f"{filled.url}?words=quiet sunday")
    assert [title.get_text() for title in shelf.html.select("main .card h3")] == ["Our Sunday"]
    printed = print_out(browser, filled.url, "p01")
    assert printed.mimetype == "application/pdf", printed.get_data(as_text=True)
    assert pdf_reader.faults(printed.data, tmp_path) == []
    words = " ".join(piece.text for piece in pdf_reader.elements(printed.data))
    for expected in ("A step for goal 1", MARA_S, "A step for goal 2", JONAS_S):
        assert expected in words


def test_the_library_shows_an_own_sheet_behind_ours(own, browser):
    page = browser.open("/worksheets")
    assert len(page.html.select("main .card h3")) == len(SHEETS) + 1
    assert browser.client.get("/worksheets/p01.pdf").mimetype == "application/pdf"
