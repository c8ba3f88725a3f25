"""What happened in the couple's life, as it is stored."""

import datetime as dt

import pytest
import time_machine

from clinic.domain.timeline import EventKind
from clinic.services import behaviours, timeline
from clinic.services.errors import MissingError, RefusedError, StaleError
from tests.factories import (
    at_work,
    behaviour_details,
    case_of,
    event_details,
    make_behaviour,
    make_event,
)

NOVEMBER = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def test_an_event_is_kept_as_it_was_added(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        mara = ines.partner_refs[0]
        details = {"kind": EventKind.LOSS, "words": "her father", "about": mara}
        ref = make_event(db, case, **details, since=(2024, None), until=(2024, 5)).public_id
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        row = timeline.find_event(db, case, ref)
        assert (row.kind, row.words) == (EventKind.LOSS, "her father")
        assert row.about_id == case.partners[0].id
        assert (row.year, row.month, row.until_year, row.until_month) == (2024, None, 2024, 5)


def test_events_are_listed_by_time_whatever_they_were_added_in(db, ines):
    case = case_of(db, ines)
    for since in ((2025, 6), (2019, 1), (2025, 2)):
        make_event(db, case, since=since)
    listed = [(row.year, row.month) for row in timeline.list_events(db, case)]
    assert listed == [(2019, 1), (2025, 2), (2025, 6)]


def test_a_changed_event_counts_its_versions_even_where_only_the_words_changed(db, ines):
    case = case_of(db, ines)
    row = make_event(db, case)
    timeline.change_event(db, case, row, event_details(words="to the hills"), 1)
    assert (row.words, row.version) == ("to the hills", 2)


def test_a_deleted_event_is_gone_and_one_changed_meanwhile_is_not(db, ines):
    case = case_of(db, ines)
    kept, gone = make_event(db, case), make_event(db, case)
    timeline.change_event(db, case, kept, event_details(words="changed"), 1)
    with pytest.raises(StaleError):
        timeline.delete_event(db, kept, 1)
    db.rollback()
    ref = gone.public_id
    timeline.delete_event(db, gone, 1)
    with pytest.raises(MissingError):
        timeline.find_event(db, case, ref)
    assert [row.words for row in timeline.list_events(db, case)] == ["changed"]


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        ((2025, 3), (2025, 2), "until_year"),
        ((2025, None), (2024, 12), "until_year"),
        ((2026, 12), (None, None), "since_year"),
        ((2027, None), (None, None), "since_year"),
        ((2026, 3), (2027, None), "until_year"),
    ],
)
def test_months_that_cannot_be_are_refused_at_their_year(db, ines, since, until, field):
    case = case_of(db, ines)
    with time_machine.travel(NOVEMBER, tick=False):
        for make in (make_event, make_behaviour):
            with pytest.raises(RefusedError) as refused:
                make(db, case, since=since, until=until)
            assert refused.value.field == field
            db.rollback()
    assert not timeline.list_events(db, case)
    assert not behaviours.list_behaviours(db, case)


def test_this_month_and_this_year_have_come(db, ines):
    case = case_of(db, ines)
    with time_machine.travel(NOVEMBER, tick=False):
        for since in ((2026, 11), (2026, None)):
            make_event(db, case, since=since, until=since)


def test_where_it_is_already_the_next_month_that_month_has_come(db, ines):
    last_day = dt.datetime(2026, 11, 30, 23, 30, tzinfo=dt.UTC)
    with time_machine.travel(last_day, tick=False):
        assert make_event(db, case_of(db, ines), since=(2026, 12)).month == 12


def test_a_behaviour_keeps_its_end_even_where_its_beginning_is_not_known(db, ines):
    case = case_of(db, ines)
    row = make_behaviour(db, case)
    details = behaviour_details(case, since=(None, None), until=(2026, 2))
    behaviours.change_behaviour(db, case, row, details, 1)
    assert (row.since_year, row.until_year, row.until_month) == (None, 2026, 2)
