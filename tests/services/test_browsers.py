"""Signed-in browsers: they end when idle, after a day's work, and whenever somebody says so."""

import datetime as dt

import pytest
import time_machine
from sqlalchemy import func, select

from clinic.models.accounts import BrowserSession, Clinician
from clinic.models.audit import AuditLine
from clinic.models.base import now
from clinic.services import accounts, browsers
from tests.cast import PASSWORD

MOMENT = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def clock():
    with time_machine.travel(MOMENT, tick=False) as travelled:
        yield travelled


def sign_in(store, person):
    with store.session(writes=True) as db:
        with db.as_system():
            clinician = db.get_one(Clinician, person.id)
        return browsers.start(db, clinician)


def who(store, token):
    """Tell whose browser this is, as each request asks."""
    with store.session(writes=False) as db:
        browser = browsers.find(db, token)
        return browser.clinician.name if browser else None


def use(store, token):
    with store.session(writes=True) as db:
        browser = browsers.find(db, token)
        assert browser is not None
        browsers.touch(db, browser.token_hash)
        db.commit()


def test_a_signed_in_browser_is_known_by_its_token(store, ines, cast):
    mine, theirs = sign_in(store, ines), sign_in(store, cast["noa"])
    assert (who(store, mine), who(store, theirs)) == ("Ines Ferrara", "Noa Barak")


def test_the_token_itself_is_not_stored(store, ines):
    token = sign_in(store, ines)
    with store.session(writes=False) as db, db.as_system():
        assert token not in str(db.execute(select(BrowserSession.token_hash)).all())
        assert db.get(BrowserSession, token) is None


@pytest.mark.parametrize("token", ["", "guessed", "0" * 64])
def test_an_unknown_token_is_nobody_s(token, store, ines):
    sign_in(store, ines)
    assert who(store, token) is None


def test_a_browser_left_alone_for_half_an_hour_is_signed_out(store, ines, clock):
    token = sign_in(store, ines)
    clock.shift(dt.timedelta(minutes=30) - SECOND)
    assert who(store, token)
    clock.shift(SECOND)
    assert who(store, token) is None


def test_a_browser_in_use_stays_signed_in(store, ines, clock):
    token = sign_in(store, ines)
    for _ in range(5):
        clock.shift(dt.timedelta(minutes=29))
        use(store, token)
    assert who(store, token)


def test_a_browser_in_use_is_signed_out_after_twelve_hours(store, ines, clock):
    token = sign_in(store, ines)
    for _ in range(35):
        clock.shift(dt.timedelta(minutes=20))
        use(store, token)
    clock.shift(dt.timedelta(minutes=20) - SECOND)
    assert who(store, token)
    clock.shift(SECOND)
    assert who(store, token) is None


def test_a_clock_set_back_does_not_bring_an_ended_day_back_for_longer(store, ines, clock):
    token = sign_in(store, ines)
    clock.shift(dt.timedelta(hours=-1))
    assert who(store, token)
    clock.shift(dt.timedelta(hours=1, minutes=30))
    assert who(store, token) is None


def test_the_last_use_is_due_to_be_written_once_a_minute(store, ines, clock):
    token = sign_in(store, ines)
    with store.session(writes=False) as db:
        browser = browsers.find(db, token)
        clock.shift(59)
        assert not browsers.is_due(browser)
        clock.shift(1)
        assert browsers.is_due(browser)


def test_signing_out_ends_one_browser_and_leaves_the_others(store, ines):
    first, second = sign_in(store, ines), sign_in(store, ines)
    with store.session(writes=True) as db:
        browsers.end(db, first)
    assert who(store, first) is None
    assert who(store, second) == "Ines Ferrara"


def test_signing_out_is_written_down_with_who_it_was(store, ines):
    token = sign_in(store, ines)
    with store.session(writes=True) as db:
        browsers.end(db, token)
    with store.session(writes=False) as db, db.as_system():
        line = db.scalars(select(AuditLine).order_by(AuditLine.number.desc())).first()
        assert (line.action, line.clinician_id) == ("sign-out", ines.id)


def test_signing_out_twice_is_no_fault_and_written_down_once(store, ines):
    token = sign_in(store, ines)
    for _ in range(2):
        with store.session(writes=True) as db:
            browsers.end(db, token)
    with store.session(writes=False) as db, db.as_system():
        count = select(func.count()).select_from(AuditLine).where(AuditLine.action == "sign-out")
        assert db.scalar(count) == 1


def test_using_a_browser_that_was_just_signed_out_brings_nothing_back(store, ines):
    token = sign_in(store, ines)
    with store.session(writes=True) as db:
        token_hash = browsers.find(db, token).token_hash
        browsers.end(db, token)
        browsers.touch(db, token_hash)
        db.commit()
    assert who(store, token) is None


def test_a_changed_password_signs_every_browser_of_that_clinician_out(store, ines, cast):
    mine = [sign_in(store, ines) for _ in range(2)]
    theirs = sign_in(store, cast["tomas"])
    with store.session(writes=True) as db:
        accounts.change_password(db, ines.id, PASSWORD, "quiet harbour lamps tonight")
    assert [who(store, token) for token in mine] == [None, None]
    assert who(store, theirs) == "Tomas Lind"


def test_a_disabled_clinician_is_signed_out_everywhere_at_once(store, ines):
    token = sign_in(store, ines)
    with store.session(writes=True) as db, db.as_system():
        db.get_one(Clinician, ines.id).disabled_at = now()
        db.commit()
    assert who(store, token) is None
