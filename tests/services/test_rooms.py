"""Joint-session mode in the records: whose browser, which case, and what the couple's keys open."""

import pytest
from sqlalchemy import select

from clinic.domain.goals import Attainment
from clinic.domain.visibility import Audience
from clinic.models.accounts import BrowserSession, Clinician
from clinic.models.audit import AuditLine
from clinic.models.scope import ScopeError
from clinic.services import accounts, browsers, readings, rooms
from clinic.services.errors import MissingError, RefusedError, ThrottledError
from tests import factories as made
from tests.cast import PASSWORD, enter_as


@pytest.fixture
def browser(db, store, ines):
    """Ines's signed-in browser, in the session that a request would have."""
    with db.as_system():
        clinician = db.get_one(Clinician, ines.id)
    return browsers.find(db, browsers.start(db, clinician))


@pytest.fixture
def couple(store, ines):
    """A session with the couple's keys, on Ines's case with one of everything."""
    with made.at_work(store, ines) as db:
        made.fill_case(db, made.case_of(db, ines))
    with store.session(writes=False) as db:
        with db.as_system():
            clinician = db.get_one(Clinician, ines.id)
        accounts.enter_for(db, store, clinician, Audience.COUPLE)
        yield db


def looked_at(db) -> str | None:
    with db.as_system():
        return db.scalars(select(BrowserSession.in_room)).one()


def lines(db) -> list[tuple[str, str]]:
    with db.as_system():
        rows = db.scalars(select(AuditLine).order_by(AuditLine.number)).all()
        return [(row.action, row.subject) for row in rows if row.action.startswith("room.")]


def test_the_room_looks_at_one_case_until_the_password_is_given(db, browser, ines):
    rooms.open_room(db, browser, made.case_of(db, ines))
    assert looked_at(db) == ines.case_ref
    rooms.close_room(db, browser, PASSWORD)
    assert looked_at(db) is None
    assert lines(db) == [("room.opened", ines.case_ref), ("room.closed", ines.case_ref)]


def test_a_wrong_password_keeps_it_on_and_is_written_down(db, browser, ines):
    rooms.open_room(db, browser, made.case_of(db, ines))
    with pytest.raises(RefusedError, match="That is not your password"):
        rooms.close_room(db, browser, "not the password")
    assert looked_at(db) == ines.case_ref
    assert lines(db)[-1] == ("room.refused", ines.case_ref)


def test_the_sixth_guess_is_not_looked_at(db, browser, ines):
    rooms.open_room(db, browser, made.case_of(db, ines))
    for _ in range(5):
        with pytest.raises(RefusedError):
            rooms.close_room(db, browser, "not the password")
    with pytest.raises(ThrottledError):
        rooms.close_room(db, browser, PASSWORD)
    assert looked_at(db) == ines.case_ref


def test_a_right_password_starts_the_count_anew(db, browser, ines):
    for _ in range(3):
        rooms.open_room(db, browser, made.case_of(db, ines))
        for _ in range(3):
            with pytest.raises(RefusedError):
                rooms.close_room(db, browser, "not the password")
        rooms.close_room(db, browser, PASSWORD)
    assert looked_at(db) is None


def test_the_room_sees_the_shared_summary_and_the_goals(couple, ines):
    seen = rooms.view(couple, ines.case_ref)
    assert (seen.title, seen.summary) == ("Mara and Jonas", "You both want evenings back")
    assert seen.shared_on == made.TODAY
    goal = seen.goals[0]
    assert (goal.wording, goal.owners) == (
        "phones stay in the kitchen at night",
        ["Mara", "Jonas"],
    )
    assert goal.steps[0] == (Attainment.MUCH_LESS, "1 nights a week")


def test_a_case_without_anything_shared_shows_its_names_alone(store, ines):
    with store.session(writes=False) as db:
        with db.as_system():
            clinician = db.get_one(Clinician, ines.id)
        accounts.enter_for(db, store, clinician, Audience.COUPLE)
        seen = rooms.view(db, ines.case_ref)
    assert (seen.title, seen.summary, seen.shared_on, seen.goals) == (
        "Mara and Jonas",
        "",
        None,
        [],
    )


def test_a_newer_summary_is_not_shown_before_it_is_shared(couple, store, ines):
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        number = readings.latest_formulation(db, case).number
        made.make_formulation(db, case, number, couple_summary="not given yet")
    assert rooms.view(couple, ines.case_ref).summary == "You both want evenings back"


def test_nobody_looks_with_more_than_the_couple_s_keys(db, ines):
    with pytest.raises(ScopeError):
        rooms.view(db, ines.case_ref)


def test_a_colleague_s_case_is_not_there(couple, cast):
    with pytest.raises(MissingError):
        rooms.view(couple, cast["tomas"].case_ref)


def test_the_session_of_a_room_knows_whose_browser_it_is(store, ines, db, browser):
    rooms.open_room(db, browser, made.case_of(db, ines))
    with store.session(writes=True) as other:
        enter_as(other, store, ines.id)
        assert looked_at(other) == ines.case_ref
