"""A signed note: whole, unchanged, and closed to everybody, the database included."""

import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from clinic.domain.note_signing import Took, canonical, digest
from clinic.domain.notes import AdditionKind
from clinic.models.base import now
from clinic.models.notes import Note, NoteAddition
from clinic.services import appointments, cases, note_signing, notes
from clinic.services.errors import MissingError, RefusedError, StaleError
from tests.factories import (
    TODAY,
    appointment_details,
    at_work,
    case_details,
    case_of,
    make_appointment,
    make_case,
)
from tests.note_factories import (
    FORMATS,
    addition_details,
    make_addition,
    make_note,
    note_details,
    sign,
)


@pytest.fixture
def signed(store, ines):
    """The public id of a signed note."""
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        return sign(db, case, make_note(db, case, make_appointment(db, case))).public_id


def found(db, person, ref):
    return notes.find_note(db, case_of(db, person), ref)


def test_what_is_signed_says_all_that_a_reader_needs(store, ines, signed):
    with at_work(store, ines, writes=False) as db:
        row = found(db, ines, signed)
        note = note_signing.as_signed(row)
        assert [(block.label, block.words) for block in note.blocks] == [
            ("Data", "both named the move"),
            ("Plan", "one walk a week"),
        ]
        assert note.took_part == (Took("Mara", "present"), Took("Jonas", "late"))
        assert (note.name, note.credential) == ("Ines Ferrara", "LMFT 4711")
        assert (note.served_on, note.number, note.format) == (TODAY.isoformat(), 1, "dap")
        assert row.digest == digest(canonical(note))
        assert note_signing.is_unchanged(row)


