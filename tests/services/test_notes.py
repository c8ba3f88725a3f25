"""Progress notes: drafts that keep every word, whoever writes and in however many tabs."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import update

from clinic.domain.notes import NoteState
from clinic.domain.visibility import Audience
from clinic.keyring.errors import ClosedLayerError
from clinic.models.cases import Case
from clinic.models.store import Store
from clinic.services import accounts, notes
from clinic.services.errors import RefusedError, StaleError
from tests.cast import Person
from tests.factories import TODAY, at_work, case_of, make_appointment, make_case
from tests.note_factories import FORMATS, make_addition, make_note, note_details, sign
from tests.web.test_queries import statements

#: How often two tabs save at the same moment (security.md R7).
ROUNDS = 100


@pytest.fixture
def note(store, ines):
    """The public id of a note that was begun on a first appointment."""
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        return make_note(db, case, make_appointment(db, case)).public_id


def write(db, person, ref, version, **texts):
    row = notes.find_note(db, case_of(db, person), ref)
    on = notes.find_appointment_of(db, row)
    details = notes.NoteDetails("dap", texts)
    return notes.write_note(db, case_of(db, person), on, details, version)


def test_a_note_holds_what_was_written_and_a_blank_empties_a_place(store, ines, note):
    with at_work(store, ines) as db:
        row = write(db, ines, note, 1, plan=" ", assessment="tired, both of them")
        assert notes.texts_of(row) == {
            "data": "both named the move",
            "assessment": "tired, both of them",
        }
        assert (row.version, notes.state_of(row)) == (2, NoteState.DRAFT)


def test_a_draft_that_changes_its_form_loses_no_word(store, ines, note):
    with at_work(store, ines) as db:
        row = notes.find_note(db, case_of(db, ines), note)
        on = notes.find_appointment_of(db, row)
        details = notes.NoteDetails("girp", {"goals": "phones in the kitchen"})
        row = notes.write_note(db, case_of(db, ines), on, details, 1)
        assert row.format == "girp"
        assert notes.texts_of(row) == {**note_details().texts, "goals": "phones in the kitchen"}


def test_a_second_first_note_on_an_appointment_is_told_of_the_first(store, ines, note):
    with at_work(store, ines) as db, pytest.raises(StaleError):
        write(db, ines, note, 0, data="something else")


def test_the_notes_on_an_appointment_take_one_statement(store, ines, note):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        row = notes.find_note(db, case, note)
        on, later = notes.find_appointment_of(db, row), make_appointment(db, case)
        _ = on.id, later.id
        with statements(store) as sent:
            here, there = notes.notes_at(db, on), notes.notes_at(db, later)
        assert len(sent) == 2
        assert (here.own, here.others, here.usual) == (row, [], "dap")
        assert (there.own, there.others, there.usual) == (None, [], "dap")


def test_a_colleague_s_note_stands_beside_one_s_own_and_is_theirs_to_write(store, cast, ines, note):
    tomas = cast["tomas"]
    with at_work(store, ines) as db:
        db.execute(
            update(Case).where(Case.public_id == ines.case_ref).values(clinician_id=tomas.id)
        )
        db.commit()
    with at_work(store, tomas) as db:
        case = case_of(db, ines)
        theirs = notes.find_note(db, case, note)
        on = notes.find_appointment_of(db, theirs)
        own = make_note(db, case, on, texts={"plan": "go on"})
        found = notes.notes_at(db, on)
        assert (found.own, found.others) == (own, [theirs])
        assert notes.texts_of(theirs) == note_details().texts
        with pytest.raises(LookupError):
            sign(db, case, theirs)


def test_the_couple_s_keys_open_no_note(store, ines, note):
    with store.session(writes=False) as db:
        with at_work(store, ines) as whole:
            clinician = whole.get_one(accounts.Clinician, ines.id)
            accounts.enter_for(db, store, clinician, Audience.COUPLE)
        row = notes.find_note(db, case_of(db, ines), note)
        with pytest.raises(ClosedLayerError):
            notes.texts_of(row)


@pytest.mark.parametrize(("days", "listed"), [(7, []), (8, [1]), (40, [1])])
def test_a_draft_is_listed_when_it_is_older_than_the_limit(store, ines, note, days, listed):
    with at_work(store, ines) as db:
        found = notes.unsigned_notes(db, TODAY + dt.timedelta(days=days))
        assert [row.number for row in found] == listed
        assert all((row.case_ref, row.note_ref) == (ines.case_ref, note) for row in found)


def test_the_limit_is_the_practice_s_own(store, cast, ines, note):
    after_ten = TODAY + dt.timedelta(days=10)
    with at_work(store, ines) as db:
        notes.set_note_days(db, 10)
        assert notes.unsigned_notes(db, after_ten) == []
    with at_work(store, cast["noa"]) as db:
        assert notes.find_practice(db).note_days == 7


def test_what_is_signed_and_what_is_a_colleague_s_is_not_listed(store, cast, ines, note):
    later = TODAY + dt.timedelta(days=90)
    with at_work(store, cast["tomas"]) as db:
        assert notes.unsigned_notes(db, later) == []
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        sign(db, case, notes.find_note(db, case, note))
        assert notes.unsigned_notes(db, later) == []


def test_the_list_takes_one_statement_and_the_oldest_first_and_has_an_end(store, ines):
    with at_work(store, ines) as db:
        case = make_case(db)
        for days in range(notes.MOST_UNSIGNED + 2):
            held_on = TODAY - dt.timedelta(days=days)
            make_note(db, case, make_appointment(db, case, held_on=held_on))
        with statements(store) as sent:
            found = notes.unsigned_notes(db, TODAY + dt.timedelta(days=90))
        assert len(sent) == 1
        assert len(found) == notes.MOST_UNSIGNED
        assert [row.held_on for row in found] == sorted(row.held_on for row in found)
        assert notes.titles_of(db, [found[0].case_id]) == {case.id: "Ada and Nour"}


def test_additions_make_a_signed_note_one_that_was_added_to(store, ines, note):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        row = notes.find_note(db, case, note)
        sign(db, case, row)
        assert notes.state_of(row) is NoteState.SIGNED
        make_addition(db, row)
        assert notes.state_of(row, notes.list_additions(db, [row])) is NoteState.ADDENDED


def test_a_signed_note_takes_no_further_word(store, ines, note):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        row = sign(db, case, notes.find_note(db, case, note))
        with pytest.raises(RefusedError, match="add them to it"):
            write(db, ines, note, row.version, plan="two walks")


def save(store: Store, person: Person, both: Barrier, words: str, ref: str) -> list[str]:
    """Save from a page of this round; whoever is told reads the other's text and keeps both."""
    takes_turns = store.engine.dialect.name == "sqlite"
    with at_work(store, person, writes=False) as db:
        version = notes.find_note(db, case_of(db, person), ref).version
    both.wait(30)
    with at_work(store, person) as db:
        case = case_of(db, person)
        if not takes_turns:
            both.wait(30)
        try:
            write(db, person, ref, version, data=words)
        except StaleError:
            db.rollback()
            row = notes.find_note(db, case, ref)
            told = notes.texts_of(row)["data"]
            write(db, person, ref, row.version, data=f"{told}\n{words}")
            return [told]
    return []


def test_of_two_tabs_that_save_at_the_same_moment_neither_loses_a_word(store, ines, note):
    both = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        for turn in range(ROUNDS):
            texts = [f"round {turn}, first", f"round {turn}, second"]
            tasks = [pool.submit(save, store, ines, both, words, note) for words in texts]
            first, second = (task.result(60) for task in tasks)
            assert (first, second) in [([texts[1]], []), ([], [texts[0]])], "one sees the other's"
            with at_work(store, ines, writes=False) as db:
                kept = notes.texts_of(notes.find_note(db, case_of(db, ines), note))["data"]
            assert sorted(kept.splitlines()) == texts, "both texts stand in the note"


def test_every_form_that_ships_can_be_written(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        for key in FORMATS:
            row = make_note(db, case, make_appointment(db, case), format=key)
            assert row.format == key
