"""Passwords: long enough, not guessable, and the same work for everybody."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import process_time

import pytest

from clinic.services.errors import RefusedError
from clinic.services.passwords import check_password, hash_password, matches
from tests.passwords import at_full_strength

GOOD = "quiet harbour lamps tonight"
with at_full_strength():
    HASHED = hash_password(GOOD)


@pytest.fixture(autouse=True)
def full_strength() -> Iterator[None]:
    with at_full_strength():
        yield


@pytest.mark.parametrize("password", [GOOD, "x8#Kq!vT2m$L", "zwölf Käuzchen", "9 otters " * 22])
def test_a_password_of_twelve_characters_that_is_hard_to_guess_is_accepted(password):
    check_password(password, ())


@pytest.mark.parametrize("password", ["", "x8#Kq!vT2m$", "x8#Kq!vT2m$L" * 17])
def test_fewer_than_twelve_or_more_than_two_hundred_characters_are_refused(password):
    with pytest.raises(RefusedError, match="12 to 200") as refused:
        check_password(password, ())
    assert refused.value.field == "password"


@pytest.mark.parametrize(
    "password", ["passwordpassword", "123456789012", "qwertyuiop12", "aaaaaaaaaaaaaaaa"]
)
def test_common_passwords_are_refused(password):
    with pytest.raises(RefusedError, match="easy to guess"):
        check_password(password, ())


def test_what_others_know_about_somebody_makes_no_password():
    about = ("Harbour Practice", "Ines Ferrara", "ines@example.org")
    for password in ("Ines Ferrara", "ines@example.org", "harbour practice", "undercurrent"):
        with pytest.raises(RefusedError):
            check_password(password, about)


def test_a_password_matches_its_own_hash_only():
    assert matches(HASHED, GOOD)
    assert not matches(HASHED, GOOD + " ")
    assert not matches(HASHED, GOOD.upper())


def test_nobody_s_password_matches_nothing():
    assert not matches(None, "nobody has this password")


def test_a_damaged_hash_matches_nothing_and_blocks_nobody():
    for _ in range(3):
        assert not matches("damaged", GOOD)
    assert matches(HASHED, GOOD)


def test_the_same_password_is_never_hashed_to_the_same_text():
    again = hash_password(GOOD)
    assert again != HASHED
    assert again.startswith("$argon2id$v=19$m=65536,t=3,p=4$"), "as strong as argon2 itself advises"
    assert GOOD not in again


def test_an_unknown_account_takes_the_same_work_as_a_known_one():
    def took(password_hash):
        start = process_time()
        matches(password_hash, "wrong")
        return process_time() - start

    known, unknown = (median(took(each) for _ in range(3)) for each in (HASHED, None))
    assert 0.5 < known / unknown < 2


def test_many_at_once_take_turns_and_all_get_their_answer():
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda word: matches(HASHED, word), [GOOD, "no", GOOD, "no"]))
    assert answers == [True, False, True, False]
