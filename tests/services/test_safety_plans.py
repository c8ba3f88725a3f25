"""Safety plans: versions are added, and older ones stay."""

import pytest

from clinic.services import safety_plans
from clinic.services.errors import RefusedError
from tests import safety_factories as safe
from tests.factories import at_work, case_of


def test_plans_are_added_as_versions_and_older_ones_stay(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        safe.make_plan(db, case)
        ref = case.partners[0].public_id
        safety_plans.add_plan(db, case, ref, {"along": " papers ", "signs": " "}, 1)
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        newest, first = safety_plans.list_plans(db, case, ines.partner_refs[0])
        assert (newest.number, newest.words) == (2, {"along": "papers"})
        assert (first.number, first.words) == (1, safe.WORDS)
        assert safety_plans.list_plans(db, case, ines.partner_refs[1]) == []
        assert list(safety_plans.plan_days(db, case)) == [ines.partner_refs[0]]


def test_an_empty_plan_is_refused(db, ines):
    case = case_of(db, ines)
    with pytest.raises(RefusedError) as refused:
        safety_plans.add_plan(db, case, ines.partner_refs[0], {"signs": " \n", "other": "x"}, 0)
    assert refused.value.field == "signs"
