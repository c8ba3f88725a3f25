"""Times at which a partner was asked alone: what is taken, and what contradicts itself."""

import datetime as dt

import pytest

from clinic.domain.questionnaires import ScreenResult
from clinic.services import private_checks
from clinic.services.errors import RefusedError
from tests import safety_factories as safe
from tests.factories import TODAY, at_work, case_of
from tests.services.state import whole_state

NOT_ALONE = {
    "asked_alone": False,
    "result": None,
    "told": "",
    "judgement": "",
    "again_on": TODAY + dt.timedelta(days=7),
}


def test_checks_are_kept_by_partner_with_the_newest_first(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        safe.make_check(db, case, told="first")
        safe.make_check(db, case, told="second")
        safe.make_check(db, case, asked_on=TODAY - dt.timedelta(days=30), told="long ago")
    with at_work(store, ines) as db:
        first, second = private_checks.list_checks(db, case_of(db, ines)).values()
        assert [row.told for row in first] == ["second", "first", "long ago"]
        assert [row.author_id for row in first] == [ines.id] * 3
        assert second == []


def test_where_it_could_not_be_asked_alone_there_is_only_a_day_to_try_again(store, ines):
    with at_work(store, ines) as db:
        safe.make_check(db, case_of(db, ines), **NOT_ALONE)
    with at_work(store, ines) as db:
        [row] = private_checks.list_checks(db, case_of(db, ines))[ines.partner_refs[0]]
        assert (row.asked_alone, row.result) == (False, ScreenResult.INCOMPLETE)
        assert (row.told, row.judgement) == ("", "")
        assert row.again_on == TODAY + dt.timedelta(days=7)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"result": None}, "result"),
        ({**NOT_ALONE, "told": "he listens at the door"}, "asked_alone"),
        ({**NOT_ALONE, "judgement": "looked away"}, "asked_alone"),
        ({**NOT_ALONE, "result": ScreenResult.NO_INDICATION}, "asked_alone"),
        ({**NOT_ALONE, "again_on": None}, "again_on"),
        ({"asked_on": TODAY + dt.timedelta(days=4000)}, "asked_on"),
        ({"again_on": TODAY}, "again_on"),
        ({"again_on": TODAY - dt.timedelta(days=1)}, "again_on"),
    ],
)
def test_a_check_that_contradicts_itself_is_refused_and_leaves_nothing(store, ines, changes, field):
    with at_work(store, ines) as db:
        before = whole_state(db)
        with pytest.raises(RefusedError) as refused:
            safe.make_check(db, case_of(db, ines), **changes)
        assert refused.value.field == field
    with at_work(store, ines) as db:
        assert whole_state(db) == before
