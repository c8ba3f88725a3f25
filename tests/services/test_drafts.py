"""Words that are not saved yet: their author's own, the newest of each form, gone once saved."""

import threading

import pytest
from sqlalchemy import func, select

from clinic.models.drafts import Draft
from clinic.services import drafts
from clinic.services.errors import MissingError
from tests import factories as made

PATH = "/cases/somewhere/roll-up"


def count(db) -> int:
    return db.scalar(select(func.count()).select_from(Draft))


def test_what_was_typed_is_there_again_as_it_was(db, ines):
    typed = {"reason": ["first\nsecond, “so”"], "responses": ["R01", "R02"], "empty": [""]}
    moment = drafts.keep(db, made.case_of(db, ines), PATH, typed)
    kept = drafts.find(db, PATH)
    assert (kept.fields, kept.saved_at) == (typed, moment)


def test_the_newer_typing_replaces_the_older(db, ines):
    case = made.case_of(db, ines)
    for words in ("one", "two", "three"):
        drafts.keep(db, case, PATH, {"reason": [words]})
    assert drafts.find(db, PATH).fields == {"reason": ["three"]}
    assert count(db) == 1


def test_each_form_has_a_draft_of_its_own(db, ines):
    case = made.case_of(db, ines)
    drafts.keep(db, case, PATH, {"reason": ["here"]})
    drafts.keep(db, case, PATH + "/other", {"reason": ["there"]})
    assert drafts.find(db, PATH).fields == {"reason": ["here"]}
    assert drafts.find(db, "/elsewhere") is None


def test_a_forgotten_draft_is_gone_and_the_others_stay(db, ines):
    case = made.case_of(db, ines)
    for path in (PATH, PATH + "/other"):
        drafts.keep(db, case, path, {"reason": ["words"]})
    drafts.forget(db, PATH)
    db.commit()
    assert drafts.find(db, PATH) is None
    assert drafts.find(db, PATH + "/other") is not None


def test_forgetting_that_is_not_committed_forgets_nothing(db, ines):
    drafts.keep(db, made.case_of(db, ines), PATH, {"reason": ["words"]})
    drafts.forget(db, PATH)
    db.rollback()
    assert drafts.find(db, PATH).fields == {"reason": ["words"]}


@pytest.mark.parametrize("other", ["tomas", "noa"])
def test_another_clinician_neither_finds_nor_forgets_it(db, store, cast, ines, other):
    drafts.keep(db, made.case_of(db, ines), PATH, {"reason": ["words"]})
    with made.at_work(store, cast[other]) as theirs:
        assert drafts.find(theirs, PATH) is None
        drafts.forget(theirs, PATH)
        theirs.commit()
    assert drafts.find(db, PATH).fields == {"reason": ["words"]}


def test_words_are_kept_in_an_own_case_alone(db, cast, ines):
    assert drafts.find_place(db, ines.case_ref).public_id == ines.case_ref
    for name in ("tomas", "noa"):
        with pytest.raises(MissingError):
            drafts.find_place(db, cast[name].case_ref)


def test_many_first_pauses_at_once_make_one_draft(store, ines, db):
    """Two tabs, the same form, the same moment: nobody is told of a fault."""
    db.rollback()
    faults: list[BaseException] = []
    together = threading.Barrier(4)

    def type_in(words: str) -> None:
        try:
            with made.at_work(store, ines) as own:
                case = drafts.find_place(own, ines.case_ref)
                own.rollback()
                together.wait(10)
                drafts.keep(own, case, PATH, {"reason": [words]})
        except BaseException as fault:
            faults.append(fault)

    tabs = [threading.Thread(target=type_in, args=(f"tab {number}",)) for number in range(4)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert faults == []
    assert count(db) == 1
