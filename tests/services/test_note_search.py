"""Finding words: in one's own notes on one's own cases, within bounds, and leaving no trace."""

import pytest
from sqlalchemy import update

from clinic.domain.visibility import Audience
from clinic.models.accounts import Clinician
from clinic.models.cases import Case
from clinic.services import accounts, audit
from clinic.services.errors import MissingError
from clinic.services.note_search import Bounds, find_words
from tests.factories import at_work, case_of, make_appointment, make_case
from tests.note_factories import make_addition, make_note, make_process_note, sign
from tests.web.test_queries import statements


@pytest.fixture
def written(store, ines):
    """A draft, a signed note with an addition, and a process note, all about the lighthouse."""
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        make_note(db, case, make_appointment(db, case), texts={"data": "The Lighthouse again."})
        row = make_note(db, case, make_appointment(db, case), texts={"plan": "no walk"})
        make_addition(db, sign(db, case, row), words="They called from the lighthouse.")
        make_process_note(db, case, words="I dream of a lighthouse")


def test_words_are_found_in_notes_additions_and_process_notes(store, ines, written):
    with at_work(store, ines, writes=False) as db:
        search = find_words(db, "LIGHTHOUSE")
        assert [(each.place.number, each.place.is_addition) for each in search.found] == [
            (1, False),
            (2, True),
            (None, False),
        ]
        assert [each.hits[0].found for each in search.found] == [
            "Lighthouse",
            "lighthouse",
            "lighthouse",
        ]
        assert (search.looked, search.stopped) == (4, False)
        assert set(search.titles.values()) == {"Mara and Jonas"}


@pytest.mark.parametrize("wanted", ["", "  ", "nowhere"])
def test_what_is_nowhere_is_not_found(store, ines, written, wanted):
    with at_work(store, ines, writes=False) as db:
        assert find_words(db, wanted).found == []


@pytest.mark.parametrize("who", ["tomas", "noa"])
def test_nobody_searches_what_another_wrote(store, cast, ines, written, who):
    with at_work(store, cast[who], writes=False) as db:
        search = find_words(db, "lighthouse")
        assert (search.found, search.looked) == ([], 0)


def test_with_the_case_the_search_ends_for_whoever_gave_it_away(store, cast, ines, written):
    tomas = cast["tomas"]
    with at_work(store, ines) as db:
        db.execute(
            update(Case).where(Case.public_id == ines.case_ref).values(clinician_id=tomas.id)
        )
        db.commit()
        assert find_words(db, "lighthouse").looked == 0
    with at_work(store, tomas) as db:
        assert find_words(db, "lighthouse").looked == 0


@pytest.mark.parametrize("audience", [each for each in Audience if each is not Audience.AUTHOR])
def test_nobody_who_looks_along_can_search(store, ines, written, audience):
    with store.session(writes=False) as db:
        with db.as_system():
            clinician = db.get_one(Clinician, ines.id)
        accounts.enter_for(db, store, clinician, audience)
        with pytest.raises(MissingError):
            find_words(db, "lighthouse")


def test_the_log_says_that_somebody_searched_and_what_was_shown_and_never_for_what(
    store, ines, written
):
    with at_work(store, ines) as db:
        search = find_words(db, "lighthouse")
        reads = audit.reads_of(db)
        assert [read.action for read in reads] == [
            "notes.searched",
            "note.read",
            "note.read",
            "process-note.read",
        ]
        assert [read.subject for read in reads[1:]] == [each.place.ref for each in search.found]
        assert not any("lighthouse" in read.action + read.subject for read in reads)


def test_a_search_says_when_it_stopped(store, ines, written):
    with at_work(store, ines, writes=False) as db:
        few = find_words(db, "lighthouse", Bounds(notes=2, found=9))
        assert (few.looked, len(few.found), few.stopped) == (2, 1, True)
        first = find_words(db, "lighthouse", Bounds(notes=9, found=1))
        assert (len(first.found), first.stopped) == (1, True)
        exact = find_words(db, "lighthouse", Bounds(notes=4, found=9))
        assert (exact.looked, exact.stopped) == (4, False)


def test_notes_are_read_in_portions_and_each_of_them_once(store, ines):
    with at_work(store, ines) as db:
        case = make_case(db)
        for number in range(7):
            texts = {"data": f"lighthouse {number}"}
            make_note(db, case, make_appointment(db, case), texts=texts)
    with at_work(store, ines, writes=False) as db:
        with statements(store) as sent:
            search = find_words(db, "lighthouse", Bounds(portion=3))
        found = [each.hits[0].after.strip() for each in search.found]
        assert found == ["6", "5", "4", "3", "2", "1", "0"]
        # Three portions of notes, one look each for additions and process notes, and the titles.
        assert len(sent) <= 3 + 2 + 2
