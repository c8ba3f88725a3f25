"""One partner's sheet is the same, byte for byte, whatever the other partner said."""

import datetime as dt
import random

import time_machine
from flask import Flask

from clinic.domain.cases import ContactBy
from clinic.domain.goals import Attainment
from clinic.domain.visibility import Layer
from clinic.models.scope import ScopedSession
from clinic.models.store import Store
from clinic.services import appointments, behaviours, cases, goals, readings
from tests import factories as made
from tests.browser import Browser
from tests.cast import PASSWORD, Person
from tests.web.worksheets.handing_out import EVERYTHING, print_out

SEED = 13
#: Worlds that differ in what the other partner and the therapist said. All print the same sheets,
#: so ten and the one they start from are 55 pairs in which nothing may show.
WORLDS = 10
DAY = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
WORDS = ("river", "lamp", "chair", "window", "bread", "quiet", "morning", "letter", "garden")


class Teller:
    """Somebody who says something else every time, and always the same when asked again."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - repeatable, not secret

    def words(self) -> str:
        return " ".join(self.dice.choices(WORDS, k=self.dice.randint(1, 40)))

    def change_the_other(self, db: ScopedSession, person: Person) -> None:
        """Change what is the other partner's own, and what is the therapist's."""
        case = made.case_of(db, person)
        first, second = case.partners
        kept = cases.PartnerDetails(
            first.name, first.contact_by, first.contact_details, first.contact_notes
        )
        other = cases.PartnerDetails(
            second.name, self.dice.choice(list(ContactBy)), self.words(), self.words()
        )
        details = cases.CaseDetails(case.label, case.secrets_policy, [kept, other])
        cases.change_case(db, case, details, case.version)
        self._say(db, person)
        self._rate(db, person)

    def _say(self, db: ScopedSession, person: Person) -> None:
        case = made.case_of(db, person)
        row = behaviours.list_behaviours(db, case)[0]
        changed = made.behaviour_details(case, own_words=self.words(), notes=self.words())
        behaviours.change_behaviour(db, case, row, changed, row.version)
        for layer in (Layer.PRIVATE, Layer.SAFETY, Layer.CLINICIAN):
            source = case.partners[1].public_id
            made.make_evidence(db, case, layer=layer, source=source, observation=self.words())
        latest = readings.latest_formulation(db, case)
        made.make_formulation(db, case, latest.number if latest else 0, reason=self.words())

    def _rate(self, db: ScopedSession, person: Person) -> None:
        case = made.case_of(db, person)
        for rater in (case.partners[1].public_id, ""):
            for appointment in appointments.list_appointments(db, case):
                found = {
                    goal.public_id: goals.RatingDetails(
                        self.dice.choice([None, *Attainment]),
                        self.dice.choice([None, *range(11)]),
                    )
                    for goal in goals.list_goals(db, case)
                }
                goals.rate_goals(db, case, appointment, rater, found)


#: Which sheet, and what is filled in: what the reader may read, or nothing.
SHEETS = (("w13", EVERYTHING), ("w02", EVERYTHING), ("w13", ""), ("w02", ""))
Printed = tuple[bytes, list[tuple[str, str]]]


def printed(browser: Browser, person: Person, sheet: str, fill: str) -> Printed:
    """Print a sheet for the first partner, with the headers it comes with."""
    url, reader = f"/cases/{person.case_ref}/worksheets", person.partner_refs[0]
    answer = print_out(browser, url, sheet, reader=reader, filled=fill)
    assert answer.mimetype == "application/pdf", answer.status
    return answer.data, sorted(answer.headers.items())


def test_what_the_other_said_changes_no_byte_of_a_sheet(
    app: Flask, store: Store, ines: Person, full: object
):
    """Contacts, private and safety words, ratings, notes: none of them moves a byte or a header."""
    with time_machine.travel(DAY, tick=False):
        browser = Browser(app).sign_in(ines.email, PASSWORD)
        first = {which: printed(browser, ines, *which) for which in SHEETS}
        for world in range(WORLDS):
            with made.at_work(store, ines) as db:
                Teller(SEED + world).change_the_other(db, ines)
            # The goals' sheet is the one that holds answers; the others are asked less often.
            for which in SHEETS if world in {4, WORLDS - 1} else SHEETS[:1]:
                assert printed(browser, ines, *which) == first[which], f"world {world}: {which}"


def test_what_the_reader_said_does_change_the_sheet(app, store, ines, full):
    """Otherwise the test above could not fail."""
    with time_machine.travel(DAY, tick=False):
        browser = Browser(app).sign_in(ines.email, PASSWORD)
        before = [printed(browser, ines, *which) for which in SHEETS[:2]]
        with made.at_work(store, ines) as db:
            case = made.case_of(db, ines)
            appointment = appointments.list_appointments(db, case)[0]
            found = {
                row.public_id: goals.RatingDetails(None, 1) for row in goals.list_goals(db, case)
            }
            goals.rate_goals(db, case, appointment, ines.partner_refs[0], found)
        after = [printed(browser, ines, *which) for which in SHEETS[:2]]
        assert after[0] != before[0]
        assert after[1] == before[1], "w02 holds no ratings"
