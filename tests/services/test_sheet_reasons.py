"""Why a field of a sheet is closed, empty or not whole; read by the therapist who prepares it."""

import pytest

from clinic.services import couple_map, readings
from clinic.services.sheet_reasons import Reason, Why, reasons
from tests.accord_factories import make_topic, make_version
from tests.factories import TODAY, at_work, case_of, make_case, make_formulation
from tests.services.answering import CONTENT, answer_all, treating
from tests.vignette_answers import LATE_MESSAGES, THREE_PARTNERS, asked
from tests.web.comparison.handing_in import release

MAP = ("alike", "differ")


def why(db, case, name, *, is_there=False):
    return list(reasons(db, case, CONTENT.concern, {name: is_there})[name])


@pytest.mark.parametrize("name", ["name", "shared_goals", "goals.ratings", "hints"])
def test_where_nothing_more_can_be_said_nothing_is_there_yet(db, ines, name):
    case = case_of(db, ines)
    assert why(db, case, name) == [Reason(Why.NOTHING_YET)]
    assert why(db, case, name, is_there=True) == []


def test_a_summary_that_was_written_is_not_shared_until_it_was(db, ines):
    case = make_case(db)
    assert why(db, case, "summary") == [Reason(Why.NOTHING_YET)]
    first = make_formulation(db, case, couple_summary="You miss the evenings")
    assert why(db, case, "summary") == [Reason(Why.NOT_SHARED)]
    readings.share_summary(db, case, first.number, TODAY)
    assert why(db, case, "summary", is_there=True) == []
    make_formulation(db, case, first.number, couple_summary="You want them back")
    assert why(db, case, "summary", is_there=True) == [Reason(Why.NOT_SHARED)], "a newer one"


def test_an_agreement_that_is_being_written_is_not_saved_yet(db, ines):
    case = make_case(db)
    assert why(db, case, "agreed_topics") == [Reason(Why.NOTHING_YET)]
    topic = make_topic(db, case)
    assert why(db, case, "agreed_topics") == [Reason(Why.NOT_SAVED)]
    assert topic.title
    make_version(db, make_case(db))
    assert why(db, case, "agreed_open") == [Reason(Why.NOT_SAVED)], "another case's is no other"


def test_words_are_agreed_or_not_whatever_the_therapist_wrote(db, ines):
    case = case_of(db, ines)
    assert why(db, case, "said_pattern") == [Reason(Why.NOT_AGREED)]
    assert why(db, case, "said_pattern", is_there=True) == []


def test_the_map_names_whoever_has_not_released_a_row(store, ines):
    answered = answer_all(store, ines, LATE_MESSAGES)
    total = len(asked(LATE_MESSAGES))
    release(store, answered, "B13", "Jonas")
    release(store, answered, "B11")
    release(store, answered, "B01")
    with treating(store, ines, answered) as (db, case):
        couple_map.reveal(db, case, CONTENT, "B01")
    with treating(store, ines, answered) as (db, case):
        expected = [
            Reason(Why.PRIVATE, ("Mara",), 1),
            Reason(Why.NOT_SHOWN, count=1),
            Reason(Why.NOT_RELEASED, count=total - 3),
        ]
        for name in MAP:
            assert why(db, case, name) == why(db, case, name, is_there=True) == expected


def test_of_three_partners_everybody_who_has_not_released_is_named(store, ines):
    answered = answer_all(store, ines, THREE_PARTNERS)
    [behaviour] = asked(THREE_PARTNERS)
    release(store, answered, behaviour, "Kim")
    with treating(store, ines, answered) as (db, case):
        assert why(db, case, "differ") == [Reason(Why.PRIVATE, ("Lou", "Tariq"), 1)]


def test_of_what_is_closed_nothing_is_asked_and_nothing_more_is_said(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        found = reasons(db, case, CONTENT.concern, {"name": True}, MAP)
        assert found == {
            "alike": (Reason(Why.CLOSED),),
            "differ": (Reason(Why.CLOSED),),
            "name": (),
        }
        assert not [read for read in db.info.get("reads", ()) if "map" in read.action]
