"""Setting up a practice, signing in, and changing a password."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from clinic.models.accounts import Clinician, Practice, SetupCode
from clinic.models.audit import AuditLine
from clinic.models.base import now
from clinic.services import accounts, audit, passwords
from clinic.services.accounts import NewPractice
from clinic.services.errors import RefusedError, ThrottledError
from tests.cast import PASSWORD

NEW = "quiet harbour lamps tonight"
WANTED = NewPractice("Harbour Practice", "Ines Ferrara", "Ines@Example.org", NEW)


def setup_code(store):
    with store.session(writes=True) as db:
        return accounts.new_setup_code(db)


def set_up(store, code, wanted=WANTED):
    with store.session(writes=True) as db:
        clinician = accounts.set_up(db, code, wanted)
        with db.as_system():
            return clinician.id


def sign_in(store, email, password):
    with store.session(writes=True) as db:
        clinician = accounts.check_credentials(db, email, password)
        return clinician.name if clinician else None


def newest_line(store):
    with store.session(writes=False) as db, db.as_system():
        line = db.scalars(select(AuditLine).order_by(AuditLine.number.desc())).first()
        return line.action, line.subject, line.clinician_id


def count(store, kind):
    with store.session(writes=False) as db, db.as_system():
        return db.scalar(select(func.count()).select_from(kind))


def test_the_first_visitor_sets_the_practice_up_with_the_code(blank):
    code = setup_code(blank)
    id_ = set_up(blank, code)
    with blank.session(writes=False) as db, db.as_system():
        assert not accounts.needs_setup(db)
        clinician = db.get_one(Clinician, id_)
        assert (clinician.name, clinician.email) == ("Ines Ferrara", "ines@example.org")
        assert clinician.practice.name == "Harbour Practice"
        assert NEW not in clinician.password_hash
        assert audit.first_broken_line(db) is None
        practice = clinician.practice.public_id
    assert newest_line(blank) == ("practice.created", practice, id_)
    assert sign_in(blank, "INES@example.org", NEW) == "Ines Ferrara"


def test_the_code_is_read_as_people_type_it(blank):
    typed = setup_code(blank).upper().replace("-", " ")
    assert set_up(blank, typed)


def test_the_code_works_once(blank):
    code = setup_code(blank)
    set_up(blank, code)
    other = NewPractice("Hill Practice", "Noa Barak", "noa@example.org", NEW)
    with pytest.raises(RefusedError, match="not the code"):
        set_up(blank, code, other)
    assert (count(blank, Practice), count(blank, SetupCode)) == (1, 0)


def test_the_code_works_once_for_two_at_the_same_moment(blank):
    code, both = setup_code(blank), Barrier(2)

    def attempt(email):
        both.wait(10)
        try:
            return bool(set_up(blank, code, NewPractice("Harbour", "Ines", email, NEW)))
        except RefusedError:
            return False

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, ["a@example.org", "b@example.org"])) == [False, True]
    assert count(blank, Practice) == 1


def test_a_new_code_replaces_the_earlier_one(blank):
    earlier, later = setup_code(blank), setup_code(blank)
    assert earlier != later
    with pytest.raises(RefusedError):
        set_up(blank, earlier)
    assert set_up(blank, later)


def test_a_practice_that_exists_needs_no_code(store):
    assert setup_code(store) is None
    assert count(store, SetupCode) == 0


def test_nobody_sets_a_practice_up_without_a_code(blank):
    with pytest.raises(RefusedError) as refused:
        set_up(blank, "")
    assert refused.value.field == "code"
    assert count(blank, Practice) == 0


def test_a_weak_password_is_refused_and_the_code_stays_good(blank):
    code = setup_code(blank)
    with pytest.raises(RefusedError) as refused:
        set_up(blank, code, NewPractice("Harbour", "Ines", "ines@example.org", "password"))
    assert refused.value.field == "password"
    assert set_up(blank, code)


def test_after_five_wrong_codes_the_right_one_must_wait(blank):
    code = setup_code(blank)
    for _ in range(5):
        with pytest.raises(RefusedError):
            set_up(blank, "0000-0000-0000-0000")
    with pytest.raises(ThrottledError):
        set_up(blank, code)
    assert count(blank, Practice) == 0


def test_a_new_practice_never_shows_its_password():
    assert NEW not in repr(WANTED)


def test_signing_in_is_written_down_with_who_it_was(store, ines):
    assert sign_in(store, ines.email, PASSWORD) == ines.name
    assert newest_line(store) == ("sign-in", "", ines.id)


@pytest.mark.parametrize("email", ["ines@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_name_leave_the_same_line(email, store):
    assert sign_in(store, email, "wrong") is None
    assert newest_line(store) == ("sign-in.refused", "", None)


def test_a_disabled_clinician_does_not_sign_in(store, ines):
    with store.session(writes=True) as db, db.as_system():
        db.get_one(Clinician, ines.id).disabled_at = now()
        db.commit()
    assert sign_in(store, ines.email, PASSWORD) is None


def test_the_sixth_guess_is_refused_even_with_the_right_password(store, ines):
    for _ in range(5):
        assert sign_in(store, ines.email, "wrong") is None
    with pytest.raises(ThrottledError):
        sign_in(store, ines.email, PASSWORD)
    assert sign_in(store, "noa@example.org", PASSWORD) == "Noa Barak"


def test_a_right_password_forgets_the_wrong_ones_before_it(store, ines):
    for _ in range(2):
        for _ in range(4):
            sign_in(store, ines.email, "wrong")
        assert sign_in(store, ines.email, PASSWORD) == ines.name


def change_password(store, person, old, new):
    with store.session(writes=True) as db:
        accounts.change_password(db, person.id, old, new)


def test_a_changed_password_is_the_only_one_that_works(store, ines):
    change_password(store, ines, PASSWORD, NEW)
    action, _, who = newest_line(store)
    assert (action, who) == ("password.changed", ines.id)
    assert sign_in(store, ines.email, PASSWORD) is None
    assert sign_in(store, ines.email, NEW) == ines.name


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("wrong", NEW, "old"),
        (PASSWORD, "short", "password"),
        (PASSWORD, "Ines Ferrara", "password"),
    ],
)
def test_a_refused_change_leaves_the_password_as_it_was(old, new, field, store, ines):
    with pytest.raises(RefusedError) as refused:
        change_password(store, ines, old, new)
    assert refused.value.field == field
    assert sign_in(store, ines.email, PASSWORD) == ines.name


def test_guessing_the_present_password_is_counted_with_the_guesses_at_sign_in(store, ines):
    for _ in range(5):
        with pytest.raises(RefusedError):
            change_password(store, ines, "wrong", NEW)
    with pytest.raises(ThrottledError):
        sign_in(store, ines.email, PASSWORD)


def test_a_clinician_is_added_beside_another(store, ines):
    colleague = NewPractice("", "Ola Berg", "OLA@example.org", NEW)
    with store.session(writes=True) as db, db.as_system():
        practice = db.get_one(Clinician, ines.id).practice
        row = accounts.create_clinician(db, practice, colleague, passwords.hash_password(NEW))
        db.commit()
        assert (row.practice, row.email) == (practice, "ola@example.org")
    assert count(store, Practice) == 2


def test_two_clinicians_never_share_an_address(blank):
    code = setup_code(blank)
    set_up(blank, code)
    with (
        blank.session(writes=True) as db,
        db.as_system(),
        pytest.raises(IntegrityError),
    ):
        accounts.create_clinician(db, None, WANTED, "hash")