def test_each_partner_s_text_is_signed_with_the_name_it_was_written_about(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        last = case.partners[-1]
        texts = {f"partner.{last.public_id}": "was quiet", "interaction": "one asks, one leaves"}
        on = make_appointment(db, case)
        row = sign(db, case, make_note(db, case, on, format="couple", texts=texts))
        blocks = note_signing.as_signed(row).blocks
        assert [(block.about, block.words) for block in blocks] == [
            ("Jonas", "was quiet"),
            ("", "one asks, one leaves"),
        ]


def test_later_changes_of_names_and_appointments_change_nothing_that_was_signed(
    store, ines, signed
):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        partners = case_details("Mara-Lou", "Jonas").partners
        cases.change_case(db, case, case_details(partners=partners), case.version)
        [on] = appointments.list_appointments(db, case)
        details = appointment_details(case, held_on=TODAY - dt.timedelta(days=1))
        appointments.change_appointment(db, case, on, details, on.version)
    with at_work(store, ines, writes=False) as db:
        row = found(db, ines, signed)
        note = note_signing.as_signed(row)
        assert (note.took_part[0].name, note.served_on) == ("Mara", TODAY.isoformat())
        assert note_signing.is_unchanged(row)


@pytest.mark.parametrize("texts", [{}, {"data": " \n"}])
def test_an_empty_note_is_not_signed(db, ines, texts):
    case = case_of(db, ines)
    row = make_note(db, case, make_appointment(db, case), texts=texts)
    with pytest.raises(RefusedError, match="Write something"):
        sign(db, case, row)


def test_a_note_is_not_signed_before_its_day(db, ines):
    case = case_of(db, ines)
    on = make_appointment(db, case, held_on=now().date() + dt.timedelta(days=3))
    with pytest.raises(RefusedError, match="not come yet"):
        sign(db, case, make_note(db, case, on))


def test_a_note_that_was_changed_since_it_was_read_is_not_signed(db, ines):
    case = case_of(db, ines)
    on = make_appointment(db, case)
    row = make_note(db, case, on)
    notes.write_note(db, case, on, note_details(texts={"data": "more"}), 1)
    with pytest.raises(StaleError):
        note_signing.sign_note(db, case, row, note_signing.Signature("Ines", "", 1), FORMATS)


def test_nothing_unlocks_a_note(store, ines, signed):
    with at_work(store, ines) as db:
        case, row = case_of(db, ines), found(db, ines, signed)
        with pytest.raises(RefusedError, match="is signed"):
            sign(db, case, row)
        on = notes.find_appointment_of(db, row)
        with pytest.raises(RefusedError, match="is signed"):
            notes.write_note(db, case, on, note_details(), row.version)


CHANGES = (
    "UPDATE note SET texts = texts",
    "UPDATE note SET signed_at = NULL",
    "DELETE FROM note WHERE signed_at IS NOT NULL",
    "UPDATE note_addition SET kind = 'correction'",
    "DELETE FROM note_addition",
)
ON_SQLITE = ("INSERT OR REPLACE INTO note SELECT * FROM note",)
ON_POSTGRESQL = ("TRUNCATE note CASCADE", "TRUNCATE note_addition")


def test_the_database_itself_refuses_every_change_of_what_was_signed(store, ines, signed):
    with at_work(store, ines) as db:
        make_addition(db, found(db, ines, signed))
    only_here = ON_SQLITE if store.engine.dialect.name == "sqlite" else ON_POSTGRESQL
    for change in (*CHANGES, *only_here):
        refused = pytest.raises(DatabaseError, match="what was signed never changes")
        with store.engine.connect() as connection, refused:
            connection.execute(text(change))
    with at_work(store, ines, writes=False) as db:
        assert note_signing.is_unchanged(found(db, ines, signed))


def test_a_draft_can_still_be_changed_and_its_appointment_stays(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        make_note(db, case, make_appointment(db, case))
    with store.engine.begin() as connection:
        assert connection.execute(text("UPDATE note SET version = 7")).rowcount == 1


def test_a_changed_letter_shows(store, ines, signed):
    """A row as it would be where somebody had gone round the database's refusal."""
    with at_work(store, ines) as db:
        row = found(db, ines, signed)
        told = Note(case_id=1, practice_id=1, signed_at=row.signed_at, public_id=row.public_id)
        told.signed = row.signed.replace("one walk", "no walk")
        told.digest = row.digest
        assert not note_signing.is_unchanged(told)
        told.signed = row.signed
        assert note_signing.is_unchanged(told)
        told.signed_at = row.signed_at + dt.timedelta(seconds=1)
        assert not note_signing.is_unchanged(told)


def test_an_addition_says_what_kind_it_is_who_wrote_it_and_why(store, ines, signed):
    with at_work(store, ines) as db:
        row = found(db, ines, signed)
        make_addition(db, row)
        make_addition(db, row, kind=AdditionKind.CORRECTION, words="it was Tuesday")
        first, second = notes.list_additions(db, [row])
        assert (first.kind, first.author_name) == (AdditionKind.ADDENDUM, "Ines Ferrara")
        assert (first.written_on, first.served_on) == (max(now().date(), TODAY), TODAY)
        assert (second.words, second.reason) == ("it was Tuesday", "news after signing")
        assert all(note_signing.is_addition_unchanged(row, each) for each in (first, second))


def test_an_addition_fits_its_own_note_alone(store, ines, signed):
    with at_work(store, ines) as db:
        case, row = case_of(db, ines), found(db, ines, signed)
        added = make_addition(db, row)
        other = make_note(db, case, make_appointment(db, case), texts={"data": "another"})
        assert not note_signing.is_addition_unchanged(sign(db, case, other), added)
        copy = NoteAddition(kind=added.kind, served_on=added.served_on, written_on=TODAY)
        copy.words, copy.reason, copy.author_name = "forged", added.reason, added.author_name
        copy.digest = added.digest
        assert not note_signing.is_addition_unchanged(row, copy)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": " "}, "words"),
        ({"reason": ""}, "words"),
        ({"served_on": dt.date(2199, 1, 1)}, "served_on"),
    ],
)
def test_an_addition_without_text_or_reason_or_about_a_day_to_come_is_refused(
    store, ines, signed, changes, field
):
    with at_work(store, ines) as db:
        with pytest.raises(RefusedError) as refused:
            note_signing.add_to_note(db, found(db, ines, signed), addition_details(**changes))
        assert refused.value.field == field


def test_a_draft_is_changed_and_not_added_to(db, ines):
    case = case_of(db, ines)
    row = make_note(db, case, make_appointment(db, case))
    with pytest.raises(RefusedError, match="not signed yet"):
        make_addition(db, row)


def test_the_credential_of_the_last_signature_is_offered_again(store, cast, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        assert note_signing.usual_credential(db) == ""
        for credential in ("student", "LMFT 4711"):
            sign(db, case, make_note(db, case, make_appointment(db, case)), credential)
        assert note_signing.usual_credential(db) == "LMFT 4711"
    with at_work(store, cast["tomas"]) as db:
        assert note_signing.usual_credential(db) == ""


def test_a_note_of_another_case_is_not_found(store, ines, signed):
    with at_work(store, ines) as db, pytest.raises(MissingError):
        notes.find_note(db, make_case(db), signed)
