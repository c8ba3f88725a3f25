"""A case that has something for every field a sheet may be filled with."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from clinic.content.worksheets_loader import load_worksheets
from clinic.models.store import Store
from clinic.services import couple_map, readings
from clinic.services.days import today
from tests import factories as made
from tests import pdf_reader
from tests.browser import Browser
from tests.cast import Person
from tests.services.answering import CONTENT, Answered, answer_all, treating
from tests.vignette_answers import LATE_MESSAGES
from tests.web.comparison.handing_in import release

SHEETS = load_worksheets()
SUMMARY = "You both want evenings back"
MARA_S = "tells of late evenings without being asked"
JONAS_S = "asks for one thing a week"
#: Placed differently, alike, and released by one of them alone.
DIFFERS, ALIKE, KEPT_BACK = "B11", "B01", "B13"


@dataclass(frozen=True)
class Filled:
    """The case with all of it, and the partners' ids in its addresses."""

    answered: Answered

    @property
    def url(self) -> str:
        return f"/cases/{self.answered.case_ref}/worksheets"

    @property
    def refs(self) -> Mapping[str, str]:
        return self.answered.partner_refs


@pytest.fixture
def filled(store: Store, ines: Person) -> Filled:
    """Mara and Jonas have answered, released and agreed on goals; a summary was shared."""
    answered = answer_all(store, ines, LATE_MESSAGES)
    release(store, answered, KEPT_BACK, "Mara")
    for behaviour in (DIFFERS, ALIKE):
        release(store, answered, behaviour)
    with treating(store, ines, answered) as (db, case):
        for behaviour in (DIFFERS, ALIKE):
            couple_map.reveal(db, case, CONTENT, behaviour)
        mara, jonas = answered.partner_refs["Mara"], answered.partner_refs["Jonas"]
        soon = today() + dt.timedelta(days=20)
        days = {"review_on": soon, "ends_on": soon}
        made.make_pair(db, case, stub="G02", owners=[mara], wording=MARA_S, **days)
        made.make_pair(db, case, stub="G10", owners=[jonas], wording=JONAS_S)
        made.make_appointment(db, case)
        saved = made.make_formulation(db, case)
        readings.share_summary(db, case, saved.number, made.TODAY)
    return Filled(answered)


@pytest.fixture
def printed(browser: Browser, filled: Filled) -> Callable[..., str]:
    """Print a sheet of that case and read it, footers left out."""

    def words(sheet: str, name: str = "Mara", **query: str) -> str:
        query = {"paper": "A4", "fill": "case", "reader": filled.refs[name], **query}
        answer = browser.client.get(f"{filled.url}/{sheet}.pdf", query_string=query)
        assert answer.mimetype == "application/pdf", answer.get_data(as_text=True)
        return " ".join(piece.text for piece in pdf_reader.elements(answer.data))

    return words
