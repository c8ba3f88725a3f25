"""A case that has something for every field a sheet may be filled with."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from clinic.content.worksheets_loader import load_worksheets
from clinic.domain.accords import TopicStatus
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.models.store import Store
from clinic.services import accords, couple_map, frames, readings
from clinic.services.days import today
from tests import factories as made
from tests import pdf_reader
from tests.accord_factories import make_accord, make_topic, make_version
from tests.browser import Browser
from tests.cast import Person
from tests.services.answering import CONTENT, Answered, answer_all, treating
from tests.vignette_answers import LATE_MESSAGES
from tests.web.comparison.handing_in import release
from tests.web.worksheets.handing_out import print_out

SHEETS = load_worksheets()
SUMMARY = "You both want evenings back"
MARA_S = "tells of late evenings without being asked"
JONAS_S = "asks for one thing a week"
TOPIC, OPEN, APART = "we say so the same day", "Nights out", "Time alone"
CROSSED, SAID = "we call each other", "One plans, the other waits and sees"
LATER = today() + dt.timedelta(days=30)
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


def agree(db: ScopedSession, case: Case) -> None:
    """Let them agree on a topic, leave one open and differ in one, and on words for two slots."""
    accord = make_accord(db, case)
    make_topic(db, case, accord, wording=TOPIC, review_on=LATER)
    for title, status in ((OPEN, TopicStatus.OPEN), (APART, TopicStatus.DIFFER)):
        make_topic(db, case, accord, title=title, status=status, wording="")
    accords.write_crossed(db, accord, CROSSED, accord.version)
    make_version(db, case, accord)
    said = {"deep.differences": SAID, "deep.pattern": "We both go quiet"}
    frames.write_agreements(db, case, said, {})


@pytest.fixture
def filled(store: Store, ines: Person) -> Filled:
    """Mara and Jonas have answered, released, and agreed on goals, topics and words."""
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
        agree(db, case)
    return Filled(answered)


@pytest.fixture
def printed(browser: Browser, filled: Filled) -> Callable[..., str]:
    """Print a sheet of that case and read it, footers left out."""

    def words(sheet: str, name: str = "Mara", **choices: object) -> str:
        answer = print_out(browser, filled.url, sheet, reader=filled.refs[name], **choices)
        assert answer.mimetype == "application/pdf", answer.get_data(as_text=True)
        return " ".join(piece.text for piece in pdf_reader.elements(answer.data))

    return words
