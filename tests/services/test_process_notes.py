"""Process notes: one author, one key, and nobody else at all."""

import pytest
from sqlalchemy import update

from clinic.domain.visibility import Audience
from clinic.keyring.errors import ClosedLayerError
from clinic.models.accounts import Clinician
from clinic.models.base import now
from clinic.models.cases import Case
from clinic.models.notes import ProcessNote
from clinic.services import accounts, process_notes
from clinic.services.errors import MissingError, RefusedError
from tests.factories import at_work, case_of
from tests.note_factories import DAY, make_process_note

WORDS = "why do I side with the quieter one"


@pytest.fixture
def written(store, ines):
    """The public id of a process note of Ines's."""
    with at_work(store, ines) as db:
        return make_process_note(db, case_of(db, ines)).public_id


def test_the_author_reads_them_newest_first(store, ines, written):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        later = make_process_note(db, case, on=now().date(), words="still that")
        assert [row.words for row in process_notes.list_process_notes(db, case)] == [
            later.words,
            WORDS,
        ]
        assert process_notes.find_process_note(db, case, written).on == DAY


def test_whoever_takes_over_the_case_finds_none_and_holds_no_key(store, cast, ines, written):
    tomas = cast["tomas"]
    with at_work(store, ines) as db:
        db.execute(
            update(Case).where(Case.public_id == ines.case_ref).values(clinician_id=tomas.id)
        )
        db.commit()
    with at_work(store, tomas) as db:
        case = case_of(db, ines)
        assert process_notes.list_process_notes(db, case) == []
        with pytest.raises(MissingError):
            process_notes.find_process_note(db, case, written)
        row = db.query(ProcessNote).one()
        with pytest.raises(ClosedLayerError):
            _ = row.words


@pytest.mark.parametrize("audience", [each for each in Audience if each is not Audience.AUTHOR])
def test_nobody_who_looks_along_is_told_that_there_are_any(store, ines, written, audience):
    with store.session(writes=True) as db:
        with db.as_system():
            clinician = db.get_one(Clinician, ines.id)
        accounts.enter_for(db, store, clinician, audience, ines.partner_refs[0])
        case = case_of(db, ines)
        for ask in (
            lambda: process_notes.list_process_notes(db, case),
            lambda: process_notes.find_process_note(db, case, written),
            lambda: make_process_note(db, case),
        ):
            with pytest.raises(MissingError):
                ask()
        with pytest.raises(ClosedLayerError):
            _ = db.query(ProcessNote).one().words


@pytest.mark.parametrize(("changes", "field"), [({"words": " \n"}, "words")])
def test_a_process_note_without_words_is_refused(db, ines, changes, field):
    with pytest.raises(RefusedError) as refused:
        make_process_note(db, case_of(db, ines), **changes)
    assert refused.value.field == field


def test_a_process_note_of_a_day_to_come_is_refused(db, ines):
    with pytest.raises(RefusedError, match="not come yet"):
        make_process_note(db, case_of(db, ines), on=DAY.replace(year=2199))
