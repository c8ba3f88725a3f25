"""What a page costs: as many SQL statements for a long case as for a short one."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event

from clinic.models.store import Store
from tests import factories as made
from tests.browser import Browser
from tests.web.addresses import Refs, add_another_of_everything_and_the_intake, pages

#: The most a page of a case may cost, with who is signed in and the audit line: none needs more.
MOST = 18
#: Pages that put several people's answers beside each other, and what each of them costs: every
#: partner's answers, placings, releases and promises are read by themselves, whatever the case
#: holds. The page for the couple reads in a session of its own besides. The safety page reads all
#: that leads to a track, and what is kept about each partner. The symptom layer reads the answers
#: beside what is recorded.
#: Before a note is signed it is held against what was said in private.
COSTLY = {
    "behaviours.list_recorded": 19,
    "comparison.show": 50,
    "comparison.agreement_map": 30,
    "comparison.couple": 28,
    "safety.show": 20,
    "formulation.suggestions_made": 29,
    "notes.sign": 25,
}
#: The caseload: who is signed in; the cases with their partners; today's appointments; what waits
#: in all open cases; those cases with their partners, and who owes an answer there; offers.
CASELOAD = 10
ASKING = ("SELECT", "INSERT", "UPDATE", "DELETE")


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Note every statement sent to the database."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_more) -> None:
        if statement.lstrip().upper().startswith(ASKING):
            sent.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


def costs(app: Flask, browser: Browser, refs: Refs) -> dict[str, int]:
    """Count the statements of every page of a case."""
    counted = {}
    for endpoint, url in pages(app, refs):
        if not endpoint.startswith("accounts."):
            with statements(app.extensions["store"]) as sent:
                assert browser.get(url).status == 200
            counted[endpoint] = len(sent)
    return counted


def test_a_long_case_costs_no_more_statements_than_a_short_one(app, browser, store, ines, full):
    short = costs(app, browser, full)
    with made.at_work(store, ines) as db:
        for _ in range(6):
            add_another_of_everything_and_the_intake(db, ines)
    assert costs(app, browser, full) == short
    over = {page: cost for page, cost in short.items() if cost > COSTLY.get(page, MOST)}
    assert over == {}
    assert len(short) >= 27


def test_a_full_caseload_costs_no_more_statements_than_one_case(app, browser, store, ines, full):
    with statements(app.extensions["store"]) as sent:
        browser.get("/")
    with made.at_work(store, ines) as db:
        for _ in range(12):
            made.make_case(db)
    with statements(app.extensions["store"]) as later:
        browser.get("/")
    assert len(later) == len(sent) <= CASELOAD
