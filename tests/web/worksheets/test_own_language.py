"""A sheet's foot speaks the sheet's language, whatever the person who prints it reads."""

from dataclasses import replace

import pytest

from clinic.content.languages_loader import load_languages
from clinic.domain.sheets import PAGE, STOP, SheetFill
from clinic.domain.worksheets import Paper
from clinic.web.printing import print_sheet
from tests import pdf_reader
from tests.pseudo import write_language
from tests.web.worksheets.conftest import SHEETS

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
GERMAN = {STOP: "Hör auf, wenn es zu viel wird.", PAGE: "Seite %(page)s von %(pages)s"}


@pytest.fixture
def speaking(app, tmp_path):
    write_language(tmp_path, "de", GERMAN)
    app.extensions["languages"] = load_languages(tmp_path)
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield app


@pytest.mark.parametrize(
    ("tag", "stop", "page"),
    [
        ("de-CH", GERMAN[STOP], "Seite 1 von 2"),
        ("fr", STOP, "Page 1 of 2"),
        ("en-GB", STOP, "Page 1 of 2"),
    ],
)
def test_the_foot_of_a_sheet_is_said_in_its_own_language(speaking, tag, stop, page):
    sheet = replace(SHEETS["w18"], language=tag)
    (first, _) = pdf_reader.pages(print_sheet(sheet, SheetFill(), Paper.A4, "Call us."))
    assert first.count(stop) == 2
    assert page in first
