"""Guesses are counted before they are tested, for each name alone, within a window of time."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest
import time_machine
from sqlalchemy import select

from clinic.models.accounts import Attempts
from clinic.models.base import now
from clinic.services import throttle
from clinic.services.errors import ThrottledError
from clinic.services.throttle import MOST_GUESSES, WINDOW, count_guess, forget_guesses

MOMENT = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)


def guess(store, times=1, name="ines@example.org", kind="sign-in"):
    with store.session(writes=True) as db:
        for _ in range(times):
            count_guess(db, kind, name)


def test_the_sixth_guess_is_refused_and_so_is_every_later_one(store):
    guess(store, 5)
    for _ in range(3):
        with pytest.raises(ThrottledError):
            guess(store)


def test_another_name_and_another_kind_of_guess_are_unaffected(store):
    guess(store, 5)
    guess(store, name="noa@example.org")
    guess(store, kind="set-up")


def test_small_and_capital_letters_are_the_same_name(store):
    guess(store, 5)
    with pytest.raises(ThrottledError):
        guess(store, name="INES@example.org")


def test_guesses_at_the_same_moment_are_all_counted(store):
    together = Barrier(12)

    def attempt(_):
        together.wait(10)
        try:
            guess(store)
        except ThrottledError:
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(attempt, range(12))) == MOST_GUESSES


def hold(store, earlier):
    """Begin one more guess after so many, and give its session before it is committed."""
    guess(store, earlier)
    db = store.session(writes=True)
    with db.as_system():
        subject = throttle._subject(db, "sign-in", "ines@example.org")
        row = db.get(Attempts, subject, with_for_update=True)
        if row is None:
            row = Attempts(subject=subject, count=0, started_at=now())
            db.add(row)
        row.count += 1
        db.flush()
    return db


def test_a_guess_waits_for_the_one_before_it_and_then_is_the_sixth(store):
    with ThreadPoolExecutor(1) as pool, hold(store, earlier=4) as first:
        second = pool.submit(guess, store)
        sleep(0.3)
        assert not second.done()
        first.commit()
        with pytest.raises(ThrottledError):
            second.result(10)


def test_a_guess_beside_the_very_first_one_is_counted_too(store):
    with ThreadPoolExecutor(1) as pool, hold(store, earlier=0) as first:
        second = pool.submit(guess, store)
        sleep(0.3)
        assert not second.done()
        first.commit()
        second.result(10)
    guess(store, 3)
    with pytest.raises(ThrottledError):
        guess(store)


def test_the_window_ends_after_a_quarter_of_an_hour(store):
    with time_machine.travel(MOMENT, tick=False) as clock:
        guess(store, 5)
        clock.shift(WINDOW - dt.timedelta(seconds=1))
        with pytest.raises(ThrottledError):
            guess(store)
        clock.shift(1)
        guess(store, 5)
        with pytest.raises(ThrottledError):
            guess(store)


def test_a_clock_set_back_opens_nothing(store):
    with time_machine.travel(MOMENT, tick=False) as clock:
        guess(store, 5)
        clock.shift(dt.timedelta(hours=-1))
        with pytest.raises(ThrottledError):
            guess(store)


def test_a_right_guess_starts_anew(store):
    guess(store, 5)
    with store.session(writes=True) as db, db.as_system():
        forget_guesses(db, "sign-in", "ines@example.org")
        db.commit()
    guess(store, 5)


def test_forgetting_what_was_never_guessed_is_no_fault(store):
    with store.session(writes=True) as db, db.as_system():
        forget_guesses(db, "sign-in", "nobody@example.org")
        db.commit()


def test_the_guessed_name_is_not_stored(store):
    guess(store, name="secret-name@example.org")
    with store.session(writes=False) as db, db.as_system():
        subjects = db.scalars(select(Attempts.subject)).all()
    assert subjects
    assert not [subject for subject in subjects if "secret" in subject]


def test_a_guess_counts_although_the_work_after_it_fails(store):
    for _ in range(MOST_GUESSES):
        with store.session(writes=True) as db:
            count_guess(db, "sign-in", "ines@example.org")
            db.rollback()
    with pytest.raises(ThrottledError):
        guess(store)


def test_five_guesses_in_a_quarter_of_an_hour_is_what_the_pages_say():
    assert (5, dt.timedelta(minutes=15)) == (throttle.MOST_GUESSES, throttle.WINDOW)
